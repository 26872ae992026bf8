// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/** A backup's folder in a repository, for reading. What was looked at stays in memory: about 180 bytes a file. */
class SnapshotTree implements BackupTree {

	private final String name;
	private final TreeLoader loader;
	private final FolderEntry root;
	private final Closeable held;

	/** @param held closed with this */
	SnapshotTree(String name, TreeLoader loader, FolderEntry root, Closeable held) {
		this.name = name;
		this.loader = loader;
		this.root = root;
		this.held = held;
	}

	@Override
	public final String name() {
		return name;
	}

	@Override
	public final Optional<TreeEntry> stat(TreePath path) throws IOException {
		Entry found = loader.find(root, path);
		return found == null ? Optional.empty() : Optional.of(found.told());
	}

	@Override
	public final List<TreeEntry> list(TreePath directory) throws IOException {
		List<TreeEntry> told = new ArrayList<>();
		for (Entry entry : loader.list(root, directory).all()) {
			told.add(entry.told());
		}
		return told;
	}

	@Override
	public final SeekableByteChannel open(TreePath file) throws IOException {
		return loader.open(loader.file(root, file));
	}

	@Override
	public final void close() throws IOException {
		held.close();
	}
}
