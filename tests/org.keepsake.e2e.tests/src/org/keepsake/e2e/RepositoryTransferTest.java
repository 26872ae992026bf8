// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.engine.ExportedBackup;
import org.keepsake.engine.ImportReport;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.StorageReport;
import org.keepsake.testing.Programs;

/** Backups from folders into a repository and back, by us and by other programs. */
@Timeout(600)
class RepositoryTransferTest {

	@TempDir
	Path folder;

	@Test
	void versionsOfAFolderAreImportedOnceAndExportedAsTheyWere() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 81, 60, 4_000_000))) {
			String backups = lab.shelf();
			for (int version = 0; version < 3; version++) {
				lab.put(0, "HomeDomain", "Library/Notes/" + version + ".txt", new byte[1000 + version]);
				lab.backup(0, 2);
			}
			List<KeptBackup> originals = lab.versions(0);
			lab.withRepository();
			ImportReport first = lab.keepsake.importFolder(Path.of(backups), lab.shelf(), lab.monitor);
			assertEquals(3, first.imported().size());
			assertEquals(List.of(), first.present());
			Restic.check(lab);
			ImportReport again = lab.keepsake.importFolder(Path.of(backups), lab.shelf(), lab.monitor);
			assertEquals(List.of(), again.imported());
			assertEquals(3, again.present().size());

			List<KeptBackup> versions = lab.versions(0);
			assertEquals(3, versions.size());
			for (int i = 0; i < 3; i++) {
				assertEquals(originals.get(i).snapshot().summary(), versions.get(i).snapshot().summary());
				lab.assertSound(versions.get(i), "imported");
				ExportedBackup exported = lab.keepsake.export(versions.get(i), folder.resolve("exported-" + i),
						lab.monitor);
				assertEquals(lab.udid(0).value(), exported.folder().getFileName().toString());
				assertEquals(Lab.folderContent(Path.of(originals.get(i).snapshot().path())),
						Lab.folderContent(exported.folder()));
				assertEquals(List.of(exported.folder()), children(folder.resolve("exported-" + i)));
			}
			Problem there = Lab
					.problemOf(
							() -> lab.keepsake.export(versions.getFirst(), folder.resolve("exported-0"), lab.monitor));
			assertEquals("engine.export-there", there.code());
			assertStorageIsTold(lab, versions);

			lab.put(0, "HomeDomain", "Library/Notes/next.txt", new byte[77]);
			assertFalse(lab.backup(0, 0).full(), "an imported version is continued");
			assertEquals(4, lab.versions(0).size(), "what a person imported stays");
			Restic.check(lab);
		}
	}

	private static void assertStorageIsTold(Lab lab, List<KeptBackup> versions) throws IOException {
		StorageReport report = lab.keepsake.storage(lab.shelf(), lab.monitor);
		Map<?, Long> freed = report.use().orElseThrow().freedBytes();
		assertEquals(3, freed.size());
		long all = lab.keepsake.freedBy(versions, lab.monitor).orElseThrow();
		assertTrue(freed.values().stream().allMatch(bytes -> bytes > 0 && bytes < all / 3), () -> freed + " of " + all);
	}

	@Test
	void whatDoesNotFitIsNotBegunAndWhatAnInterruptedImportLeftIsUsed() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 85, 20, 40_000_000))) {
			Path backups = Path.of(lab.shelf());
			lab.encrypt(0);
			long size = lab.backup(0, 0).backup().snapshot().summary().sizeBytes();
			lab.withRepository();
			lab.keepsake.targets().add("cloud", lab.shelf(), Map.of("quota", "1M", "pack.size", "4M"), false);
			Problem problem = Lab.problemOf(() -> lab.keepsake.importFolder(backups, "cloud", lab.monitor));
			assertEquals("engine.import-no-room", problem.code());
			assertEquals(0, packs(lab), "not a byte was written");

			lab.keepsake.targets().configure("cloud", Map.of("quota", Long.toString(size + (4 << 20))));
			assertThrows(CancelledException.class, () -> lab.keepsake.importFolder(backups, "cloud",
					new CancelledWhen(() -> packs(lab) > 1)));
			assertTrue(packs(lab) > 1);
			ImportReport report = lab.keepsake.importFolder(backups, "cloud", JobMonitor.NONE);
			assertEquals(1, report.imported().size());
			lab.assertSound(report.imported().getFirst(), "imported in two runs");
			Restic.check(lab);
		}
	}

	/** Asked before each file: progress is told too seldom to break off a short job at a certain point. */
	private record CancelledWhen(BooleanSupplier condition) implements JobMonitor {
		@Override
		public void report(JobEvent event) {
			// Nobody looks.
		}

		@Override
		public boolean isCancelled() {
			return condition.getAsBoolean();
		}

		@Override
		public Registration onCancel(Runnable action) {
			return () -> {
			};
		}
	}

	private static long packs(Lab lab) {
		try (Stream<Path> files = Files.walk(lab.repository().resolve("data"))) {
			return files.filter(Files::isRegularFile).count();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Test
	void anExportOfALocalVersionIsACopy() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 82, false))) {
			KeptBackup made = lab.backup(0, 0).backup();
			ExportedBackup exported = lab.keepsake.export(made, folder.resolve("out"), lab.monitor);
			assertEquals(Lab.folderContent(Path.of(made.snapshot().path())), Lab.folderContent(exported.folder()));
			assertEquals(made.snapshot().summary().files(), exported.files());
			assertEquals(made.snapshot().summary().sizeBytes(), exported.bytes());
			assertEquals("engine.import-nothing", Lab.problemOf(() -> lab.withRepository().keepsake
					.importFolder(Files.createDirectories(folder.resolve("empty")), lab.shelf(), lab.monitor)).code());
		}
	}

	@Test
	void whatResticRestoresOtherProgramsRestoreOntoADevice() throws Exception {
		Programs.require("idevicebackup2", "libimobiledevice-utils");
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 83, 40, 4_000_000),
				Lab.device(folder.resolve("blank"), 84, true)).withRepository()) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			lab.keepsake.devices().pair(lab.udid(1), lab.monitor);
			lab.encrypt(0);
			KeptBackup made = lab.backup(0, 0).backup();
			Map<String, String> held = lab.filesOf(0);
			Path restored = folder.resolve("restored");
			Restic.run(lab, "restore", made.snapshot().id().value(), "--target", restored.toString());
			ExportedBackup exported = lab.keepsake.export(made, folder.resolve("exported"), lab.monitor);
			assertEquals(Lab.folderContent(exported.folder()),
					Lab.folderContent(restored.resolve(lab.udid(0).value())));

			String said = idevicebackup2(lab, 1, "--source", lab.phones.udids().getFirst(), "restore", "--system",
					"--settings", "--remove", "--password", Lab.PASSWORD, restored.toString());
			assertTrue(said.contains("Restore Successful"), said);
			assertEquals(held, lab.filesOf(1));
		}
	}

	@Test
	void whatResticBackedUpIsFoundVerifiedAndContinued() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("one"), 85, false),
				Lab.device(folder.resolve("two"), 86, false))) {
			lab.encrypt(0);
			KeptBackup one = lab.backup(0, 0).backup();
			KeptBackup two = lab.backup(1, 0).backup();
			lab.withRepository();
			Restic.run(lab, "backup", "--tag", "by-hand", one.snapshot().path());
			Restic.run(lab, "backup", Path.of(two.snapshot().path()).getParent().toString());

			Map<String, List<KeptBackup>> found = new TreeMap<>();
			for (KeptBackup kept : lab.keepsake.snapshots(lab.shelf(), null)) {
				found.computeIfAbsent(kept.snapshot().summary().udid().value(), u -> new ArrayList<>()).add(kept);
				lab.assertSound(kept, kept.snapshot().path());
			}
			assertEquals(2, found.getOrDefault(lab.udid(0).value(), List.of()).size());
			assertEquals(1, found.getOrDefault(lab.udid(1).value(), List.of()).size());
			KeptBackup ofTwo = found.getOrDefault(lab.udid(1).value(), List.of()).getFirst();
			assertEquals(two.snapshot().summary(), ofTwo.snapshot().summary());
			assertEquals("versions.shared-snapshot",
					Lab.problemOf(() -> lab.keepsake.delete(ofTwo, lab.monitor)).code());

			lab.put(1, "HomeDomain", "Library/Notes/next.txt", new byte[77]);
			assertFalse(lab.backup(1, 0).full(), "continued, not begun anew");
			lab.assertSound(lab.newest(1), "continued");
			Restic.check(lab);
			Restic.run(lab, "snapshots");
		}
	}

	private static List<Path> children(Path of) throws IOException {
		try (Stream<Path> children = Files.list(of)) {
			return children.toList();
		}
	}

	private static String idevicebackup2(Lab lab, int device, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("idevicebackup2", "-u", lab.phones.udids().get(device)));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(lab.folder, "idevicebackup2", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().putAll(lab.environment);
		Process process = builder.start();
		try {
			assertTrue(process.waitFor(2, TimeUnit.MINUTES), "idevicebackup2 does not end");
			return Files.readString(output, StandardCharsets.UTF_8);
		} finally {
			process.destroyForcibly();
		}
	}
}
