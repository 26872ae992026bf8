// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageProblems;

class RepositoryTest {

	@TempDir
	Path temp;
	private Path place;

	@BeforeEach
	void choosePlace() {
		place = temp.resolve("repository");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void givesBackAFolderAsItWas(int version) throws IOException {
		Path folder = Samples.folder(temp, 1);
		Samples.init(place, version).close();
		try (Repository repository = Samples.open(place)) {
			assertEquals(version, repository.version());
			SnapshotRecord snapshot = Samples.save(repository, folder);
			FolderExport.Exported exported = FolderExport.run(repository, snapshot.tree(), temp.resolve("out"),
					JobMonitor.NONE);
			assertEquals(List.of(), exported.failed());
			assertEquals(Samples.describe(folder), Samples.describe(temp.resolve("out").resolve(folder.getFileName())));
			assertTrue(Samples.check(repository).isSound());
		}
	}

	@Test
	void storesNothingTwice() throws IOException {
		Path folder = Samples.folder(temp, 3);
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
			FolderImport.Imported again = FolderImport.run(repository, folder, ImportOptions.DEFAULT, JobMonitor.NONE);
			assertEquals(new Saver.Added(0, 0, 0, 0), again.added());
			assertEquals(2, repository.snapshots().size());
			assertEquals(repository.snapshots().get(0).tree(), repository.snapshots().get(1).tree());
		}
		try (Repository other = Samples.open(place); Saver saver = other.saver(SaveOptions.DEFAULT)) {
			byte[] large = Files.readAllBytes(folder.resolve("large"));
			byte[] longer = new byte[large.length + 1000];
			System.arraycopy(large, 0, longer, 1000, large.length);
			saver.save(new ByteArrayInputStream(longer), -1);
			saver.flush();
			assertTrue(saver.added().bytes() < longer.length / 2,
					"only what is around the insertion is new: " + saver.added());
		}
	}

	@Test
	void takesPushedContentInAnySteps() throws IOException {
		byte[] content = Samples.content(4, 7_000_000);
		try (Repository repository = Samples.init(place, 2)) {
			Content pushed;
			Content pulled;
			try (Saver saver = repository.saver(SaveOptions.DEFAULT.with(Compression.MAX))) {
				try (ContentWriter writer = saver.content(-1)) {
					Random random = new Random(1);
					for (int at = 0; at < content.length;) {
						int n = Math.min(content.length - at, random.nextInt(200_000));
						writer.write(content, at, n);
						at += n;
					}
					pushed = writer.finish();
				}
				pulled = saver.save(new ByteArrayInputStream(content), content.length);
				assertEquals(Content.EMPTY, saver.save(new ByteArrayInputStream(new byte[0]), 0));
				saver.flush();
			}
			assertEquals(pulled, pushed);
			assertEquals(content.length, pushed.sizeBytes());
		}
	}

	@Test
	void readsAtAnyPosition() throws IOException {
		byte[] content = Samples.content(6, 9_500_000);
		try (Repository repository = Samples.init(place, 2)) {
			Content saved;
			try (Saver saver = repository.saver(SaveOptions.DEFAULT)) {
				saved = saver.save(new ByteArrayInputStream(content), -1);
				saver.flush();
			}
			long seed = 99;
			Random random = new Random(seed);
			try (SeekableByteChannel channel = repository.open(saved.blobs())) {
				assertEquals(content.length, channel.size());
				for (int i = 0; i < 40; i++) {
					int from = random.nextInt(content.length);
					int length = Math.min(content.length - from, random.nextInt(2_000_000));
					ByteBuffer buffer = ByteBuffer.allocate(length);
					channel.position(from);
					while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
						continue;
					}
					assertArrayEquals(Arrays.copyOfRange(content, from, from + length), buffer.array(), "seed " + seed);
				}
				assertEquals(-1, channel.position(content.length).read(ByteBuffer.allocate(1)));
			}
		}
	}

	@Test
	void opensWithItsPasswordsOnly() throws IOException {
		try (Repository repository = Samples.init(place, 2); Secret second = Secret.of("zweites")) {
			KeyInfo added = repository.addKey(second, Samples.CHEAP.keyCost());
			assertEquals(2, repository.keys().size());
			assertFalse(added.inUse());
			KeyInfo own = repository.keys().stream().filter(KeyInfo::inUse).findFirst().orElseThrow();
			assertProblem(RepositoryProblems.KEY_IN_USE, () -> repository.removeKey(own.id()));
			assertProblem(RepositoryProblems.NO_SUCH_KEY, () -> repository.removeKey(new BlobId(1, 2, 3, 4)));
			Repository.open(new TestStorage(place), second).close();
			repository.removeKey(added.id());
			assertProblem(RepositoryProblems.WRONG_PASSWORD, () -> Repository.open(new TestStorage(place), second));
			repository.changePassword(second, Samples.CHEAP.keyCost());
			assertProblem(RepositoryProblems.WRONG_PASSWORD, () -> Samples.open(place));
			Repository.open(new TestStorage(place), second).close();
			assertEquals(1, repository.keys().size());
		}
	}

	@Test
	void saysIfThePasswordDiffersByOneCharacter() throws IOException {
		Samples.init(place, 2).close();
		try (Secret wrong = Secret.of(Samples.PASSWORD + " ")) {
			assertProblem(RepositoryProblems.WRONG_PASSWORD, () -> Repository.open(new TestStorage(place), wrong));
		}
	}

	@Test
	void saysIfThereIsNoneOrOneAlready() throws IOException {
		assertProblem(RepositoryProblems.NONE, () -> Samples.open(place));
		Samples.init(place, 2).close();
		assertProblem(RepositoryProblems.EXISTS, () -> Samples.init(place, 2));
	}

	@Test
	void refusesParametersOfAHostileKey() {
		assertThrows(IllegalArgumentException.class, () -> new KeyCost(1 << 30, 8, 1));
		assertThrows(IllegalArgumentException.class, () -> new KeyCost(1 << 14, 8, 1 << 16));
		assertThrows(IllegalArgumentException.class, () -> new KeyCost(1000, 8, 1));
	}

	@Test
	void findsSnapshotsByTheirFirstDigits() throws IOException {
		try (Repository repository = Samples.init(place, 2)) {
			Path folder = Files.createDirectories(temp.resolve("device"));
			assertProblem(RepositoryProblems.NO_SUCH_SNAPSHOT, () -> repository.snapshot("latest"));
			SnapshotRecord first = Samples.save(repository, folder);
			Files.writeString(folder.resolve("a"), "b");
			SnapshotRecord second = Samples.save(repository, folder);
			assertEquals(second, repository.snapshot("latest"));
			assertEquals(first, repository.snapshot(first.id().toString().substring(0, 12)));
			assertEquals(first.id(), second.parent());
			SnapshotRecord tagged = repository.setTags(first, List.of("udid:1", "ios:26"), Duration.ZERO);
			assertEquals(List.of("udid:1", "ios:26"), tagged.tags());
			assertEquals(first.id(), tagged.original());
			assertNotEquals(first.id(), tagged.id());
			assertProblem(RepositoryProblems.NO_SUCH_SNAPSHOT, () -> repository.snapshot(first.id().toString()));
			repository.forget(List.of(tagged.id(), second.id()), Duration.ZERO);
			assertEquals(List.of(), repository.snapshots());
		}
	}

	@Test
	void keepsWhatTheOthersNeedWhenItPrunes() throws IOException {
		Path folder = Samples.folder(temp, 5);
		try (Repository repository = Samples.init(place, 2)) {
			SnapshotRecord first = Samples.save(repository, folder);
			Files.write(folder.resolve("large"), Samples.content(50, 8_000_000));
			Files.delete(folder.resolve("text"));
			SnapshotRecord second = Samples.save(repository, folder);
			long freed = repository.freedBy(List.of(first.id()), JobMonitor.NONE);
			RepositoryStats stats = repository.stats(JobMonitor.NONE);
			assertEquals(freed, stats.freed().get(first.id()));
			assertTrue(freed > 9_000_000 && freed < 20_000_000, "the large file that changed: " + freed);
			repository.forget(List.of(first.id()), Duration.ZERO);
			PruneOptions all = PruneOptions.DEFAULT.withMaxUnused(0);
			PruneReport dry = repository.prune(all.dry(), JobMonitor.NONE);
			assertEquals(stats.storedBytes(), repository.stats(JobMonitor.NONE).storedBytes(),
					"a dry run deletes nothing");
			PruneReport done = repository.prune(all, JobMonitor.NONE);
			assertEquals(dry, done);
			assertEquals(0, done.bytesStillUnused());
			long after = repository.stats(JobMonitor.NONE).storedBytes();
			assertEquals(stats.storedBytes() - freed, after, stats.storedBytes() * 0.01, "what was promised is free");
			assertTrue(Samples.check(repository).isSound());
			assertArrayEquals(Samples.content(50, 8_000_000),
					Samples.read(repository, second, folder.getFileName() + "/large"));
		}
		try (Repository again = Samples.open(place)) {
			assertEquals(0, again.prune(PruneOptions.DEFAULT, JobMonitor.NONE).bytesFreed());
			assertTrue(Samples.check(again).isSound());
		}
	}

	@Test
	void letsTheStoreTidyUpWhenItPrunesAndDoesNotMindIfItCannot() throws IOException {
		Samples.init(place, 2).close();
		AtomicInteger tidied = new AtomicInteger();
		TestStorage storage = new TestStorage(place) {
			@Override
			public void tidy() throws IOException {
				tidied.incrementAndGet();
				throw new IOException("Not now");
			}
		};
		try (Repository repository = Samples.open(storage)) {
			repository.prune(PruneOptions.DEFAULT.dry(), JobMonitor.NONE);
			assertEquals(0, tidied.get());
			repository.prune(PruneOptions.DEFAULT, JobMonitor.NONE);
			assertEquals(1, tidied.get());
		}
	}

	@Test
	void copiesSnapshotsBetweenRepositories() throws IOException {
		Path folder = Samples.folder(temp, 7);
		try (Repository from = Samples.init(place, 1);
				Repository to = Samples.init(temp.resolve("other"), 2)) {
			SnapshotRecord snapshot = Samples.save(from, folder);
			List<SnapshotRecord> copies = from.copyTo(to, from.snapshots(), SaveOptions.DEFAULT, JobMonitor.NONE);
			assertEquals(1, copies.size());
			assertEquals(snapshot.id(), copies.getFirst().original());
			assertEquals(snapshot.time(), copies.getFirst().time());
			assertEquals(List.of(), from.copyTo(to, from.snapshots(), SaveOptions.DEFAULT, JobMonitor.NONE));
			FolderExport.run(to, copies.getFirst().tree(), temp.resolve("out"), JobMonitor.NONE);
			assertEquals(Samples.describe(folder), Samples.describe(temp.resolve("out").resolve(folder.getFileName())));
			assertTrue(Samples.check(to).isSound());
		}
	}

	@Test
	void locksOthersOut() throws IOException {
		try (Repository one = Samples.init(place, 2); Repository two = Samples.open(place)) {
			try (RepositoryLock shared = one.lock(false, Duration.ZERO);
					RepositoryLock other = two.lock(false, Duration.ZERO)) {
				assertFalse(shared.isExclusive());
				assertProblem(RepositoryProblems.LOCKED, () -> two.lock(true, Duration.ZERO));
				other.throwIfLost();
			}
			try (RepositoryLock exclusive = one.lock(true, Duration.ZERO)) {
				assertProblem(RepositoryProblems.LOCKED, () -> two.lock(false, Duration.ZERO));
				assertProblem(RepositoryProblems.LOCKED, () -> two.saver(SaveOptions.DEFAULT));
				assertEquals(0, two.unlock(false), "it is fresh");
				assertEquals(1, two.unlock(true));
				exclusive.throwIfLost();
			}
			two.lock(true, Duration.ZERO).close();
			try (var locks = Files.list(place.resolve("locks"))) {
				assertEquals(0, locks.count());
			}
		}
	}

	@Test
	void saysIfThereIsNoRoom() throws IOException {
		Samples.init(place, 2).close();
		try (Repository repository = Samples.open(new TestStorage(place).fullAfter(2));
				Saver saver = repository.saver(SaveOptions.DEFAULT)) {
			assertProblem(StorageProblems.FULL, () -> {
				for (int i = 0; i < 20; i++) {
					saver.save(new ByteArrayInputStream(Samples.content(2 * i, 5_000_000)), -1);
				}
				saver.flush();
			});
		}
	}

	@Test
	void letsNoPlainNameOrPasswordReachTheStorage() throws IOException {
		Path folder = Samples.folder(temp, 9);
		try (Repository repository = Samples.init(place, 1)) {
			Samples.save(repository, folder);
		}
		try (var files = Files.walk(place)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
				for (String secret : List.of("Info.plist", "file-1", "SAMPLE", "\"nodes\"", "größer", "<plist")) {
					assertFalse(text.contains(secret), secret + " in " + file);
				}
			}
		}
	}

	@Test
	void savesTreesAndSnapshotsOneByOne() throws IOException {
		try (Repository repository = Samples.init(place, 2); Saver saver = repository.saver(SaveOptions.DEFAULT)) {
			Instant time = Instant.parse("2026-01-02T03:04:05Z");
			Content content = saver.save(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)), 1);
			TreeBuilder inner = saver.tree().add(Node.file("b", 0644, time, 1, content.blobs()));
			assertThrows(IllegalArgumentException.class,
					() -> inner.add(Node.file("a", 0644, time, 1, content.blobs())), "order");
			BlobId tree = saver.tree().add(Node.directory("dir", 0755, time, inner.finish()))
					.add(Node.symbolicLink("link", time, "dir/b")).finish();
			SnapshotRecord snapshot = saver.commit(
					new SnapshotDraft(time, tree, List.of("/x"), "host", "user", List.of("tag"), null, null, null));
			assertEquals("x", new String(Samples.read(repository, snapshot, "dir/b"), StandardCharsets.UTF_8));
			assertTrue(repository.find(tree, "dir/nothing").isEmpty());
			assertTrue(repository.find(tree, "link/b").isEmpty());
			assertEquals(2, repository.tree(tree).rest().size());
			assertEquals(List.of("tag"), repository.snapshots().getFirst().tags());
		}
	}

	@FunctionalInterface
	private interface Attempt {
		void run() throws IOException;
	}

	private static void assertProblem(ProblemType type, Attempt attempt) {
		ProblemException told = assertThrows(ProblemException.class, attempt::run);
		assertTrue(told.is(type), told.problem().toString());
		assertFalse(told.problem().remedy().isEmpty());
	}
}
