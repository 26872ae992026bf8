// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.ImportingTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.engine.internal.Texts;

/**
 * Whether what is to be imported fits, told before the first byte. What versions share counts once: a file that is of the
 * same name and size in the version before is taken for the same. Nothing is looked at closer where all of it would fit.
 */
final class ImportRoom {

	private final BackupTarget from;
	private final ImportingTarget into;
	private final JobMonitor monitor;
	private final Map<Udid, Snapshot> before = new HashMap<>();

	ImportRoom(BackupTarget from, ImportingTarget into, JobMonitor monitor) {
		this.from = from;
		this.into = into;
		this.monitor = monitor;
	}

	/**
	 * Refuses what does not fit: by its quota, since that is a wish; by its disk only what no compression makes fit.
	 *
	 * @param wanted backups that are not there yet, oldest first
	 */
	void require(List<Snapshot> wanted) throws IOException {
		long all = wanted.stream().mapToLong(backup -> backup.summary().sizeBytes()).sum();
		if (all == 0 || into.capacity().freeBytes() >= all) {
			return;
		}
		monitor.report(new JobEvent.Phase("measuring", Texts.of("phase.measuring")));
		long sealed = 0;
		long plain = 0;
		for (Snapshot backup : wanted) {
			monitor.throwIfCancelled();
			long added = added(backup);
			sealed += backup.summary().encrypted() ? added : 0;
			plain += backup.summary().encrypted() ? 0 : added;
		}
		// What an import that was interrupted has left is used by the next.
		long needed = Math.max(0, sealed + plain - into.unusedBytes(monitor));
		long free = into.capacity().freeBytes();
		if (free >= needed) {
			return;
		}
		Relief relief = Relief.of(into, free, needed, monitor);
		// Files that the device has not encrypted may become half as large; hardly less.
		if (relief.hasQuota() || free < needed - plain / 2) {
			throw relief.importProblem();
		}
		monitor.report(new JobEvent.Notice("import.tight", Texts.of("import.tight", into.location(), Texts.size(free),
				Texts.size(needed)), false));
	}

	private long added(Snapshot backup) throws IOException {
		Udid device = backup.summary().udid();
		Snapshot earlier = before.get(device);
		before.put(device, backup);
		if (earlier != null) {
			return added(backup, from, earlier);
		}
		Optional<Snapshot> kept = Shelf.newest(into, device);
		return kept.isPresent() ? added(backup, into, kept.get()) : backup.summary().sizeBytes();
	}

	private long added(Snapshot backup, BackupTarget place, Snapshot earlier) throws IOException {
		try (BackupTree tree = from.open(backup); BackupTree other = place.open(earlier)) {
			return added(tree, other, TreePath.ROOT);
		}
	}

	/** A folder at a time, so that memory does not grow with the backup. */
	private long added(BackupTree tree, @Nullable BackupTree other, TreePath folder) throws IOException {
		monitor.throwIfCancelled();
		Map<String, TreeEntry> known = new HashMap<>();
		if (other != null) {
			other.list(folder).forEach(entry -> known.put(entry.name(), entry));
		}
		long bytes = 0;
		for (TreeEntry entry : tree.list(folder)) {
			TreeEntry same = known.get(entry.name());
			if (entry.isDirectory()) {
				bytes += added(tree, same != null && same.isDirectory() ? other : null, folder.resolve(entry.name()));
			} else if (same == null || same.sizeBytes() != entry.sizeBytes()) {
				bytes += entry.sizeBytes();
			}
		}
		return bytes;
	}
}
