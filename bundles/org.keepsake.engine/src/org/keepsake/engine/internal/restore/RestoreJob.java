// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTree;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.device.Sessions;
import org.keepsake.engine.internal.device.Waits;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.RestoreOptions;
import org.keepsake.ios.protocol.TransferResult;

/** One restore of one version onto one device. It is never repeated by itself. Used once, by one thread. */
public final class RestoreJob {

	private final Parts parts;
	private final RestoreRequest request;
	private final Udid device;
	private final BackupTree tree;
	private final JobMonitor monitor;

	/**
	 * What a restore is made with.
	 *
	 * @param devices   the devices
	 * @param planner   checks before
	 * @param aftermath reads back afterwards
	 * @param journal   remembers
	 * @param scratch   an existing folder for what the device writes meanwhile
	 * @param clock     measures
	 */
	public record Parts(AttachedDevices devices, RestorePlanner planner, Aftermath aftermath, Journal journal,
			Path scratch, Clock clock) {
	}

	/** @param tree the backup, closed by the caller */
	public RestoreJob(Parts parts, RestoreRequest request, Udid device, BackupTree tree, JobMonitor monitor) {
		this.parts = parts;
		this.request = request;
		this.device = device;
		this.tree = tree;
		this.monitor = monitor;
	}

	/** Checks, restores, and reads back. */
	public RestoreResult run() throws IOException {
		Instant begun = parts.clock().instant();
		try (Waits waits = new Waits(parts.devices(), device)) {
			// Presence is known before the device is touched, so that its restart is not missed.
			waits.untilPresent(Duration.ofSeconds(5), monitor);
			long departures = waits.departures();
			TransferResult transfer = transfer();
			Duration duration = Duration.between(begun, parts.clock().instant());
			parts.journal().restored(request.backup(), device);
			Aftermath.Seen seen = parts.aftermath().read(device, request, waits, departures, monitor);
			return new RestoreResult(transfer, duration, seen.confirmed(), seen.remaining());
		}
	}

	private TransferResult transfer() throws IOException {
		monitor.report(new JobEvent.Phase("connecting", Texts.of("phase.connecting")));
		PhoneSession session = new Sessions(parts.devices()).open(device, monitor);
		try {
			monitor.report(new JobEvent.Phase("checking", Texts.of("phase.checking")));
			RestorePlanner.Planned planned = parts.planner().plan(session.details(), request, tree, monitor);
			if (planned.blocker().isPresent()) {
				throw new ProblemException(planned.blocker().get(), null);
			}
			monitor.throwIfCancelled();
			return transfer(session);
		} finally {
			// After a restore the device may be restarting already.
			Sessions.closeQuietly(session);
		}
	}

	private TransferResult transfer(PhoneSession session) throws IOException {
		String folder = request.backup().snapshot().summary().udid().value();
		RestoreOptions options = new RestoreOptions(folder, request.password(), request.systemFiles(),
				request.keepSettings(), request.copyFirst(), request.removeOthers(), request.reboot());
		try (OverlayFiles files = new OverlayFiles(tree, folder, parts.scratch(),
				OverlayFiles.SCRATCH_LIMIT_BYTES)) {
			return session.restore(options, files, monitor);
		} catch (ProblemException e) {
			if (e.is(DeviceProblems.CONNECTION_LOST)) {
				throw EngineProblems.RESTORE_INTERRUPTED.exceptionBecause(e);
			}
			throw e;
		}
	}
}
