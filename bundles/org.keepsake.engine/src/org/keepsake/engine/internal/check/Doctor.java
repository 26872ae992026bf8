// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.check;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetProblems;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Finding;
import org.keepsake.engine.Finding.Severity;
import org.keepsake.engine.Targets;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Findings;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.backup.PreflightCheck;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.keep.ConfiguredTargets;

/**
 * Looks for everything that commonly goes wrong. Writes only what a target's own check writes and
 * removes. Thread-safe.
 */
public final class Doctor {

	private static final int JAVA = 25;
	/** Before this the clock is certainly wrong: this code did not exist. */
	private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

	private final Home home;
	private final AttachedDevices devices;
	private final ConfiguredTargets targets;
	private final PreflightCheck preflight;
	private final Clock clock;

	/** With what it looks at. */
	public Doctor(Home home, AttachedDevices devices, ConfiguredTargets targets, PreflightCheck preflight,
			Clock clock) {
		this.home = home;
		this.devices = devices;
		this.targets = targets;
		this.preflight = preflight;
		this.clock = clock;
	}

	/** Looks. @param device to look at a device too, as before a backup into the default target */
	public List<Finding> look(@Nullable Udid device, JobMonitor monitor) throws IOException {
		Findings findings = new Findings();
		monitor.report(new JobEvent.Phase("computer", Texts.of("phase.computer")));
		java(findings);
		clock(findings);
		home(findings);
		monitor.throwIfCancelled();
		monitor.report(new JobEvent.Phase("devices", Texts.of("phase.devices")));
		transports(findings);
		monitor.throwIfCancelled();
		monitor.report(new JobEvent.Phase("targets", Texts.of("phase.targets")));
		targets(findings, monitor);
		if (device != null) {
			monitor.throwIfCancelled();
			device(device, findings, monitor);
		}
		return findings.worstFirst();
	}

	private static void java(Findings findings) {
		int feature = Runtime.version().feature();
		if (feature < JAVA) {
			findings.warning("java", "old", String.valueOf(feature), String.valueOf(JAVA));
		} else {
			findings.good("java", "fine", String.valueOf(feature));
		}
	}

	private void clock(Findings findings) {
		if (clock.instant().isBefore(EARLIEST)) {
			findings.warning("clock", "wrong", Texts.date(clock.instant()));
		} else {
			findings.good("clock", "plausible");
		}
	}

	private void home(Findings findings) {
		try {
			Path folder = home.make(home.folder());
			Path probe = Files.createTempFile(folder, ".doctor", ".tmp");
			Files.delete(probe);
			if (isOpenToOthers(folder)) {
				findings.warning("home", "open", folder.toString());
			} else {
				findings.good("home", "fine", folder.toString());
			}
		} catch (ProblemException e) {
			findings.blocker("home", e.problem());
		} catch (IOException e) {
			findings.blocker("home", EngineProblems.HOME_UNUSABLE.problem(home.folder().toString(),
					Failures.sentence(e)));
		}
	}

	private static boolean isOpenToOthers(Path folder) throws IOException {
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			return false;
		}
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
		return permissions.stream().anyMatch(PosixFilePermissions.fromString("---rwxrwx")::contains);
	}

	private void transports(Findings findings) throws IOException {
		Map<String, @Nullable Problem> health = devices.health();
		if (health.isEmpty()) {
			findings.warning("transport", "none");
		}
		health.forEach((transport, problem) -> {
			if (problem == null) {
				findings.add(new Finding("transport." + transport, Severity.GOOD,
						Texts.of("finding.transport.works", transport.equals("usb") ? "USB" : transport), null));
			} else {
				findings.problem("transport." + transport, Severity.WARNING, problem);
			}
		});
		try {
			List<Udid> present = devices.list();
			if (present.isEmpty()) {
				findings.problem("devices", Severity.ADVICE,
						EngineProblems.NO_DEVICE.problem(AttachedDevices.systemHint()));
			} else {
				findings.good("devices", "attached", present.size());
			}
			for (Udid udid : present) {
				describe(udid, findings);
			}
		} catch (ProblemException e) {
			// Told above already, for the transport.
			findings.problem("devices", Severity.ADVICE,
					EngineProblems.NO_DEVICE.problem(AttachedDevices.systemHint()));
		}
	}

	private void describe(Udid udid, Findings findings) {
		try {
			DeviceDetails details = devices.describe(udid);
			String name = details.name().isBlank() ? udid.value() : details.name();
			if (details.paired()) {
				findings.good("device", "paired", name, details.model());
			} else {
				findings.advice("device", "unpaired", name, details.model());
			}
		} catch (IOException e) {
			if (Failures.asProblem(JobMonitor.NONE, e) instanceof ProblemException problem) {
				findings.problem("device", Severity.WARNING, problem.problem());
			}
		}
	}

	private void targets(Findings findings, JobMonitor monitor) throws IOException {
		List<Targets.Entry> entries = targets.list();
		if (entries.isEmpty()) {
			findings.problem("target", Severity.WARNING, EngineProblems.NO_TARGET.problem());
		}
		for (Targets.Entry entry : entries) {
			monitor.throwIfCancelled();
			try (BackupTarget target = targets.open(entry.name())) {
				List<String> said = target.check();
				String free = Texts.size(target.capacity().freeBytes());
				findings.add(new Finding("target." + entry.name(), Severity.GOOD,
						Texts.of("finding.target.works", entry.name(), entry.location(), free)
								+ (said.isEmpty() ? "" : " " + String.join(" ", said)),
						null));
			} catch (IOException | RuntimeException e) {
				if (Failures.asProblem(monitor, e) instanceof ProblemException problem) {
					// The default folder of a computer that has never backed up is no trouble.
					Severity severity = problem.is(TargetProblems.NOT_THERE_YET) ? Severity.ADVICE : Severity.WARNING;
					findings.problem("target." + entry.name(), severity, problem.problem());
				}
			}
		}
	}

	private void device(Udid device, Findings findings, JobMonitor monitor) throws IOException {
		try (BackupTarget target = targets.open(targets.defaultTarget().name())) {
			DeviceDetails details = devices.phone(device).describe();
			preflight.check(details, target, false, true, monitor).preflight().findings().forEach(findings::add);
		} catch (IOException | RuntimeException e) {
			IOException failure = Failures.asProblem(monitor, e);
			if (!(failure instanceof ProblemException problem)) {
				throw failure;
			}
			findings.blocker("device", problem.problem());
		}
	}
}
