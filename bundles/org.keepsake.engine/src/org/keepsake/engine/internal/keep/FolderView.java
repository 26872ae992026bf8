// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/**
 * One folder of a host's files, looked at as a backup: how a working tree is inspected before its commit. Used by the
 * thread that uses the files; closing it closes nothing.
 *
 * @param files  the files
 * @param folder the folder in them
 */
public record FolderView(HostFiles files, TreePath folder) implements BackupTree {

	@Override
	public String name() {
		return folder.name();
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		return files.stat(within(path));
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		return files.list(within(directory));
	}

	@Override
	public SeekableByteChannel open(TreePath file) throws IOException {
		return files.read(within(file));
	}

	private TreePath within(TreePath path) {
		return path.isRoot() ? folder : folder.resolve(path.value());
	}

	@Override
	public void close() {
		// The files belong to the job.
	}
}
