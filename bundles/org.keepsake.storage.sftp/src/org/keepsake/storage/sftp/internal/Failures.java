// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.Content;
import org.keepsake.storage.base.ReadAhead;

/** Which failures pass, and what the others are for a person. */
final class Failures {

	private final String location;

	Failures(String location) {
		this.location = location;
	}

	/** Whether it is worth another attempt: a connection that broke, not an answer of the server. */
	static boolean passes(IOException e) {
		return switch (e) {
			case ProblemException _ -> false;
			case StorageException _ -> false;
			case Content.Failure _ -> false;
			case ReadAhead.TooShort _ -> false;
			case SftpException answer -> answer.getStatus() == SftpConstants.SSH_FX_CONNECTION_LOST
					|| answer.getStatus() == SftpConstants.SSH_FX_NO_CONNECTION;
			default -> true;
		};
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
			case SocketTimeoutException late -> StorageProblems.UNREACHABLE.exceptionBecause(late, location);
			case InterruptedIOException end -> end;
			case SftpException answer when !passes(answer) -> answered(answer, what);
			default -> StorageProblems.unreachable(e, location);
		};
	}

	private IOException answered(SftpException e, String what) {
		return switch (e.getStatus()) {
			case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
				StorageProblems.NO_SUCH_PLACE.exceptionBecause(e, location);
			case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
				StorageProblems.FORBIDDEN.exceptionBecause(e, location, what);
			case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED -> full(e, what);
			default -> saysFull(e) ? full(e, what)
					: StorageProblems.FAILED.exceptionBecause(e, location, Texts.JUST_FAILURE.text(e.getMessage()));
		};
	}

	static boolean isMissing(IOException e) {
		return e instanceof SftpException answer && (answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
				|| answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH);
	}

	static boolean isDenied(IOException e) {
		return e instanceof SftpException answer && (answer.getStatus() == SftpConstants.SSH_FX_PERMISSION_DENIED
				|| answer.getStatus() == SftpConstants.SSH_FX_WRITE_PROTECT);
	}

	/** The third version of the protocol has no status for it; some servers say it in words. */
	private static boolean saysFull(SftpException e) {
		String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
		return text.contains("no space") || text.contains("quota") || text.contains("disk full");
	}

	static StorageException full(IOException cause, String what) {
		return told(StorageException.Reason.NO_SPACE, cause, what);
	}

	static StorageException told(StorageException.Reason reason, IOException cause, String what) {
		StorageException told = new StorageException(reason, what);
		told.initCause(cause);
		return told;
	}
}
