// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TargetProblems;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.target.base.DeviceLock;
import org.keepsake.target.local.LocalProblems;

/** A folder of backups in Apple's own layout. Holds nothing open itself. */
public final class LocalTarget implements BackupTarget {

	private static final System.Logger LOG = System.getLogger(LocalTarget.class.getName());

	private final Layout layout;
	private final @Nullable Path only;
	private final Medium medium;
	private final ZoneId zone;
	private final Listing listing;

	private LocalTarget(Path folder, @Nullable Path only, Medium medium, ZoneId zone) {
		this.layout = new Layout(folder.toAbsolutePath().normalize());
		this.only = only;
		this.medium = medium;
		this.zone = zone;
		this.listing = new Listing(layout);
	}

	/** The folder that holds backups; need not exist yet. */
	public static LocalTarget at(Path folder) {
		return at(folder, Medium.DISK, ZoneId.systemDefault());
	}

	static LocalTarget at(Path folder, Medium medium, ZoneId zone) {
		return new LocalTarget(folder, null, medium, zone);
	}

	/**
	 * For the path of one backup's own folder: the target is the folder above it, and only this backup is listed.
	 * Empty if the path holds no backup.
	 */
	public static Optional<LocalTarget> forBackupFolder(Path path) {
		Path folder = path.toAbsolutePath().normalize();
		Path above = folder.getParent();
		return above != null && new BackupFolder(folder).looksLikeBackup()
				? Optional.of(new LocalTarget(above, folder, Medium.DISK, ZoneId.systemDefault()))
				: Optional.empty();
	}

	@Override
	public String location() {
		return layout.folder().toString();
	}

	@Override
	public List<Snapshot> snapshots() throws IOException {
		try {
			requireFolderOrNothing();
			completeCommits();
			Path one = only;
			return listing.all().stream().filter(snapshot -> one == null || Path.of(snapshot.path()).equals(one))
					.toList();
		} catch (IOException e) {
			throw Trouble.reading(e, layout.folder());
		}
	}

	@Override
	public BackupTree open(Snapshot snapshot) throws IOException {
		try {
			return new FolderTree(locate(snapshot));
		} catch (IOException e) {
			throw Trouble.reading(e, layout.folder());
		}
	}

	@Override
	public WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) throws IOException {
		DeviceFolder device = device(udid);
		DeviceLock lock = null;
		boolean begun = false;
		try {
			makeFolder();
			lock = take(device);
			monitor.report(new JobEvent.Phase("preparing", Texts.PREPARING.text()));
			device.makeOwnFolders();
			device.recover();
			device.emptyTrash(monitor);
			monitor.throwIfCancelled();
			WorkState state = device.prepareWork(options.startEmpty(), monitor);
			device.emptyTrash(monitor);
			monitor.throwIfCancelled();
			WorkingTree tree = new LocalWorkingTree(device, lock, state, options.keepEarlier(), listing);
			begun = true;
			return tree;
		} catch (IOException e) {
			throw Trouble.writing(e, layout.folder());
		} finally {
			if (!begun && lock != null) {
				lock.close();
			}
		}
	}

	@Override
	public void delete(Snapshot snapshot, JobMonitor monitor) throws IOException {
		DeviceFolder device = device(snapshot.summary().udid());
		try {
			monitor.throwIfCancelled();
			locate(snapshot);
			try (DeviceLock _ = take(device)) {
				monitor.report(new JobEvent.Phase("deleting", Texts.DELETING.text()));
				device.makeOwnFolders();
				device.recover();
				device.delete(locate(snapshot));
				device.emptyTrash(monitor);
			}
		} catch (IOException e) {
			throw Trouble.writing(e, layout.folder());
		}
	}

	@Override
	public Capacity capacity() throws IOException {
		for (Path at = layout.folder(); at != null; at = at.getParent()) {
			if (Files.exists(at)) {
				try {
					FileStore store = Files.getFileStore(at);
					return new Capacity(medium.usableBytes(store), store.getTotalSpace());
				} catch (IOException e) {
					throw Trouble.reading(e, layout.folder());
				}
			}
		}
		throw LocalProblems.FOLDER_MISSING.exception(layout.folder());
	}

	@Override
	public List<String> check() throws IOException {
		try {
			requireFolderOrNothing();
			if (Mounts.missingDisk(layout.folder()).isPresent()) {
				throw LocalProblems.FOLDER_MISSING.exception(layout.folder());
			}
			if (!Files.exists(layout.folder())) {
				throw TargetProblems.NOT_THERE_YET.exception(layout.folder());
			}
			return new PlaceCheck(layout, medium).run();
		} catch (IOException e) {
			throw Trouble.writing(e, layout.folder());
		}
	}

	@Override
	public void close() {
		// nothing is held
	}

	/** Where the backup is now: a commit may have archived it since it was listed. */
	private Path locate(Snapshot snapshot) throws IOException {
		Path listed = Path.of(snapshot.path());
		if (layout.folder().equals(listed.getParent()) && isStill(listed, snapshot)) {
			return listed;
		}
		for (Path child : Layout.children(layout.folder())) {
			if (!child.getFileName().toString().startsWith(".") && isStill(child, snapshot)) {
				return child;
			}
		}
		throw LocalProblems.SNAPSHOT_GONE.exception(layout.folder());
	}

	private static boolean isStill(Path folder, Snapshot snapshot) throws IOException {
		BackupFolder backup = new BackupFolder(folder);
		return backup.looksLikeBackup() && backup.id().equals(snapshot.id());
	}

	/** Completes what killed processes left, if that is possible now; the listing is right without it, too. */
	private void completeCommits() throws IOException {
		for (Udid udid : layout.devicesWithState()) {
			if (Files.exists(layout.journal(udid), LinkOption.NOFOLLOW_LINKS)) {
				completeCommit(udid);
			}
		}
	}

	private void completeCommit(Udid udid) {
		try {
			Optional<DeviceLock> lock = DeviceLock.take(layout.lock(udid));
			if (lock.isPresent()) {
				try (DeviceLock _ = lock.get()) {
					device(udid).recover();
				}
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "A commit that was interrupted waits for the next backup", e);
		}
	}

	private DeviceLock take(DeviceFolder device) throws IOException {
		device.refuseLink(layout.own());
		return DeviceLock.take(layout.lock(device.udid()))
				.orElseThrow(() -> LocalProblems.BUSY.exception(layout.folder()));
	}

	private DeviceFolder device(Udid udid) {
		return new DeviceFolder(layout, udid, medium, zone);
	}

	private void requireFolderOrNothing() throws IOException {
		if (Files.exists(layout.folder(), LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(layout.folder())) {
			throw LocalProblems.NOT_A_FOLDER.exception(layout.folder());
		}
	}

	private void makeFolder() throws IOException {
		requireFolderOrNothing();
		Optional<Path> disk = Mounts.missingDisk(layout.folder());
		if (disk.isPresent()) {
			throw LocalProblems.FOLDER_MISSING.exception(layout.folder());
		}
		Files.createDirectories(layout.folder());
	}
}
