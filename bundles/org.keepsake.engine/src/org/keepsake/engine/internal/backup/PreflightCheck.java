// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Finding.Severity;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Preflight;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Findings;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.KnownPasswords;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.keep.Rehearsal;
import org.keepsake.engine.internal.keep.Relief;
import org.keepsake.engine.internal.keep.Shelf;

/**
 * Looks at a device and a target before a backup, and says plainly what would go wrong. Changes
 * nothing. Thread-safe.
 */
public final class PreflightCheck {

	/** What a device demands beyond its estimate before it begins (observed; see the protocol's notes on error 105). */
	static final long MARGIN_BYTES = 128L << 20;

	/** The newest system known when this was written; a device with an older one gets advice, never a refusal. */
	private static final int NEWEST_IOS = 26;
	private static final int BATTERY_LOW_PERCENT = 20;
	private static final Duration LONG_AGO = Duration.ofDays(30);

	private final KnownPasswords passwords;
	private final Rehearsal rehearsal;
	private final Journal journal;
	private final Clock clock;

	/** With what it asks. */
	public PreflightCheck(KnownPasswords passwords, Rehearsal rehearsal, Journal journal, Clock clock) {
		this.passwords = passwords;
		this.rehearsal = rehearsal;
		this.journal = journal;
		this.clock = clock;
	}

	/**
	 * What was found.
	 *
	 * @param preflight for the person
	 * @param blocker   the problem that the backup would end with
	 * @param newest    the newest complete version in the target
	 */
	public record Checked(Preflight preflight, Optional<Problem> blocker, Optional<Snapshot> newest) {
	}

	/**
	 * Looks at everything.
	 *
	 * @param full             whether a full backup is asked for
	 * @param rehearseEachTime false to try the known password only on a version on which it was not tried before
	 */
	public Checked check(DeviceDetails device, BackupTarget target, boolean full, boolean rehearseEachTime,
			JobMonitor monitor) throws IOException {
		Findings findings = new Findings();
		reach(device, findings);
		system(device, findings);
		protection(device, target.encrypts(), findings);
		charge(device, findings);
		deviceRoom(device, findings);
		Optional<Snapshot> newest = Optional.empty();
		long needed = -1;
		long free = -1;
		try {
			newest = Shelf.newest(target, device.udid());
			needed = needed(device, full ? Optional.empty() : newest);
			free = target.capacity().freeBytes();
			OptionalLong growth = full || newest.isEmpty() ? OptionalLong.empty() : growth(device, newest.get());
			Optional<Problem> quota = growth.isPresent() && free < growth.getAsLong() || free < MARGIN_BYTES
					? Relief.problem(target, free, growth.orElse(Math.max(needed, MARGIN_BYTES)), monitor)
					: Optional.empty();
			if (quota.isPresent()) {
				findings.blocker("space", quota.get());
			} else {
				room(target.location(), free, growth.orElse(needed), findings);
			}
			age(newest, findings);
		} catch (IOException e) {
			IOException failure = Failures.asProblem(monitor, e);
			if (!(failure instanceof ProblemException problem)) {
				throw failure;
			}
			findings.blocker("target", problem.problem());
		}
		if (newest.isPresent() && newest.get().summary().encrypted()) {
			password(device, target, newest.get(), rehearseEachTime, findings, monitor);
		}
		return new Checked(new Preflight(device, verdict(device, findings), findings.worstFirst(), needed, free),
				findings.blocker(), newest);
	}

	private static void reach(DeviceDetails device, Findings findings) {
		boolean cable = device.connection() == ConnectionType.USB;
		if (cable) {
			findings.good("connection", "cable");
		} else {
			findings.advice("connection", "network");
		}
		if (device.paired()) {
			findings.good("pairing", "paired");
		} else if (cable) {
			findings.advice("pairing", "will-ask");
		} else {
			findings.blocker("pairing", EngineProblems.PAIR_BY_CABLE.problem(called(device)));
		}
		if (Boolean.TRUE.equals(device.locked())) {
			findings.warning("lock", "locked");
		} else if (Boolean.FALSE.equals(device.locked())) {
			findings.good("lock", "unlocked");
		}
	}

	private static void system(DeviceDetails device, Findings findings) {
		IosVersion ios = device.iosVersion();
		if (ios == null) {
			return;
		}
		if (ios.major() < NEWEST_IOS) {
			findings.advice("ios", "outdated", ios.text(), String.valueOf(NEWEST_IOS));
		} else {
			findings.good("ios", "current", ios.text());
		}
	}

	private static void protection(DeviceDetails device, boolean sealed, Findings findings) {
		IosVersion ios = device.iosVersion();
		if (Boolean.FALSE.equals(device.passcodeSet())) {
			findings.advice("passcode", "none");
		} else if (ios != null && ios.isAtLeast(16, 1)) {
			findings.good("passcode", "will-be-asked");
		} else if (Boolean.TRUE.equals(device.passcodeSet())) {
			findings.good("passcode", "set");
		}
		if (Boolean.TRUE.equals(device.encryption())) {
			findings.good("encryption", "on");
		} else if (Boolean.TRUE.equals(device.encryptionRequired())) {
			findings.blocker("encryption", EngineProblems.ENCRYPTION_REQUIRED.problem());
		} else if (device.paired()) {
			findings.warning("encryption", sealed ? "off-here" : "off");
		}
		if (Boolean.FALSE.equals(device.cloudBackup())) {
			findings.advice("cloud", "off");
		} else if (Boolean.TRUE.equals(device.cloudBackup())) {
			Instant last = device.lastCloudBackup();
			findings.good("cloud", last == null ? "on" : "on-since", last == null ? "" : Texts.date(last));
		}
	}

	private static void charge(DeviceDetails device, Findings findings) {
		Integer percent = device.batteryPercent();
		if (percent == null) {
			return;
		}
		if (percent < BATTERY_LOW_PERCENT && !Boolean.TRUE.equals(device.charging())) {
			findings.warning("battery", "low", percent.toString());
		} else {
			findings.good("battery", "fine", percent.toString());
		}
	}

	private static void deviceRoom(DeviceDetails device, Findings findings) {
		Long capacity = device.capacityBytes();
		Long free = device.freeBytes();
		if (capacity == null || free == null || capacity <= 0) {
			return;
		}
		if (free < MARGIN_BYTES) {
			findings.warning("device-space", "none", Texts.size(free));
		} else if (free < capacity / 20) {
			findings.advice("device-space", "low", Texts.size(free));
		} else {
			findings.good("device-space", "fine", Texts.size(free));
		}
	}

	/** What the backup may take at most: what is used on the device, less what the newest version holds already. */
	private static long needed(DeviceDetails device, Optional<Snapshot> continued) {
		Long capacity = device.capacityBytes();
		Long free = device.freeBytes();
		if (capacity == null || free == null) {
			return -1;
		}
		long held = continued.map(snapshot -> snapshot.summary().sizeBytes()).orElse(0L);
		return Math.max(0, capacity - free - held) + MARGIN_BYTES;
	}

	/** What the backup certainly adds: what the device holds more than when the newest version was made of it. */
	private OptionalLong growth(DeviceDetails device, Snapshot newest) {
		Long capacity = device.capacityBytes();
		Long free = device.freeBytes();
		OptionalLong then = journal.usedBytes(newest.id());
		if (capacity == null || free == null || then.isEmpty()) {
			return OptionalLong.empty();
		}
		return OptionalLong.of(Math.max(0, capacity - free - then.getAsLong()) + MARGIN_BYTES);
	}

	/**
	 * Only what certainly fails is a blocker. The device's used space is more than it will send, since apps and caches
	 * stay behind; the device itself refuses before the first file if its own estimate does not fit.
	 */
	private static void room(String location, long free, long needed, Findings findings) {
		if (free < MARGIN_BYTES) {
			findings.blocker("space", EngineProblems.TARGET_FULL.problem(location, Texts.size(free),
					Texts.size(Math.max(needed, MARGIN_BYTES))));
		} else if (needed < 0) {
			findings.advice("space", "unknown", location, Texts.size(free));
		} else if (free < needed) {
			findings.warning("space", "tight", location, Texts.size(free), Texts.size(needed));
		} else {
			findings.good("space", "enough", location, Texts.size(free), Texts.size(needed));
		}
	}

	private void age(Optional<Snapshot> newest, Findings findings) {
		if (newest.isEmpty()) {
			findings.advice("last-backup", "none");
			return;
		}
		Instant finished = newest.get().summary().finishedAt();
		if (finished == null) {
			return;
		}
		Duration age = Duration.between(finished, clock.instant());
		if (age.compareTo(LONG_AGO) > 0) {
			findings.advice("last-backup", "old", Texts.age(age), Texts.date(finished));
		} else {
			findings.good("last-backup", "recent", Texts.age(age), Texts.date(finished));
		}
	}

	private void password(DeviceDetails device, BackupTarget target, Snapshot newest, boolean eachTime,
			Findings findings, JobMonitor monitor) throws IOException {
		if (!eachTime && journal.wasRehearsed(newest.id())) {
			return;
		}
		try (Secret password = known(device, findings)) {
			if (password == null) {
				return;
			}
			try (BackupTree tree = target.open(newest)) {
				if (rehearsal.opens(newest, tree, password, monitor)) {
					journal.rehearsed(new KeptBackup(target.location(), target.location(), newest));
					findings.good("password", "opens");
				} else {
					findings.warning("password", "differs");
				}
			} catch (ProblemException e) {
				findings.problem("password", Severity.WARNING, e.problem());
			}
		}
	}

	private @Nullable Secret known(DeviceDetails device, Findings findings) throws IOException {
		try {
			Optional<Secret> password = passwords.find(device.udid());
			if (password.isPresent()) {
				return password.get();
			}
			findings.advice("password", "unknown");
			return null;
		} catch (ProblemException e) {
			findings.problem("password", Severity.WARNING, e.problem());
			return null;
		}
	}

	private static String verdict(DeviceDetails device, Findings findings) {
		if (findings.blocker().isPresent()) {
			return Texts.of("verdict.blocked", called(device), findings.blocker().get().title());
		}
		long warnings = findings.count(Severity.WARNING);
		return warnings == 0 ? Texts.of("verdict.ready", called(device))
				: Texts.of("verdict.ready-but", called(device), warnings);
	}

	private static String called(DeviceDetails device) {
		return device.name().isBlank() ? device.udid().value() : device.name();
	}
}
