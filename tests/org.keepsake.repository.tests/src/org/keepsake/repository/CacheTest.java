// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.storage.StorageException;

/** What is kept of a store far away: nothing is asked for twice, nothing is believed without a proof. */
class CacheTest {

	@TempDir
	Path temp;
	private Path place;
	private Path folder;
	private Path cache;

	@BeforeEach
	void fill() throws IOException {
		place = temp.resolve("repository");
		cache = temp.resolve("cache");
		folder = Samples.folder(temp, 71);
		for (int i = 0; i < 400; i++) {
			Files.write(folder.resolve("small-" + i), Samples.content(1000 + i, 3000));
		}
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
			Files.write(folder.resolve("late"), Samples.content(77, 2_500_000));
			Samples.save(repository, folder);
		}
	}

	private OpenOptions options() {
		return OpenOptions.remote(cache);
	}

	@Test
	void asksForNoIndexSnapshotOrFolderTwice() throws IOException {
		TestStorage first = new TestStorage(place);
		Map<String, String> listed = listAll(first);
		assertTrue(first.gets.stream().anyMatch(n -> n.startsWith("index/")), first.gets.toString());
		TestStorage second = new TestStorage(place);
		assertEquals(listed, listAll(second));
		assertEquals(List.of(),
				second.gets.stream().filter(n -> !n.equals("config") && !n.startsWith("keys/")).toList());
	}

	@Test
	void keepsWhatItWritesItself() throws IOException {
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			Files.write(folder.resolve("later"), Samples.content(79, 10_000));
			Samples.save(repository, folder);
		}
		TestStorage again = new TestStorage(place);
		try (Repository repository = Samples.open(again, options())) {
			assertEquals(3, repository.snapshots().size());
			repository.find(repository.snapshots().getFirst().tree(), folder.getFileName() + "/later").orElseThrow();
		}
		assertTrue(again.gets.stream().noneMatch(n -> n.startsWith("data/")), again.gets.toString());
	}

	@Test
	void fetchesAPackOnceForManySmallFilesInAnyOrder() throws IOException {
		long seed = 5;
		TestStorage storage = new TestStorage(place);
		try (Repository repository = Samples.open(storage, options())) {
			readInDisorder(repository, seed, false);
		}
		assertPacksWereAskedForAtMost(storage, 3, "seed " + seed);
		TestStorage again = new TestStorage(place);
		try (Repository repository = Samples.open(again, options())) {
			readInDisorder(repository, seed + 1, false);
		}
		assertPacksWereAskedForAtMost(again, 2, "a process that comes later");
	}

	@Test
	void fetchesAheadOfItsReader() throws IOException {
		TestStorage storage = new TestStorage(place);
		try (Repository repository = Samples.open(storage, options())) {
			readInDisorder(repository, 8, true);
		}
		assertPacksWereAskedForAtMost(storage, 1, "read ahead");
	}

	@Test
	void asksForNoMoreThanAPhotoIfOnlyThatIsWanted() throws IOException {
		TestStorage storage = new TestStorage(place);
		try (Repository repository = Samples.open(storage, options())) {
			Samples.read(repository, repository.snapshot("latest"), folder.getFileName() + "/small-7");
		}
		assertFalse(Files.exists(repositoryCache().resolve("packs")));
	}

	@Test
	void believesNothingDamaged() throws IOException {
		Map<String, String> listed = listAll(new TestStorage(place));
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			readInDisorder(repository, 3, true);
		}
		Random random = new Random(31);
		for (Path file : cached()) {
			byte[] bytes = Files.readAllBytes(file);
			for (int i = 0; i < bytes.length; i += 50) {
				bytes[i] ^= (byte) (1 << random.nextInt(8));
			}
			Files.write(file, bytes);
		}
		assertEquals(listed, listAll(new TestStorage(place)));
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			readInDisorder(repository, 4, false);
		}
		for (Path file : cached()) {
			Files.write(file, new byte[0]);
		}
		assertEquals(listed, listAll(new TestStorage(place)));
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			readInDisorder(repository, 6, true);
		}
	}

	@Test
	void findsDamageOfTheStoreWhateverIsCached() throws IOException {
		listAll(new TestStorage(place));
		List<String> names = new ArrayList<>();
		for (String kind : List.of("index", "snapshots")) {
			new TestStorage(place).list(kind, (name, size) -> !names.add(name));
		}
		assertEquals(2, names.size());
		for (String name : names) {
			Path file = new TestStorage(place).file(name);
			byte[] bytes = Files.readAllBytes(file);
			bytes[bytes.length / 2] ^= 1;
			Files.write(file, bytes);
		}
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			assertEquals(names.stream().sorted().toList(), Samples.check(repository).findings().stream()
					.map(CheckReport.Finding::file).sorted().toList());
		}
	}

	@Test
	void dropsWhatIsGone() throws IOException {
		listAll(new TestStorage(place));
		try (Repository repository = Samples.open(place)) {
			repository.forget(List.of(repository.snapshots().getFirst().id()), Duration.ZERO);
			repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
		}
		listAll(new TestStorage(place));
		List<String> kept = cached().stream().map(f -> f.getFileName().toString()).filter(f -> f.length() == 64)
				.toList();
		assertFalse(kept.isEmpty());
		List<String> stored = new ArrayList<>();
		for (String kind : List.of("index", "snapshots", "data")) {
			new TestStorage(place).list(kind, (name, size) -> stored.add(name.substring(name.indexOf('/') + 1)));
		}
		assertTrue(stored.containsAll(kept), kept + " of " + stored);
	}

	@Test
	void staysWithinItsBounds() throws IOException {
		OpenOptions small = new OpenOptions(cache, 20 << 20, 3);
		try (Repository repository = Samples.open(new TestStorage(place), small)) {
			for (int i = 0; i < 12; i++) {
				Files.write(folder.resolve("more-" + i), Samples.content(500 + 2 * i, 5_000_000));
			}
			Samples.save(repository, folder);
			readInDisorder(repository, 9, true);
		}
		long bytes = 0;
		try (Stream<Path> packs = Files.list(repositoryCache().resolve("packs"))) {
			for (Path pack : packs.toList()) {
				bytes += Files.size(pack);
			}
		}
		assertTrue(bytes > 0 && bytes <= 20 << 20, bytes + " bytes");
	}

	@Test
	void isForThisUserOnlyAndHoldsNoNames() throws IOException {
		listAll(new TestStorage(place));
		assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
		for (Path file : cached()) {
			String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
			assertFalse(text.contains("SAMPLE") || text.contains("small-"), file.toString());
			assertTrue(file.getFileName().toString().matches("[0-9a-f]{64}"), file.toString());
		}
	}

	@Test
	void readsOnWithoutACacheThatCannotBeWrittenTo() throws IOException {
		listAll(new TestStorage(place));
		for (String kind : List.of("packs", "trees")) {
			Path kept = repositoryCache().resolve(kind);
			if (Files.exists(kept)) {
				for (Path file : cached()) {
					if (kept.equals(file.getParent())) {
						Files.delete(file);
					}
				}
				Files.delete(kept);
			}
			Files.writeString(kept, "in the way");
		}
		try (Repository repository = Samples.open(new TestStorage(place), options())) {
			readInDisorder(repository, 12, true);
		}
	}

	@Test
	void endsReadingAheadWhenClosed() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		TestStorage slow = new TestStorage(place) {
			@Override
			public java.io.InputStream get(String name, long offset, long length) throws IOException {
				if (name.startsWith("data/") && length < 0 && !Thread.currentThread().getName().equals("main")) {
					asked.countDown();
					try {
						new CountDownLatch(1).await();
					} catch (InterruptedException e) {
						ended.countDown();
						throw new StorageException(StorageException.Reason.NOT_FOUND, name);
					}
				}
				return super.get(name, offset, length);
			}
		};
		try (Repository repository = Samples.open(slow, options())) {
			ReadAhead ahead = repository
					.readAhead(contents(repository).values().stream().flatMap(List::stream).toList());
			assertTrue(asked.await(1, TimeUnit.MINUTES));
			ahead.close();
			assertTrue(ended.await(1, TimeUnit.MINUTES));
		}
	}

	@Test
	void knowsWhatIsStoredAndStoresAFolderOnce() throws IOException {
		try (Repository repository = Samples.open(place); Saver saver = repository.saver(SaveOptions.DEFAULT)) {
			List<BlobId> content = contents(repository).get("large");
			assertTrue(saver.hasAll(content));
			List<BlobId> more = new ArrayList<>(content);
			more.add(BlobId.parse("0".repeat(64)));
			assertFalse(saver.hasAll(more));
			BlobId root = repository.snapshot("latest").tree();
			BlobId known = repository.tree(root).rest().getFirst().subtree();
			List<Node> entries = new ArrayList<>(repository.tree(java.util.Objects.requireNonNull(known)).rest());
			Collections.shuffle(entries, new Random(2));
			assertEquals(known, saver.saveTree(entries));
			assertEquals(0, saver.added().treeBlobs());
		}
	}

	private void assertPacksWereAskedForAtMost(TestStorage storage, int times, String what) {
		Map<String, Integer> counts = new TreeMap<>();
		storage.gets.stream().filter(n -> n.startsWith("data/")).forEach(n -> counts.merge(n, 1, Integer::sum));
		assertTrue(counts.values().stream().allMatch(n -> n <= times), what + ": " + counts);
	}

	private Map<String, List<BlobId>> contents(Repository repository) throws IOException {
		Map<String, List<BlobId>> found = new TreeMap<>();
		BlobId root = repository.snapshot("latest").tree();
		Node top = repository.find(root, folder.getFileName().toString()).orElseThrow();
		for (Node node : repository.tree(java.util.Objects.requireNonNull(top.subtree())).rest()) {
			List<BlobId> content = node.content();
			if (content != null) {
				found.put(node.name(), content);
			}
		}
		return found;
	}

	private void readInDisorder(Repository repository, long seed, boolean ahead) throws IOException {
		Map<String, List<BlobId>> contents = contents(repository);
		List<String> names = new ArrayList<>(contents.keySet());
		Collections.shuffle(names, new Random(seed));
		List<BlobId> order = names.stream().flatMap(n -> contents.getOrDefault(n, List.of()).stream()).toList();
		ReadAhead reading = ahead ? repository.readAhead(order) : null;
		for (String name : names) {
			byte[] bytes = Channels.newInputStream(repository.open(contents.getOrDefault(name, List.of())))
					.readAllBytes();
			assertArrayEquals(Files.readAllBytes(folder.resolve(name)), bytes, name + ", seed " + seed);
		}
		if (reading != null) {
			reading.close();
		}
	}

	/** Opens it, and walks all folders of all snapshots. */
	private Map<String, String> listAll(TestStorage storage) throws IOException {
		Map<String, String> all = new TreeMap<>();
		try (Repository repository = Samples.open(storage, options())) {
			for (SnapshotRecord snapshot : repository.snapshots()) {
				walk(repository, snapshot.tree(), snapshot.id().toString(), all);
			}
		}
		return all;
	}

	private static void walk(Repository repository, BlobId tree, String path, Map<String, String> all)
			throws IOException {
		for (Node node : repository.tree(tree).rest()) {
			all.put(path + '/' + node.name(), node.toString());
			BlobId below = node.subtree();
			if (below != null) {
				walk(repository, below, path + '/' + node.name(), all);
			}
		}
	}

	private Path repositoryCache() throws IOException {
		try (Stream<Path> all = Files.list(cache)) {
			return all.findFirst().orElseThrow();
		}
	}

	private List<Path> cached() throws IOException {
		try (Stream<Path> all = Files.walk(cache)) {
			return all.filter(Files::isRegularFile).toList();
		}
	}
}
