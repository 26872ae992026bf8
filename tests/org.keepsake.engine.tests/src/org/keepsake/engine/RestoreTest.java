// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreePath;
import org.keepsake.engine.Finding.Severity;
import org.keepsake.engine.internal.Timing;
import org.keepsake.ios.protocol.TransferResult;

/** What a restore checks before, shows the device meanwhile, and reads back afterwards. */
class RestoreTest {

	@TempDir
	Path home;
	private Bench bench;

	@BeforeEach
	void setUp() {
		bench = new Bench(home);
		bench.keepEncrypted("right");
	}

	@AfterEach
	void tearDown() {
		bench.close();
	}

	private RestoreRequest request(String password) throws Exception {
		KeptBackup newest = bench.keepsake.snapshots(null, null).getFirst();
		return new RestoreRequest(newest, bench.phone.udid, password == null ? null : Secret.of(password), false, true,
				false, false, true);
	}

	private RestorePlan plan() throws Exception {
		return bench.keepsake.planRestore(request("right"), bench.monitor);
	}

	private Severity severity(String id) throws Exception {
		RestorePlan plan = plan();
		return plan.findings().stream().filter(finding -> finding.id().equals(id)).findFirst()
				.orElseThrow(() -> new AssertionError(id + " in " + plan.findings())).severity();
	}

	@Test
	void aFittingBackupIsReadyAndWarnsOfWhatIsReplaced() throws Exception {
		RestorePlan plan = plan();
		assertTrue(plan.ready(), () -> plan.findings().toString());
		assertTrue(plan.warnings().getFirst().contains("erased"), plan.warnings()::toString);
		assertEquals(List.of(), bench.phone.restores);
	}

	@Test
	void theWrongPasswordStopsBeforeTheDeviceIsTouched() throws Exception {
		Bench.problemOf("backup.wrong-password", () -> bench.keepsake.restore(request("wrong"), bench.monitor));
		Bench.problemOf("backup.password-needed", () -> bench.keepsake.restore(request(null), bench.monitor));
		assertEquals(List.of(), bench.phone.restores);
		assertTrue(bench.heard("checking-password"));
	}

	@Test
	void theDerivationIsPaidOnceForPlanAndRestore() throws Exception {
		plan();
		bench.keepsake.restore(request("right"), bench.monitor);
		assertEquals(1, bench.inspector.derivations);
	}

	@Test
	void anOlderSystemIsRefused() throws Exception {
		bench.phone.ios = "18.4.1";
		assertEquals(Severity.BLOCKER, severity("ios"));
		Bench.problemOf("engine.ios-too-old", () -> bench.keepsake.restore(request("right"), bench.monitor));
		bench.phone.ios = "18.5";
		assertEquals(Severity.GOOD, severity("ios"));
	}

	@Test
	void findMyForbidsIt() throws Exception {
		bench.phone.findMyOn = true;
		Bench.problemOf("engine.find-my-on", () -> bench.keepsake.restore(request("right"), bench.monitor));
	}

	@Test
	void aBackupThatIsLargerThanTheDeviceIsRefusedAndATightOneWarnedOf() throws Exception {
		bench.phone.capacityBytes = 20L;
		Bench.problemOf("engine.does-not-fit", () -> bench.keepsake.restore(request("right"), bench.monitor));
		bench.phone.capacityBytes = 1_000L;
		bench.phone.freeBytes = 10L;
		assertEquals(Severity.WARNING, severity("fit"));
	}

	@Test
	void anIncompleteBackupIsRefused() throws Exception {
		bench.target.versions.clear();
		bench.target.keep(Bench.UDID, Instant.EPOCH, false, Bench.UDID + "/Status.plist", "uploading",
				Bench.UDID + "/Manifest.plist", "plain");
		Bench.problemOf("backup.incomplete", () -> bench.keepsake.restore(request(null), bench.monitor));
	}

	@Test
	void anUnencryptedBackupTellsOnceWhatItDoesNotHold() throws Exception {
		bench.target.versions.clear();
		bench.keepEarlier();
		RestorePlan plan = bench.keepsake.planRestore(request(null), bench.monitor);
		List<String> told = Stream
				.concat(plan.warnings().stream(), plan.findings().stream().map(Finding::toString)).toList();
		assertEquals(1, told.stream().filter(line -> line.contains("Health")).count(), told::toString);
		bench.phone.encryptionRequired = true;
		Bench.problemOf("engine.unencrypted-forbidden", () -> bench.keepsake.restore(request(null), bench.monitor));
	}

	@Test
	void anotherKindOfDeviceIsWarnedOf() throws Exception {
		bench.phone.productType = "iPad14,3";
		assertEquals(Severity.WARNING, severity("model"));
	}

	@Test
	void theDeviceSeesTheBackupAndCannotChangeIt() throws Exception {
		Map<String, byte[]> before = new TreeMap<>(bench.target.newest(Bench.UDID));
		bench.phone.restore = (options, files, monitor) -> {
			TreePath folder = new TreePath(options.sourceFolder());
			assertTrue(files.stat(folder.resolve("Manifest.db")).isPresent());
			try (OutputStream out = files.write(folder.resolve("Status.plist"))) {
				out.write('x');
			}
			files.remove(folder.resolve("Manifest.db"));
			files.copy(folder, new TreePath("Copy"));
			assertEquals(1, size(files, new TreePath("Copy").resolve("Status.plist")));
			return new TransferResult(0, 0, 2, 20, null, List.of());
		};
		bench.keepsake.restore(request("right"), bench.monitor);
		assertEquals(before, bench.target.newest(Bench.UDID));
		try (Stream<Path> left = Files.list(home.resolve("scratch"))) {
			assertEquals(List.of(), left.toList());
		}
	}

	private static long size(HostFiles files, TreePath path) throws java.io.IOException {
		return files.stat(path).orElseThrow().sizeBytes();
	}

	@Test
	void optionsReachTheDevice() throws Exception {
		KeptBackup newest = bench.keepsake.snapshots(null, null).getFirst();
		bench.keepsake.restore(new RestoreRequest(newest, bench.phone.udid, Secret.of("right"), true, false, true, true,
				false), bench.monitor);
		var options = bench.phone.restores.getFirst();
		assertTrue(options.systemFiles() && !options.keepSettings() && options.copyFirst() && options.removeOthers()
				&& !options.reboot());
		assertEquals(Bench.UDID, options.sourceFolder());
	}

	@Test
	void aBrokenConnectionIsNotTriedAgainAndSaysWhatTheDeviceMayBeLike() throws Exception {
		bench.phone.restore = (options, files, monitor) -> {
			throw FakePhone.problem("device.connection-lost");
		};
		Bench.problemOf("engine.restore-interrupted", () -> bench.keepsake.restore(request("right"), bench.monitor));
		assertEquals(1, bench.phone.restores.size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "device.backup-corrupt", "device.find-my-on", "device.storage-full", "device.failed" })
	void whatTheDeviceRefusesIsItsProblem(String code) throws Exception {
		bench.phone.restore = (options, files, monitor) -> {
			throw FakePhone.problem(code);
		};
		Bench.problemOf(code, () -> bench.keepsake.restore(request("right"), bench.monitor));
		assertEquals(1, bench.phone.restores.size());
	}

	@Test
	void readsBackAfterTheRestart() throws Exception {
		Timing patient = new Timing(Duration.ZERO, Duration.ZERO, 3, 20, 1, Duration.ofMinutes(1),
				Duration.ofMinutes(1));
		try (Bench waiting = new Bench(home, Map.of(), patient)) {
			waiting.keepEncrypted("right");
			waiting.phone.encryption = true;
			KeptBackup newest = waiting.keepsake.snapshots(null, null).getFirst();
			JobControl control = new JobControl(event -> {
				if (event instanceof JobEvent.Phase phase && phase.phase().equals("restarting")) {
					Thread.ofVirtual().start(() -> {
						waiting.usb.detach(Bench.UDID);
						waiting.usb.attach(Bench.UDID);
					});
				}
			});
			RestoreResult result = waiting.keepsake.restore(new RestoreRequest(newest, waiting.phone.udid,
					Secret.of("right"), false, true, false, false, true), control);
			String confirmed = result.confirmed().toString();
			assertTrue(confirmed.contains("restarted") && confirmed.contains("26.1") && confirmed.contains("encrypted")
					&& confirmed.contains("7 apps"), confirmed);
			assertTrue(result.remaining().stream().anyMatch(step -> step.contains("Apple Account")));
		}
	}

	@Test
	void aDeviceThatDoesNotComeBackIsToldAndNoFailure() throws Exception {
		bench.phone.restore = (options, files, monitor) -> {
			bench.usb.detach(Bench.UDID);
			return new TransferResult(0, 0, 1, 1, null, List.of());
		};
		RestoreResult result = bench.keepsake.restore(request("right"), bench.monitor);
		assertTrue(result.remaining().getFirst().contains("not come back"), result.remaining()::toString);
	}

	@Test
	void cancelDuringTheRestartDoesNotUndoTheSuccess() throws Exception {
		Timing patient = new Timing(Duration.ZERO, Duration.ZERO, 3, 20, 1, Duration.ofMinutes(10),
				Duration.ofMinutes(10));
		try (Bench waiting = new Bench(home, Map.of(), patient)) {
			waiting.keepEncrypted("right");
			KeptBackup newest = waiting.keepsake.snapshots(null, null).getFirst();
			JobControl[] control = new JobControl[1];
			control[0] = new JobControl(event -> {
				if (event instanceof JobEvent.Phase phase && phase.phase().equals("restarting")) {
					Thread.ofVirtual().start(control[0]::cancel);
				}
			});
			RestoreResult result = waiting.keepsake.restore(new RestoreRequest(newest, waiting.phone.udid,
					Secret.of("right"), false, true, false, false, true), control[0]);
			assertFalse(result.confirmed().isEmpty());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "connecting", "checking", "checking-password" })
	void cancelBeforehandTouchesNothing(String phase) throws Exception {
		JobControl[] control = new JobControl[1];
		control[0] = new JobControl(event -> {
			if (event instanceof JobEvent.Phase reached && reached.phase().equals(phase)) {
				control[0].cancel();
			}
		});
		assertThrows(CancelledException.class, () -> bench.keepsake.restore(request("right"), control[0]));
		assertEquals(List.of(), bench.phone.restores);
	}
}
