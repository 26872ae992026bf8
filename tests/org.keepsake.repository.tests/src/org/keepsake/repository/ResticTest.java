// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.testing.Programs;

/** The program restic itself judges what Keepsake writes, and writes what Keepsake reads. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResticTest {

	@TempDir
	Path temp;
	private Path place;
	private Path folder;

	@BeforeEach
	void prepare() throws IOException {
		Programs.require("restic");
		place = temp.resolve("repository");
		folder = Samples.folder(temp, 41);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void checksListsAndRestoresWhatWeWrite(int version) throws IOException {
		SnapshotRecord first;
		SnapshotRecord second;
		try (Repository repository = Samples.init(place, version)) {
			first = Samples.save(repository, folder);
			Files.write(folder.resolve("more"), Samples.content(43, 3_000_000));
			second = Samples.save(repository, folder);
			second = repository.setTags(second, List.of("udid:00008110", "ios:26.1"), Duration.ZERO);
		}
		String checked = restic("check", "--read-data");
		assertTrue(checked.contains("no errors were found"), checked);
		assertFalse(checked.contains("not referenced"), checked);
		String listed = restic("snapshots", "--json");
		assertTrue(listed.contains(first.id().toString()) && listed.contains(second.id().toString()), listed);
		assertTrue(listed.contains("\"tags\":[\"udid:00008110\",\"ios:26.1\"]"), listed);
		assertTrue(restic("ls", second.brief()).contains("/" + folder.getFileName() + "/more"));
		restic("restore", second.brief(), "--target", temp.resolve("theirs").toString());
		try (Repository repository = Samples.open(place)) {
			FolderExport.run(repository, second.tree(), temp.resolve("ours"), JobMonitor.NONE);
		}
		assertEquals(Samples.describe(folder), Samples.describe(temp.resolve("theirs").resolve(folder.getFileName())));
		assertEquals(Samples.describe(temp.resolve("ours").resolve(folder.getFileName())),
				Samples.describe(temp.resolve("theirs").resolve(folder.getFileName())));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void writesWhatWeListCheckAndRead(int version) throws IOException {
		restic("init", "--repository-version", String.valueOf(version));
		resticIn(temp, "backup", folder.getFileName().toString(), "--tag", "theirs,too", "--host", "elsewhere");
		try (Repository repository = Samples.open(place)) {
			assertEquals(version, repository.version());
			SnapshotRecord snapshot = repository.snapshots().getFirst();
			assertEquals(List.of("theirs", "too"), snapshot.tags());
			assertEquals("elsewhere", snapshot.host());
			CheckReport report = Samples.check(repository);
			assertEquals(List.of(), report.findings());
			assertTrue(report.packsRead() > 0 && report.packsRead() == report.packs());
			FolderExport.Exported exported = FolderExport.run(repository, snapshot.tree(), temp.resolve("ours"),
					JobMonitor.NONE);
			assertEquals(List.of(), exported.failed());
			assertEquals(Samples.describe(folder),
					Samples.describe(temp.resolve("ours").resolve(folder.getFileName())));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void cutsContentWhereWeDo(int version) throws IOException {
		try (Repository repository = Samples.init(place, version)) {
			Samples.save(repository, folder);
		}
		String summary = resticIn(temp, "backup", folder.getFileName().toString(), "--json");
		assertTrue(summary.contains("\"data_blobs\":0,"), summary);
		try (Repository repository = Samples.open(place)) {
			// Nor does ours store anything of theirs again, but for the one folder that is named otherwise.
			Path other = Files.createDirectories(temp.resolve("b"));
			FolderImport.Imported imported = FolderImport.run(repository, Samples.folder(other, 41),
					ImportOptions.DEFAULT, JobMonitor.NONE);
			assertEquals(0, imported.added().dataBlobs());
		}
	}

	@Test
	void prunesBetweenOurBackups() throws IOException {
		try (Repository repository = Samples.init(place, 2)) {
			SnapshotRecord first = Samples.save(repository, folder);
			Files.write(folder.resolve("large"), Samples.content(44, 6_000_000));
			Samples.save(repository, folder);
			restic("forget", first.brief());
			restic("prune", "--max-unused", "0");
			Files.write(folder.resolve("more"), Samples.content(46, 1_000_000));
			SnapshotRecord last = Samples.save(repository, folder);
			assertTrue(Samples.check(repository).isSound());
			restic("check", "--read-data");
			FolderExport.run(repository, last.tree(), temp.resolve("ours"), JobMonitor.NONE);
			assertEquals(Samples.describe(folder),
					Samples.describe(temp.resolve("ours").resolve(folder.getFileName())));
		}
	}

	@Test
	void backsUpBetweenOurPrunes() throws IOException {
		restic("init");
		resticIn(temp, "backup", folder.getFileName().toString());
		Files.write(folder.resolve("large"), Samples.content(48, 6_000_000));
		resticIn(temp, "backup", folder.getFileName().toString());
		try (Repository repository = Samples.open(place)) {
			SnapshotRecord oldest = repository.snapshots().getLast();
			repository.forget(List.of(oldest.id()), Duration.ZERO);
			PruneReport report = repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
			assertTrue(report.bytesFreed() > 5_000_000, report.toString());
		}
		resticIn(temp, "backup", folder.getFileName().toString());
		String checked = restic("check", "--read-data");
		assertTrue(checked.contains("no errors were found"), checked);
		restic("restore", "latest", "--target", temp.resolve("theirs").toString());
		assertEquals(Samples.describe(folder), Samples.describe(temp.resolve("theirs").resolve(folder.getFileName())));
	}

	@Test
	void writesToOneRepositoryAtTheSameTime() throws Exception {
		Path other = Samples.folder(Files.createDirectories(temp.resolve("other")), 52);
		try (Repository repository = Samples.init(place, 2);
				ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				running.add(executor.submit(() -> restic("backup", other.toString())));
				running.add(executor.submit(() -> Samples.save(repository, folder)));
			}
			for (Future<?> each : running) {
				each.get();
			}
			assertEquals(6, repository.snapshots().size());
			assertTrue(Samples.check(repository).isSound());
		}
		String checked = restic("check", "--read-data");
		assertTrue(checked.contains("no errors were found"), checked);
	}

	@Test
	void takesOurKeysAndLocksAndWeTakeTheirs() throws IOException {
		try (Repository repository = Samples.init(place, 2)) {
			try (RepositoryLock lock = repository.lock(true, Duration.ZERO)) {
				IOException refused = assertThrows(IOException.class, () -> restic("backup", folder.toString()));
				assertTrue(refused.getMessage().contains("already locked"), refused.getMessage());
				lock.throwIfLost();
			}
			assertTrue(restic("key", "list").contains("*"));
			Path password = Files.writeString(temp.resolve("password"), "their password");
			restic("key", "add", "--new-password-file", password.toString());
			assertEquals(2, repository.keys().size());
			try (org.keepsake.core.Secret theirs = org.keepsake.core.Secret.of("their password")) {
				Repository.open(new TestStorage(place), theirs).close();
			}
		}
	}

	@Test
	void readsOurRepairs() throws IOException {
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
		}
		List<Path> packs = new ArrayList<>();
		try (Stream<Path> all = Files.walk(place.resolve("data"))) {
			all.filter(Files::isRegularFile).forEach(packs::add);
		}
		Path largest = packs.stream().max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
				.orElseThrow();
		byte[] bytes = Files.readAllBytes(largest);
		bytes[bytes.length / 2] ^= 4;
		Files.write(largest, bytes);
		assertThrows(IOException.class, () -> restic("check", "--read-data"));
		try (Repository repository = Samples.open(place)) {
			RepairReport report = repository.repair(RepairOptions.DEFAULT, JobMonitor.NONE);
			assertTrue(report.blobsLost() > 0 && !report.touched().isEmpty());
		} catch (ProblemException e) {
			throw new AssertionError(e.problem().toString(), e);
		}
		String checked = restic("check", "--read-data");
		assertTrue(checked.contains("no errors were found"), checked);
	}

	private String restic(String... arguments) throws IOException {
		return resticIn(temp, arguments);
	}

	private String resticIn(Path where, String... arguments) throws IOException {
		return new Restic(place, temp).run(where, arguments);
	}
}
