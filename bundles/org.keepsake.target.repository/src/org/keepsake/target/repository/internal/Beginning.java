// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.Saver;
import org.keepsake.repository.TreeReader;
import org.keepsake.target.base.DeviceLock;

/**
 * Begins a run: looks for what it continues.
 *
 * @param lease  closed by the run
 */
record Beginning(String location, Settings settings, Connections.Lease lease, DeviceState device,
		JobMonitor monitor) {

	private static final System.Logger LOG = System.getLogger(Beginning.class.getName());

	WorkingTree begin(WorkOptions options) throws IOException {
		DeviceLock lock = device.lock();
		boolean begun = false;
		@Nullable
		Saver saver = null;
		try {
			monitor.report(new JobEvent.Phase("preparing", Texts.OPENING.text()));
			monitor.throwIfCancelled();
			lease.storage().recount();
			saver = lease.repository().saver(settings.saving(RepositoryTarget.PATIENCE));
			Optional<Version> newest = newest();
			BlobId base = newest.isEmpty() ? null : newest.get().record().id();
			WorkTree tree = tree(options, newest, base, saver);
			monitor.throwIfCancelled();
			WorkingTree run = new RepositoryWorkingTree(new RepositoryWorkingTree.Parts(location, settings, lease,
					device, lock, saver), tree, base, options.keepEarlier());
			begun = true;
			return run;
		} finally {
			if (!begun) {
				close(saver, lock);
			}
		}
	}

	private static void close(@Nullable Saver saver, DeviceLock lock) throws IOException {
		try (lock) {
			if (saver != null) {
				saver.close();
			}
		}
	}

	/** The newest backup of the device that can be continued. */
	private Optional<Version> newest() throws IOException {
		return lease.listing().all(lease.repository()).stream()
				.filter(version -> version.summary().udid().equals(device.udid()) && version.summary().complete())
				.findFirst();
	}

	private WorkTree tree(WorkOptions options, Optional<Version> newest, @Nullable BlobId base, Saver saver)
			throws IOException {
		TreeLoader loader = new TreeLoader(lease.repository());
		if (options.startEmpty()) {
			device.forgetRun();
			return new WorkTree(loader, FolderEntry.fresh("", 0), 0, 0);
		}
		Optional<DeviceState.Run> interrupted = device.run().filter(run -> Objects.equals(run.base(), base))
				.filter(run -> isThere(run.tree(), saver));
		if (interrupted.isPresent()) {
			DeviceState.Run run = interrupted.get();
			return new WorkTree(loader, FolderEntry.stored("", 0, run.tree()), run.files(), run.bytes());
		}
		device.forgetRun();
		if (newest.isEmpty()) {
			return new WorkTree(loader, FolderEntry.fresh("", 0), 0, 0);
		}
		Version version = newest.get();
		FolderEntry root = FolderEntry.fresh("", 0);
		root.children(loader::read).put(FolderEntry.stored(device.udid().value(), System.currentTimeMillis(),
				version.folder(lease.repository())));
		return new WorkTree(loader, root, version.summary().files(), version.summary().sizeBytes());
	}

	/** Whether all that an interrupted run has stored is still there: no snapshot kept others from deleting it. */
	private boolean isThere(BlobId tree, Saver saver) {
		try {
			return isWhole(lease.repository(), tree, saver, 0);
		} catch (ProblemException e) {
			if (!e.is(RepositoryProblems.MISSING)) {
				LOG.log(System.Logger.Level.WARNING, "An interrupted run is begun anew: {0}", e.problem());
			}
			return false;
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "An interrupted run is begun anew", e);
			return false;
		}
	}

	private boolean isWhole(Repository repository, BlobId tree, Saver saver, int depth) throws IOException {
		monitor.throwIfCancelled();
		TreeReader reader = repository.tree(tree);
		for (@Nullable
		Node node = reader.next(); node != null; node = reader.next()) {
			BlobId subtree = node.subtree();
			List<BlobId> content = node.content();
			if (subtree != null && (depth > 100 || !isWhole(repository, subtree, saver, depth + 1))) {
				return false;
			}
			for (BlobId blob : content == null ? List.<BlobId>of() : content) {
				if (!saver.has(blob, BlobType.DATA)) {
					return false;
				}
			}
		}
		return true;
	}
}
