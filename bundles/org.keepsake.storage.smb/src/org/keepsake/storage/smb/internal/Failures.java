// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;

import com.hierynomus.mssmb2.SMBApiException;

import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.Content;
import org.keepsake.storage.base.ReadAhead;

/** Which failures pass, and what the others are for a person. Source of the numbers: [MS-ERREF] section 2.3.1. */
final class Failures {

	private static final Set<Integer> MISSING = Set.of(0xC0000034, 0xC000003A, 0xC000000F, 0xC0000225);
	private static final Set<Integer> DENIED = Set.of(0xC0000022, 0xC00000A2, 0xC0000061, 0xC00000CA);
	private static final Set<Integer> CREDENTIALS = Set.of(0xC000006D, 0xC000006A, 0xC0000064, 0xC000006E, 0xC000006F,
			0xC0000070, 0xC0000071, 0xC0000072, 0xC0000193, 0xC0000224, 0xC0000234, 0xC000015B, 0xC0000413);
	private static final Set<Integer> FULL = Set.of(0xC000007F, 0xC0000044, 0xC0000802);
	private static final Set<Integer> CLOCK = Set.of(0xC0000133);
	private static final int TAKEN = 0xC0000035;
	private static final int READ_ONLY = 0xC0000121;
	private static final int NO_SHARE = 0xC00000CC;
	/** Another program has the file open, or a deleted one is not gone yet. */
	private static final Set<Integer> BUSY = Set.of(0xC0000043, 0xC0000054, 0xC0000056);
	/** The session, the share or the file is no longer known, or the server is overloaded: a new connection helps. */
	private static final Set<Integer> LOST = Set.of(0xC0000203, 0xC000035C, 0xC00000C9, 0xC0000128, 0xC000020C,
			0xC000020D, 0xC00000B5, 0xC0000205, 0xC000009A, 0xC00000D0, 0xC00000AE, 0xC000022D, 0xC0000120);

	private final String location;

	Failures(String location) {
		this.location = location;
	}

	private static int status(Throwable e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof SMBApiException answer) {
				return (int) answer.getStatusCode();
			}
		}
		return 0;
	}

	static boolean isMissing(IOException e) {
		return MISSING.contains(status(e));
	}

	static boolean isDenied(IOException e) {
		return DENIED.contains(status(e));
	}

	/** There is a file of that name already. */
	static boolean isTaken(IOException e) {
		return status(e) == TAKEN;
	}

	/** The file is marked as read-only, so that it cannot be deleted. */
	static boolean isReadOnly(IOException e) {
		return status(e) == READ_ONLY;
	}

	/** Whether nothing more can be done over the connection that it happened on. */
	static boolean breaks(IOException e) {
		return status(e) == 0 ? !(e instanceof Content.Failure || e instanceof ReadAhead.TooShort
				|| e instanceof ProblemException || e instanceof StorageException) : LOST.contains(status(e));
	}

	/** Whether it is worth another attempt. */
	static boolean passes(IOException e) {
		return breaks(e) || BUSY.contains(status(e));
	}

	/** Before the server was ever reached, its name is rather wrong than out of reach. */
	static boolean passesAtFirst(IOException e) {
		return passes(e) && !(e instanceof UnknownHostException);
	}

	/** @param what was tried, such as {@code write} with the blob's name */
	IOException explained(IOException e, String what) {
		return switch (e) {
			case ProblemException told -> told;
			case StorageException told -> told;
			case Content.Failure failed -> failed.own();
			case ReadAhead.TooShort end -> end;
			case UnknownHostException unknown -> StorageProblems.UNKNOWN_HOST.exceptionBecause(unknown, location);
			case ConnectException off -> StorageProblems.unreachable(off, location);
			case NoRouteToHostException off -> StorageProblems.unreachable(off, location);
			case SocketTimeoutException late -> StorageProblems.UNREACHABLE.exceptionBecause(late, location);
			case InterruptedIOException end -> end;
			default -> status(e) == 0 ? StorageProblems.unreachable(e, location)
					: answered(e, status(e), what);
		};
	}

	private IOException answered(IOException e, int status, String what) {
		if (CREDENTIALS.contains(status)) {
			return StorageProblems.CREDENTIALS.exceptionBecause(e, location);
		} else if (status == NO_SHARE || MISSING.contains(status)) {
			return StorageProblems.NO_SUCH_PLACE.exceptionBecause(e, location);
		} else if (DENIED.contains(status)) {
			return StorageProblems.FORBIDDEN.exceptionBecause(e, location, what);
		} else if (FULL.contains(status)) {
			return told(StorageException.Reason.NO_SPACE, e, what);
		} else if (CLOCK.contains(status)) {
			return StorageProblems.CLOCK.exceptionBecause(e, location);
		} else if (LOST.contains(status)) {
			return StorageProblems.unreachable(e, location);
		}
		return StorageProblems.FAILED.exceptionBecause(e, location, String.format("NTSTATUS 0x%08X", status));
	}

	static StorageException told(StorageException.Reason reason, IOException cause, String what) {
		StorageException told = new StorageException(reason, what);
		told.initCause(cause);
		return told;
	}
}
