// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.target.local.LocalProblems;

/**
 * One device's backups in the folder, and every change of them: the work folder is made here, and a commit takes its
 * steps here. All methods need the device's lock. {@code docs/formats/local-target.md} has the states as a table.
 *
 * @param layout where things lie
 * @param udid   the device
 * @param medium the disk
 * @param zone   the time zone in which archived backups are named
 */
record DeviceFolder(Layout layout, Udid udid, Medium medium, ZoneId zone) {

	private static final System.Logger LOG = System.getLogger(DeviceFolder.class.getName());

	/** The device's newest backup; its folder may not be there. */
	BackupFolder newest() throws IOException {
		return new BackupFolder(layout.newest(udid));
	}

	/** The folder in which a device's backup grows; may not be there. */
	BackupFolder work() {
		return new BackupFolder(layout.work(udid).resolve(udid.value()));
	}

	/** The versions that may be pruned. */
	Versions versions() {
		return new Versions(layout, layout.versions(udid));
	}

	/** Makes Keepsake's own folders, and refuses links in their place. */
	void makeOwnFolders() throws IOException {
		boolean fresh = !Files.exists(layout.own(), LinkOption.NOFOLLOW_LINKS);
		for (Path folder : List.of(layout.own(), layout.work(udid), layout.parts(udid), layout.trash(udid),
				layout.sizes())) {
			refuseLink(folder.getParent());
			refuseLink(folder);
			Files.createDirectories(folder);
		}
		if (fresh && java.io.File.separatorChar == '\\') {
			Files.setAttribute(layout.own(), "dos:hidden", true, LinkOption.NOFOLLOW_LINKS);
		}
	}

	void refuseLink(Path path) throws IOException {
		if (!path.equals(layout.folder()) && Files.isSymbolicLink(path)) {
			throw LocalProblems.LINK_IN_THE_WAY.exception(layout.folder(), path);
		}
	}

	/**
	 * Makes the work folder ready: keeps that of an interrupted run if a device can go on from it, else makes one from
	 * the newest backup, or an empty one.
	 *
	 * @return what it was made from
	 */
	WorkState prepareWork(boolean startEmpty, JobMonitor monitor) throws IOException {
		BackupFolder newest = newest();
		refuseLink(newest.path());
		boolean base = newest.looksLikeBackup();
		String baseId = base ? newest.id().value() : null;
		Optional<WorkState> interrupted = startEmpty ? Optional.empty() : continuable(baseId);
		if (interrupted.isPresent()) {
			InFlight.removeLeft(layout.inFlight(udid), layout.work(udid));
			toTrash(layout.parts(udid));
			Files.createDirectories(layout.parts(udid));
			return interrupted.get();
		}
		dropWork();
		Instant begun = Instant.now();
		Files.createDirectories(layout.work(udid));
		if (base && !startEmpty && newest.canBeContinued()) {
			new Cloner(medium, monitor).cloneFolder(newest.path(), work().path());
		}
		SmallFile.force(layout.work(udid));
		WorkState state = new WorkState(baseId, begun);
		state.write(layout.workState(udid));
		return state;
	}

	private Optional<WorkState> continuable(@Nullable String baseId) throws IOException {
		Optional<WorkState> state = WorkState.read(layout.workState(udid));
		Path work = work().path();
		boolean whole = state.isPresent() && !Files.isSymbolicLink(layout.work(udid))
				&& Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS);
		return whole && java.util.Objects.equals(state.get().baseId(), baseId) && work().canBeContinued() ? state
				: Optional.empty();
	}

	/** Drops the work folder and what is being received. */
	void dropWork() throws IOException {
		SmallFile.delete(layout.workState(udid));
		Files.deleteIfExists(layout.inFlight(udid));
		toTrash(layout.work(udid));
		toTrash(layout.parts(udid));
		Files.createDirectories(layout.parts(udid));
	}

	/** Writes down that the work folder is to become the newest backup; from here on it will. */
	Journal journal(WorkState begun, int keepEarlier) throws IOException {
		BackupFolder old = newest();
		refuseLink(old.path());
		String replaces = begun.baseId();
		Journal journal = new Journal(udid.value(), old.path().getFileName().toString(), replaces,
				replaces != null && old.isComplete(), keepEarlier);
		journal.write(layout.journal(udid));
		medium.reached(Medium.Step.JOURNALED);
		return journal;
	}

	/** Completes a commit that a killed process left. @return whether there was one */
	boolean recover() throws IOException {
		Optional<Journal> journal = Journal.read(layout.journal(udid));
		if (journal.isPresent()) {
			complete(journal.get());
		}
		return journal.isPresent();
	}

	/** Takes the steps of a commit that are not taken yet. May be done again at any point. */
	void complete(Journal journal) throws IOException {
		Path work = layout.work(udid).resolve(journal.folder());
		Path target = layout.folder().resolve(journal.folder());
		if (Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
			putAside(journal);
			medium.reached(Medium.Step.ARCHIVED);
			rename(work, target);
			SmallFile.force(layout.folder());
			medium.reached(Medium.Step.RENAMED);
		}
		prune(journal.keepEarlier());
		medium.reached(Medium.Step.PRUNED);
		dropWork();
		medium.reached(Medium.Step.TIDIED);
		SmallFile.delete(layout.journal(udid));
		medium.reached(Medium.Step.DONE);
	}

	/** Makes the device's name free. What is there becomes a version if it is complete, else it goes. */
	private void putAside(Journal journal) throws IOException {
		Path old = layout.folder().resolve(journal.oldFolder());
		if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		BackupFolder folder = new BackupFolder(old);
		boolean backup = folder.looksLikeBackup();
		boolean same = backup && folder.id().value().equals(journal.oldId());
		if (same && !journal.oldComplete()) {
			toTrash(old);
		} else if (backup) {
			Path archive = layout.archive(journal.folder(), folder.made(), zone);
			if (same) {
				versions().add(new Versions.Version(archive.getFileName().toString(), folder.id().value()));
			}
			// another program wrote it since this backup was begun: it stays, for a person to decide
			rename(old, archive);
		} else if (isEmptyFolder(old)) {
			Files.delete(old);
		} else {
			rename(old, layout.archive(journal.folder(), Instant.now(), zone));
		}
	}

	private static boolean isEmptyFolder(Path path) throws IOException {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Layout.children(path).isEmpty();
	}

	/** Puts Keepsake's own versions beyond the number out of sight, oldest first. */
	private void prune(int keepEarlier) throws IOException {
		List<Versions.Version> present = new ArrayList<>(versions().present());
		while (present.size() > keepEarlier) {
			Versions.Version oldest = present.removeFirst();
			toTrash(layout.folder().resolve(oldest.folder()));
		}
		versions().write(present);
	}

	/** Deletes one backup of the device, and lets the newest of Keepsake's own versions take a freed name. */
	void delete(Path folder) throws IOException {
		boolean newest = folder.equals(newest().path());
		toTrash(folder);
		List<Versions.Version> present = new ArrayList<>(versions().present());
		if (newest) {
			dropWork();
			if (!present.isEmpty()) {
				Path version = layout.folder().resolve(present.removeLast().folder());
				rename(version, layout.folder().resolve(folder.getFileName().toString()));
			}
		}
		versions().write(present);
		SmallFile.force(layout.folder());
	}

	/** Moves a file or folder out of sight at once, to be deleted later; without effect if it is not there. */
	void toTrash(Path path) throws IOException {
		if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			Files.createDirectories(layout.trash(udid));
			rename(path, layout.newTrash(udid));
		}
	}

	/** Deletes what is in the trash. What cannot be deleted now, or is left by a cancel, stays for the next time. */
	void emptyTrash(JobMonitor monitor) {
		try {
			for (Path old : Layout.children(layout.trash(udid))) {
				Eraser.erase(old, monitor);
			}
		} catch (CancelledException _) {
			// the rest goes next time
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "Deleted backups still take up space", e);
		}
	}

	private static void rename(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}
}
