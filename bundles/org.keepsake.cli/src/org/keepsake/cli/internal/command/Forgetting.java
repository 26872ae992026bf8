// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.core.Udid;
import org.keepsake.engine.KeptBackup;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.KeepPolicy;
import org.keepsake.repository.KeepPolicy.Decision;
import org.keepsake.repository.SnapshotRecord;

/** Decides which snapshots of a repository go, and keeps the last complete backup of each device. */
final class Forgetting {

	/** Why a snapshot stays that no rule keeps. */
	static final String LAST_COMPLETE = "last complete version";

	/** By what snapshots are grouped, each group being decided for itself. */
	enum Grouping {
		/** By the device; what is no device's backup by computer and paths. */
		DEVICE,
		/** By the computer that made them. */
		HOST,
		/** By what was backed up. */
		PATHS,
		/** By their tags. */
		TAGS
	}

	private final DeviceVersions versions;
	private final List<SnapshotRecord> all;

	/** Of a repository that has all these. */
	Forgetting(List<SnapshotRecord> all, DeviceVersions versions) {
		this.all = List.copyOf(all);
		this.versions = versions;
	}

	/**
	 * By rules. Newest first.
	 *
	 * @param device only its snapshots are decided upon; null for all
	 */
	List<Decision> byPolicy(KeepPolicy policy, Set<Grouping> grouping, @Nullable Udid device) {
		Map<List<String>, List<SnapshotRecord>> groups = new HashMap<>();
		for (SnapshotRecord one : all) {
			if (device == null || device.equals(versions.device(one))) {
				groups.computeIfAbsent(key(one, grouping), any -> new ArrayList<>()).add(one);
			}
		}
		Map<BlobId, Decision> decisions = new HashMap<>();
		for (List<SnapshotRecord> group : groups.values()) {
			policy.apply(group.stream().map(Forgetting::ungrouped).toList())
					.forEach(decision -> decisions.put(decision.snapshot().id(), decision));
		}
		List<Decision> inOrder = all.stream().filter(one -> decisions.containsKey(one.id()))
				.map(one -> new Decision(one, reasons(decisions, one)))
				.sorted(Comparator.comparing((Decision decision) -> decision.snapshot().time()).reversed()).toList();
		return guarded(inOrder);
	}

	private static List<String> reasons(Map<BlobId, Decision> decisions, SnapshotRecord one) {
		Decision decision = decisions.get(one.id());
		return decision == null ? List.of() : decision.reasons();
	}

	/** The policy has groups of its own; here they are made already. */
	private static SnapshotRecord ungrouped(SnapshotRecord one) {
		return new SnapshotRecord(one.id(), one.time(), one.offset(), one.tree(), List.of(), "", one.user(), one.tags(),
				one.parent(),
				one.original(), one.program(), one.summary());
	}

	private List<String> key(SnapshotRecord one, Set<Grouping> grouping) {
		List<String> key = new ArrayList<>();
		Udid device = grouping.contains(Grouping.DEVICE) ? versions.device(one) : null;
		if (device != null) {
			key.add(device.value());
		}
		if (grouping.contains(Grouping.HOST) || grouping.contains(Grouping.DEVICE) && device == null) {
			key.add("host " + one.host());
		}
		if (grouping.contains(Grouping.PATHS) || grouping.contains(Grouping.DEVICE) && device == null) {
			key.addAll(one.paths().stream().sorted().toList());
		}
		if (grouping.contains(Grouping.TAGS)) {
			one.tags().stream().sorted().map(tag -> "tag " + tag).forEach(key::add);
		}
		return key;
	}

	/** Of each device that would lose its last complete version, the newest stays. */
	private List<Decision> guarded(List<Decision> newestFirst) {
		Set<BlobId> going = new HashSet<>();
		newestFirst.stream().filter(decision -> !decision.keeps())
				.forEach(decision -> going.add(decision.snapshot().id()));
		Set<BlobId> guards = new HashSet<>();
		for (Udid device : losing(going)) {
			newest(device).ifPresent(one -> guards.add(one.id()));
		}
		return newestFirst.stream().map(decision -> guards.contains(decision.snapshot().id())
				? new Decision(decision.snapshot(), List.of(LAST_COMPLETE)) : decision).toList();
	}

	private Optional<SnapshotRecord> newest(Udid device) {
		return all.stream().filter(one -> isComplete(one, device)).max(Comparator.comparing(SnapshotRecord::time));
	}

	private boolean isComplete(SnapshotRecord one, Udid device) {
		return versions.allIn(one).stream().map(KeptBackup::snapshot).anyMatch(
				kept -> kept.summary().complete() && kept.summary().udid().equals(device));
	}

	/** The devices of which no complete version would stay. */
	private Set<Udid> losing(Set<BlobId> going) {
		Set<Udid> losing = new HashSet<>();
		Set<Udid> keeping = new HashSet<>();
		for (SnapshotRecord one : all) {
			for (KeptBackup kept : versions.allIn(one)) {
				if (kept.snapshot().summary().complete()) {
					(going.contains(one.id()) ? losing : keeping).add(kept.snapshot().summary().udid());
				}
			}
		}
		losing.removeAll(keeping);
		return losing;
	}

	/**
	 * By name. Newest first.
	 *
	 * @param named what is to go
	 * @param force whether the last complete version of a device may go as well
	 */
	List<Decision> byName(List<SnapshotRecord> named, boolean force) throws IOException {
		Set<BlobId> going = new HashSet<>();
		named.forEach(one -> going.add(one.id()));
		if (!force) {
			for (Udid device : losing(going)) {
				SnapshotRecord last = newest(device).orElseThrow();
				throw CliProblems.LAST_VERSION.exception(versions.label(last), last.brief());
			}
		}
		return all.stream().filter(one -> going.contains(one.id())).map(one -> new Decision(one, List.of())).toList();
	}
}
