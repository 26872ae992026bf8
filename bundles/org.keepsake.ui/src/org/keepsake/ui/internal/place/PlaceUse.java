// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.StorageUse;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Messages;

/**
 * What is stored in a place: every version of every device, and what deleting it would free.
 *
 * @param versions those of one device after those of the other, newest first
 * @param summary  how much is stored in all, in words; empty where that cannot be told
 */
public record PlaceUse(List<Version> versions, String summary) {

	/** Copies the list. */
	public PlaceUse {
		versions = List.copyOf(versions);
	}

	/**
	 * A version.
	 *
	 * @param backup     the backup
	 * @param freedBytes bytes that deleting it alone would free; null where that cannot be told
	 */
	public record Version(KeptBackup backup, @Nullable Long freedBytes) {

		private String device() {
			return backup.snapshot().summary().deviceName();
		}

		private Instant date() {
			Instant finished = backup.snapshot().summary().finishedAt();
			return finished == null ? Instant.MIN : finished;
		}
	}

	/** Reads it. May read lists of all files. */
	static PlaceUse of(PlaceItem place, BackupTarget target, JobMonitor monitor) throws IOException {
		List<Version> versions = new ArrayList<>();
		List<Snapshot> snapshots = target.snapshots();
		Optional<StorageUse> use = target.usage(monitor);
		for (Snapshot snapshot : snapshots) {
			versions.add(new Version(new KeptBackup(place.name(), place.entry().location(), snapshot),
					freed(use, snapshot)));
		}
		versions.sort(Comparator.comparing(Version::device)
				.thenComparing(version -> version.backup().snapshot().summary().udid().toString())
				.thenComparing(Version::date, Comparator.reverseOrder()));
		return new PlaceUse(versions, use.map(PlaceUse::words).orElse(""));
	}

	private static @Nullable Long freed(Optional<StorageUse> use, Snapshot snapshot) {
		return use.isPresent() ? use.get().freedBytes().get(snapshot.id()) : null;
	}

	private static String words(StorageUse use) {
		Long quota = use.quotaBytes();
		String stored = Human.bytes(use.storedBytes());
		return quota == null ? Messages.storage_stored.formatted(stored)
				: Messages.storage_stored_of.formatted(stored, Human.bytes(quota));
	}
}
