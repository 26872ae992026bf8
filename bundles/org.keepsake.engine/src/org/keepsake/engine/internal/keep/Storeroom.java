// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.StorageReport;
import org.keepsake.engine.internal.search.SearchIndexes;

/** The room that versions take, and its being freed. */
public final class Storeroom {

	private final ConfiguredTargets targets;
	private final SearchIndexes indexes;

	/** Looks at nothing yet. */
	public Storeroom(ConfiguredTargets targets, SearchIndexes indexes) {
		this.targets = targets;
		this.indexes = indexes;
	}

	/** A target's versions, and what deleting each would free. @param target null for the default one */
	public StorageReport report(@Nullable String target, JobMonitor monitor) throws IOException {
		try (BackupTarget opened = targets.open(target == null ? targets.defaultTarget().name() : target)) {
			String name = targets.nameOf(opened.location());
			List<KeptBackup> versions = opened.snapshots().stream()
					.map(snapshot -> new KeptBackup(name, opened.location(), snapshot)).toList();
			return new StorageReport(name, opened.location(), opened.capacity(), opened.usage(monitor), versions);
		}
	}

	/** What deleting these versions of one target together would free. */
	public OptionalLong freedBy(List<KeptBackup> versions, JobMonitor monitor) throws IOException {
		if (versions.isEmpty()) {
			return OptionalLong.of(0);
		}
		try (BackupTarget target = targets.open(versions.getFirst().location())) {
			return target.freedBy(versions.stream().map(KeptBackup::snapshot).toList(), monitor);
		}
	}

	/** Deletes a version, and what was kept on this computer to search in it. */
	public void delete(KeptBackup backup, JobMonitor monitor) throws IOException {
		try (BackupTarget target = targets.open(backup.location())) {
			target.delete(backup.snapshot(), monitor);
		}
		indexes.forget(backup.snapshot().id());
	}

	/** When the newest version of a device in the default target was finished; empty if it cannot be looked at. */
	public Optional<Instant> newest(Udid device) throws IOException {
		try (BackupTarget target = targets.open(targets.defaultTarget().name())) {
			Optional<Snapshot> newest = Shelf.newest(target, device);
			Instant finished = newest.isEmpty() ? null : newest.get().summary().finishedAt();
			return finished == null ? Optional.empty() : Optional.of(finished);
		} catch (ProblemException e) {
			return Optional.empty();
		}
	}
}
