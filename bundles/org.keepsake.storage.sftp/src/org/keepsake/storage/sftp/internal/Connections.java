// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

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
 */
final class Connections implements Closeable {

	private final Dialer dialer;
	private final int most;
	private final List<Connection> open = new ArrayList<>();
	private int dialling;
	private boolean reached;
	private boolean closed;

	Connections(Dialer dialer, int most) {
		this.dialer = dialer;
		this.most = most;
	}

	/** A connection for one call; closing it gives it back. */
	final class Lease implements Closeable {

		private final Connection connection;
		private boolean over;

		Lease(Connection connection) {
			this.connection = connection;
		}

		Connection connection() {
			return connection;
		}

		@Override
		public void close() {
			synchronized (Connections.this) {
				if (!over) {
					over = true;
					connection.leave();
				}
			}
		}
	}

	/** Whether the server answered at least once: then it may be worth waiting for. */
	synchronized boolean wasReached() {
		return reached;
	}

	Lease lease() throws IOException {
		Optional<Lease> shared = shared();
		if (shared.isPresent()) {
			return shared.get();
		}
		try {
			Connection fresh = dialer.dial();
			synchronized (this) {
				if (closed) {
					fresh.close();
					throw new IOException("Closed");
				}
				reached = true;
				open.add(fresh);
				fresh.join();
				return new Lease(fresh);
			}
		} catch (IOException e) {
			return instead(e);
		} finally {
			synchronized (this) {
				dialling--;
				notifyAll();
			}
		}
	}

	/** A connection that is there already; empty if the caller is to open one, which is noted. */
	private synchronized Optional<Lease> shared() throws IOException {
		while (true) {
			if (closed) {
				throw new IOException("Closed");
			}
			open.removeIf(each -> !each.isOpen());
			Optional<Connection> least = open.stream().min(Comparator.comparingInt(Connection::users));
			boolean mayDial = open.size() + dialling < most;
			if (least.isPresent() && (least.get().users() == 0 || !mayDial)) {
				least.get().join();
				return Optional.of(new Lease(least.get()));
			}
			if (mayDial) {
				dialling++;
				return Optional.empty();
			}
			await();
		}
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
		open.removeIf(each -> !each.isOpen());
		Connection least = open.stream().min(Comparator.comparingInt(Connection::users)).orElseThrow(() -> e);
		least.join();
		return new Lease(least);
	}

	@Override
	public void close() {
		List<Connection> last;
		synchronized (this) {
			closed = true;
			last = List.copyOf(open);
			open.clear();
			notifyAll();
		}
		last.forEach(Connection::close);
		dialer.close();
	}
}
