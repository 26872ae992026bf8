// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;

/**
 * What the host answers to a message of the device ({@code DLMessageStatusResponse}). Codes:
 * {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c, errno_to_device_error}.
 *
 * @param code  0 or negative
 * @param text  for a person who reads the device's log
 * @param value a dictionary or an integer
 */
record Answer(long code, String text, Object value) {

	static final long NOT_FOUND = -6;
	private static final long MULTIPLE = -13;

	static final Answer OK = new Answer(0, DeviceLink.NO_TEXT, Map.of());
	static final Answer UNSUPPORTED = new Answer(-1, "Operation not supported", Map.of());

	static Answer value(Object value) {
		return new Answer(0, DeviceLink.NO_TEXT, value);
	}

	/** The answer to an operation on files that failed. */
	static Answer of(IOException failure) {
		return new Answer(code(failure), text(failure), Map.of());
	}

	/** The answer to an operation on several files. */
	static Answer of(Map<String, IOException> failures) {
		if (failures.isEmpty()) {
			return OK;
		}
		Map<String, Object> details = new LinkedHashMap<>();
		failures.forEach((path, failure) -> details.put(path,
				Map.of("DLFileErrorString", text(failure), "DLFileErrorCode", code(failure))));
		return new Answer(MULTIPLE, "Multi status", details);
	}

	/** Why a file operation failed. */
	static TreeException.Reason reason(IOException failure) {
		return switch (failure) {
			case TreeException tree -> tree.reason();
			case NoSuchFileException _ -> TreeException.Reason.NOT_FOUND;
			case FileNotFoundException _ -> TreeException.Reason.NOT_FOUND;
			case FileAlreadyExistsException _ -> TreeException.Reason.EXISTS;
			case NotDirectoryException _ -> TreeException.Reason.NOT_A_DIRECTORY;
			case AccessDeniedException _ -> TreeException.Reason.OTHER;
			case ProblemException _ -> TreeException.Reason.OTHER;
			default -> saysFull(failure) ? TreeException.Reason.NO_SPACE : TreeException.Reason.IO;
		};
	}

	/** The JDK has no exception of its own for a full disk. */
	private static boolean saysFull(IOException failure) {
		String message = failure.getMessage();
		String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
		return lower.contains("no space left") || lower.contains("disk quota exceeded")
				|| lower.contains("not enough space");
	}

	static long code(IOException failure) {
		return switch (reason(failure)) {
			case NOT_FOUND -> NOT_FOUND;
			case EXISTS -> -7;
			case NOT_A_DIRECTORY -> -8;
			case IS_A_DIRECTORY -> -9;
			case LINK -> -10;
			case IO -> -11;
			case NO_SPACE -> -15;
			case OTHER -> -1;
		};
	}

	static String text(IOException failure) {
		return switch (reason(failure)) {
			case NOT_FOUND -> "No such file or directory";
			case EXISTS -> "File exists";
			case NOT_A_DIRECTORY -> "Not a directory";
			case IS_A_DIRECTORY -> "Is a directory";
			case LINK -> "Too many levels of symbolic links";
			case IO -> "Input/output error";
			case NO_SPACE -> "No space left on device";
			case OTHER -> "Operation not permitted";
		};
	}
}
