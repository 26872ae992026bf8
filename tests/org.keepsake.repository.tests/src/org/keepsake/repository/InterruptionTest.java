// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;

/** A run that breaks off at each of its changes to the store in turn. */
class InterruptionTest {

	@TempDir
	Path temp;

	@Test
	void leavesEarlierSnapshotsWholeAndUsesItsFinishedPacks() throws IOException {
		Path folder = Samples.folder(temp, 11);
		Path place = temp.resolve("repository");
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
		}
		for (int i = 0; i < 6; i++) {
			Files.write(folder.resolve("more-" + i), Samples.content(100 + 2 * i, 4_000_000));
		}
		boolean whole = false;
		for (int changes = 0; !whole && changes < 30; changes++) {
			Path copy = copy(place, temp.resolve("broken-" + changes));
			TestStorage broken = new TestStorage(copy).breakAfter(changes);
			try (Repository repository = Samples.open(broken)) {
				Samples.save(repository, folder);
				whole = true;
			} catch (IOException e) {
				assertTrue(String.valueOf(e).contains("Killed"), String.valueOf(e));
			}
			Set<String> finished = new HashSet<>(broken.puts);
			TestStorage next = new TestStorage(copy);
			try (Repository repository = Samples.open(next)) {
				repository.unlock(true);
				assertTrue(Samples.check(repository).isSound(), "after " + changes + " changes");
				SnapshotRecord snapshot = Samples.save(repository, folder);
				assertTrue(Samples.check(repository).isSound(), "after " + changes + " changes and another run");
				assertArrayEquals(Files.readAllBytes(folder.resolve("more-3")),
						Samples.read(repository, snapshot, folder.getFileName() + "/more-3"));
				PruneReport unused = repository.prune(PruneOptions.DEFAULT.withMaxUnused(0).dry(), JobMonitor.NONE);
				// An interrupted run may end in a tree of its own; no content is there twice.
				assertTrue(unused.bytesFreed() < 20_000, unused + " after " + changes + " changes");
			}
			finished.retainAll(next.puts);
			assertEquals(Set.of(), finished);
		}
		assertTrue(whole, "the last run was not interrupted");
	}

	@Test
	void losesNothingWhereverAPruneBreaksOff() throws IOException {
		Path folder = Samples.folder(temp, 13);
		Path place = temp.resolve("repository");
		try (Repository repository = Samples.init(place, 2)) {
			SnapshotRecord first = Samples.save(repository, folder);
			Files.write(folder.resolve("large"), Samples.content(60, 3_000_000));
			Samples.save(repository, folder);
			repository.forget(List.of(first.id()), Duration.ZERO);
		}
		PruneOptions all = PruneOptions.DEFAULT.withMaxUnused(0);
		boolean whole = false;
		for (int changes = 1; !whole && changes < 40; changes++) {
			Path copy = copy(place, temp.resolve("broken-" + changes));
			try (Repository repository = Samples.open(new TestStorage(copy).breakAfter(changes))) {
				repository.prune(all, JobMonitor.NONE);
				whole = true;
			} catch (IOException e) {
				assertTrue(String.valueOf(e).contains("Killed"), String.valueOf(e));
			}
			try (Repository repository = Samples.open(copy)) {
				repository.unlock(true);
				assertTrue(Samples.check(repository).isSound(), "after " + changes + " changes");
				repository.prune(all, JobMonitor.NONE);
				assertTrue(Samples.check(repository).isSound(), "after " + changes + " changes and another prune");
				assertEquals(0, repository.prune(all.dry(), JobMonitor.NONE).bytesFreed());
			}
		}
		assertTrue(whole, "the last prune was not interrupted");
	}

	@Test
	void doesNotPruneWhatItCannotRead() throws IOException {
		Path place = temp.resolve("repository");
		try (Repository repository = Samples.init(place, 2)) {
			SnapshotRecord first = Samples.save(repository, Samples.folder(temp, 15));
			Samples.save(repository, Samples.folder(temp.resolve("b"), 16));
			TestStorage files = new TestStorage(place);
			Path snapshot = files.file("snapshots/" + first.id());
			byte[] bytes = Files.readAllBytes(snapshot);
			bytes[40] ^= 1;
			Files.write(snapshot, bytes);
			List<String> before = names(place);
			assertThrows(IOException.class, () -> repository.prune(PruneOptions.DEFAULT, JobMonitor.NONE));
			assertEquals(before, names(place));
		}
	}

	private static List<String> names(Path place) throws IOException {
		try (Stream<Path> all = Files.walk(place)) {
			return all.filter(Files::isRegularFile).filter(f -> !f.toString().contains("locks")).map(Path::toString)
					.sorted().toList();
		}
	}

	private static Path copy(Path from, Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (Path path : all.toList()) {
				Path target = to.resolve(from.relativize(path).toString());
				if (Files.isDirectory(path)) {
					Files.createDirectories(target);
				} else {
					Files.copy(path, target);
				}
			}
		}
		return to;
	}
}
