// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.repository.internal.FolderLoader;

/**
 * Writes a snapshot's files into a folder, with their times and permissions; not their owners. Packs are read once and in
 * order, whatever the order of the files.
 */
public final class FolderExport {

	private FolderExport() {
	}

	/**
	 * What was written.
	 *
	 * @param files   how many files
	 * @param bytes   their bytes
	 * @param failed  files and folders that could not be written whole, each with why, for a person; the others are
	 *                whole
	 */
	public record Exported(long files, long bytes, List<String> failed) {

		/** Copies the list. */
		public Exported {
			failed = List.copyOf(failed);
		}
	}

	/**
	 * Exports all below a tree.
	 *
	 * @param tree   a snapshot's root, or any folder of it
	 * @param folder is made if it is not there
	 * @throws FileAlreadyExistsException if there is something in the folder
	 */
	public static Exported run(Repository repository, BlobId tree, Path folder, JobMonitor monitor) throws IOException {
		Files.createDirectories(folder);
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
			if (entries.iterator().hasNext()) {
				throw new FileAlreadyExistsException(folder.toString());
			}
		}
		FolderLoader loader = new FolderLoader(repository.vault(), monitor);
		loader.load(tree, folder.toRealPath());
		return new Exported(loader.files(), loader.bytes(), loader.failed());
	}
}
