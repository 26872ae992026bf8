// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.testing.Programs;

/** One bit of any file is flipped, or a file is gone: what is found, what still restores, what is saved. */
class DamageTest {

	@TempDir
	Path temp;
	private Path place;
	private Path folder;
	private Map<String, String> whole;

	@BeforeEach
	void fill() throws IOException {
		place = temp.resolve("repository");
		folder = Samples.folder(temp, 21);
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
			Files.write(folder.resolve("late"), Samples.content(77, 2_500_000));
			Samples.save(repository, folder);
		}
		whole = Samples.describe(folder);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void namesEachPackWithAFlippedBitAndRestoresTheRest(long seed) throws IOException {
		Random random = new Random(seed);
		for (String name : names("data")) {
			Path file = new TestStorage(place).file(name);
			byte[] good = Files.readAllBytes(file);
			int bit = random.nextInt(good.length * 8);
			flip(file, bit);
			try (Repository repository = Samples.open(place)) {
				CheckReport report = Samples.check(repository);
				assertEquals(List.of(name), report.findings().stream().map(CheckReport.Finding::file).toList(),
						"bit " + bit + ", seed " + seed);
				assertRestoresAllButTouched(repository, report, "bit " + bit + " of " + name + ", seed " + seed);
			}
			Files.write(file, good);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshots", "index", "keys" })
	void namesEachOtherFileWithAFlippedBit(String kind) throws IOException {
		if (kind.equals("keys")) {
			try (Repository repository = Samples.open(place);
					org.keepsake.core.Secret other = org.keepsake.core.Secret.of("another")) {
				repository.addKey(other, Samples.CHEAP.keyCost());
			}
		}
		for (String name : names(kind)) {
			Path file = new TestStorage(place).file(name);
			byte[] good = Files.readAllBytes(file);
			flip(file, new Random(name.hashCode()).nextInt(good.length * 8));
			try (Repository repository = Samples.open(place)) {
				CheckReport report = Samples.check(repository);
				assertEquals(List.of(name), report.findings().stream().map(CheckReport.Finding::file).toList());
				if (!kind.equals("snapshots")) {
					assertEquals(whole, export(repository, repository.readableSnapshots().getFirst()), name);
				} else {
					assertEquals(1, repository.readableSnapshots().size());
					assertThrows(ProblemException.class, repository::snapshots);
				}
			} catch (ProblemException e) {
				assertTrue(kind.equals("keys") && e.is(RepositoryProblems.KEYS_DAMAGED)
						&& e.problem().cause().contains(name), e.problem().toString());
			}
			Files.write(file, good);
		}
	}

	@Test
	void saysIfTheConfigIsDamaged() throws IOException {
		Path config = place.resolve("config");
		long size = Files.size(config);
		for (int bit : new int[] { 0, 200, (int) size * 8 - 1 }) {
			byte[] good = Files.readAllBytes(config);
			flip(config, bit);
			flip(config, 77);
			ProblemException told = assertThrows(ProblemException.class, () -> Samples.open(place));
			assertTrue(told.is(RepositoryProblems.CONFIG_DAMAGED));
			Files.write(config, good);
		}
	}

	@ParameterizedTest
	@CsvSource({ "data, 1", "data, 2", "data, 3", "index, 1", "index, 2", "snapshots, 1", "snapshots, 2", "keys, 1",
			"keys, 2", "config, 1", "config, 2", "config, 3" })
	void findsOneFlippedBitAnywhereAndRepairsIt(String kind, long offset) throws IOException {
		long seed = Long.getLong("keepsake.seed", System.nanoTime()) + offset;
		Random random = new Random(seed);
		String name = kind;
		if (!kind.equals("config")) {
			List<String> all = names(kind);
			name = all.get(random.nextInt(all.size()));
		}
		Path file = new TestStorage(place).file(name);
		int bit = random.nextInt((int) Files.size(file) * 8);
		flip(file, bit);
		String what = "bit " + bit + " of " + name + ", seed " + seed;
		System.out.println("DamageTest: " + what);
		try (Repository repository = Samples.open(place)) {
			CheckReport report = Samples.check(repository);
			assertEquals(List.of(name), report.findings().stream().map(CheckReport.Finding::file).toList(), what);
			if (kind.equals("snapshots")) {
				assertEquals(1, repository.readableSnapshots().size(), what);
			} else {
				assertRestoresAllButTouched(repository, report, what);
			}
			assertTrue(kind.equals("data") || kind.equals("index") || report.touchedCount() == 0, what);
			repository.repair(RepairOptions.DEFAULT, JobMonitor.NONE);
			assertEquals(List.of(), Samples.check(repository).findings(), what);
			assertEquals(2, repository.snapshots().size(), what);
		}
		try (Repository repository = Samples.open(place)) {
			Map<String, String> kept = export(repository, repository.snapshots().getFirst());
			if (!kind.equals("data")) {
				assertEquals(whole, kept, what);
			}
			kept.forEach((path, facts) -> assertTrue(facts.equals(whole.get(path)) || facts.startsWith("folder"),
					path + ", " + what));
		}
		if (Programs.isThere("restic")) {
			new Restic(place, temp).assertSound();
		}
	}

	@Test
	void findsWhatIsGoneOrCutShort() throws IOException {
		String largest = names("data").stream().max((a, b) -> Long.compare(size(a), size(b))).orElseThrow();
		Path file = new TestStorage(place).file(largest);
		byte[] good = Files.readAllBytes(file);
		Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
		try (Repository repository = Samples.open(place)) {
			CheckReport report = repository.check(CheckOptions.STRUCTURE, JobMonitor.NONE);
			assertEquals(largest, report.findings().getFirst().file());
			assertTrue(report.touchedCount() > 0);
		}
		Files.delete(file);
		try (Repository repository = Samples.open(place)) {
			CheckReport report = repository.check(CheckOptions.STRUCTURE, JobMonitor.NONE);
			assertEquals(largest, report.findings().getFirst().file());
			assertRestoresAllButTouched(repository, report, "a pack is gone");
		}
	}

	@Test
	void repairsWhatCanBeRepaired() throws IOException {
		long seed = 31;
		Random random = new Random(seed);
		// Folders stay whole, so that what is lost can be counted.
		List<String> packs = names("data").stream().filter(name -> size(name) > 200_000).toList();
		assertFalse(packs.isEmpty());
		for (String name : packs) {
			Path file = new TestStorage(place).file(name);
			flip(file, random.nextInt((int) Files.size(file) * 8));
		}
		CheckReport before;
		try (Repository repository = Samples.open(place)) {
			before = Samples.check(repository);
		}
		flip(new TestStorage(place).file(names("index").getFirst()), 1000);
		try (Repository repository = Samples.open(place)) {
			List<String> files = allNames();
			RepairReport dry = repository.repair(new RepairOptions(true, true, java.time.Duration.ZERO),
					JobMonitor.NONE);
			assertEquals(before.findings().size() + 1, dry.check().findings().size());
			assertEquals(files, allNames(), "a dry run changes nothing");
			repository.repair(RepairOptions.DEFAULT, JobMonitor.NONE);
		}
		try (Repository repository = Samples.open(place)) {
			CheckReport after = Samples.check(repository);
			assertEquals(List.of(), after.findings(), "seed " + seed);
			assertEquals(2, repository.snapshots().size());
			SnapshotRecord newest = repository.snapshots().getFirst();
			Map<String, String> kept = export(repository, newest);
			kept.forEach((path, facts) -> assertEquals(whole.get(path), facts, path));
			Set<String> lost = new HashSet<>(whole.keySet());
			lost.removeAll(kept.keySet());
			String root = folder.getFileName().toString() + '/';
			List<String> touched = before.touched().stream().filter(t -> t.snapshot().time().equals(newest.time()))
					.map(t -> t.path().substring(root.length())).toList();
			assertTrue(touched.containsAll(lost), lost + " were lost of " + touched + ", seed " + seed);
			assertTrue(kept.size() > 20, kept.size() + " of " + whole.size() + ", seed " + seed);
		}
	}

	@Test
	void findsPacksAgainThatNoIndexLists() throws IOException {
		for (String name : names("index")) {
			Files.delete(new TestStorage(place).file(name));
		}
		try (Repository repository = Samples.open(place)) {
			assertFalse(repository.check(CheckOptions.STRUCTURE, JobMonitor.NONE).isSound());
			RepairReport report = repository.repair(RepairOptions.DEFAULT, JobMonitor.NONE);
			assertTrue(report.packsListed() > 0);
		}
		try (Repository repository = Samples.open(place)) {
			assertTrue(Samples.check(repository).isSound());
			assertEquals(whole, export(repository, repository.snapshots().getFirst()));
		}
	}

	@Test
	void readsWhatAnotherPackHasAsWell() throws IOException {
		Path second = temp.resolve("second");
		try (Repository one = Samples.open(place); Repository two = Samples.init(second, 2)) {
			SnapshotRecord snapshot = one.snapshots().getFirst();
			byte[] late = Samples.read(one, snapshot, folder.getFileName() + "/late");
			assertArrayEquals(Samples.content(77, 2_500_000), late);
			one.copyTo(two, List.of(snapshot), SaveOptions.DEFAULT, JobMonitor.NONE);
			assertTrue(Samples.check(two).isSound());
		}
	}

	private void assertRestoresAllButTouched(Repository repository, CheckReport report, String what)
			throws IOException {
		SnapshotRecord newest = repository.readableSnapshots().getFirst();
		Set<String> touched = new HashSet<>();
		report.touched().stream().filter(t -> t.snapshot().equals(newest)).forEach(t -> touched.add(t.path()));
		Map<String, String> restored = export(repository, newest);
		String root = folder.getFileName().toString();
		if (touched.contains("") || touched.contains(root)) {
			return;
		}
		for (Map.Entry<String, String> file : whole.entrySet()) {
			String path = root + '/' + file.getKey();
			boolean hit = touched.stream().anyMatch(t -> path.equals(t) || path.startsWith(t + '/'));
			if (!hit) {
				assertEquals(file.getValue(), restored.get(file.getKey()), path + ", " + what);
			} else if (!file.getValue().startsWith("folder") && restored.containsKey(file.getKey())) {
				assertEquals(file.getValue(), restored.get(file.getKey()), "nothing damaged is written: " + path);
			}
		}
	}

	private Map<String, String> export(Repository repository, SnapshotRecord snapshot) throws IOException {
		Path out = Files.createTempDirectory(temp, "out");
		FolderExport.run(repository, snapshot.tree(), out, JobMonitor.NONE);
		Path root = out.resolve(folder.getFileName());
		return Files.exists(root) ? Samples.describe(root) : new TreeMap<>();
	}

	private static void flip(Path file, int bit) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		bytes[bit / 8] ^= (byte) (1 << bit % 8);
		Files.write(file, bytes);
	}

	private long size(String name) {
		try {
			return Files.size(new TestStorage(place).file(name));
		} catch (IOException e) {
			return 0;
		}
	}

	private List<String> names(String kind) throws IOException {
		List<String> names = new ArrayList<>();
		new TestStorage(place).list(kind, (name, size) -> names.add(name));
		return names.stream().sorted().toList();
	}

	private List<String> allNames() throws IOException {
		try (Stream<Path> all = Files.walk(place)) {
			return all.filter(Files::isRegularFile).map(Path::toString).filter(n -> !n.contains("locks")).sorted()
					.toList();
		}
	}
}
