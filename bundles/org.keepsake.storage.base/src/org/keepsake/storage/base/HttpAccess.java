// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;

/**
 * HTTP as storages need it: streams in both directions at the speed that the settings allow, trusts whom
 * {@link TrustSettings} trusts, goes by the proxy of the settings, and gives up a connection on which nothing moves for
 * {@code timeout.seconds} (60 if not set). No more than {@code connections} (16 if not set) requests are under way, not
 * counting answers that are still being read. Redirects are not followed: they would carry credentials elsewhere.
 *
 * <p>
 * Thread-safe. Calls block; a thread that is interrupted ends its call with an {@link InterruptedIOException}. What a
 * failure means, and whether it can pass, says {@link HttpFaults}.
 */
public final class HttpAccess implements AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(20);
	private static final int USUAL_CONNECTIONS = 16;
	private static final int MOST_CONNECTIONS = 256;

	private final StorageSettings settings;
	private final TrustSettings trust;
	private final ProxySettings proxy;
	private final RateLimit upload;
	private final RateLimit download;
	private final Duration idle;
	private @Nullable HttpClient client;
	private final Semaphore turns;
	private volatile boolean reached;

	/** Reads the settings; nothing is opened before the first call. */
	public HttpAccess(StorageSettings settings) throws ProblemException {
		this.settings = settings;
		this.trust = TrustSettings.of(settings);
		this.proxy = new ProxySettings(settings);
		this.upload = settings.upload();
		this.download = settings.download();
		this.idle = Duration.ofSeconds(settings.number("timeout.seconds", 60, 1, 3600));
		this.turns = new Semaphore((int) settings.number("connections", USUAL_CONNECTIONS, 1, MOST_CONNECTIONS), true);
	}

	/** What all storages understand that are reached by HTTP. */
	public static List<Setting> described() {
		List<Setting> all = new ArrayList<>();
		all.add(Setting.line(HttpAccess.class, Topic.SERVER, "pin"));
		all.add(Setting.file(HttpAccess.class, Topic.SERVER, "ca"));
		all.addAll(StorageSettings.described());
		all.add(Setting.line(HttpAccess.class, Topic.NETWORK, "timeout.seconds"));
		all.add(Setting.line(HttpAccess.class, Topic.NETWORK, "proxy"));
		return all;
	}

	/** What is sent: opened anew for each attempt. */
	public interface Body {

		/** How many bytes it has. */
		long sizeBytes();

		/** Begins at its beginning. It is closed for the caller. */
		InputStream open() throws IOException;
	}

	/**
	 * How long to keep trying: as the settings say, but only briefly as long as nobody has ever answered, since then a
	 * wrong name or port is likelier than a server that is restarted.
	 */
	public Retries retries() throws ProblemException {
		Retries patient = settings.retries();
		return reached ? patient : patient.briefly();
	}

	/**
	 * Sends a request and waits for the head of the answer, whatever its status.
	 *
	 * @param body null for none
	 * @return with a body that is to be closed; closing it early ends the connection
	 */
	public HttpResponse<InputStream> send(HttpRequest.Builder request, String method, @Nullable Body body)
			throws IOException {
		takeTurn();
		try (Upload sent = new Upload(body)) {
			HttpRequest made = request.method(method, sent.publisher()).build();
			CompletableFuture<HttpResponse<InputStream>> answer = client().sendAsync(made,
					head -> new ArrivingBody(idle, download));
			HttpResponse<InputStream> response = await(answer, sent);
			reached = true;
			return response;
		} finally {
			turns.release();
		}
	}

	private void takeTurn() throws InterruptedIOException {
		try {
			turns.acquire();
		} catch (InterruptedException e) {
			throw interrupted(e);
		}
	}

	private static InterruptedIOException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		InterruptedIOException end = new InterruptedIOException("Interrupted");
		end.initCause(cause);
		return end;
	}

	private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answer, Upload sent)
			throws IOException {
		while (true) {
			try {
				return answer.get(sent.untilIdle(), TimeUnit.NANOSECONDS);
			} catch (TimeoutException e) {
				if (sent.untilIdle() <= 0) {
					answer.cancel(true);
					SocketTimeoutException late = new SocketTimeoutException(
							"Nothing moved for " + idle.toSeconds() + " s");
					late.initCause(e);
					throw late;
				}
			} catch (InterruptedException e) {
				answer.cancel(true);
				throw interrupted(e);
			} catch (ExecutionException e) {
				if (sent.isBroken()) {
					abandon();
				}
				sent.rethrow();
				Throwable cause = e.getCause();
				throw cause instanceof IOException failed ? failed : new IOException("The request failed", cause);
			}
		}
	}

	/**
	 * The client sometimes leaves the connection open whose content failed by itself, and then its server waits for the
	 * rest for ever, with half a blob. There is no way to close one connection; requests beside it are tried again.
	 */
	private synchronized void abandon() {
		HttpClient open = client;
		client = null;
		if (open != null) {
			open.shutdownNow();
		}
	}

	private synchronized HttpClient client() throws IOException {
		HttpClient open = client;
		if (open == null) {
			open = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
					.followRedirects(HttpClient.Redirect.NEVER).proxy(proxy).sslContext(trust.context()).build();
			client = open;
		}
		return open;
	}

	/** Ends all that is under way. */
	@Override
	public synchronized void close() {
		HttpClient open = client;
		if (open != null) {
			open.shutdownNow();
			client = null;
		}
	}

	/** Reads what is sent, and remembers when something moved last. */
	private final class Upload implements AutoCloseable {

		private final @Nullable Body body;
		private volatile long movedAt = System.nanoTime();
		private volatile @Nullable IOException failure;
		private volatile @Nullable InputStream open;

		Upload(@Nullable Body body) {
			this.body = body;
		}

		BodyPublisher publisher() {
			Body content = body;
			if (content == null) {
				return BodyPublishers.noBody();
			}
			if (content.sizeBytes() == 0) {
				return BodyPublishers.ofByteArray(new byte[0]);
			}
			return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> reading(content)),
					content.sizeBytes());
		}

		long untilIdle() {
			return idle.toNanos() - (System.nanoTime() - movedAt);
		}

		private InputStream reading(Body content) {
			try {
				InputStream in = content.open();
				open = in;
				return new FilterInputStream(upload.slow(in)) {

					private long left = content.sizeBytes();

					@Override
					public int read(byte[] bytes, int offset, int length) throws IOException {
						try {
							int n = super.read(bytes, offset, length);
							left -= Math.max(0, n);
							if (n < 0 ? left > 0 : left < 0) {
								throw new EOFException("The content has another size than it said");
							}
							movedAt = System.nanoTime();
							return n;
						} catch (IOException e) {
							failure = e;
							throw e;
						}
					}
				};
			} catch (IOException e) {
				failure = e;
				return InputStream.nullInputStream();
			}
		}

		boolean isBroken() {
			return failure != null;
		}

		/** If it was our side that failed. */
		void rethrow() throws IOException {
			IOException failed = failure;
			if (failed != null) {
				throw failed instanceof HttpFaults.ContentException told ? told
						: new HttpFaults.ContentException(failed);
			}
		}

		@Override
		public void close() throws IOException {
			InputStream in = open;
			if (in != null) {
				in.close();
			}
		}
	}
}
