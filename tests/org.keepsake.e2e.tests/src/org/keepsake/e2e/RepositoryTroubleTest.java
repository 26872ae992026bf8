// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;

/** What goes wrong while backups go into a repository: nothing that was kept is lost, nothing is stored twice. */
@Timeout(600)
class RepositoryTroubleTest {

	private static final int CUTS = Integer.getInteger("keepsake.cuts", 4);

	@TempDir
	Path folder;

	@Test
	void aCutConnectionLosesNothingAndTheNextRunCompletes() throws Exception {
		Random random = random();
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 21, false)).withRepository()) {
			lab.encrypt(0);
			lab.backup(0, 1);
			for (int cut = 0; cut < CUTS; cut++) {
				String moment = random.nextBoolean() ? "cut-at-message=" + (1 + random.nextInt(40))
						: "cut-after-bytes=" + random.nextInt(400_000);
				lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_8%03d.JPG".formatted(cut),
						bytes(random, 300_000));
				lab.put(0, "HomeDomain", "Library/Notes/same.txt", bytes(random, 300_000));
				lab.faults(0, moment);
				try {
					lab.backup(0, 1);
				} catch (ProblemException e) {
					assertEquals("device.connection-lost", e.problem().code(), moment);
				}
				lab.faults(0, "");
				lab.assertSound(lab.newest(0), "newest after " + moment);
				lab.assertSound(lab.backup(0, 1).backup(), "next after " + moment);
				Restic.check(lab);
			}
			Restic.assertNothingIsStoredTwice(lab);
		}
	}

	@Test
	void aCancelledBackupIsResumed() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 22, 300, 12_000_000)).withRepository()) {
			JobControl[] control = new JobControl[1];
			control[0] = new JobControl(event -> {
				if (event instanceof JobEvent.Progress progress && progress.filesDone() > 100) {
					control[0].cancel();
				}
			});
			assertThrows(CancelledException.class, () -> lab.keepsake
					.backup(new BackupRequest(lab.udid(0), lab.shelf(), false, 0), control[0]));
			assertEquals(List.of(), lab.versions(0));
			Restic.check(lab);
			BackupResult result = lab.backup(0, 0);
			lab.assertSound(result.backup(), "after a cancelled run");
			assertEquals(lab.unencryptedFilesOf(0), lab.filesOf(result.backup()));
			Restic.check(lab);
			Restic.assertNothingIsStoredTwice(lab);
		}
	}

	@Test
	void twoDevicesAtOnceFromTwoProcessesAndAPruneInTheMiddleLoseNothing() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("one"), 41, 200, 8_000_000),
				Lab.device(folder.resolve("two"), 42, 200, 8_000_000)).withRepository()) {
			lab.backup(0, 1);
			lab.backup(1, 1);
			for (int round = 0; round < 2; round++) {
				for (int device = 0; device < 2; device++) {
					lab.put(device, "HomeDomain", "Library/Notes/" + round + ".txt", bytes(new Random(round), 900_000));
				}
				CompletableFuture<Void> pruned = new CompletableFuture<>();
				JobControl monitor = new JobControl(event -> {
					if (event instanceof JobEvent.Progress) {
						pruned.completeAsync(() -> prune(lab));
					}
				});
				try (ClientProcess other = ClientProcess.begin(lab, 0, 1)) {
					CompletableFuture<BackupResult> own = inBackground(lab, 1, monitor);
					other.complete();
					lab.assertSound(own.get().backup(), "the second device");
				}
				lab.assertSound(lab.newest(0), "the first device");
				pruned.get();
				Restic.check(lab);
			}
			for (int device = 0; device < 2; device++) {
				assertEquals(lab.unencryptedFilesOf(device), lab.filesOf(lab.newest(device)));
				for (KeptBackup version : lab.versions(device)) {
					lab.assertSound(version, "after all");
				}
			}
		}
	}

	private static CompletableFuture<BackupResult> inBackground(Lab lab, int device, JobMonitor monitor) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return lab.keepsake.backup(new BackupRequest(lab.udid(device), lab.shelf(), false, 1), monitor);
			} catch (IOException e) {
				throw new java.io.UncheckedIOException(e);
			}
		});
	}

	/** Somebody tidies up meanwhile, and is told if that cannot be now. */
	private static Void prune(Lab lab) {
		try (Repository repository = lab.keepsake.repositories().open(lab.shelf())) {
			repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
		} catch (ProblemException e) {
			assertTrue(e.is(RepositoryProblems.LOCKED), () -> e.problem().toString());
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
		return null;
	}

	@Test
	void aQuotaReachedInMidBackupIsToldAndLeavesWhatWasKept() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 51, false)).withRepository()) {
			lab.keepsake.targets().add("cloud", lab.shelf(), Map.of("quota", "400M"), false);
			KeptBackup before = lab.backup(0, 1).backup();
			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.MOV", bytes(new Random(1), 1));
			// Another computer fills the account meanwhile.
			Path data = lab.repository().resolve("data/00");
			Files.createDirectories(data);
			lab.keepsake.targets().configure("cloud", Map.of("quota", Long.toString(stored(lab) + 140_000_000)));
			byte[] video = new byte[180_000_000];
			new Random(2).nextBytes(video);
			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_0002.MOV", video);
			Problem problem = Lab.problemOf(() -> lab.backup(0, 1));
			assertTrue((problem.title() + problem.cause()).contains("storage")
					|| (problem.title() + problem.cause()).contains("free"), problem::toString);
			assertEquals(List.of(before.snapshot().id()),
					lab.versions(0).stream().map(version -> version.snapshot().id()).toList());
			lab.assertSound(before, "the version before");
			Restic.check(lab);
			lab.keepsake.targets().configure("cloud", Map.of("quota", "10G"));
			lab.assertSound(lab.backup(0, 1).backup(), "after the quota was raised");
			Restic.check(lab);
		}
	}

	@Test
	void aPasswordThatIsWrongByOneCharacterIsToldSo() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 61, false)).withRepository()) {
			lab.backup(0, 0);
			Map<String, String> environment = new HashMap<>(lab.environment);
			environment.put("KEEPSAKE_REPOSITORY_PASSWORD", Lab.REPOSITORY_PASSWORD + "x");
			environment.put("KEEPSAKE_HOME", folder.resolve("other-home").toString());
			try (Keepsake other = Lab.engine(environment)) {
				Problem problem = Lab.problemOf(() -> other.snapshots(lab.shelf(), null));
				assertEquals("repository.wrong-password", problem.code());
			}
		}
	}

	@Test
	void neitherNamesNorSecretsReachTheStorage() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 71, false)).withRepository()) {
			lab.put(0, "HomeDomain", "Library/Notes/the-name-of-a-note.txt",
					"the words in a note, which nobody is to read".getBytes(StandardCharsets.UTF_8));
			BackupResult result = lab.backup(0, 0);
			lab.keepsake.targets().open(lab.shelf()).check();
			List<String> secret = new ArrayList<>(List.of(lab.udid(0).value(), lab.udid(0).value().replace("-", ""),
					result.backup().snapshot().summary().deviceName(), "the-name-of-a-note", "which nobody is to read",
					Lab.REPOSITORY_PASSWORD, Lab.PASSWORD, "Manifest.db", "SQLite format 3", "bplist00"));
			try (Stream<Path> files = Files.walk(lab.repository())) {
				for (Path file : files.toList()) {
					for (String word : secret) {
						assertFalse(file.toString().substring(lab.repository().toString().length()).contains(word),
								word);
					}
					if (Files.isRegularFile(file)) {
						String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
						for (String word : secret) {
							assertFalse(bytes.contains(new String(word.getBytes(StandardCharsets.UTF_8),
									StandardCharsets.ISO_8859_1)), word + " in " + file);
						}
					}
				}
			}
		}
	}

	private static long stored(Lab lab) throws IOException {
		return lab.packs().values().stream().mapToLong(Long::longValue).sum();
	}

	private static Random random() {
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("seed " + seed);
		return new Random(seed);
	}

	private static byte[] bytes(Random random, int most) {
		byte[] bytes = new byte[random.nextInt(most)];
		random.nextBytes(bytes);
		return bytes;
	}
}
