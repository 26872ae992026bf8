// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.StorageUse;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Texts;

/** What a person can delete or change so that a backup fits. */
public final class Relief {

	private static final int NAMED = 4;

	private Relief() {
	}

	/**
	 * The problem that a backup does not fit into a place with a limit of its own.
	 *
	 * @param free   bytes that are left
	 * @param needed bytes that the backup needs
	 * @return empty if the place has no such limit
	 */
	public static Optional<Problem> problem(BackupTarget target, long free, long needed, JobMonitor monitor)
			throws IOException {
		Optional<StorageUse> use = target.usage(monitor);
		Long quota = use.map(StorageUse::quotaBytes).orElse(null);
		if (use.isEmpty() || quota == null) {
			return Optional.empty();
		}
		long missing = Math.max(1, needed - free);
		String versions = versions(target.snapshots(), use.get());
		String remedy = versions.isEmpty() ? Texts.of("relief.none") : Texts.of("relief.versions", versions);
		return Optional.of(EngineProblems.QUOTA_FULL.problem(target.location(), Texts.size(free), Texts.size(quota),
				Texts.size(needed), Texts.size(missing), remedy, Texts.size(quota + missing)));
	}

	/** The versions that free most, but never the newest complete one of a device. */
	private static String versions(List<Snapshot> all, StorageUse use) {
		List<String> named = new ArrayList<>();
		all.stream().filter(snapshot -> !snapshot.newest() && freed(snapshot, use) > 0)
				.sorted(Comparator.comparingLong((Snapshot snapshot) -> freed(snapshot, use)).reversed()).limit(NAMED)
				.forEach(snapshot -> named.add(Texts.of("relief.version", snapshot.id().brief(),
						snapshot.summary().deviceName(), date(snapshot), Texts.size(freed(snapshot, use)))));
		return String.join("; ", named);
	}

	private static String date(Snapshot snapshot) {
		Instant finished = snapshot.summary().finishedAt();
		return finished == null ? Texts.of("unfinished") : Texts.date(finished);
	}

	private static long freed(Snapshot snapshot, StorageUse use) {
		return use.freedBytes().getOrDefault(snapshot.id(), 0L);
	}
}
