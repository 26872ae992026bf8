// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.repository.internal.Locks;
import org.keepsake.testing.Programs;

/** Locks between processes, and between Keepsake and restic. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LockTest {

	private static final Duration AGES = Duration.ofHours(1);

	@TempDir
	Path temp;
	private Path place;

	@BeforeEach
	void choosePlace() throws IOException {
		place = temp.resolve("repository");
		Samples.init(place, 2).close();
	}

	private static Locks.Times times(Duration stale, Duration renew) {
		return new Locks.Times(stale, renew, renew, Duration.ofMillis(1), Duration.ofMillis(20));
	}

	@ParameterizedTest
	@CsvSource({ "false, false, true", "false, true, false", "true, false, false", "true, true, false" })
	void respectsThoseOfAnotherProcess(boolean theirs, boolean ours, boolean both) throws IOException {
		try (WorkerProcess other = WorkerProcess.begin(place, "lock", String.valueOf(theirs));
				Repository repository = Samples.open(place)) {
			other.complete();
			if (both) {
				repository.lock(ours, Duration.ZERO).close();
			} else {
				assertLocked(repository, ours, String.valueOf(other.pid()));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void removesThatOfAProcessThatDied(boolean exclusive) throws IOException, InterruptedException {
		try (WorkerProcess other = WorkerProcess.begin(place, "lock", String.valueOf(exclusive));
				Repository repository = Samples.open(place)) {
			other.complete();
			assertLocked(repository, true, String.valueOf(other.pid()));
			assertEquals(0, repository.unlock(false));
			other.kill();
			repository.lock(true, Duration.ZERO).close();
			assertEquals(List.of(), locks());
		}
	}

	@Test
	void unlocksWhatADeadProcessLeft() throws IOException, InterruptedException {
		try (WorkerProcess other = WorkerProcess.begin(place, "lock", "true");
				Repository repository = Samples.open(place)) {
			other.complete();
			other.kill();
			assertEquals(1, repository.unlock(false));
			assertEquals(List.of(), locks());
		}
	}

	@Test
	void waitsForAnotherProcess() throws IOException, InterruptedException {
		try (WorkerProcess other = WorkerProcess.begin(place, "lock", "true");
				Repository repository = Samples.open(place)) {
			other.complete();
			repository.vault().setLockTimes(times(AGES, AGES));
			Thread killer = Thread.ofVirtual().start(() -> {
				try {
					other.kill();
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			});
			repository.lock(true, Duration.ofMinutes(1)).close();
			killer.join();
		}
	}

	@Test
	void isRenewedWhileItIsHeld() throws IOException, InterruptedException {
		CountDownLatch written = new CountDownLatch(4);
		TestStorage storage = new TestStorage(place) {
			@Override
			public void put(String name, BlobSource content) throws IOException {
				super.put(name, content);
				if (name.startsWith("locks/")) {
					written.countDown();
				}
			}
		};
		try (Repository repository = Samples.open(storage)) {
			repository.vault().setLockTimes(times(AGES, Duration.ofMillis(20)));
			try (RepositoryLock lock = repository.lock(false, Duration.ZERO)) {
				assertTrue(written.await(1, TimeUnit.MINUTES));
				lock.throwIfLost();
				assertTrue(locks().size() <= 2, "the old one goes when the new one is there");
			}
			assertEquals(List.of(), locks());
		}
	}

	@Test
	void holdsNoLongerIfItCannotBeRenewed() throws IOException {
		TestStorage storage = new TestStorage(place) {
			@Override
			public void put(String name, BlobSource content) throws IOException {
				if (!puts.isEmpty()) {
					throw new IOException("Not now");
				}
				super.put(name, content);
			}
		};
		try (Repository one = Samples.open(storage); Repository two = Samples.open(place)) {
			one.vault().setLockTimes(times(Duration.ofMillis(200), Duration.ofMillis(20)));
			try (RepositoryLock old = one.lock(true, Duration.ZERO)) {
				awaitLost(old);
				assertLocked(two, false, String.valueOf(ProcessHandle.current().pid()));
				// Of this process, which lives: only its age makes it stale.
				two.vault().setLockTimes(times(Duration.ofMillis(200), AGES));
				two.lock(true, Duration.ofMinutes(1)).close();
				assertThrows(ProblemException.class, old::throwIfLost);
			}
		}
	}

	private static void awaitLost(RepositoryLock lock) throws IOException {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (System.nanoTime() < end) {
			try {
				lock.throwIfLost();
				Thread.onSpinWait();
			} catch (ProblemException e) {
				assertTrue(e.is(RepositoryProblems.LOCK_LOST), e.problem().toString());
				return;
			}
		}
		throw new AssertionError("The lock was never lost");
	}

	@Test
	void noticesThatSomebodyRemovedIt() throws IOException, InterruptedException {
		CountDownLatch looked = new CountDownLatch(2);
		TestStorage storage = new TestStorage(place) {
			@Override
			public java.util.Optional<Long> size(String name) throws IOException {
				if (name.startsWith("locks/")) {
					looked.countDown();
				}
				return super.size(name);
			}
		};
		try (Repository repository = Samples.open(storage)) {
			repository.vault().setLockTimes(times(AGES, Duration.ofMillis(20)));
			try (RepositoryLock lock = repository.lock(true, Duration.ZERO);
					Repository other = Samples.open(place)) {
				while (other.unlock(true) > 0) {
					// It may have been renewed at that moment.
				}
				assertTrue(looked.await(1, TimeUnit.MINUTES));
				awaitLost(lock);
			}
		}
	}

	@Test
	void respectsThoseOfResticAndResticOurs() throws IOException, InterruptedException {
		Programs.require("restic");
		Restic restic = new Restic(place, temp);
		Path content = Files.writeString(temp.resolve("content"), "content");
		try (Repository repository = Samples.open(place)) {
			try (RepositoryLock lock = repository.lock(false, Duration.ZERO)) {
				restic.run(temp, "backup", content.toString());
				assertRefused(restic, "prune");
				lock.throwIfLost();
			}
			try (RepositoryLock lock = repository.lock(true, Duration.ZERO)) {
				assertRefused(restic, "backup", content.toString());
				assertRefused(restic, "prune");
				lock.throwIfLost();
			}
			restic.run(temp, "prune");
			// It holds a shared lock while it reads its input, and an exclusive one while it asks for a password.
			try (Holder shared = new Holder(restic.start(temp.resolve("shared.log"), temp, "backup", "--stdin"))) {
				awaitLock(shared);
				repository.lock(false, Duration.ZERO).close();
				assertLocked(repository, true, String.valueOf(shared.process().pid()));
			}
			repository.lock(true, Duration.ZERO).close();
			try (Holder exclusive = new Holder(restic.start(temp.resolve("exclusive.log"), temp, "key", "passwd"))) {
				awaitLock(exclusive);
				assertLocked(repository, false, String.valueOf(exclusive.process().pid()));
				assertLocked(repository, true, String.valueOf(exclusive.process().pid()));
			}
			repository.lock(true, Duration.ZERO).close();
		}
	}

	/** A process that is killed when it is no longer needed. */
	private record Holder(Process process) implements AutoCloseable {
		@Override
		public void close() throws InterruptedException {
			process.destroyForcibly().waitFor();
		}
	}

	private void awaitLock(Holder holder) throws IOException {
		while (locks().isEmpty()) {
			assertTrue(holder.process().isAlive(), "restic ended before it had a lock");
			Thread.onSpinWait();
		}
	}

	private static void assertRefused(Restic restic, String... arguments) {
		IOException refused = assertThrows(IOException.class, () -> restic.run(restic.logs(), arguments));
		assertTrue(String.valueOf(refused.getMessage()).contains("already locked"), refused.getMessage());
	}

	private static void assertLocked(Repository repository, boolean exclusive, String holder) {
		ProblemException locked = assertThrows(ProblemException.class, () -> repository.lock(exclusive, Duration.ZERO));
		assertTrue(locked.is(RepositoryProblems.LOCKED), locked.problem().toString());
		assertTrue(locked.problem().toString().contains(holder) || locked.problem().cause().contains(holder),
				locked.problem().cause());
	}

	private List<String> locks() throws IOException {
		List<String> names = new ArrayList<>();
		new TestStorage(place).list("locks", (name, size) -> names.add(name));
		return names;
	}
}
