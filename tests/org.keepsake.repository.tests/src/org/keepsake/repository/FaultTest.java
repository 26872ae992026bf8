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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.repository.internal.PackContents;

/** A store that fails at random, or has no more room: whatever a run came to, nothing is lost and the next one ends well. */
class FaultTest {

	@TempDir
	Path temp;
	private Path place;
	private Path folder;
	private long seed;
	private Random random = new Random();

	@BeforeEach
	void fill() throws IOException {
		seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("FaultTest: seed " + seed);
		random = new Random(seed);
		place = temp.resolve("repository");
		folder = Samples.folder(temp, 91);
		Files.delete(folder.resolve("zeros"));
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
		}
	}

	@Test
	void losesNothingWhateverFails() throws IOException {
		int failed = 0;
		for (int round = 0; round < 12; round++) {
			change(round);
			double part = List.of(0.01, 0.04, 0.15).get(round % 3);
			FaultyStorage storage = new FaultyStorage(place, random.nextLong(), part);
			Set<BlobId> earlier = snapshots();
			String what = "round " + round + ", seed " + seed;
			try {
				work(storage, round);
			} catch (IOException e) {
				failed++;
				assertTrue(isFault(e), () -> e + ", " + what);
			}
			assertSound(earlier, what);
		}
		assertTrue(failed > 1, failed + " runs failed, seed " + seed);
		assertStoresNothingTwice("at the end, seed " + seed);
	}

	private void work(FaultyStorage storage, int round) throws IOException {
		try (Repository repository = Samples.open(storage)) {
			repository.vault().setLockTimes(WorkerProcess.QUICK);
			if (round % 4 == 3) {
				repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
			} else {
				Samples.save(repository, folder);
			}
		}
	}

	/** The fault itself, or what it means to a person who reads on: a folder's list or a file that could not be read. */
	private static boolean isFault(Throwable e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (FaultyStorage.FAULT.equals(cause.getMessage())) {
				return true;
			}
		}
		return false;
	}

	@Test
	void saysThatItIsFullAndGoesOnWhereItWas() throws IOException {
		for (int round = 0; round < 4; round++) {
			change(round);
			Set<BlobId> earlier = snapshots();
			long room = random.nextInt(6_000_000);
			FaultyStorage full = new FaultyStorage(place, seed, 0).withRoom(room);
			ProblemException told = assertThrows(ProblemException.class, () -> work(full, 0), room + ", seed " + seed);
			assertTrue(told.is(StorageProblems.FULL), told.problem().toString());
			assertSound(earlier, room + " bytes of room, seed " + seed);
			assertStoresNothingTwice(room + " bytes of room, seed " + seed);
		}
	}

	@Test
	void givesBackItsLocksWhenItFails() throws IOException {
		FaultyStorage full = new FaultyStorage(place, seed, 0).withRoom(1_000_000);
		change(1);
		assertThrows(IOException.class, () -> work(full, 0));
		try (Repository repository = Samples.open(place)) {
			repository.lock(true, Duration.ZERO).close();
		}
	}

	private void change(int round) throws IOException {
		for (int i = 0; i < 3; i++) {
			Files.write(folder.resolve("more-" + i), Samples.content(2000 + round * 20L + i * 2, 3_000_000));
		}
	}

	private Set<BlobId> snapshots() throws IOException {
		try (Repository repository = Samples.open(place)) {
			return Set.copyOf(repository.snapshots().stream().map(SnapshotRecord::id).toList());
		}
	}

	private void assertSound(Set<BlobId> earlier, String what) throws IOException {
		try (Repository repository = Samples.open(place)) {
			repository.unlock(true);
			assertEquals(List.of(), Samples.check(repository).findings(), what);
			assertTrue(repository.snapshots().stream().map(SnapshotRecord::id).toList().containsAll(earlier), what);
		}
	}

	private void assertStoresNothingTwice(String what) throws IOException {
		try (Repository repository = Samples.open(place)) {
			Map<BlobId, List<BlobId>> before = PackContents.of(repository.vault());
			Set<BlobId> stored = new HashSet<>();
			before.values().forEach(stored::addAll);
			Samples.save(repository, folder);
			List<BlobId> added = new ArrayList<>();
			PackContents.of(repository.vault()).forEach((pack, blobs) -> {
				if (!before.containsKey(pack)) {
					added.addAll(blobs);
				}
			});
			assertTrue(added.stream().noneMatch(stored::contains), what);
			assertEquals(added.size(), new HashSet<>(added).size(), what);
			assertEquals(List.of(), Samples.check(repository).findings(), what);
		}
	}

	@Test
	void readsThroughItsCacheWhateverFails() throws IOException {
		Path cache = temp.resolve("cache");
		int read = 0;
		for (int round = 0; round < 20; round++) {
			FaultyStorage storage = new FaultyStorage(place, random.nextLong(), 0.05);
			try (Secret password = Samples.password();
					Repository repository = Repository.open(storage, password, OpenOptions.remote(cache))) {
				byte[] bytes = Samples.read(repository, repository.snapshot("latest"),
						folder.getFileName() + "/" + List.of("large", "text", "00/file-0").get(round % 3));
				assertEquals(Files.size(folder.resolve(List.of("large", "text", "00/file-0").get(round % 3))),
						bytes.length);
				read++;
			} catch (IOException e) {
				assertTrue(isFault(e) || e instanceof ProblemException, () -> e + ", seed " + seed);
			} catch (java.io.UncheckedIOException e) {
				assertTrue(isFault(e), () -> e + ", seed " + seed);
			}
		}
		assertTrue(read > 3, read + " were read, seed " + seed);
	}
}
