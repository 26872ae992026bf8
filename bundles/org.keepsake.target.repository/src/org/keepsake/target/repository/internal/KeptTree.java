// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.ExportableTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.FolderExport;
import org.keepsake.repository.Repository;

/** A kept backup, opened. */
final class KeptTree implements ExportableTree {

	private final SnapshotTree tree;
	private final BlobId folder;
	private final Repository repository;

	/** @param reading closed with this */
	KeptTree(String name, BlobId folder, Repository repository, Reading reading) {
		this.tree = new SnapshotTree(name, new TreeLoader(repository), FolderEntry.stored(name, 0, folder), reading);
		this.folder = folder;
		this.repository = repository;
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
	public Exported exportTo(Path target, JobMonitor monitor) throws IOException {
		FolderExport.Exported exported = FolderExport.run(repository, folder, target, monitor);
		return new Exported(exported.files(), exported.bytes(), exported.failed());
	}

	@Override
	public void close() throws IOException {
		tree.close();
	}
}
