// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.Saver;
import org.keepsake.repository.SnapshotDraft;
import org.keepsake.repository.SnapshotRecord;
import org.keepsake.repository.SnapshotSummary;
import org.keepsake.target.base.DeviceLock;

/** A run of one device: what it sends is stored while it sends it. Holds the device's lock, and a shared one of the repository. */
final class RepositoryWorkingTree implements WorkingTree {

	private static final System.Logger LOG = System.getLogger(RepositoryWorkingTree.class.getName());

	private final Parts parts;
	private final WorkTree tree;
	private final @Nullable BlobId base;
	private final int keepEarlier;
	private final Instant begun = Instant.now();
	private boolean closed;

	/** What a run works with; all of it is closed with it. */
	record Parts(String location, Settings settings, Connections.Lease lease, DeviceState device, DeviceLock lock,
			Saver saver) {

		Repository repository() {
			return lease.repository();
		}

		ManifestCopy manifestCopy() {
			return new ManifestCopy(device.folder());
		}

		void close() throws IOException {
			try (Connections.Lease _ = lease; DeviceLock _ = lock) {
				saver.close();
			}
		}
	}

	RepositoryWorkingTree(Parts parts, WorkTree tree, @Nullable BlobId base, int keepEarlier) {
		this.parts = parts;
		this.tree = tree;
		this.base = base;
		this.keepEarlier = keepEarlier;
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		requireOpen();
		return tree.stat(path);
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		requireOpen();
		return tree.list(directory);
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		requireOpen();
		FileEntry entry = tree.file(file);
		if (isFarIndex(file)) {
			Optional<SeekableByteChannel> copy = parts.manifestCopy().open(entry.blobs(), entry.size(),
					() -> stored(entry));
			if (copy.isPresent()) {
				return copy.get();
			}
		}
		return stored(entry);
	}

	private SeekableByteChannel stored(FileEntry entry) throws IOException {
		try {
			return tree.open(entry);
		} catch (ProblemException e) {
			if (!e.is(RepositoryProblems.MISSING)) {
				throw e;
			}
			// It was written just now, and waits in a pack that is not full yet.
			parts.saver().flush();
			return tree.open(entry);
		}
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		requireOpen();
		tree.prepareFile(file);
		return new Incoming(file, parts.saver(), tree, parts.location(), copyOf(file));
	}

	/** A copy of the index on this computer, where the store is far away. */
	private ManifestCopy.@Nullable Writer copyOf(TreePath file) {
		try {
			return isFarIndex(file) ? parts.manifestCopy().begin() : null;
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The index is not copied", e);
			return null;
		}
	}

	private boolean isFarIndex(TreePath file) {
		return file.name().equals(ManifestCopy.NAME) && !parts.lease().storage().isNear();
	}

	@Override
	public void createDirectory(TreePath directory) throws IOException {
		requireOpen();
		tree.make(directory);
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		requireOpen();
		tree.move(from, to);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		requireOpen();
		tree.copy(from, to);
	}

	@Override
	public void remove(TreePath path) throws IOException {
		requireOpen();
		tree.remove(path);
	}

	@Override
	public long freeBytes() throws IOException {
		requireOpen();
		return parts.lease().storage().room().freeBytes();
	}

	private void requireOpen() throws TreeException {
		if (closed) {
			throw new TreeException(Reason.OTHER, "The working tree is closed", null);
		}
	}

	/**
	 * {@inheritDoc}
	 *
	 * <p>
	 * Fails without closing the tree as long as there is no snapshot; afterwards the backup is committed, and a failure to
	 * let earlier versions go is told and left to the next run.
	 */
	@Override
	public Snapshot commit(JobMonitor monitor) throws IOException {
		if (closed) {
			throw new IllegalStateException("The working tree is closed");
		}
		FolderEntry folder = Finished.require(tree, parts.repository(), parts.device().udid(), parts.location());
		monitor.report(new JobEvent.Phase("committing", Texts.COMMITTING.text()));
		BackupSummary summary = Finished.summary(folder, tree, parts.repository());
		SnapshotRecord record = save(folder, summary, monitor);
		closed = true;
		try (Connections.Lease _ = parts.lease(); DeviceLock _ = parts.lock()) {
			try {
				parts.device().forgetRun();
				parts.saver().close();
			} catch (IOException e) {
				LOG.log(System.Logger.Level.WARNING, "The backup is complete; tidying up is left to the next run", e);
			}
			new Retention(parts.location(), parts.lease(), parts.device()).after(record, keepEarlier, parts.settings(),
					monitor);
		}
		Version version = parts.lease().listing().of(parts.repository(), record).getFirst();
		return Listing.told(version, parts.location(), true);
	}

	private SnapshotRecord save(FolderEntry folder, BackupSummary summary, JobMonitor monitor) throws IOException {
		try {
			Saver saver = parts.saver();
			BlobId root = new TreeSaver(parts.repository(), saver, monitor).saveAlone(folder);
			saver.flush();
			monitor.throwIfCancelled();
			Saver.Added added = saver.added();
			SnapshotSummary figures = new SnapshotSummary(begun, Instant.now(), 0, 0, 0, added.dataBlobs(),
					added.treeBlobs(), added.bytes(), added.storedBytes(), summary.files(), summary.sizeBytes());
			Instant time = Objects.requireNonNullElse(summary.finishedAt(), begun);
			return saver.commit(new SnapshotDraft(time, root, List.of('/' + folder.name()), Saver.hostName(),
					System.getProperty("user.name", ""), Layout.tags(summary, null),
					base, null, figures));
		} catch (org.keepsake.core.storage.StorageException e) {
			throw StorageProblems.FAILED.exceptionBecause(e, parts.location(), String.valueOf(e.getMessage()));
		}
	}

	@Override
	public void discard() throws IOException {
		if (closed) {
			throw new IllegalStateException("The working tree is closed");
		}
		closed = true;
		try {
			parts.device().forgetRun();
		} finally {
			parts.close();
		}
	}

	@Override
	public void close() throws IOException {
		if (closed) {
			return;
		}
		closed = true;
		try {
			if (tree.isChanged()) {
				keep();
			}
		} catch (IOException e) {
			// What was uploaded is used all the same when the device sends it again.
			LOG.log(System.Logger.Level.WARNING, "What the interrupted run did cannot be kept", e);
		} finally {
			parts.close();
		}
	}

	private void keep() throws IOException {
		BlobId root = new TreeSaver(parts.repository(), parts.saver(), JobMonitor.NONE).save(tree.root());
		parts.saver().flush();
		parts.device().remember(new DeviceState.Run(base, root, tree.files(), tree.bytes()));
	}
}
