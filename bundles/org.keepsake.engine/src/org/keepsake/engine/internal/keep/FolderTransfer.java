// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.ExportableTree;
import org.keepsake.core.target.ExportableTree.Exported;
import org.keepsake.core.target.ImportingTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.ExportedBackup;
import org.keepsake.engine.ImportReport;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.internal.Texts;

/** Backups from folders in Apple's layout into targets, and back. Thread-safe. */
public final class FolderTransfer {

	/** What a disk needs besides the bytes of files. */
	private static final long MARGIN_BYTES = 64L << 20;

	private final ConfiguredTargets targets;

	/** Between these targets and folders. */
	public FolderTransfer(ConfiguredTargets targets) {
		this.targets = targets;
	}

	/** Takes over all backups of a folder, oldest first, so that each finds what it shares with the one before. */
	public ImportReport in(Path folder, String place, JobMonitor monitor) throws IOException {
		try (BackupTarget from = targets.open(folder.toAbsolutePath().normalize().toString());
				BackupTarget to = targets.open(place)) {
			if (!(to instanceof ImportingTarget into)) {
				throw EngineProblems.IMPORT_ELSEWHERE.exception(place);
			}
			List<Snapshot> found = Files.isDirectory(folder) ? from.snapshots().reversed() : List.of();
			if (found.isEmpty()) {
				throw EngineProblems.IMPORT_NOTHING.exception(folder);
			}
			String name = targets.nameOf(to.location());
			List<KeptBackup> imported = new ArrayList<>();
			List<Snapshot> present = new ArrayList<>();
			List<Snapshot> incomplete = new ArrayList<>();
			List<Snapshot> wanted = new ArrayList<>();
			Set<SnapshotId> before = into.imported();
			for (Snapshot snapshot : found) {
				(!snapshot.summary().complete() ? incomplete : before.contains(snapshot.id()) ? present : wanted)
						.add(snapshot);
			}
			new ImportRoom(from, into, monitor).require(wanted);
			for (Snapshot snapshot : wanted) {
				monitor.throwIfCancelled();
				monitor.report(new JobEvent.Phase("importing", Texts.of("phase.importing", snapshot.path())));
				Optional<Snapshot> made = into.importBackup(Path.of(snapshot.path()), snapshot, monitor);
				made.ifPresentOrElse(version -> imported.add(new KeptBackup(name, to.location(), version)),
						() -> present.add(snapshot));
			}
			return new ImportReport(imported, present, incomplete);
		}
	}

	/** Writes a backup into a folder of the device's name: whole, or not at all. */
	public ExportedBackup out(KeptBackup backup, Path folder, JobMonitor monitor) throws IOException {
		Path above = folder.toAbsolutePath().normalize();
		List<Path> made = missing(above);
		boolean done = false;
		try {
			Files.createDirectories(above);
			ExportedBackup exported = into(above, backup, monitor);
			done = true;
			return exported;
		} finally {
			if (!done) {
				removeEmpty(made);
			}
		}
	}

	/** The folders that would have to be made, the innermost first. */
	private static List<Path> missing(Path folder) {
		List<Path> missing = new ArrayList<>();
		for (Path at = folder; at != null && Files.notExists(at, LinkOption.NOFOLLOW_LINKS); at = at.getParent()) {
			missing.add(at);
		}
		return missing;
	}

	/** A folder in which somebody has put something meanwhile stays, and those around it. */
	private static void removeEmpty(List<Path> folders) {
		try {
			for (Path folder : folders) {
				Files.deleteIfExists(folder);
			}
		} catch (IOException e) {
			System.getLogger(FolderTransfer.class.getName()).log(System.Logger.Level.DEBUG, "A folder stays", e);
		}
	}

	private ExportedBackup into(Path above, KeptBackup backup, JobMonitor monitor) throws IOException {
		Path result = above.resolve(backup.snapshot().summary().udid().value());
		if (Files.exists(result, LinkOption.NOFOLLOW_LINKS)) {
			throw EngineProblems.EXPORT_THERE.exception(result);
		}
		requireRoom(above, backup.snapshot());
		Path part = above.resolve(".keepsake-export-" + UUID.randomUUID());
		boolean done = false;
		try (BackupTarget target = targets.open(backup.location());
				BackupTree tree = target.open(backup.snapshot())) {
			monitor.report(new JobEvent.Phase("exporting", Texts.of("phase.exporting", result)));
			Exported exported = tree instanceof ExportableTree quick ? quick.exportTo(part, monitor)
					: new Copying(tree, backup.snapshot(), monitor).to(part);
			if (!exported.failed().isEmpty()) {
				throw EngineProblems.EXPORT_DAMAGED.exception(exported.failed().size(), exported.failed().getFirst());
			}
			monitor.throwIfCancelled();
			Files.move(part, result, StandardCopyOption.ATOMIC_MOVE);
			done = true;
			return new ExportedBackup(result, exported.files(), exported.bytes());
		} finally {
			if (!done) {
				erase(part);
			}
		}
	}

	private static void requireRoom(Path folder, Snapshot snapshot) throws IOException {
		long needed = snapshot.summary().sizeBytes() + MARGIN_BYTES;
		long free = Files.getFileStore(folder).getUsableSpace();
		if (free < needed) {
			throw EngineProblems.EXPORT_NO_ROOM.exception(folder, Texts.size(free), Texts.size(needed));
		}
	}

	private static void erase(Path folder) throws IOException {
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

	/** A tree, file by file. */
	private static final class Copying {

		private final BackupTree tree;
		private final Snapshot snapshot;
		private final JobMonitor monitor;
		private long files;
		private long bytes;
		private long reported = System.nanoTime();

		Copying(BackupTree tree, Snapshot snapshot, JobMonitor monitor) {
			this.tree = tree;
			this.snapshot = snapshot;
			this.monitor = monitor;
		}

		Exported to(Path folder) throws IOException {
			copy(TreePath.ROOT, folder);
			return new Exported(files, bytes, List.of());
		}

		private void copy(TreePath directory, Path folder) throws IOException {
			Files.createDirectory(folder);
			for (TreeEntry entry : tree.list(directory)) {
				monitor.throwIfCancelled();
				TreePath path = directory.resolve(entry.name());
				Path file = folder.resolve(entry.name());
				if (entry.isDirectory()) {
					copy(path, file);
				} else if (entry.isFile()) {
					try (SeekableByteChannel in = tree.open(path);
							OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
						bytes += Channels.newInputStream(in).transferTo(out);
					}
					Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
					files++;
					report();
				}
			}
		}

		private void report() {
			long now = System.nanoTime();
			if (now - reported > 100_000_000L) {
				reported = now;
				long total = Math.max(1, snapshot.summary().sizeBytes());
				monitor.report(new JobEvent.Progress(Math.min(1, bytes / (double) total), bytes, total, files,
						snapshot.summary().files()));
			}
		}
	}
}
