// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.file.Path;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.ExportableTree;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.FolderExport;
import org.keepsake.repository.Repository;

/** A kept backup, opened. */
final class KeptTree extends SnapshotTree implements ExportableTree {

	private final BlobId folder;
	private final Repository repository;

	/** @param reading closed with this */
	KeptTree(String name, BlobId folder, Repository repository, Reading reading) {
		super(name, new TreeLoader(repository), FolderEntry.stored(name, 0, folder), reading);
		this.folder = folder;
		this.repository = repository;
	}

	@Override
	public Exported exportTo(Path target, JobMonitor monitor) throws IOException {
		FolderExport.Exported exported = FolderExport.run(repository, folder, target, monitor);
		return new Exported(exported.files(), exported.bytes(), exported.failed());
	}
}
