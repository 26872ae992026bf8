// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.RestorePlan;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.internal.Findings;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.keep.Inspector;
import org.keepsake.engine.internal.keep.Inspector.Inspection;
import org.keepsake.engine.internal.keep.Rehearsal;
import org.keepsake.ios.backup.BackupProblems;

/** Says what a restore would do and whether it can be done. Touches neither the device nor the backup. Thread-safe. */
public final class RestorePlanner {

	private static final int BATTERY_LOW_PERCENT = 20;

	private final Inspector inspector;
	private final Rehearsal rehearsal;

	/** With what it asks. */
	public RestorePlanner(Inspector inspector, Rehearsal rehearsal) {
		this.inspector = inspector;
		this.rehearsal = rehearsal;
	}

	/**
	 * A plan.
	 *
	 * @param plan    for the person
	 * @param blocker the problem that the restore would end with
	 */
	public record Planned(RestorePlan plan, Optional<Problem> blocker) {
	}

	/** The plan for this device as it is now. */
	public Planned plan(DeviceDetails device, RestoreRequest request, BackupTree tree, JobMonitor monitor)
			throws IOException {
		Findings findings = new Findings();
		Snapshot snapshot = request.backup().snapshot();
		BackupSummary summary = snapshot.summary();
		boolean encrypted = summary.encrypted();
		try {
			Inspection inspection = inspector.inspect(tree);
			encrypted = inspection.encrypted();
			completeness(inspection, findings);
			password(request, snapshot, tree, encrypted, findings, monitor);
		} catch (ProblemException e) {
			findings.blocker("backup", e.problem());
		}
		reach(device, findings);
		fit(device, summary, findings);
		system(device, summary, findings);
		permission(device, encrypted, findings);
		List<String> warnings = warnings(device, request, encrypted);
		String verdict = findings.blocker()
				.map(problem -> Texts.of("verdict.restore-blocked", called(device), problem.title()))
				.orElseGet(() -> Texts.of("verdict.restore-ready", called(device)));
		@Nullable
		Problem blocker = findings.blocker().isPresent() ? findings.blocker().get() : null;
		return new Planned(new RestorePlan(device, verdict, warnings, findings.worstFirst(), blocker),
				findings.blocker());
	}

	private static void completeness(Inspection inspection, Findings findings) {
		if (inspection.summary().complete()) {
			findings.good("backup", "complete");
		} else {
			findings.blocker("backup", BackupProblems.INCOMPLETE.problem());
		}
	}

	private void password(RestoreRequest request, Snapshot snapshot, BackupTree tree, boolean encrypted,
			Findings findings, JobMonitor monitor) throws IOException {
		Secret password = request.password();
		if (!encrypted) {
			return; // what that means is among the warnings
		}
		if (password == null || password.isEmpty()) {
			findings.blocker("password", BackupProblems.PASSWORD_NEEDED.problem());
		} else if (rehearsal.opens(snapshot, tree, password, monitor)) {
			findings.good("password", "opens");
		} else {
			findings.blocker("password", BackupProblems.WRONG_PASSWORD.problem());
		}
	}

	private static void reach(DeviceDetails device, Findings findings) {
		if (device.connection() == ConnectionType.NETWORK) {
			if (!device.paired()) {
				findings.blocker("pairing", EngineProblems.PAIR_BY_CABLE.problem(called(device)));
			}
			findings.warning("connection", "restore-network");
		} else {
			findings.good("connection", "cable");
			if (!device.paired()) {
				findings.advice("pairing", "will-ask");
			}
		}
		if (Boolean.TRUE.equals(device.locked())) {
			findings.warning("lock", "locked");
		}
		Integer percent = device.batteryPercent();
		if (percent != null && percent < BATTERY_LOW_PERCENT && !Boolean.TRUE.equals(device.charging())) {
			findings.warning("battery", "low", percent.toString());
		}
	}

	/** The data a device holds now goes, so its size is the limit; what is free now tells only whether it is tight. */
	private static void fit(DeviceDetails device, BackupSummary summary, Findings findings) {
		Long capacity = device.capacityBytes();
		Long free = device.freeBytes();
		long size = summary.sizeBytes();
		if (capacity == null || capacity <= 0 || size <= 0) {
			findings.advice("fit", "unknown");
		} else if (size > capacity) {
			findings.blocker("fit", EngineProblems.DOES_NOT_FIT.problem(Texts.size(size), Texts.size(capacity)));
		} else if (free != null && size > free) {
			findings.warning("fit", "tight", Texts.size(size), Texts.size(free));
		} else {
			findings.good("fit", "fits", Texts.size(size), Texts.size(capacity));
		}
	}

	private static void system(DeviceDetails device, BackupSummary summary, Findings findings) {
		IosVersion now = device.iosVersion();
		IosVersion then = summary.iosVersion();
		if (now != null && then != null) {
			if (now.compareTo(then) < 0) {
				findings.blocker("ios", EngineProblems.IOS_TOO_OLD.problem(now.text(), then.text()));
			} else {
				findings.good("ios", "restorable", now.text(), then.text());
			}
		}
		String kindNow = kind(device.productType());
		String kindThen = kind(summary.productType());
		if (!kindNow.isEmpty() && !kindThen.isEmpty() && !kindNow.equals(kindThen)) {
			findings.warning("model", "other-kind", kindThen, kindNow);
		}
	}

	private static void permission(DeviceDetails device, boolean encrypted, Findings findings) {
		if (Boolean.TRUE.equals(device.findMyOn())) {
			findings.blocker("find-my", EngineProblems.FIND_MY_ON.problem());
		} else if (Boolean.FALSE.equals(device.findMyOn())) {
			findings.good("find-my", "off");
		}
		if (Boolean.TRUE.equals(device.encryptionRequired()) && !encrypted) {
			findings.blocker("encryption", EngineProblems.UNENCRYPTED_FORBIDDEN.problem());
		} else if (Boolean.TRUE.equals(device.encryption()) && !encrypted) {
			findings.advice("encryption", "will-be-off");
		}
	}

	private static List<String> warnings(DeviceDetails device, RestoreRequest request, boolean encrypted) {
		BackupSummary summary = request.backup().snapshot().summary();
		List<String> warnings = new ArrayList<>();
		String made = summary.finishedAt() instanceof java.time.Instant finished ? Texts.date(finished)
				: Texts.of("unfinished");
		warnings.add(Texts.of("warn.replaces", called(device), made));
		if (!summary.udid().equals(device.udid())) {
			warnings.add(Texts.of("warn.other-device", summary.deviceName(), called(device)));
		}
		warnings.add(Texts.of(request.removeOthers() ? "warn.remove-others" : "warn.keep-others"));
		warnings.add(Texts.of(request.keepSettings() ? "warn.keep-settings" : "warn.replace-settings"));
		if (request.systemFiles()) {
			warnings.add(Texts.of("warn.system-files"));
		}
		warnings.add(Texts.of(request.reboot() ? "warn.reboot" : "warn.no-reboot"));
		if (!encrypted) {
			warnings.add(Texts.of("warn.unencrypted"));
		}
		warnings.add(Texts.of("warn.cable"));
		return warnings;
	}

	private static String kind(String productType) {
		return productType.replaceFirst("\\d.*$", "");
	}

	static String called(DeviceDetails device) {
		return device.name().isBlank() ? device.udid().value() : device.name();
	}
}
