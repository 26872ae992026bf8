// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * A status of AFC other than success, as numbered in {@code libimobiledevice/libimobiledevice:
 * include/libimobiledevice/afc.h}.
 */
final class AfcError extends IOException {

	static final int UNKNOWN_PACKET = 6;
	static final int INVALID_ARGUMENT = 7;
	static final int NOT_FOUND = 8;
	static final int IS_DIRECTORY = 9;
	static final int PERMISSION_DENIED = 10;
	static final int NOT_SUPPORTED = 15;
	static final int EXISTS = 16;
	static final int WOULD_BLOCK = 19;
	static final int INPUT_OUTPUT = 20;
	static final int DIRECTORY_NOT_EMPTY = 33;

	@Serial
	private static final long serialVersionUID = 1L;

	private final int status;

	AfcError(int status) {
		super("AFC status " + status);
		this.status = status;
	}

	/** The status that tells of a failure. */
	static int status(IOException e) {
		return switch (e) {
			case AfcError error -> error.status;
			case NoSuchFileException _ -> NOT_FOUND;
			case FileAlreadyExistsException _ -> EXISTS;
			case DirectoryNotEmptyException _ -> DIRECTORY_NOT_EMPTY;
			case AccessDeniedException _ -> PERMISSION_DENIED;
			case FileSystemException other when "Not a directory".equals(other.getReason()) -> NOT_FOUND;
			case FileSystemException other when "Is a directory".equals(other.getReason()) -> IS_DIRECTORY;
			default -> INPUT_OUTPUT;
		};
	}
}
