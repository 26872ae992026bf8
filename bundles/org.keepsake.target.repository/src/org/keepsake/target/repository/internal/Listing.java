// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SnapshotRecord;

/**
 * Finds the backups in a repository's snapshots: ours by their tags, those of other programs by looking for folders that
 * are backups. Thread-safe.
 */
final class Listing {

	private static final System.Logger LOG = System.getLogger(Listing.class.getName());

	/** What was found in snapshots that are not ours, by their trees: it never changes. */
	private final Map<BlobId, List<FoundBackups.Found>> known = new ConcurrentHashMap<>();

	/** All backups of all devices, newest first. */
	List<Version> all(Repository repository) throws IOException {
		return all(repository, problem -> LOG.log(System.Logger.Level.WARNING, problem.toString()));
	}

	/** The same. @param damage hears of snapshots that cannot be read */
	List<Version> all(Repository repository, Consumer<Problem> damage) throws IOException {
		List<Version> versions = new ArrayList<>();
		for (SnapshotRecord record : repository.readableSnapshots(damage)) {
			versions.addAll(of(repository, record));
		}
		versions.sort(NEWEST_FIRST);
		return versions;
	}

	private static final Comparator<Version> NEWEST_FIRST = Comparator
			.comparing((Version version) -> date(version.summary().finishedAt()))
			.thenComparing(version -> version.record().time()).thenComparing(version -> version.id().value())
			.reversed();

	private static Instant date(@Nullable Instant finishedAt) {
		return finishedAt != null ? finishedAt : Instant.MIN;
	}

	/** The backups of one snapshot. */
	List<Version> of(Repository repository, SnapshotRecord record) throws IOException {
		try {
			Optional<BackupSummary> summary = Layout.summary(record);
			if (summary.isPresent()) {
				return List.of(new Version(new SnapshotId(record.id().toString()), record,
						summary.get().udid().value(), null, summary.get(), true));
			}
			return others(repository, record);
		} catch (org.keepsake.core.ProblemException e) {
			LOG.log(System.Logger.Level.WARNING, "The snapshot {0} is passed over: {1}", record.brief(),
					e.problem());
			return List.of();
		}
	}

	private List<Version> others(Repository repository, SnapshotRecord record) throws IOException {
		List<FoundBackups.Found> found = known.get(record.tree());
		if (found == null) {
			found = new FoundBackups(repository).in(record.tree());
			known.put(record.tree(), found);
		}
		List<Version> versions = new ArrayList<>();
		for (FoundBackups.Found each : found) {
			boolean alone = found.size() == 1;
			SnapshotId id = new SnapshotId(
					alone ? record.id().toString() : FoundBackups.id(record.id(), each.path()));
			versions.add(new Version(id, record, each.path(), each.folder(), each.summary(), alone));
		}
		return versions;
	}

	/** What is told of versions, with the newest of each device marked. */
	static List<Snapshot> told(List<Version> newestFirst, String location) {
		Set<Udid> seen = new HashSet<>();
		Set<Udid> withComplete = new HashSet<>();
		newestFirst.stream().filter(version -> version.summary().complete())
				.forEach(version -> withComplete.add(version.summary().udid()));
		List<Snapshot> snapshots = new ArrayList<>();
		for (Version version : newestFirst) {
			Udid udid = version.summary().udid();
			boolean counts = version.summary().complete() || !withComplete.contains(udid);
			snapshots.add(told(version, location, counts && seen.add(udid)));
		}
		return snapshots;
	}

	/** What is told of one version. */
	static Snapshot told(Version version, String location, boolean newest) {
		String path = location + '#' + version.record().brief() + (version.alone() ? "" : ":/" + version.path());
		return new Snapshot(version.id(), version.summary(), path, newest);
	}
}
