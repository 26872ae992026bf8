// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.repository.SnapshotRecord;

/** Which snapshots of a repository are backups of devices, and what they say of themselves. */
final class DeviceVersions {

	private static final Pattern IN_SNAPSHOT = Pattern.compile("#([0-9a-f]{8})(?::/.*)?$");

	private final Map<String, List<KeptBackup>> bySnapshot = new HashMap<>();

	private DeviceVersions() {
	}

	/** Of the repository at this place; what cannot be read is told and left out. */
	static DeviceVersions of(Cli cli, String place) throws IOException {
		DeviceVersions versions = new DeviceVersions();
		for (KeptBackup kept : cli.query(monitor -> cli.engine().snapshots(place, null,
				problem -> cli.warn(problem.title() + ". " + problem.cause())))) {
			versions.bySnapshot.computeIfAbsent(versions.snapshotOf(kept), id -> new ArrayList<>()).add(kept);
		}
		return versions;
	}

	/** The first digits of the snapshot's id: a snapshot with several backups has them in the paths of each. */
	private String snapshotOf(KeptBackup kept) {
		Matcher path = IN_SNAPSHOT.matcher(kept.snapshot().path());
		return path.find() ? path.group(1) : kept.snapshot().id().brief();
	}

	/** All backups that the snapshot holds. */
	List<KeptBackup> allIn(SnapshotRecord snapshot) {
		return bySnapshot.getOrDefault(snapshot.brief(), List.of());
	}

	/** The backup that the snapshot holds; empty if it holds something else. */
	Optional<KeptBackup> in(SnapshotRecord snapshot) {
		return allIn(snapshot).stream().findFirst();
	}

	/** All of a device. */
	List<KeptBackup> of(Udid device) {
		return bySnapshot.values().stream().flatMap(List::stream)
				.filter(kept -> kept.snapshot().summary().udid().equals(device)).toList();
	}

	/** Whose backup the snapshot holds; null if it is none. */
	@Nullable
	Udid device(SnapshotRecord snapshot) {
		List<KeptBackup> held = allIn(snapshot);
		return held.isEmpty() ? null : held.getFirst().snapshot().summary().udid();
	}

	/** The device's name, or what was backed up, for a person. */
	String label(SnapshotRecord snapshot) {
		return in(snapshot).map(kept -> kept.snapshot().summary())
				.map(summary -> summary.deviceName().isBlank() ? summary.udid().value() : summary.deviceName())
				.map(Human::orDash).orElseGet(() -> Human.orDash(String.join(", ", snapshot.paths())));
	}

	/** The snapshot for a program: its own members, and those of the backup in it. */
	JsonObject json(SnapshotRecord snapshot) {
		List<KeptBackup> held = allIn(snapshot);
		KeptBackup kept = held.isEmpty() ? null : held.getFirst();
		return new JsonObject().put("id", snapshot.id().toString()).put("time", snapshot.time())
				.put("host", DeviceOutput.orNull(snapshot.host())).put("user", DeviceOutput.orNull(snapshot.user()))
				.put("paths", snapshot.paths()).put("tags", snapshot.tags())
				.put("program", DeviceOutput.orNull(snapshot.program()))
				.put("udid", kept == null ? null : kept.snapshot().summary().udid().value())
				.put("deviceName",
						kept == null ? null : DeviceOutput.orNull(kept.snapshot().summary().deviceName()))
				.put("complete", kept == null ? null : Boolean.valueOf(kept.snapshot().summary().complete()))
				.put("sizeBytes", sizeBytes(snapshot) < 0 ? null : Long.valueOf(sizeBytes(snapshot)));
	}

	/** Bytes of all files in it; -1 if unknown. */
	long sizeBytes(SnapshotRecord snapshot) {
		var figures = snapshot.summary();
		return in(snapshot).map(kept -> kept.snapshot().summary().sizeBytes())
				.orElse(Long.valueOf(figures == null ? -1 : figures.totalBytes())).longValue();
	}
}
