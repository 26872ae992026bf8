// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.target.base.DeviceLock;
import org.keepsake.target.local.LocalProblems;

/** The work folder of one device while a backup is made; holds the device's lock. */
final class LocalWorkingTree implements WorkingTree {

	private final DeviceFolder device;
	private final DeviceLock lock;
	private final WorkState begun;
	private final WorkFiles files;
	private final int keepEarlier;
	private final Listing listing;

	/** @param begun what the work folder was made from; it is ready */
	LocalWorkingTree(DeviceFolder device, DeviceLock lock, WorkState begun, int keepEarlier, Listing listing)
			throws IOException {
		this.device = device;
		this.lock = lock;
		this.begun = begun;
		this.keepEarlier = keepEarlier;
		this.listing = listing;
		Layout layout = device.layout();
		this.files = new WorkFiles(layout.work(device.udid()), layout.parts(device.udid()),
				layout.trash(device.udid()), layout.inFlight(device.udid()), device.medium());
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		return files.stat(path);
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		return files.list(directory);
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		return files.read(file);
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		return files.write(file);
	}

	@Override
	public void createDirectory(TreePath directory) throws IOException {
		files.createDirectory(directory);
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		files.move(from, to);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		files.copy(from, to);
	}

	@Override
	public void remove(TreePath path) throws IOException {
		files.remove(path);
	}

	@Override
	public long freeBytes() throws IOException {
		return files.freeBytes();
	}

	/**
	 * {@inheritDoc}
	 *
	 * <p>
	 * Fails without closing the tree as long as the earlier backup is untouched; afterwards the backup is committed, and
	 * a failure to tidy up is left to the next run.
	 */
	@Override
	public Snapshot commit(JobMonitor monitor) throws IOException {
		requireOpen();
		Path folder = device.layout().folder();
		try {
			requireFinished();
			monitor.report(new JobEvent.Phase("committing", Texts.COMMITTING.text()));
			flush(monitor);
			monitor.throwIfCancelled();
			files.close();
			Journal journal = device.journal(begun, keepEarlier);
			device.complete(journal);
		} catch (IOException e) {
			throw Trouble.writing(e, folder);
		}
		try {
			Snapshot snapshot = listing.read(folder.resolve(device.udid().value()), true)
					.orElseThrow(() -> LocalProblems.SNAPSHOT_GONE.exception(folder));
			device.emptyTrash(monitor);
			return snapshot;
		} finally {
			lock.close();
		}
	}

	private void requireFinished() throws IOException {
		Path work = device.work().path();
		boolean there = Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS);
		Optional<String> missing = there ? device.work().missing() : Optional.of("It sent nothing.");
		if (missing.isPresent()) {
			throw LocalProblems.NOT_FINISHED.exception(device.layout().folder(), missing.get());
		}
	}

	/**
	 * Puts the new backup on disk as far as the promise needs it. Its index and folders always; its files only if the
	 * last earlier version is about to be deleted, because waiting for them costs as much as receiving them.
	 */
	private void flush(JobMonitor monitor) throws IOException {
		Path work = device.work().path();
		BackupFolder newest = device.newest();
		boolean lastOneGoes = keepEarlier == 0 && newest.looksLikeBackup() && newest.isComplete();
		Instant since = begun.begun().minusSeconds(2); // some file systems count in steps of two seconds
		if (lastOneGoes) {
			Walk.over(work, (file, attributes) -> {
				if (attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isAfter(since)) {
					SmallFile.force(file);
				}
			}, monitor);
		}
		for (String index : List.of("Info.plist", "Status.plist", "Manifest.plist", "Manifest.db", "Manifest.mbdb")) {
			Path file = work.resolve(index);
			if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
				SmallFile.force(file);
			}
		}
		SmallFile.force(work);
	}

	@Override
	public void discard() throws IOException {
		requireOpen();
		files.close();
		try (lock) {
			device.dropWork();
			device.emptyTrash(JobMonitor.NONE);
		} catch (IOException e) {
			throw Trouble.writing(e, device.layout().folder());
		}
	}

	private void requireOpen() {
		if (files.isClosed()) {
			throw new IllegalStateException("The working tree is closed");
		}
	}

	@Override
	public void close() throws IOException {
		files.close();
		lock.close();
	}
}
