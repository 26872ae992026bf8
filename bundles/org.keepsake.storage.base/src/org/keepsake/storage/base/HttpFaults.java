// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;

/** What the failures of connections, and the statuses of HTTP, mean to a storage. */
public final class HttpFaults {

	private static final int MOST_TEXT = 200;
	/** Of a limit of transactions or downloads none of them speaks. */
	private static final List<String> FULL = List.of("no space left", "not enough space", "disk full", "quota exceeded",
			"quota has been exceeded", "quota is reached", "quota reached", "storage cap exceeded",
			"insufficient storage", "minimum free disk threshold", "minimum free drive threshold",
			"no free volumes left");

	/** An answer that was made for a browser. What was read of it may end in the middle. */
	private static final Pattern PAGE = Pattern.compile("(?i)<(?:!doctype\\s+html|html|head|title|body)\\b");
	private static final Pattern UNSEEN = Pattern
			.compile("(?is)<!--.*?(?:-->|$)|<(title|style|script)\\b.*?(?:</\\1\\s*>|$)");
	private static final Pattern TAG = Pattern.compile("(?s)<[^>]*(?:>|$)");

	private HttpFaults() {
	}

	/** What was to be sent could not be read: no fault of the server's, so nothing to try again. */
	public static final class ContentException extends IOException {

		private static final long serialVersionUID = 1L;

		/** @param cause what failed, which is what a caller is told */
		public ContentException(IOException cause) {
			super("The content cannot be read", cause);
		}
	}

	/** A status that is no success. The message holds what the server said, cut and cleaned. */
	public static final class StatusException extends IOException {

		private static final long serialVersionUID = 1L;

		private final int status;
		private final boolean full;

		/** @param said of the answer's body; anything */
		public StatusException(int status, String said) {
			super(message(status, clean(said)));
			this.status = status;
			this.full = status == 507 || status == 413 || tellsFull(said);
		}

		private static String message(int status, String words) {
			return "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
		}

		/** The status. */
		public int status() {
			return status;
		}

		/** Whether it says that there is no room, in one of the ways that servers have. */
		public boolean isFull() {
			return full;
		}

		/** Whether the same request may succeed later. */
		public boolean passes() {
			return !isFull() && switch (status) {
				case 408, 425, 429, 500, 502, 503, 504 -> true;
				default -> false;
			};
		}
	}

	/**
	 * Whether what a server says of a failure means that it has no room, whatever the status: a full disk (programs in Go
	 * and Java repeat what the system said), a quota (Ceph, MinIO, Garage), a cap (Backblaze), no volume left (SeaweedFS).
	 * Observed in what these servers answer; many say no more than that they failed.
	 */
	public static boolean tellsFull(@Nullable String said) {
		String text = said == null ? "" : said.toLowerCase(Locale.ROOT);
		return FULL.stream().anyMatch(text::contains);
	}

	/** Printable, on one line, and short; of a web page its words alone. */
	public static String clean(String text) {
		String words = PAGE.matcher(text).find() ? TAG.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ")
				: text;
		String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
		return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "…";
	}

	/** Whether trying again can help: broken connections and busy servers, not refusals. */
	public static boolean passes(IOException e) {
		return switch (e) {
			case StatusException answer -> answer.passes();
			case StorageException _ -> false;
			case ProblemException _ -> false;
			case ContentException _ -> false;
			case SSLException secure -> !isTrust(secure);
			case SocketTimeoutException _ -> true;
			case InterruptedIOException _ -> false;
			default -> true;
		};
	}

	/** A broken connection also ends TLS with an SSLException; a certificate or another protocol does not pass. */
	private static boolean isTrust(SSLException e) {
		return cause(e, TrustSettings.UntrustedException.class).isPresent()
				|| e instanceof javax.net.ssl.SSLHandshakeException && !isBroken(e) || isOtherProtocol(e);
	}

	private static boolean isBroken(SSLException e) {
		String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
		return text.contains("terminated") || text.contains("reset") || text.contains("broken pipe")
				|| text.contains("closed");
	}

	private static boolean isOtherProtocol(SSLException e) {
		return String.valueOf(e.getMessage()).contains("SSL message");
	}

	/**
	 * What a person is told of a failure that did not pass. A {@link StorageException}, a problem and the end of an
	 * interrupted thread stay what they are.
	 *
	 * @param location without secrets
	 */
	public static IOException explain(IOException e, String location) {
		switch (e) {
			case StorageException told :
				return told;
			case ProblemException told :
				return told;
			case ContentException ours :
				return ours.getCause() instanceof IOException failed ? failed : ours;
			case SocketTimeoutException late :
				return StorageProblems.UNREACHABLE.exceptionBecause(late, location);
			case InterruptedIOException end :
				return end;
			case StatusException answer :
				return status(answer, location);
			default :
				return connection(e, location);
		}
	}

	private static IOException status(StatusException answer, String location) {
		return switch (answer.status()) {
			case 401, 407 -> StorageProblems.CREDENTIALS.exceptionBecause(answer, location);
			case 403 -> StorageProblems.FORBIDDEN.exceptionBecause(answer, location, answer.getMessage());
			case 404 -> StorageProblems.NO_SUCH_PLACE.exceptionBecause(answer, location);
			case 502, 503, 504 -> StorageProblems.UNREACHABLE.exceptionBecause(answer, location);
			default -> StorageProblems.FAILED.exceptionBecause(answer, location, answer.getMessage());
		};
	}

	private static IOException connection(IOException e, String location) {
		Optional<TrustSettings.UntrustedException> untrusted = cause(e, TrustSettings.UntrustedException.class);
		if (untrusted.isPresent()) {
			return StorageProblems.NOT_TRUSTED.exceptionBecause(e, location, untrusted.get().getMessage());
		}
		if (cause(e, UnresolvedAddressException.class).isPresent()
				|| cause(e, UnknownHostException.class).isPresent()) {
			return StorageProblems.UNKNOWN_HOST.exceptionBecause(e, location);
		}
		if (e instanceof SSLException secure) {
			String what = isOtherProtocol(secure) ? "It does not speak TLS on this port; perhaps it is http, not https."
					: "The secure connection failed: " + clean(String.valueOf(e.getMessage()));
			return StorageProblems.NOT_TRUSTED.exceptionBecause(e, location, what);
		}
		if (e instanceof ConnectException || e instanceof HttpTimeoutException || e instanceof NoRouteToHostException) {
			return StorageProblems.unreachable(e, location);
		}
		return StorageProblems.FAILED.exceptionBecause(e, location, clean(String.valueOf(e.getMessage())));
	}

	private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
		Throwable each = failure;
		for (int depth = 0; each != null && depth < 20; depth++) {
			if (type.isInstance(each)) {
				return Optional.of(type.cast(each));
			}
			each = each.getCause();
		}
		return Optional.empty();
	}
}
