// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.DeviceProblems;

/**
 * What went wrong on this side while the device was served: the device only gets a code and ends with one of its own,
 * and the person is told this instead. Also keeps the device inside its own folders. Used by one thread.
 */
final class HostTrouble {

	private final OwnFolders folders;
	private @Nullable ProblemException refusal;
	private @Nullable IOException writeFailure;
	private long wantedBytes;

	/** Which top folders a run may change. */
	interface OwnFolders {
		/** Whether the device may write into the folder of that name. */
		boolean contain(String name);
	}

	HostTrouble(OwnFolders folders) {
		this.folders = folders;
	}

	/** A path that the device wants to read. */
	TreePath reading(String path) throws ProblemException {
		try {
			return TreePath.parse(path);
		} catch (ProblemException e) {
			throw refused(e);
		}
	}

	/** A path that the device wants to change: below one of its own folders. */
	TreePath changing(String path) throws ProblemException {
		TreePath parsed = reading(path);
		int slash = path.indexOf('/');
		if (parsed.isRoot() || !folders.contain(slash < 0 ? path : path.substring(0, slash))) {
			throw refused(TreePath.REFUSED.exception(path));
		}
		return parsed;
	}

	private ProblemException refused(ProblemException because) {
		if (refusal == null) {
			refusal = because;
		}
		return because;
	}

	/** Ends the run if the device named a path outside of its place. */
	void throwIfRefused() throws ProblemException {
		ProblemException known = refusal;
		if (known != null) {
			throw known;
		}
	}

	/** Writing failed: the backup cannot be whole any more. */
	void writeFailed(IOException failure) {
		if (writeFailure == null) {
			writeFailure = failure;
		}
	}

	/** The device asked to free that much here, which is not ours to do. */
	void wanted(long bytes) {
		wantedBytes = Math.max(wantedBytes, bytes);
	}

	/** How much more room the device wants, 0 if it did not say. */
	long wantedBytes() {
		return wantedBytes;
	}

	/** Why nothing more is to be written, or null. */
	@Nullable
	IOException stopped() {
		return refusal != null ? refusal : writeFailure;
	}

	/** Ends the run if writing failed, with the problem that a person can solve. */
	void throwIfWriteFailed() throws IOException {
		IOException failure = writeFailure;
		if (failure == null) {
			return;
		}
		if (failure instanceof ProblemException problem) {
			throw problem;
		}
		String message = failure.getMessage();
		String details = message == null ? "" : message;
		if (Answer.reason(failure) == TreeException.Reason.NO_SPACE) {
			throw DeviceProblems.HOST_DISK_FULL.exceptionBecause(failure, details);
		}
		throw DeviceProblems.HOST_WRITE_FAILED.exceptionBecause(failure, details);
	}
}
