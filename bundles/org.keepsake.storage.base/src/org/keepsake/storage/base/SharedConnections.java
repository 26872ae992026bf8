// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Some connections to one server, opened when there is need: a call gets an idle one, else a new one, else shares the
 * least busy. So calls never wait for each other, however many streams are open. Thread-safe.
 *
 * @param <C> a connection that calls of several threads can use at once
 */
public final class SharedConnections<C extends SharedConnections.Peer> implements Closeable {

	/** One connection. */
	public interface Peer extends Closeable {

		/** Whether calls can be made over it still. */
		boolean isOpen();

		/** Breaks it off; calls over it fail. */
		@Override
		void close();
	}

	/** Opens connections. */
	@FunctionalInterface
	public interface Dialer<C> {
		C dial() throws IOException;
	}

	private final Dialer<C> dialer;
	private final int most;
	private final List<Shared<C>> open = new ArrayList<>();
	private int dialling;
	private boolean reached;
	private boolean closed;

	private static final class Shared<C> {

		private final C peer;
		private int users;

		Shared(C peer) {
			this.peer = peer;
		}

		int users() {
			return users;
		}
	}

	/** @param most connections that are opened */
	public SharedConnections(Dialer<C> dialer, int most) {
		this.dialer = dialer;
		this.most = most;
	}

	/** A connection for one call; closing it gives it back. */
	public final class Lease implements Closeable {

		private final Shared<C> shared;
		private boolean over;

		private Lease(Shared<C> shared) {
			this.shared = shared;
			shared.users++;
		}

		/** The connection. */
		public C peer() {
			return shared.peer;
		}

		@Override
		public void close() {
			synchronized (SharedConnections.this) {
				if (!over) {
					over = true;
					shared.users--;
				}
			}
		}
	}

	/** Whether the server let us in at least once: then it may be worth waiting for. */
	public synchronized boolean wasReached() {
		return reached;
	}

	/** A connection that is open, or was a moment ago. */
	public Lease lease() throws IOException {
		Optional<Lease> ready = ready();
		if (ready.isPresent()) {
			return ready.get();
		}
		try {
			return add(dialer.dial());
		} catch (IOException e) {
			return instead(e);
		} finally {
			synchronized (this) {
				dialling--;
				notifyAll();
			}
		}
	}

	private synchronized Lease add(C peer) throws IOException {
		if (closed) {
			peer.close();
			throw new IOException("Closed");
		}
		reached = true;
		Shared<C> shared = new Shared<>(peer);
		open.add(shared);
		return new Lease(shared);
	}

	/** A connection that is there already; empty if the caller is to open one, which is noted. */
	private synchronized Optional<Lease> ready() throws IOException {
		while (true) {
			if (closed) {
				throw new IOException("Closed");
			}
			Optional<Shared<C>> least = leastBusy();
			boolean mayDial = open.size() + dialling < most;
			if (least.isPresent() && (least.get().users == 0 || !mayDial)) {
				return Optional.of(new Lease(least.get()));
			}
			if (mayDial) {
				dialling++;
				return Optional.empty();
			}
			await();
		}
	}

	private Optional<Shared<C>> leastBusy() {
		open.removeIf(each -> !each.peer.isOpen());
		return open.stream().min(Comparator.comparingInt(Shared::users));
	}

	private void await() throws InterruptedIOException {
		try {
			wait();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}

	/** A server that refuses one connection more is no trouble while there are others. */
	private synchronized Lease instead(IOException e) throws IOException {
		return new Lease(leastBusy().orElseThrow(() -> e));
	}

	@Override
	public void close() {
		List<Shared<C>> last;
		synchronized (this) {
			closed = true;
			last = List.copyOf(open);
			open.clear();
			notifyAll();
		}
		last.forEach(each -> each.peer.close());
	}
}
