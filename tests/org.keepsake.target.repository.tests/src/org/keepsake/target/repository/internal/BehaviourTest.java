// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryAccess;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotRecord;
import org.keepsake.testing.GivenContext;
import org.keepsake.testing.MemoryStorage;
import org.keepsake.testing.SampleDevice;

/** What a repository does as a target beyond the contract. */
class BehaviourTest {

	private static final String LOCATION = "memory:one";

	private @TempDir Path temp;
	private final MemoryStorage storage = new MemoryStorage();
	private final SampleDevice device = new SampleDevice(new Udid("00008110-00123456789ABCDE"), 42);

	@BeforeEach
	void makeRepository() throws IOException {
		RepositoryAccess.init(LOCATION, context(Map.of()), new InitOptions(2, new KeyCost(2, 1, 1), null)).close();
	}

	private GivenContext context(Map<String, String> settings) {
		return new GivenContext(Map.of(), settings, Map.of(TargetFactory.REPOSITORY_PASSWORD, "open sesame"),
				new Storages(List.of(storage)), temp.resolve("cache"));
	}

	private BackupTarget open(Map<String, String> settings) throws IOException {
		return new RepositoryTargetFactory().open(LOCATION, context(settings));
	}

	private Snapshot backUp(BackupTarget target, int keepEarlier) throws IOException {
		try (WorkingTree tree = target.begin(device.udid(), new WorkOptions(false, keepEarlier), JobMonitor.NONE)) {
			device.backUp(tree);
			return tree.commit(JobMonitor.NONE);
		}
	}

	private void assertSound() throws IOException {
		try (Repository repository = RepositoryAccess.open(LOCATION, context(Map.of()))) {
			assertEquals(List.of(), repository.check(CheckOptions.READ_DATA, JobMonitor.NONE).findings());
		}
	}

	@Test
	void aVersionThatCannotBeReadAnyMoreIsTold() throws IOException {
		Snapshot lost;
		try (BackupTarget target = open(Map.of())) {
			lost = backUp(target, 9);
			backUp(target, 9);
		}
		byte[] file = storage.content(LOCATION).get("snapshots/" + lost.id().value());
		file[file.length / 2] ^= 1;
		List<Problem> told = new ArrayList<>();
		try (BackupTarget target = new RepositoryTargetFactory().open(LOCATION, new GivenContext(Map.of(), Map.of(),
				Map.of(TargetFactory.REPOSITORY_PASSWORD, "open sesame"), new Storages(List.of(storage)),
				temp.resolve("other cache")))) {
			assertEquals(1, target.snapshots(told::add).size());
		}
		assertEquals(1, told.size(), told::toString);
		assertTrue(told.getFirst().title().contains(lost.id().value()), told::toString);
	}

	@Test
	void acceptsWhatBeginsWithASchemeButForFilesAndDrives() {
		RepositoryTargetFactory factory = new RepositoryTargetFactory();
		for (String yes : List.of("restic:/x", "s3:https://host/b", "rest:https://h", "sftp:u@h:/p", "smb://h/s",
				"b2:x")) {
			assertTrue(factory.accepts(yes), yes);
		}
		for (String no : List.of("/x", "x", "C:\\x", "c:/x", "file:///x", "FILE:/x", "~/x", "./a:b", "")) {
			assertFalse(factory.accepts(no), no);
		}
	}

	@Test
	void aLocationThatNoStoreTakesAndASettingThatMeansNothingAreToldWhenOpened() throws IOException {
		TargetFactory factory = new RepositoryTargetFactory();
		ProblemException unknown = assertThrows(ProblemException.class,
				() -> factory.open("carrier:pigeon", context(Map.of())));
		assertTrue(unknown.is(StorageProblems.UNKNOWN));
		for (Map<String, String> wrong : List.of(Map.of("quota", "much"), Map.of("prune", "perhaps"),
				Map.of("compression", "all"), Map.of("quota", "999999999999P"), Map.of("pack.size", "3M"),
				Map.of("pack.size", "129M"), Map.of("pack.size", "big"))) {
			ProblemException e = assertThrows(ProblemException.class, () -> factory.open(LOCATION, context(wrong)));
			assertTrue(e.is(RepositoryTargetProblems.SETTING), wrong::toString);
		}
		assertEquals(50L << 30, Settings.of(Map.of("quota", "50G")).quota());
		assertEquals(50L << 30, Settings.of(Map.of("quota", "50 GiB")).quota());
		assertEquals(50_000_000_000L, Settings.of(Map.of("quota", "50GB")).quota());
		assertEquals(512, Settings.of(Map.of("quota", "512")).quota());
		assertEquals(4 << 20, Settings.of(Map.of("pack.size", "4M")).saving(Duration.ZERO).packSize());
	}

	@Test
	void nothingIsConnectedBeforeTheFirstUse() throws IOException {
		GivenContext nobody = new GivenContext(Map.of(), Map.of(), Map.of(), new Storages(List.of(storage)), temp);
		try (BackupTarget target = new RepositoryTargetFactory().open(LOCATION, nobody)) {
			assertEquals(LOCATION, target.location());
			ProblemException e = assertThrows(ProblemException.class, target::snapshots);
			assertTrue(e.is(StorageProblems.SECRET_NEEDED));
		}
		try (BackupTarget empty = new RepositoryTargetFactory().open("memory:none", context(Map.of()))) {
			ProblemException e = assertThrows(ProblemException.class, empty::snapshots);
			assertTrue(e.is(RepositoryProblems.NONE));
		}
	}

	@Test
	void aSnapshotSaysInItsTagsWhatItIs() throws IOException {
		try (BackupTarget target = open(Map.of())) {
			Snapshot made = backUp(target, 0);
			try (Repository repository = RepositoryAccess.open(LOCATION, context(Map.of()))) {
				SnapshotRecord record = repository.snapshot(made.id().value());
				assertTrue(record.tags().containsAll(List.of("keepsake-layout=apple-1",
						"udid=" + device.udid().value(), "device=Sample", "ios=18.5", "encrypted=no")),
						record.tags()::toString);
				assertEquals(List.of('/' + device.udid().value()), record.paths());
				assertEquals(device.date(), record.time());
				assertEquals(1, repository.tree(record.tree()).rest().size());
			}
		}
	}

	@Test
	void whoeverChangesTheTagsLeavesABackupThatIsStillFound() throws IOException {
		try (BackupTarget target = open(Map.of())) {
			Snapshot made = backUp(target, 0);
			try (Repository repository = RepositoryAccess.open(LOCATION, context(Map.of()))) {
				repository.setTags(repository.snapshot("latest"), List.of("mine"), java.time.Duration.ZERO);
			}
			Snapshot found = target.snapshots().getFirst();
			assertEquals(made.summary(), found.summary());
			assertFalse(made.id().equals(found.id()));
			assertThrows(ProblemException.class, () -> target.open(made));
			try (BackupTree tree = target.open(found)) {
				assertEquals(device.content(), SampleDevice.contentOf(tree));
			}
		}
	}

	@Test
	void aStoreThatOnlyAddsNeverFailsABackup() throws IOException {
		storage.allowOnlyAdding();
		try (BackupTarget target = open(Map.of())) {
			for (int version = 0; version < 3; version++) {
				device.atVersion(version);
				backUp(target, 0);
			}
			assertEquals(3, target.snapshots().size());
			assertTrue(target.check().stream().anyMatch(sentence -> sentence.contains("deleted")));
			int packs = storage.content(LOCATION).size();
			target.check();
			assertEquals(packs, storage.content(LOCATION).size(), "a check leaves one small file at most");
			ProblemException e = assertThrows(ProblemException.class,
					() -> target.delete(target.snapshots().getFirst(), JobMonitor.NONE));
			assertTrue(e.is(StorageProblems.FORBIDDEN));
		}
		assertSound();
	}

	@Test
	void aStoreThatBreaksInMidBackupLeavesWhatWasKeptAndTheNextRunUsesWhatCame() throws IOException {
		try (BackupTarget target = open(Map.of())) {
			Snapshot kept = backUp(target, 1);
			Map<String, String> content = device.content();
			for (int packs = 0; packs < 2; packs++) {
				device.change();
				storage.breakAfter(packs);
				int before = packs;
				assertThrows(IOException.class, () -> {
					backUp(target, 1);
					throw new IOException("not broken by " + before);
				});
				storage.heal();
				assertEquals(List.of(kept), target.snapshots());
				try (BackupTree tree = target.open(kept)) {
					assertEquals(content, SampleDevice.contentOf(tree));
				}
				assertSound();
			}
			Snapshot next = backUp(target, 1);
			try (BackupTree tree = target.open(next)) {
				assertEquals(device.content(), SampleDevice.contentOf(tree));
			}
			assertSound();
		}
	}

	@Test
	void anInterruptedRunWhoseContentSomebodyPrunedIsBegunFromTheKeptBackup() throws IOException {
		try (BackupTarget target = open(Map.of())) {
			backUp(target, 1);
			device.change();
			try (WorkingTree tree = target.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				assertFalse(device.backUp(tree, 8));
			}
			try (Repository repository = RepositoryAccess.open(LOCATION, context(Map.of()))) {
				repository.prune(org.keepsake.repository.PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
			}
		}
		try (BackupTarget again = open(Map.of())) {
			Snapshot next = backUp(again, 1);
			try (BackupTree tree = again.open(next)) {
				assertEquals(device.content(), SampleDevice.contentOf(tree));
			}
		}
		assertSound();
	}

	@Test
	void deletingFreesWhatWasToldAndAQuotaCountsIt() throws IOException {
		try (BackupTarget target = open(Map.of("quota", "10M"))) {
			for (int version = 0; version < 3; version++) {
				device.atVersion(version);
				backUp(target, 5);
			}
			long free = target.capacity().freeBytes();
			assertEquals(10L << 20, target.capacity().totalBytes());
			StorageUse use = target.usage(JobMonitor.NONE).orElseThrow();
			assertEquals((10L << 20) - free, use.storedBytes());
			Snapshot oldest = target.snapshots().getLast();
			long told = use.freedBytes().getOrDefault(oldest.id(), 0L);
			assertTrue(told > 10_000, () -> use.toString());
			target.delete(oldest, JobMonitor.NONE);
			long freed = target.capacity().freeBytes() - free;
			assertTrue(Math.abs(freed - told) < told / 5 + 2_000, () -> told + " told, " + freed + " freed");
			List<Snapshot> left = target.snapshots();
			long both = target.freedBy(left, JobMonitor.NONE).orElseThrow();
			assertTrue(both > use.storedBytes() - told - 10_000, () -> both + " of " + use);
		}
	}

	@Test
	void aNeverPrunedTargetForgetsAndKeepsTheRoom() throws IOException {
		try (BackupTarget target = open(Map.of("prune", "never"))) {
			backUp(target, 0);
			device.change();
			backUp(target, 0);
			assertEquals(1, target.snapshots().size());
			long stored = target.usage(JobMonitor.NONE).orElseThrow().storedBytes();
			target.delete(target.snapshots().getFirst(), JobMonitor.NONE);
			assertEquals(stored, target.usage(JobMonitor.NONE).orElseThrow().storedBytes());
		}
	}

	@Test
	void whatIsSentAgainAsItWasIsNotStoredAgain() throws IOException {
		try (BackupTarget target = open(Map.of())) {
			backUp(target, 1);
			TreeSet<String> before = new TreeSet<>(storage.content(LOCATION).keySet());
			try (WorkingTree tree = target.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				device.backUp(tree);
				tree.commit(JobMonitor.NONE);
			}
			long added = storage.content(LOCATION).entrySet().stream()
					.filter(blob -> !before.contains(blob.getKey()) && blob.getKey().startsWith("data/"))
					.mapToLong(blob -> blob.getValue().length).sum();
			assertTrue(added < 8_000, () -> "added " + added);
		}
	}

	@Test
	void aDeviceGetsItsIndexFromACopyOnThisComputerWhichIsSealed() throws IOException {
		byte[] index = new byte[700_000];
		new java.util.Random(1).nextBytes(index);
		TreePath manifest = new TreePath(device.udid().value() + "/Manifest.db");
		try (BackupTarget target = open(Map.of()); WorkingTree tree = target.begin(device.udid(), WorkOptions.DEFAULT,
				JobMonitor.NONE)) {
			try (java.io.OutputStream out = tree.write(manifest)) {
				out.write(index, 0, 100_001);
				out.write(index, 100_001, index.length - 100_001);
			}
			Path copy = copy();
			byte[] sealed = Files.readAllBytes(copy);
			assertEquals(-1, new String(sealed, StandardCharsets.ISO_8859_1)
					.indexOf(new String(index, 5000, 16, StandardCharsets.ISO_8859_1)));
			assertArrayEquals(index, read(tree, manifest));
			// The repository does not have it yet, so it came from the copy; a copy of something else is passed over.
			Files.write(copy, Arrays.copyOf(sealed, sealed.length - 1));
			assertArrayEquals(index, read(tree, manifest));
			sealed[300_000] ^= 1;
			Files.write(copy, sealed);
			assertArrayEquals(index, read(tree, manifest));
			sealed[20] ^= 1;
			Files.write(copy, sealed);
			assertArrayEquals(index, read(tree, manifest));
		}
	}

	private Path copy() throws IOException {
		try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
			return files.filter(file -> file.endsWith("manifest")).findFirst().orElseThrow();
		}
	}

	private static byte[] read(WorkingTree tree, TreePath file) throws IOException {
		try (SeekableByteChannel channel = tree.read(file)) {
			ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
			while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
				// until full or the end
			}
			return bytes.array();
		}
	}
}
