// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.disk.FullDisk;
import org.keepsake.target.local.LocalProblems;

/**
 * Turns what the file system throws into reasons for a device and problems for a person. Where the JDK has a class for
 * an error it decides; else the system's message does, which is in English unless the system speaks another language;
 * so a nearly full disk is taken for the cause of a failed write in any language.
 */
final class Trouble {

	/** Less room than this makes a full disk the likely cause of any failed write. */
	private static final long NEARLY_FULL = 64 * 1024;

	private static final List<String> LOOP = List.of("too many levels of symbolic links", "too many symbolic links");
	private static final List<String> FAILED = List.of("input/output error", "i/o error", "device not configured",
			"stale file handle", "data error", "i/o device error");

	private Trouble() {
	}

	/** Why an operation of a device failed. */
	static TreeException tree(IOException failure, String path) {
		if (failure instanceof TreeException known) {
			return known;
		}
		Reason reason = reason(failure);
		return new TreeException(reason, path + ": " + reason, failure);
	}

	/** The same for an operation that writes. @param usableBytes what is left on the disk; negative if unknown */
	static TreeException treeWriting(IOException failure, String path, long usableBytes) {
		TreeException mapped = tree(failure, path);
		boolean unclear = mapped.reason() == Reason.IO || mapped.reason() == Reason.OTHER;
		if (unclear && !(failure instanceof AccessDeniedException) && usableBytes >= 0 && usableBytes < NEARLY_FULL) {
			return new TreeException(Reason.NO_SPACE, path + ": " + Reason.NO_SPACE, failure);
		}
		return mapped;
	}

	/** What a person is told when something in the folder cannot be read. */
	static IOException reading(IOException failure, Path folder) {
		return failure instanceof AccessDeniedException denied
				? LocalProblems.NOT_READABLE.exceptionBecause(failure, folder, text(denied))
				: other(failure, folder);
	}

	/** What a person is told when something in the folder cannot be written. */
	static IOException writing(IOException failure, Path folder) {
		if (failure instanceof ProblemException || failure instanceof CancelledException) {
			return failure;
		}
		if (failure instanceof AccessDeniedException || isReadOnly(failure)) {
			return LocalProblems.NOT_WRITABLE.exceptionBecause(failure, folder, text(failure));
		}
		long usable = usableBytes(folder);
		if (reason(failure) == Reason.NO_SPACE || usable >= 0 && usable < NEARLY_FULL) {
			return LocalProblems.DISK_FULL.exceptionBecause(failure, folder, bytes(Math.max(0, usable)));
		}
		return other(failure, folder);
	}

	private static IOException other(IOException failure, Path folder) {
		if (failure instanceof ProblemException || failure instanceof CancelledException) {
			return failure;
		}
		return LocalProblems.IO_FAILED.exceptionBecause(failure, folder, text(failure));
	}

	static Reason reason(IOException failure) {
		return switch (failure) {
			case TreeException known -> known.reason();
			case NoSuchFileException _ -> Reason.NOT_FOUND;
			case FileAlreadyExistsException _ -> Reason.EXISTS;
			case DirectoryNotEmptyException _ -> Reason.EXISTS;
			case NotDirectoryException _ -> Reason.NOT_A_DIRECTORY;
			case FileSystemLoopException _ -> Reason.LINK;
			case AccessDeniedException _ -> Reason.OTHER;
			case FileSystemException named -> byMessage(named.getReason(), Reason.OTHER);
			default -> byMessage(failure.getMessage(), Reason.IO);
		};
	}

	private static Reason byMessage(@Nullable String message, Reason otherwise) {
		if (message == null) {
			return otherwise;
		}
		String text = message.toLowerCase(Locale.ROOT);
		if (FullDisk.isToldBy(text)) {
			return Reason.NO_SPACE;
		}
		if (LOOP.stream().anyMatch(text::contains)) {
			return Reason.LINK;
		}
		if (text.contains("not a directory")) {
			return Reason.NOT_A_DIRECTORY;
		}
		if (text.contains("is a directory")) {
			return Reason.IS_A_DIRECTORY;
		}
		return FAILED.stream().anyMatch(text::contains) ? Reason.IO : otherwise;
	}

	private static boolean isReadOnly(IOException failure) {
		String message = failure.getMessage();
		return failure.getCause() instanceof ReadOnlyFileSystemException
				|| message != null && message.toLowerCase(Locale.ROOT).contains("read-only file system");
	}

	private static String text(IOException failure) {
		String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
		return reason != null ? reason : failure.getClass().getSimpleName();
	}

	/** Bytes left on the disk of the path or of the nearest folder above it that exists; -1 if that cannot be told. */
	static long usableBytes(Path path) {
		for (Path at = path; at != null; at = at.getParent()) {
			try {
				if (Files.exists(at)) {
					FileStore store = Files.getFileStore(at);
					return store.getUsableSpace();
				}
			} catch (IOException _) {
				return -1;
			}
		}
		return -1;
	}

	/** A number of bytes, told to a person: {@code 1.5 GB}. */
	static String bytes(long bytes) {
		String[] units = { "bytes", "kB", "MB", "GB", "TB", "PB" };
		double amount = bytes;
		int unit = 0;
		while (amount >= 1000 && unit < units.length - 1) {
			amount /= 1000;
			unit++;
		}
		return String.format(Locale.getDefault(), unit == 0 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
	}
}
