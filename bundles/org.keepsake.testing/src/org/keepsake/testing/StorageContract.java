// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;

/**
 * What every {@link Storage} must do. The subclass gives an empty place per test, and says if deleting is refused
 * there.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class StorageContract {

	private @Nullable Storage opened;

	/** A storage over this test's place. Called several times per test: each is a client of the same place. */
	protected abstract Storage open() throws IOException;

	/** A storage over a place that is not there, at the same server. */
	protected abstract Storage openMissing() throws IOException;

	/** Whether this place only lets blobs be added, so that deleting must be refused. */
	protected boolean appendOnly() {
		return false;
	}

	/** The server behind this place, to be stopped and started; null where there is none. */
	protected @Nullable Server serverBehind() {
		return null;
	}

	/** A server under the test's hand. */
	protected interface Server {

		/** Ends it at once, as a lost power line does. */
		void stop() throws IOException;

		/** Starts it again at the same address, with what it had. */
		void start() throws IOException;
	}

	/** The storage under test. */
	protected final Storage storage() {
		Storage storage = opened;
		if (storage == null) {
			throw new IllegalStateException("No storage was opened");
		}
		return storage;
	}

	@BeforeEach
	final void openStorage() throws IOException {
		Storage storage = open();
		opened = storage;
		storage.create();
	}

	@AfterEach
	final void closeStorage() throws IOException {
		Storage storage = opened;
		if (storage != null) {
			storage.close();
		}
	}

	/** Writing. */
	@Nested
	class Put {

		@Test
		void keepsEachByteForAllReaders() throws IOException {
			for (int size : new int[] { 0, 1, 31, 4096, 70_001, 3_000_000 }) {
				byte[] content = Blobs.random(size);
				String name = "data/" + digest(content);
				storage().put(name, source(content));
				try (Storage other = open()) {
					assertArrayEquals(content, all(other, name), size + " bytes");
					assertEquals(Optional.of((long) size), other.size(name));
				}
			}
		}

		@Test
		void refusesANameThatIsTaken() throws IOException {
			byte[] first = Blobs.random(100);
			String name = "snapshots/" + digest(first);
			storage().put(name, source(first));
			StorageException refused = assertThrows(StorageException.class,
					() -> storage().put(name, source(Blobs.random(50))));
			assertEquals(StorageException.Reason.EXISTS, refused.reason());
			assertArrayEquals(first, all(storage(), name));
		}

		@Test
		void tellsWhetherSomebodyWhoMeansHarmCanReplaceABlob() throws IOException {
			byte[] first = Blobs.random(100);
			byte[] other = Blobs.random(60);
			String name = "data/" + digest(other);
			storage().put(name, source(first));
			boolean replaced;
			try {
				replaced = storage().overwrite(name, source(other));
				assertFalse(replaced && appendOnly(), "a store that only adds let it be replaced");
			} catch (StorageException refused) {
				assertTrue(appendOnly(), refused.toString());
				assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
				replaced = false;
			}
			assertArrayEquals(replaced ? other : first, all(storage(), name));
		}

		@Test
		void leavesNothingIfTheContentFails() throws IOException {
			String name = "data/" + "ab".repeat(32);
			BlobSource broken = new BlobSource() {
				@Override
				public long sizeBytes() {
					return 1_000_000;
				}

				@Override
				public InputStream open() {
					return new InputStream() {
						private int left = 500_000;

						@Override
						public int read() throws IOException {
							if (left == 0) {
								throw new IOException("The source broke");
							}
							left--;
							return 7;
						}
					};
				}

				@Override
				public byte[] sha256() {
					return new byte[32];
				}
			};
			assertThrows(IOException.class, () -> storage().put(name, broken));
			assertEquals(Optional.empty(), storage().size(name));
			assertEquals(Map.of(), list("data"));
		}

		@Test
		void letsOneOfManyWin() throws Exception {
			String name = "locks/" + "0f".repeat(32);
			int writers = 8;
			List<byte[]> contents = new ArrayList<>();
			List<Future<Boolean>> results = new ArrayList<>();
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < writers; i++) {
					byte[] content = Blobs.random(10_000 + i);
					contents.add(content);
					results.add(executor.submit(putUnlessTaken(name, content)));
				}
			}
			int winner = -1;
			int winners = 0;
			for (int i = 0; i < writers; i++) {
				if (results.get(i).get()) {
					winner = i;
					winners++;
				}
			}
			byte[] kept = all(storage(), name);
			if (winners == 1) {
				assertArrayEquals(contents.get(winner), kept);
			} else {
				// A store without a conditional put may tell several that they won, but keeps one whole.
				assertTrue(winners > 1 && contents.stream().anyMatch(c -> Arrays.equals(c, kept)),
						"one content, whole");
			}
		}

		private Callable<Boolean> putUnlessTaken(String name, byte[] content) {
			return () -> {
				try {
					storage().put(name, source(content));
					return true;
				} catch (StorageException e) {
					assertEquals(StorageException.Reason.EXISTS, e.reason());
					return false;
				}
			};
		}
	}

	/** Reading. */
	@Nested
	class Get {

		@Test
		void readsAnyPart() throws IOException {
			byte[] content = Blobs.random(600_000);
			String name = "data/" + digest(content);
			storage().put(name, source(content));
			int[][] parts = { { 0, 1 }, { 0, 600_000 }, { 599_999, 1 }, { 1234, 300_000 }, { 5, 0 }, { 600_000, 0 } };
			for (int[] part : parts) {
				try (InputStream in = storage().get(name, part[0], part[1])) {
					assertArrayEquals(Arrays.copyOfRange(content, part[0], part[0] + part[1]), in.readAllBytes());
				}
			}
			try (InputStream in = storage().get(name, 599_000, -1)) {
				assertArrayEquals(Arrays.copyOfRange(content, 599_000, 600_000), in.readAllBytes());
			}
		}

		@Test
		void saysSoIfTheBlobIsTooShort() throws IOException {
			byte[] content = Blobs.random(1000);
			String name = "data/" + digest(content);
			storage().put(name, source(content));
			assertThrows(EOFException.class, () -> {
				try (InputStream in = storage().get(name, 900, 101)) {
					in.readAllBytes();
				}
			});
		}

		@Test
		void saysSoIfThereIsNone() throws IOException {
			String name = "index/" + "12".repeat(32);
			assertEquals(Optional.empty(), storage().size(name));
			StorageException missing = assertThrows(StorageException.class, () -> storage().get(name, 0, -1).close());
			assertEquals(StorageException.Reason.NOT_FOUND, missing.reason());
			assertEquals(Optional.empty(), storage().size("config"));
		}
	}

	/** Listing and deleting. */
	@Nested
	class Listing {

		@Test
		void listsEachKindByItself() throws IOException {
			Map<String, Long> expected = new TreeMap<>();
			for (int i = 0; i < 40; i++) {
				byte[] content = Blobs.random(100 + i);
				expected.put("data/" + digest(content), (long) content.length);
				storage().put("data/" + digest(content), source(content));
			}
			byte[] key = Blobs.random(33);
			storage().put("keys/" + digest(key), source(key));
			storage().put("config", source(Blobs.random(155)));
			assertEquals(expected, list("data"));
			assertEquals(Map.of("keys/" + digest(key), 33L), list("keys"));
			assertEquals(Map.of(), list("snapshots"));
			assertEquals(Optional.of(155L), storage().size("config"));
		}

		@Test
		void endsWhenTheVisitorHasEnough() throws IOException {
			for (int i = 0; i < 5; i++) {
				byte[] content = Blobs.random(10 + i);
				storage().put("index/" + digest(content), source(content));
			}
			List<String> seen = new ArrayList<>();
			storage().list("index", (name, size) -> {
				seen.add(name);
				return seen.size() < 2;
			});
			assertEquals(2, seen.size());
		}

		@Test
		void deletesWhatIsThere() throws IOException {
			byte[] content = Blobs.random(500);
			String name = "snapshots/" + digest(content);
			storage().put(name, source(content));
			if (appendOnly()) {
				StorageException refused = assertThrows(StorageException.class, () -> storage().delete(name));
				assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
				assertArrayEquals(content, all(storage(), name));
				return;
			}
			storage().delete(name);
			assertEquals(Optional.empty(), storage().size(name));
			assertFalse(list("snapshots").containsKey(name));
			storage().delete(name);
			storage().put(name, source(content));
			assertArrayEquals(content, all(storage(), name));
		}

		@Test
		void mayBePreparedTwice() throws IOException {
			byte[] content = Blobs.random(20);
			storage().put("keys/" + digest(content), source(content));
			storage().create();
			assertEquals(1, list("keys").size());
		}
	}

	/** Whether there is a place at all. */
	@Nested
	class BeingThere {

		@Test
		void isKnownOfAPlaceThatIsUsed() throws IOException {
			byte[] content = Blobs.random(20);
			storage().put("config", source(content));
			assertTrue(storage().isThere());
			storage().removeEmptyFolders("data/" + digest(content));
			assertTrue(storage().isThere());
		}

		@Test
		void isNotBroughtAboutByLooking() throws IOException {
			for (int look = 0; look < 2; look++) {
				try (Storage missing = openMissing()) {
					assertFalse(missing.isThere());
					assertEquals(Optional.empty(), missing.size("config"));
				}
			}
		}
	}

	/** Many at once, and what breaks. */
	@Nested
	class Trouble {

		@Test
		void servesManyThreadsAtOnce() throws Exception {
			int blobs = 24;
			List<Future<Boolean>> results = new ArrayList<>();
			try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
				for (int i = 0; i < blobs; i++) {
					byte[] content = Blobs.random(50_000 + i);
					results.add(executor.submit(() -> {
						String name = "data/" + digest(content);
						storage().put(name, source(content));
						return Arrays.equals(content, all(storage(), name));
					}));
				}
			}
			for (Future<Boolean> same : results) {
				assertTrue(same.get());
			}
			assertEquals(blobs, list("data").size());
		}

		@Test
		void letsAStreamBeLeftBeforeItsEnd() throws IOException {
			byte[] content = Blobs.random(2_000_000);
			String name = "data/" + digest(content);
			storage().put(name, source(content));
			for (int i = 0; i < 20; i++) {
				try (InputStream in = storage().get(name, i, -1)) {
					assertEquals(content[i] & 0xff, in.read());
				}
			}
			assertArrayEquals(content, all(storage(), name));
		}

		@Test
		void takesNoOtherNames() {
			for (String name : List.of("", "data", "data/", "data/../config", "config/", "keys/" + "AB".repeat(32),
					"other/" + "ab".repeat(32), "/config", "data/" + "ab".repeat(31))) {
				assertThrows(IllegalArgumentException.class, () -> storage().put(name, source(new byte[1])), name);
				assertThrows(IllegalArgumentException.class, () -> storage().get(name, 0, -1).close(), name);
				assertThrows(IllegalArgumentException.class, () -> storage().delete(name), name);
			}
		}

		@Test
		void deletesLocksEvenWhereBlobsAreOnlyAdded() throws IOException {
			byte[] content = Blobs.random(150);
			String name = "locks/" + digest(content);
			storage().put(name, source(content));
			storage().delete(name);
			assertEquals(Map.of(), list("locks"));
		}

		@Test
		void endsWhenItsThreadIsInterrupted() throws IOException {
			byte[] content = Blobs.random(1_000_000);
			String name = "data/" + digest(content);
			Thread.currentThread().interrupt();
			try {
				assertThrows(InterruptedIOException.class, () -> storage().put(name, source(content)));
			} finally {
				Thread.interrupted();
			}
			Optional<Long> size = storage().size(name);
			assertTrue(size.isEmpty() || size.get() == content.length, "wholly or not at all");
			byte[] next = Blobs.random(1_000_001);
			storage().put("data/" + digest(next), source(next));
			assertArrayEquals(next, all(storage(), "data/" + digest(next)));
		}

		@Test
		void outlastsARestartOfItsServer() throws Exception {
			Server server = serverBehind();
			if (server == null) {
				return; // a place on this computer is not away by itself
			}
			byte[] before = Blobs.random(300_000);
			storage().put("data/" + digest(before), source(before));
			byte[] during = Blobs.random(300_001);
			server.stop();
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				CountDownLatch begun = new CountDownLatch(2);
				Future<byte[]> read = executor.submit(() -> {
					begun.countDown();
					return all(storage(), "data/" + digest(before));
				});
				Future<Boolean> written = executor.submit(() -> {
					begun.countDown();
					storage().put("data/" + digest(during), source(during));
					return true;
				});
				begun.await();
				server.start();
				assertArrayEquals(before, read.get());
				assertTrue(written.get());
			}
			assertArrayEquals(during, all(storage(), "data/" + digest(during)));
			assertEquals(2, list("data").size());
		}

		@Test
		void sendsAgainWhatWasUnderWayWhenItsServerDied() throws Exception {
			Server server = serverBehind();
			if (server == null) {
				return; // a place on this computer is not away by itself
			}
			byte[] content = Blobs.random(3_000_001);
			String name = "data/" + digest(content);
			CountDownLatch half = new CountDownLatch(1);
			CountDownLatch dead = new CountDownLatch(1);
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Boolean> written = executor.submit(() -> {
					storage().put(name, haltingSource(content, half, dead));
					return true;
				});
				half.await();
				server.stop();
				dead.countDown();
				server.start();
				assertTrue(written.get());
			}
			assertArrayEquals(content, all(storage(), name));
			assertEquals(Map.of(name, (long) content.length), list("data"));
		}
	}

	private Map<String, Long> list(String kind) throws IOException {
		Map<String, Long> found = new TreeMap<>();
		storage().list(kind, (name, size) -> {
			assertEquals(null, found.put(name, size), "listed once");
			return true;
		});
		return found;
	}

	/** Stops once at half of it, until it may go on. */
	private static BlobSource haltingSource(byte[] content, CountDownLatch half, CountDownLatch goOn) {
		BlobSource plain = source(content);
		return new BlobSource() {
			@Override
			public long sizeBytes() {
				return plain.sizeBytes();
			}

			@Override
			public InputStream open() throws IOException {
				return new FilterInputStream(plain.open()) {

					private int read;

					@Override
					public int read(byte[] bytes, int offset, int length) throws IOException {
						int n = super.read(bytes, offset, Math.min(length, 50_000));
						read += Math.max(0, n);
						if (read > content.length / 2) {
							half.countDown();
							try {
								goOn.await();
							} catch (InterruptedException e) {
								throw new IOException(e);
							}
						}
						return n;
					}
				};
			}

			@Override
			public byte[] sha256() {
				return plain.sha256();
			}
		};
	}

	private static byte[] all(Storage storage, String name) throws IOException {
		try (InputStream in = storage.get(name, 0, -1)) {
			return in.readAllBytes();
		}
	}

	static String digest(byte[] content) {
		return HexFormat.of().formatHex(Blobs.sha256(content));
	}

	/** Content in memory, to be put. */
	protected static BlobSource source(byte[] content) {
		return Blobs.source(content);
	}
}
