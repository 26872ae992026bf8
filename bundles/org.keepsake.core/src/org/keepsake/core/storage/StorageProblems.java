// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with a store. The first argument is its location. Texts: {@code problems.properties}. */
public final class StorageProblems {

	/** The location is not written as this kind of store has it. Second argument: an example. */
	public static final ProblemType LOCATION = type("storage.location", Retry.AFTER_REMEDY);
	/** No kind of store that is installed takes such a location. */
	public static final ProblemType UNKNOWN = type("storage.unknown", Retry.AFTER_REMEDY);
	/** A secret is needed and nobody gave one. Second argument: what it is, such as {@code repository-password}. */
	public static final ProblemType SECRET_NEEDED = type("storage.secret-needed", Retry.AFTER_REMEDY);
	/** No host of that name. */
	public static final ProblemType UNKNOWN_HOST = type("storage.unknown-host", Retry.AFTER_REMEDY);
	/** Nobody answers, or not in time. */
	public static final ProblemType UNREACHABLE = type("storage.unreachable", Retry.LATER);
	/** The host is there, and no server listens where it should. */
	public static final ProblemType REFUSED = type("storage.refused", Retry.LATER);
	/** Somebody else answers: certificate, host key, or another protocol. Second argument: what is wrong. */
	public static final ProblemType NOT_TRUSTED = type("storage.not-trusted", Retry.AFTER_REMEDY);
	/** User, password or key are refused. */
	public static final ProblemType CREDENTIALS = type("storage.credentials", Retry.AFTER_REMEDY);
	/** The share, bucket or folder is not there. */
	public static final ProblemType NO_SUCH_PLACE = type("storage.no-such-place", Retry.AFTER_REMEDY);
	/** No right to do it. Second argument: what, such as writing. */
	public static final ProblemType FORBIDDEN = type("storage.forbidden", Retry.AFTER_REMEDY);
	/** Full, or the account's quota is used up. */
	public static final ProblemType FULL = type("storage.full", Retry.AFTER_REMEDY);
	/** The clocks here and there differ too much. */
	public static final ProblemType CLOCK = type("storage.clock", Retry.AFTER_REMEDY);
	/** It fails in another way. Second argument: what was said. */
	public static final ProblemType FAILED = type("storage.failed", Retry.LATER);

	private StorageProblems() {
	}

	/**
	 * {@link #REFUSED} or {@link #UNREACHABLE}, which a person mends in different ways.
	 *
	 * @param why      the failure of the network, with its causes
	 * @param location without secrets
	 */
	public static ProblemException unreachable(Throwable why, String location) {
		Throwable each = why;
		for (int depth = 0; each != null && depth < 20; depth++) {
			if (each instanceof ConnectException && isRefusal(each)) {
				return REFUSED.exceptionBecause(why, location);
			}
			each = each.getCause();
		}
		return UNREACHABLE.exceptionBecause(why, location);
	}

	/** The JDK's client for HTTP says nothing then but that its channel is closed. */
	private static boolean isRefusal(Throwable connect) {
		String text = connect.getMessage();
		if (text != null) {
			return text.toLowerCase(Locale.ROOT).contains("refused");
		}
		for (Throwable each = connect.getCause(); each != null; each = each.getCause()) {
			if (each instanceof ClosedChannelException) {
				return true;
			}
		}
		return false;
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(StorageProblems.class, code, retry);
	}
}
