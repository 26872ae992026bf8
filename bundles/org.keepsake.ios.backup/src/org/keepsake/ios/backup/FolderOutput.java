// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.ios.backup.internal.ExportFolder;

/**
 * A folder of this computer that an export fills, under the rules of {@link Backup#extract}: nothing is written outside
 * it or through a link, and a file has its name only when it is whole. A file of an earlier export is replaced. For one
 * thread.
 */
public final class FolderOutput implements ExportOutput, Closeable {

	private static final int BUFFER = 1 << 16;

	private final ExportFolder folder;

	private FolderOutput(ExportFolder folder) {
		this.folder = folder;
	}

	/**
	 * Opens the folder.
	 *
	 * @param folder made if it does not exist
	 * @throws ProblemException {@link BackupProblems#NO_SPACE}, {@link BackupProblems#NOT_WRITABLE}
	 */
	public static FolderOutput open(Path folder) throws IOException {
		return new FolderOutput(ExportFolder.open(folder));
	}

	@Override
	public File create(String path, @Nullable Instant modified) throws IOException {
		ExportFolder.Part part = folder.begin(path, modified);
		OutputStream content = new BufferedOutputStream(part.content(), BUFFER);
		return new File() {
			@Override
			public String path() {
				return part.path();
			}

			@Override
			public OutputStream content() {
				return content;
			}

			@Override
			public void commit() throws IOException {
				content.flush();
				part.commit();
			}

			@Override
			public void close() throws IOException {
				part.close();
			}
		};
	}

	/** How many files were committed. */
	public long files() {
		return folder.files();
	}

	/** How many bytes these have. */
	public long bytes() {
		return folder.bytes();
	}

	/** Deletes what was begun and not committed. */
	@Override
	public void close() throws IOException {
		folder.close();
	}
}
