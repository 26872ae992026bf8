// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The body of an answer as a stream that asks for more as it is read, and fails if nothing comes for too long. The
 * client's own stream waits for ever.
 */
final class ArrivingBody implements BodySubscriber<InputStream> {

	private final Duration idle;
	private final RateLimit limit;
	private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
	private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
	private volatile boolean closed;

	/** Some bytes, or the end, with what ended it. */
	private record Arrival(List<ByteBuffer> buffers, boolean end, @Nullable Throwable failure) {
	}

	ArrivingBody(Duration idle, RateLimit limit) {
		this.idle = idle;
		this.limit = limit;
	}

	@Override
	public CompletionStage<InputStream> getBody() {
		return CompletableFuture.completedFuture(limit.slow(new Reader()));
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscribed.complete(subscription);
		if (closed) {
			subscription.cancel();
		} else {
			subscription.request(1);
		}
	}

	@Override
	@NonNullByDefault({}) // the inherited list says nothing of itself
	public void onNext(List<ByteBuffer> buffers) {
		arrivals.add(new Arrival(buffers, false, null));
	}

	@Override
	public void onError(Throwable failure) {
		arrivals.add(new Arrival(List.of(), true, failure));
	}

	@Override
	public void onComplete() {
		arrivals.add(new Arrival(List.of(), true, null));
	}

	private final class Reader extends InputStream {

		private final Deque<ByteBuffer> here = new ArrayDeque<>();
		private boolean ended;

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (closed) {
				throw new IOException("The stream is closed");
			}
			if (length == 0) {
				return 0;
			}
			while (here.isEmpty()) {
				if (ended) {
					return -1;
				}
				take();
			}
			ByteBuffer first = here.getFirst();
			int n = Math.min(length, first.remaining());
			first.get(bytes, offset, n);
			if (!first.hasRemaining()) {
				here.removeFirst();
				if (here.isEmpty() && !ended) {
					subscribed.join().request(1);
				}
			}
			return n;
		}

		private void take() throws IOException {
			Arrival arrival = await();
			ended = arrival.end();
			Throwable failure = arrival.failure();
			if (failure != null) {
				close();
				throw new IOException("The connection broke", failure);
			}
			for (ByteBuffer buffer : arrival.buffers()) {
				if (buffer.hasRemaining()) {
					here.add(buffer);
				}
			}
			if (here.isEmpty() && !ended) {
				subscribed.join().request(1);
			}
		}

		private Arrival await() throws IOException {
			try {
				Arrival arrival = arrivals.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
				if (arrival != null) {
					return arrival;
				}
			} catch (InterruptedException e) {
				close();
				Thread.currentThread().interrupt();
				InterruptedIOException end = new InterruptedIOException("Interrupted");
				end.initCause(e);
				throw end;
			}
			close();
			throw new SocketTimeoutException("Nothing came for " + idle.toSeconds() + " s");
		}

		@Override
		public void close() {
			if (!closed) {
				closed = true;
				if (!ended) {
					subscribed.thenAccept(Flow.Subscription::cancel);
				}
			}
		}
	}
}
