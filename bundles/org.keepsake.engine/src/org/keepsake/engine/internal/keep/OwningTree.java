// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/** A tree that closes its target with it; closing again is without effect. Thread-safe. */
public final class OwningTree implements BackupTree {

	private final BackupTarget target;
	private final BackupTree tree;
	private final AtomicBoolean closed = new AtomicBoolean();

	private OwningTree(BackupTarget target, BackupTree tree) {
		this.target = target;
		this.tree = tree;
	}

	/** Opens the snapshot; the target is closed with the tree, or at once if the snapshot does not open. */
	public static OwningTree open(BackupTarget target, Snapshot snapshot) throws IOException {
		try {
			return new OwningTree(target, target.open(snapshot));
		} catch (IOException | RuntimeException e) {
			target.close();
			throw e;
		}
	}

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
	public void close() throws IOException {
		if (closed.compareAndSet(false, true)) {
			try (BackupTarget _ = target) {
				tree.close();
			}
		}
	}
}
