// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.lockdown.LockdownException;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.service.AfcException;
import org.keepsake.ios.protocol.internal.wire.TlsFailedException;

/** Turns what went wrong on the wire into what a person is told. */
public final class Failures {

	private static final String BACKUP_SERVICE = "com.apple.mobilebackup2";

	private Failures() {
	}

	/** Something that talks to a device. */
	@FunctionalInterface
	public interface Talk<T> {
		/** Does it. */
		T run() throws IOException;
	}

	/**
	 * Talks; whatever fails leaves as a {@link ProblemException}, or as a {@link CancelledException} if the job was
	 * cancelled, for then everything that fails does so because of that.
	 *
	 * @param doing key of what was going on, behind {@code while.}
	 */
	public static <T> T guard(String doing, JobMonitor monitor, Talk<T> talk) throws IOException {
		try {
			monitor.throwIfCancelled();
			return talk.run();
		} catch (IOException e) {
			throw translate(e, doing, monitor);
		} catch (UncheckedIOException e) {
			throw translate(e.getCause() == null ? new IOException(e) : e.getCause(), doing, monitor);
		}
	}

	/** The exception to throw instead. */
	public static IOException translate(IOException failure, String doing, JobMonitor monitor) {
		if (failure instanceof CancelledException) {
			return failure;
		}
		if (monitor.isCancelled()) {
			CancelledException cancelled = new CancelledException();
			cancelled.addSuppressed(failure);
			return cancelled;
		}
		return switch (failure) {
			case ProblemException problem -> problem;
			case LockdownException refused -> refused(refused);
			case TlsFailedException tls -> DeviceProblems.NOT_PAIRED.exceptionBecause(tls);
			case PlistException malformed ->
				DeviceProblems.PROTOCOL.exceptionBecause(malformed, malformed.getMessage());
			case AfcException afc -> DeviceProblems.SERVICE_REFUSED.exceptionBecause(afc, "com.apple.afc",
					String.valueOf(afc.code()));
			case SocketTimeoutException silent -> DeviceProblems.NOT_RESPONDING.exceptionBecause(silent,
					Texts.of("while." + doing));
			default -> DeviceProblems.CONNECTION_LOST.exceptionBecause(failure, Texts.of("while." + doing));
		};
	}

	private static ProblemException refused(LockdownException refused) {
		String word = refused.error();
		return switch (word) {
			case "InvalidHostID", "InvalidPairRecord", "MissingPairRecord", "MissingHostID" ->
				DeviceProblems.NOT_PAIRED.exceptionBecause(refused);
			case "PasswordProtected", "DeviceLocked", "EscrowLocked" -> DeviceProblems.LOCKED.exceptionBecause(refused);
			case "UserDeniedPairing" -> DeviceProblems.PAIRING_DENIED.exceptionBecause(refused);
			case "PairingDialogResponsePending" -> DeviceProblems.PAIRING_TIMED_OUT.exceptionBecause(refused);
			case "PairingProhibitedOverThisConnection" -> DeviceProblems.PAIRING_NEEDS_CABLE.exceptionBecause(refused);
			case "MCProtected", "MCChallengeRequired", "FMiPProtected" ->
				DeviceProblems.PAIRING_FORBIDDEN.exceptionBecause(refused, word);
			case "RestoreMode" -> DeviceProblems.IN_RECOVERY.exceptionBecause(refused);
			case "InvalidService", "ServiceProhibited", "ServiceLimit", "MissingService" -> service(refused, word);
			default -> DeviceProblems.REFUSED.exceptionBecause(refused, refused.request(), word);
		};
	}

	private static ProblemException service(LockdownException refused, String word) {
		if (refused.request().endsWith(BACKUP_SERVICE)) {
			return DeviceProblems.BACKUP_FORBIDDEN.exceptionBecause(refused, word);
		}
		String name = refused.request().substring(refused.request().indexOf(' ') + 1);
		return DeviceProblems.SERVICE_REFUSED.exceptionBecause(refused, name, word);
	}
}
