// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Finding;
import org.keepsake.engine.Finding.Severity;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.Timing;
import org.keepsake.engine.internal.backup.Retries.Decision;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.device.Sessions;
import org.keepsake.engine.internal.device.Waits;
import org.keepsake.engine.internal.keep.Inspector;
import org.keepsake.engine.internal.keep.Relief;
import org.keepsake.ios.protocol.TransferResult;

/**
 * One backup of one device into one target: session, preflight, attempts, proof, commit. Everything a
 * device does happens
 * in a working tree; kept versions change only by its commit. Used once, by one thread.
 */
public final class BackupJob {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.backup");

	private final Parts parts;
	private final BackupRequest request;
	private final Udid device;
	private final BackupTarget target;
	private final String targetName;
	private final JobMonitor monitor;
	private final List<String> remarks = new ArrayList<>();
	private boolean checked;
	private long neededBytes = -1;
	private @Nullable Long usedBytes;
	private int resumed;

	/**
	 * What a backup is made with.
	 *
	 * @param devices   the devices
	 * @param preflight looks before
	 * @param inspector proves afterwards
	 * @param journal   remembers
	 * @param timing    how long to wait
	 * @param clock     measures
	 */
	public record Parts(AttachedDevices devices, PreflightCheck preflight, Inspector inspector, Journal journal,
			Timing timing, Clock clock) {
	}

	/** @param target open, and closed by the caller; @param targetName as the person calls it */
	public BackupJob(Parts parts, BackupRequest request, Udid device, BackupTarget target, String targetName,
			JobMonitor monitor) {
		this.parts = parts;
		this.request = request;
		this.device = device;
		this.target = target;
		this.targetName = targetName;
		this.monitor = monitor;
	}

	/** Makes the backup. */
	public BackupResult run() throws IOException {
		Instant begun = parts.clock().instant();
		Retries retries = new Retries(parts.timing(), this::hasRoomNow);
		Attempt.Start start = request.full() ? Attempt.Start.EMPTY : Attempt.Start.CONTINUE;
		try (Waits waits = new Waits(parts.devices(), device)) {
			while (true) {
				long departures = waits.departures();
				Attempt attempt = new Attempt(target, device, start, request.keepEarlier(), parts.inspector(), monitor);
				try {
					return finished(attempt, runAttempt(attempt), begun);
				} catch (IOException | RuntimeException e) {
					IOException failure = Failures.asProblem(monitor, explained(e));
					start = next(attempt, failure, retries);
					if (attempt.failedByConnection()) {
						await(waits, departures, failure);
					}
				}
			}
		}
	}

	private TransferResult runAttempt(Attempt attempt) throws IOException {
		monitor.report(new JobEvent.Phase("connecting", Texts.of("phase.connecting")));
		PhoneSession session = new Sessions(parts.devices()).open(device, monitor);
		try {
			if (!checked) {
				preflight(session);
			}
			return attempt.run(session);
		} finally {
			Sessions.closeQuietly(session);
		}
	}

	private void preflight(PhoneSession session) throws IOException {
		monitor.report(new JobEvent.Phase("checking", Texts.of("phase.checking")));
		PreflightCheck.Checked result = parts.preflight().check(session.details(), target, request.full(), false,
				monitor);
		if (result.blocker().isPresent()) {
			throw new ProblemException(result.blocker().get(), null);
		}
		neededBytes = result.preflight().neededBytes();
		Long capacity = result.preflight().device().capacityBytes();
		Long free = result.preflight().device().freeBytes();
		usedBytes = capacity == null || free == null ? null : capacity - free;
		checked = true;
		for (Finding finding : result.preflight().findings()) {
			if (finding.severity() == Severity.WARNING) {
				monitor.report(new JobEvent.Notice("preflight." + finding.id(), finding.what(), false));
				if (finding.id().equals("encryption") || finding.id().equals("password")) {
					remarks.add(finding.what());
				}
			}
		}
	}

	/** Decides after a failure; returns how the next attempt starts, or throws the failure. */
	private Attempt.Start next(Attempt attempt, IOException failure, Retries retries) throws IOException {
		if (!(failure instanceof ProblemException problem)) {
			attempt.settle(false, failure);
			throw failure;
		}
		Decision decision = checked || attempt.began() || DeviceFault.of(problem.problem()) == DeviceFault.CONNECTION
				? retries.after(problem.problem(), attempt.continued(), attempt.received())
				: Decision.GIVE_UP;
		if (decision == Decision.RESUME && !checked && !attempt.began() && resumed == 0
				&& EngineProblems.NOT_ATTACHED.matches(problem.problem())) {
			decision = Decision.GIVE_UP;
		}
		LOG.log(System.Logger.Level.DEBUG, "After {0}: {1}", problem.problem().code(), decision);
		boolean resumable = attempt.isResumable();
		attempt.settle(decision.dropsTree(), failure);
		if (decision.givesUp()) {
			throw failure;
		}
		return switch (decision) {
			case RESUME, AGAIN -> {
				resumed++;
				attempt.markConnection(decision == Decision.RESUME);
				// A full backup that was asked for and has not begun must not become an incremental one.
				yield attempt.start() == Attempt.Start.EMPTY && !resumable ? Attempt.Start.EMPTY
						: Attempt.Start.CONTINUE;
			}
			case FROM_NEWEST -> told("backup.from-newest", Attempt.Start.CONTINUE);
			case IN_FULL -> told("backup.in-full", Attempt.Start.EMPTY);
			case GIVE_UP, GIVE_UP_AND_DROP -> throw failure;
		};
	}

	private Attempt.Start told(String code, Attempt.Start start) {
		String text = Texts.of("notice." + code);
		monitor.report(new JobEvent.Notice(code, text, false));
		remarks.add(text);
		return start;
	}

	/** Waits until the device is there again, and lets it breathe if it never went away; throws the failure if not. */
	private void await(Waits waits, long departuresBefore, IOException failure) throws IOException {
		monitor.report(new JobEvent.Notice("backup.resuming", Texts.of("notice.backup.resuming"), true));
		waits.untilDeparted(departuresBefore, parts.timing().pause(), monitor);
		boolean present = waits.untilPresent(parts.timing().grace(), monitor);
		monitor.throwIfCancelled();
		if (!present) {
			throw failure;
		}
	}

	private BackupResult finished(Attempt attempt, TransferResult transfer, Instant begun) throws IOException {
		Snapshot snapshot = attempt.snapshot();
		Boolean said = transfer.full();
		boolean full = said == null ? !attempt.continued() : said;
		KeptBackup kept = new KeptBackup(targetName, target.location(), snapshot);
		parts.journal().backedUp(kept, full, usedBytes);
		if (!transfer.fileErrors().isEmpty()) {
			remarks.add(Texts.of("remark.file-errors", transfer.fileErrors().size()));
		}
		if (resumed > 0) {
			remarks.add(Texts.of("remark.resumed", resumed));
		}
		Duration duration = Duration.between(begun, parts.clock().instant());
		return new BackupResult(kept, transfer, duration, full, remarks);
	}

	/** A device says only that there is no room; here it is known how much there is and how much may be needed. */
	private Throwable explained(Throwable e) {
		if (e instanceof ProblemException known && DeviceFault.of(known.problem()) == DeviceFault.ROOM
				&& neededBytes >= 0 && !hasRoomNow()) {
			Long free = freeBytes();
			if (free != null) {
				Problem problem = known.problem();
				Problem told = notEnough(free);
				return new ProblemException(
						new Problem(problem.code(), problem.title(), told.cause(), told.remedy(), problem.retry()), e);
			}
		}
		return e;
	}

	private Problem notEnough(long free) {
		try {
			Optional<Problem> quota = Relief.problem(target, free, neededBytes, JobMonitor.NONE);
			if (quota.isPresent()) {
				return quota.get();
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The target does not tell what could be deleted", e);
		}
		return EngineProblems.TARGET_FULL.problem(target.location(), Texts.size(free), Texts.size(neededBytes));
	}

	private boolean hasRoomNow() {
		Long free = freeBytes();
		return free != null && free >= Math.max(neededBytes, PreflightCheck.MARGIN_BYTES);
	}

	private @Nullable Long freeBytes() {
		try {
			return target.capacity().freeBytes();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The target does not tell its room", e);
			return null;
		}
	}
}
