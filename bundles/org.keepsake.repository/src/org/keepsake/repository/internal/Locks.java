// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.RepositoryLock;
import org.keepsake.repository.RepositoryProblems;

/** Locks in {@code locks/}. Source: restic/restic doc/design.rst, "Locks". */
public final class Locks {

	private static final System.Logger LOG = System.getLogger(Locks.class.getName());

	private Locks() {
	}

	/**
	 * How long what takes.
	 *
	 * @param stale  a lock holds that is not renewed
	 * @param renew  a lock is held before it is renewed
	 * @param again  a renewal that failed waits before it is tried again
	 * @param settle between our lock and the second look for those of others who looked at the same moment
	 * @param retry  between two attempts while others hold theirs
	 */
	public record Times(Duration stale, Duration renew, Duration again, Duration settle, Duration retry) {

		/** As restic has them. */
		public static final Times USUAL = new Times(Duration.ofMinutes(30), Duration.ofMinutes(5),
				Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(5));
	}

	/** What a lock's file says. */
	private record LockFile(Instant time, boolean exclusive, String host, String user, long pid) {

		byte[] write() {
			JsonWriter out = new JsonWriter(300).raw("{\"time\":\"").raw(GoTime.format(time, ZoneId.systemDefault()))
					.raw("\",\"exclusive\":").raw(Boolean.toString(exclusive)).raw(",\"hostname\":").string(host)
					.raw(",\"username\":").string(user).raw(",\"pid\":").number(pid).raw("}");
			return out.toBytes();
		}

		static LockFile read(byte[] json) throws IOException {
			Instant time = Instant.EPOCH;
			boolean exclusive = false;
			String host = "";
			String user = "";
			long pid = 0;
			JsonReader in = new JsonReader(json);
			in.beginObject();
			while (in.more()) {
				switch (in.name()) {
					case "time" -> time = GoTime.parse(in.string());
					case "exclusive" -> exclusive = in.bool();
					case "hostname" -> host = in.string();
					case "username" -> user = in.string();
					case "pid" -> pid = in.integer();
					default -> in.skip();
				}
			}
			return new LockFile(time, exclusive, host, user, pid);
		}

		boolean isStale(Vault vault) {
			return time.isBefore(Instant.now().minus(vault.lockTimes().stale()))
					|| host.equals(Host.name()) && pid > 0 && ProcessHandle.of(pid).isEmpty();
		}
	}

	/**
	 * Locks the repository.
	 *
	 * @param retryFor how long to try again while others hold theirs
	 */
	public static RepositoryLock take(Vault vault, boolean exclusive, Duration retryFor) throws IOException {
		Instant deadline = Instant.now().plus(retryFor);
		while (true) {
			try {
				return attempt(vault, exclusive);
			} catch (ProblemException e) {
				Duration left = Duration.between(Instant.now(), deadline);
				if (!e.is(RepositoryProblems.LOCKED) || left.isNegative() || left.isZero()) {
					throw e;
				}
				Duration retry = vault.lockTimes().retry();
				pause(left.compareTo(retry) < 0 ? left : retry);
			}
		}
	}

	private static RepositoryLock attempt(Vault vault, boolean exclusive) throws IOException {
		throwIfTaken(vault, exclusive, null);
		BlobId id = write(vault, exclusive);
		boolean held = false;
		try {
			pause(vault.lockTimes().settle());
			throwIfTaken(vault, exclusive, id);
			held = true;
		} finally {
			if (!held) {
				remove(vault, id);
			}
		}
		return new Held(vault, exclusive, id);
	}

	private static BlobId write(Vault vault, boolean exclusive) throws IOException {
		return vault.files().save(Vault.LOCKS,
				new LockFile(Instant.now(), exclusive, Host.name(), Host.user(), Host.pid()).write());
	}

	private static void throwIfTaken(Vault vault, boolean exclusive, @Nullable BlobId own) throws IOException {
		for (BlobId id : vault.files().list(Vault.LOCKS)) {
			if (id.equals(own)) {
				continue;
			}
			LockFile lock = readIfThere(vault, id);
			if (lock == null) {
				continue;
			}
			if (lock.isStale(vault)) {
				remove(vault, id);
			} else if (exclusive || lock.exclusive()) {
				throw RepositoryProblems.LOCKED.exception(vault.location(),
						lock.user() + '@' + lock.host() + " (" + lock.pid() + ')', since(lock.time()));
			}
		}
	}

	/** On this computer's clock, to the minute. */
	private static String since(Instant time) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
				.withZone(ZoneId.systemDefault()).format(time);
	}

	private static @Nullable LockFile readIfThere(Vault vault, BlobId id) throws IOException {
		try {
			return LockFile.read(vault.files().load(Vault.LOCKS, id));
		} catch (ProblemException e) {
			if (e.is(RepositoryProblems.MISSING)) {
				return null;
			}
			throw e;
		} catch (JsonReader.JsonException e) {
			throw vault.damaged(Vault.name(Vault.LOCKS, id));
		}
	}

	/** Removes a lock, if that can be. */
	static void remove(Vault vault, BlobId id) {
		try {
			vault.files().delete(Vault.LOCKS, id);
		} catch (IOException e) {
			LOG.log(Level.DEBUG, "A lock stays until it is stale", e);
		}
	}

	/**
	 * Removes stale locks.
	 *
	 * @param all also those that others may still hold, and damaged ones
	 * @return how many were removed
	 */
	public static int unlock(Vault vault, boolean all) throws IOException {
		int removed = 0;
		for (BlobId id : vault.files().list(Vault.LOCKS)) {
			boolean stale = all;
			if (!all) {
				try {
					LockFile lock = readIfThere(vault, id);
					stale = lock != null && lock.isStale(vault);
				} catch (ProblemException e) {
					LOG.log(Level.DEBUG, "A damaged lock stays", e);
				}
			}
			if (stale) {
				vault.files().delete(Vault.LOCKS, id);
				removed++;
			}
		}
		return removed;
	}

	/** The locks that are not stale; damaged ones count. */
	public static int count(Vault vault) throws IOException {
		List<BlobId> ids = vault.files().list(Vault.LOCKS);
		int held = 0;
		for (BlobId id : ids) {
			try {
				LockFile lock = readIfThere(vault, id);
				held += lock != null && !lock.isStale(vault) ? 1 : 0;
			} catch (ProblemException e) {
				held++;
			}
		}
		return held;
	}

	private static void pause(Duration time) throws InterruptedIOException {
		try {
			Thread.sleep(time);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}

	/** A lock that is held, and renewed by a thread. */
	private static final class Held implements RepositoryLock {

		private final Vault vault;
		private final Times times;
		private final boolean exclusive;
		private final Thread renewer;
		private BlobId id;
		private volatile Instant renewed = Instant.now();
		private volatile boolean closed;
		private volatile boolean gone;

		Held(Vault vault, boolean exclusive, BlobId id) {
			this.vault = vault;
			this.times = vault.lockTimes();
			this.exclusive = exclusive;
			this.id = id;
			renewer = Thread.ofVirtual().name("repository lock").start(this::renew);
		}

		private void renew() {
			Duration wait = times.renew();
			while (!closed) {
				LockSupport.parkNanos(wait.toNanos());
				if (closed || Instant.now().isBefore(renewed.plus(times.renew().dividedBy(2)))) {
					continue;
				}
				try {
					renewOnce();
					wait = times.renew();
				} catch (IOException e) {
					LOG.log(Level.WARNING, "The lock could not be renewed; tried again soon", e);
					wait = times.again();
				}
			}
		}

		private synchronized void renewOnce() throws IOException {
			if (closed) {
				return;
			}
			if (vault.storage().size(Vault.name(Vault.LOCKS, id)).isEmpty()) {
				gone = true;
				return;
			}
			BlobId next = write(vault, exclusive);
			renewed = Instant.now();
			remove(vault, id);
			id = next;
		}

		@Override
		public boolean isExclusive() {
			return exclusive;
		}

		@Override
		public void throwIfLost() throws IOException {
			if (gone || closed || renewed.isBefore(Instant.now().minus(times.stale()).plus(times.renew()))) {
				throw RepositoryProblems.LOCK_LOST.exception(vault.location());
			}
		}

		@Override
		public void close() {
			synchronized (this) {
				if (closed) {
					return;
				}
				closed = true;
				remove(vault, id);
			}
			LockSupport.unpark(renewer);
		}
	}
}
