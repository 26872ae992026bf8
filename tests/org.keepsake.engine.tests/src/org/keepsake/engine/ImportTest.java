// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.ImportingTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.target.WorkingTree;

/** Whether there is room is asked before anything is imported. */
class ImportTest {

	private static final String OTHER = "00008130-00FFEEDDCCBBAA99";

	@TempDir
	Path home;
	private FakeTarget folder;
	private final Taking taking = new Taking();
	private final List<JobEvent> events = new ArrayList<>();
	private final JobControl monitor = new JobControl(events::add);
	private Keepsake keepsake;

	/** Takes backups over into a target in memory. */
	private static final class Taking implements ImportingTarget {

		private final FakeTarget kept = new FakeTarget("take:here");
		private final Set<SnapshotId> imported = new HashSet<>();
		private final List<String> log = new ArrayList<>();
		private long unused;

		@Override
		public Set<SnapshotId> imported() {
			return imported;
		}

		@Override
		public long unusedBytes(JobMonitor monitor) {
			return unused;
		}

		@Override
		public Optional<Snapshot> importBackup(Path from, Snapshot backup, JobMonitor monitor) {
			log.add(backup.id().value());
			imported.add(backup.id());
			return Optional.of(backup);
		}

		@Override
		public String location() {
			return kept.location();
		}

		@Override
		public List<Snapshot> snapshots() throws IOException {
			return kept.snapshots();
		}

		@Override
		public BackupTree open(Snapshot snapshot) throws IOException {
			return kept.open(snapshot);
		}

		@Override
		public WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) {
			throw new AssertionError(udid);
		}

		@Override
		public void delete(Snapshot snapshot, JobMonitor monitor) {
			throw new AssertionError(snapshot);
		}

		@Override
		public Capacity capacity() throws IOException {
			return kept.capacity();
		}

		@Override
		public Optional<StorageUse> usage(JobMonitor monitor) {
			return kept.usage(monitor);
		}

		@Override
		public List<String> check() {
			throw new AssertionError();
		}

		@Override
		public void close() {
			// There is nothing to close.
		}
	}

	@BeforeEach
	void open() throws IOException {
		Path place = Files.createDirectories(home.resolve("backups"));
		folder = new FakeTarget(place.toString());
		TargetFactory folders = FakeTarget.factory(folder);
		TargetFactory takings = new TargetFactory() {
			@Override
			public boolean accepts(String location) {
				return location.equals(taking.location());
			}

			@Override
			public String defaultLocation() {
				return null;
			}

			@Override
			public BackupTarget open(String location, Context context) {
				return taking;
			}
		};
		keepsake = new Keepsake(home, Map.of(), List.of(), List.of(takings, folders));
	}

	@AfterEach
	void close() {
		keepsake.close();
	}

	private ImportReport run() throws IOException {
		return keepsake.importFolder(Path.of(folder.location), taking.location(), monitor);
	}

	private static Snapshot keep(FakeTarget target, String udid, int day, boolean encrypted, String... more) {
		List<String> files = new ArrayList<>(
				List.of(udid + "/Manifest.plist", encrypted ? "encrypted:secret" : "plain"));
		for (int i = 0; i < more.length; i += 2) {
			files.add(udid + "/" + more[i]);
			files.add(more[i + 1].repeat(1000));
		}
		return target.keep(udid, Instant.parse("2026-11-0" + day + "T12:00:00Z"), true, files.toArray(String[]::new));
	}

	@Test
	void whatFitsAsItIsIsNotLookedAtCloser() throws IOException {
		keep(folder, Bench.UDID, 1, false, "00/a", "x");
		taking.kept.freeBytes = 1_010;
		assertEquals(1, run().imported().size());
		assertTrue(events.stream()
				.noneMatch(each -> each instanceof JobEvent.Phase phase && phase.phase().equals("measuring")));
	}

	@Test
	void whatVersionsShareCountsOnce() throws IOException {
		keep(folder, Bench.UDID, 1, true, "00/a", "x", "00/b", "y");
		keep(folder, Bench.UDID, 2, true, "00/a", "x", "00/b", "y", "01/c", "z");
		keep(folder, Bench.UDID, 3, true, "00/a", "x", "01/c", "zz");
		// 2,016 for the first, 1,000 for the second, 2,000 for the third
		taking.kept.freeBytes = 5_016;
		assertEquals(3, run().imported().size());
	}

	@Test
	void whatDoesNotFitIsRefusedBeforeTheFirstByteWithByHowMuchAndWhatToDelete() throws IOException {
		keep(folder, Bench.UDID, 1, true, "00/a", "x".repeat(2_000));
		Snapshot old = keep(taking.kept, OTHER, 1, true, "00/a", "x");
		taking.kept.versions.set(0, new FakeTarget.Version(new Snapshot(old.id(), old.summary(), old.path(), false),
				taking.kept.versions.getFirst().files()));
		taking.kept.freeBytes = 500_000;
		taking.kept.use = new StorageUse(1, null, Map.of(old.id(), 300_000L));
		Problem problem = Bench.problemOf("engine.import-no-room", this::run);
		assertEquals("take:here has 500 KB left. What is to be imported needs about 2 MB, which is 1.5 MB more.",
				problem.cause());
		assertTrue(problem.remedy().startsWith("Delete earlier versions: " + old.id().brief()), problem.remedy());
		assertTrue(problem.remedy().contains("frees 300 KB. Or free space there."), problem.remedy());
		assertEquals(List.of(), taking.log);
	}

	@Test
	void aQuotaIsHeldEvenIfCompressionMightHelpAndItsSizeThatWouldDoIsTold() throws IOException {
		keep(folder, Bench.UDID, 1, false, "00/a", "x".repeat(2_000));
		taking.kept.freeBytes = 1_500_000;
		taking.kept.use = new StorageUse(500_000, 2_000_000L, new HashMap<>());
		Problem problem = Bench.problemOf("engine.import-no-room", this::run);
		assertTrue(problem.remedy().contains("Or allow it at least 2.6 MB instead of 2 MB."), problem.remedy());
		assertEquals(List.of(), taking.log);
	}

	@Test
	void whatCompressionMayMakeFitIsTriedAndTheDoubtIsTold() throws IOException {
		keep(folder, Bench.UDID, 1, false, "00/a", "x".repeat(2_000));
		taking.kept.freeBytes = 1_500_000;
		assertEquals(1, run().imported().size());
		assertTrue(events.stream()
				.anyMatch(each -> each instanceof JobEvent.Notice notice && notice.code().equals("import.tight")));
		taking.imported.clear();
		taking.kept.freeBytes = 900_000;
		Bench.problemOf("engine.import-no-room", this::run);
	}

	@Test
	void whatIsThereAlreadyNeedsNoRoom() throws IOException {
		Snapshot first = keep(folder, Bench.UDID, 1, true, "00/a", "x");
		keep(folder, Bench.UDID, 2, true, "00/a", "x", "00/b", "y");
		taking.imported.add(first.id());
		keep(taking.kept, Bench.UDID, 1, true, "00/a", "x");
		taking.kept.freeBytes = 1_000;
		ImportReport report = run();
		assertEquals(List.of(first), report.present());
		assertEquals(1, report.imported().size());
	}

	@Test
	void whatAnInterruptedImportHasLeftIsCounted() throws IOException {
		keep(folder, Bench.UDID, 1, true, "00/a", "x".repeat(2_000));
		taking.kept.freeBytes = 500_000;
		taking.unused = 1_600_000;
		assertEquals(1, run().imported().size());
		assertFalse(taking.log.isEmpty());
	}
}
