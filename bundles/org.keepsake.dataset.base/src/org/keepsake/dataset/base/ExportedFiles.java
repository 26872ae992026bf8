// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.ExportOutput;

/** Takes the files of records out of a backup. */
public final class ExportedFiles {

	private static final int CHUNK = 1 << 16;

	private ExportedFiles() {
	}

	/**
	 * Copies a file of a record. One that is damaged leaves nothing behind; what cannot be written is thrown, and so is
	 * what says that the place of the backup fails.
	 *
	 * @param path     where it is to be in the export
	 * @param modified the date to give it; null for the one that it has in the backup
	 * @return where it is in the export; null if the backup lacks it or it is damaged
	 */
	public static @Nullable String copy(BackupContent content, Attachment attachment, ExportOutput output, String path,
			@Nullable Instant modified) throws IOException {
		Optional<ContentFile> found = attachment.present() ? content.find(attachment.domain(), attachment.path())
				: Optional.empty();
		return found.isEmpty() ? null : copy(content, found.get(), output, path, modified);
	}

	/** The same with a file that is known to be in the backup. @return where it is; null if it is damaged */
	public static @Nullable String copy(BackupContent content, ContentFile source, ExportOutput output, String path,
			@Nullable Instant modified) throws IOException {
		try (ExportOutput.File file = output.create(path, modified == null ? source.modified() : modified)) {
			if (!copy(content, source, file.content())) {
				return null;
			}
			file.commit();
			return file.path();
		}
	}

	/**
	 * Copies the content of a file.
	 *
	 * @return false if it is damaged; something may have been written then
	 */
	public static boolean copy(BackupContent content, ContentFile file, OutputStream out) throws IOException {
		InputStream in;
		try {
			in = content.open(file);
		} catch (ProblemException e) {
			return false;
		}
		try (in) {
			byte[] chunk = new byte[CHUNK];
			for (int length = read(in, chunk); length >= 0; length = read(in, chunk)) {
				if (length == 0) {
					return false;
				}
				out.write(chunk, 0, length);
			}
			return true;
		}
	}

	/** Ends all of the files, also after one of them fails, whose failure is thrown then. */
	public static void closeAll(Iterable<? extends ExportOutput.File> files) throws IOException {
		IOException failure = null;
		for (ExportOutput.File file : files) {
			try {
				file.close();
			} catch (IOException e) {
				if (failure == null) {
					failure = e;
				} else {
					failure.addSuppressed(e);
				}
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	/** @return -1 at the end, 0 where it cannot be read */
	private static int read(InputStream in, byte[] chunk) throws IOException {
		try {
			return in.read(chunk);
		} catch (ProblemException e) {
			return 0;
		}
	}
}
