// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.StorageUse;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Texts;

/** What a person can delete or change so that a backup fits. */
public final class Relief {

	private static final int NAMED = 4;
	/** One in so many bytes is for lists and indexes. */
	private static final int OVERHEAD = 20;

	private final String location;
	private final long free;
	private final long needed;
	private final @Nullable Long quota;
	private final String versions;

	private Relief(String location, long free, long needed, @Nullable Long quota, String versions) {
		this.location = location;
		this.free = free;
		this.needed = needed;
		this.quota = quota;
		this.versions = versions;
	}

	/**
	 * For something that does not fit into a place. May read lists of all files.
	 *
	 * @param free   bytes that are left
	 * @param needed bytes that it needs
	 */
	static Relief of(BackupTarget target, long free, long needed, JobMonitor monitor) throws IOException {
		Optional<StorageUse> use = target.usage(monitor);
		String versions = use.isEmpty() ? "" : versions(target.snapshots(), use.get());
		return new Relief(target.location(), free, needed, use.map(StorageUse::quotaBytes).orElse(null), versions);
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
		Relief relief = of(target, free, needed, monitor);
		Long quota = relief.quota;
		return quota == null ? Optional.empty()
				: Optional.of(EngineProblems.QUOTA_FULL.problem(relief.location, Texts.size(free), Texts.size(quota),
						Texts.size(needed), Texts.size(relief.missing()), relief.advice(),
						Texts.size(quota + relief.missing())));
	}

	/** Whether the place has a limit of its own. */
	boolean hasQuota() {
		return quota != null;
	}

	/** The problem that what is to be imported does not fit. */
	ProblemException importProblem() {
		Long limit = quota;
		String other = limit == null ? Texts.of("relief.disk")
				: Texts.of("relief.quota", Texts.size(limit), Texts.size(limit + missing() + needed / OVERHEAD));
		return EngineProblems.IMPORT_NO_ROOM.exception(location, Texts.size(free), Texts.size(needed),
				Texts.size(missing()), advice(), other);
	}

	private long missing() {
		return Math.max(1, needed - free);
	}

	private String advice() {
		return versions.isEmpty() ? Texts.of("relief.none") : Texts.of("relief.versions", versions);
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
