// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Targets;
import org.keepsake.engine.internal.Failures;

/** All versions of all targets, newest first. Thread-safe. */
public final class Shelf {

	private static final Comparator<KeptBackup> NEWEST_FIRST = Comparator
			.<KeptBackup, Instant>comparing(kept -> finishedAt(kept.snapshot())).reversed();

	private final ConfiguredTargets targets;

	/** Over these targets. */
	public Shelf(ConfiguredTargets targets) {
		this.targets = targets;
	}

	/**
	 * The versions, newest first.
	 *
	 * @param target   name or location; null for all configured ones
	 * @param device   null for all devices
	 * @param troubles hears of targets that could not be looked at while others could, and of versions that cannot be
	 *                 read any more
	 * @throws ProblemException if the only target that was to be looked at fails
	 */
	public List<KeptBackup> list(@Nullable String target, @Nullable Udid device, Consumer<Problem> troubles)
			throws IOException {
		if (target != null) {
			return sorted(of(target, true, troubles), device);
		}
		List<Targets.Entry> entries = targets.list();
		Map<String, KeptBackup> all = new LinkedHashMap<>();
		for (Targets.Entry entry : entries) {
			try {
				for (KeptBackup kept : of(entry.name(), entries.size() == 1, troubles)) {
					all.putIfAbsent(kept.location() + '\n' + kept.snapshot().id().value(), kept);
				}
			} catch (IOException | RuntimeException e) {
				IOException failure = Failures.asProblem(JobMonitor.NONE, e);
				if (entries.size() == 1 || !(failure instanceof ProblemException problem)) {
					throw failure;
				}
				troubles.accept(problem.problem());
			}
		}
		return sorted(new ArrayList<>(all.values()), device);
	}

	/** The newest complete version of the device in the target. */
	public static Optional<Snapshot> newest(BackupTarget target, Udid device) throws IOException {
		return target.snapshots().stream()
				.filter(snapshot -> snapshot.summary().udid().equals(device) && snapshot.summary().complete())
				.max(Comparator.comparing(Shelf::finishedAt));
	}

	/** When it was finished; the beginning of time where it never was. */
	static Instant finishedAt(Snapshot snapshot) {
		Instant finished = snapshot.summary().finishedAt();
		return finished == null ? Instant.MIN : finished;
	}

	/** The versions of one target, named or located. */
	List<KeptBackup> of(String nameOrLocation) throws IOException {
		return of(nameOrLocation, false, problem -> {
		});
	}

	private List<KeptBackup> of(String nameOrLocation, boolean mayAsk, Consumer<Problem> damage)
			throws IOException {
		try (BackupTarget target = targets.open(nameOrLocation, mayAsk)) {
			String name = targets.nameOf(target.location());
			return target.snapshots(damage).stream().map(snapshot -> new KeptBackup(name, target.location(), snapshot))
					.toList();
		}
	}

	private static List<KeptBackup> sorted(List<KeptBackup> backups, @Nullable Udid device) {
		return backups.stream().filter(kept -> device == null || kept.snapshot().summary().udid().equals(device))
				.sorted(NEWEST_FIRST).toList();
	}
}
