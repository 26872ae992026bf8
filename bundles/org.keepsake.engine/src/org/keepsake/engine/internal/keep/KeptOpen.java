// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/**
 * A tree lent to a reader: closing it leaves the tree itself open.
 *
 * @param tree the tree
 */
record KeptOpen(BackupTree tree) implements BackupTree {

	@Override
	public String name() {
		return tree.name();
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		return tree.stat(path);
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		return tree.list(directory);
	}

	@Override
	public SeekableByteChannel open(TreePath file) throws IOException {
		return tree.open(file);
	}

	@Override
	public void close() {
		// Whoever lent the tree closes it.
	}
}
