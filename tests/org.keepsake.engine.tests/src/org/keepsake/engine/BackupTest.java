// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Problem;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.engine.internal.Timing;

/** What a backup decides, whatever a device or target does. */
class BackupTest {

	@TempDir
	Path home;
	private Bench bench;

	@BeforeEach
	void setUp() {
		bench = new Bench(home);
	}

	@AfterEach
	void tearDown() {
		bench.close();
	}

	private List<String> treeLog() {
		return bench.target.log.stream().filter(entry -> !entry.equals("close target")).toList();
	}

	@Test
	void firstBackupIsFullAndKept() throws Exception {
		bench.phone.acts.add(bench.phone.succeeds());
		BackupResult result = bench.backup();
		assertTrue(result.full());
		assertEquals("default", result.backup().target());
		assertEquals(1, bench.target.versions.size());
		assertEquals(List.of("begin newest", "commit"), treeLog());
		assertEquals("close", bench.phone.log.getLast());
		assertTrue(bench.keepsake.lastBackup(bench.phone.udid).isPresent());
	}

	@Test
	void laterBackupContinuesTheNewestVersion() throws Exception {
		bench.keepEarlier();
		bench.phone.acts.add(bench.phone.succeeds());
		assertFalse(bench.backup().full());
		assertEquals("old", new String(bench.target.newest(Bench.UDID).get(Bench.UDID + "/00/00a")));
	}

	@Test
	void fullBackupBeginsEmptyAndTellsTheDevice() throws Exception {
		bench.keepEarlier();
		bench.phone.acts.add(bench.phone.succeeds());
		BackupResult result = bench.keepsake.backup(new BackupRequest(bench.phone.udid, null, true, 0), bench.monitor);
		assertTrue(result.full());
		assertTrue(bench.phone.backups.getFirst().forceFull());
		assertEquals(List.of("begin empty", "commit"), treeLog());
	}

	@Test
	void pairsADeviceThatIsAttachedByCable() throws Exception {
		bench.phone.paired = false;
		bench.phone.acts.add(bench.phone.succeeds());
		bench.backup();
		assertEquals(List.of("open", "pair", "open"), bench.phone.log.subList(0, 3));
	}

	@Test
	void failingToCloseTheSessionDoesNotSpoilAKeptBackup() throws Exception {
		bench.phone.closeFailure = new IOException("reset");
		bench.phone.acts.add(bench.phone.succeeds());
		assertTrue(bench.backup().full());
	}

	@Test
	void preflightBlockerIsTheProblemAndNothingBegins() {
		bench.target.freeBytes = 1;
		Problem problem = Bench.problemOf("engine.target-full", () -> bench.backup());
		assertTrue(problem.cause().contains("1 byte"), problem.cause());
		assertEquals(List.of(), treeLog());
		assertEquals(List.of(), bench.phone.backups);
	}

	@Test
	void oneJobAtATimeWorksWithADevice() throws Exception {
		bench.phone.acts.add((options, files, monitor) -> {
			Bench.problemOf("engine.device-busy", () -> bench.backup());
			return bench.phone.succeeds().play(options, files, monitor);
		});
		bench.backup();
		bench.backup();
	}

	@Test
	void storageThatFailsIsAProblemWithItsReason() {
		bench.target.failure = new TreeException(TreeException.Reason.NO_SPACE, "no", null);
		bench.phone.acts.add(bench.phone.succeeds());
		Problem problem = Bench.problemOf("engine.target-failed", () -> bench.backup());
		assertTrue(problem.cause().contains("full"), problem.cause());
	}

	@Test
	void aMistakeOfOurOwnIsAProblemWithAMark() {
		bench.phone.acts.add((options, files, monitor) -> {
			throw new IllegalStateException("secret detail");
		});
		Problem problem = Bench.problemOf("engine.unexpected", () -> bench.backup());
		assertFalse(problem.cause().contains("secret detail"));
	}

	@Test
	void commitThatFailsKeepsTheReceivedFilesForTheNextRun() throws Exception {
		bench.keepEarlier();
		bench.phone.acts.add(bench.phone.succeeds());
		bench.target.commitFailure = new IOException("disk gone");
		Bench.problemOf("engine.target-failed", () -> bench.backup());
		assertEquals(1, bench.target.versions.size());
		bench.target.commitFailure = null;
		bench.backup();
		assertEquals(List.of("begin newest", "commit", "close tree", "begin resumed", "commit"), treeLog());
	}

	/** The connection breaks. */
	@Nested
	class BrokenConnection {

		@Test
		void isResumedInTheSameTree() throws Exception {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.fails("device.connection-lost", 500));
			bench.phone.acts.add(bench.phone.succeeds());
			BackupResult result = bench.backup();
			assertEquals(List.of("begin newest", "close tree", "begin resumed", "commit"), treeLog());
			assertTrue(bench.heard("backup.resuming"));
			assertTrue(result.remarks().stream().anyMatch(remark -> remark.contains("once")), () -> "" + result);
		}

		@Test
		void givesUpAfterThreeResumesWithoutProgressAndStaysResumable() {
			bench.phone.acts.add(bench.phone.fails("device.connection-lost", 10));
			Bench.problemOf("device.connection-lost", () -> bench.backup());
			assertEquals(4, bench.phone.backups.size());
			assertEquals("uploading", new String(
					bench.target.interrupted.get(bench.phone.udid).get(Bench.UDID + "/Status.plist")));
		}

		@Test
		void goesOnAsLongAsTheDeviceGetsFurther() throws Exception {
			for (int i = 0; i < 8; i++) {
				bench.phone.acts.add(bench.phone.fails("device.connection-lost", 5_000));
			}
			bench.phone.acts.add(bench.phone.succeeds());
			bench.backup();
			assertEquals(9, bench.phone.backups.size());
		}

		@Test
		void doesNotGoOnForEver() {
			bench.phone.acts.add(bench.phone.fails("device.connection-lost", 5_000));
			Bench.problemOf("device.connection-lost", () -> bench.backup());
			assertEquals(21, bench.phone.backups.size());
		}

		@Test
		void giveUpIfTheDeviceStaysAway() {
			bench.phone.acts.add((options, files, monitor) -> {
				bench.usb.detach(Bench.UDID);
				return bench.phone.fails("device.connection-lost", 10).play(options, files, monitor);
			});
			Bench.problemOf("device.connection-lost", () -> bench.backup());
			assertEquals(1, bench.phone.backups.size());
			assertEquals(0, bench.usb.watches());
		}

		@Test
		void waitsForTheDeviceToBeAttachedAgain() throws Exception {
			Timing patient = new Timing(Duration.ofMinutes(1), Duration.ZERO, 3, 20, 1_000, Duration.ZERO,
					Duration.ZERO);
			try (Bench waiting = new Bench(home, Map.of(), patient)) {
				waiting.phone.acts.add((options, files, monitor) -> {
					waiting.usb.detach(Bench.UDID);
					return waiting.phone.fails("device.connection-lost", 10).play(options, files, monitor);
				});
				waiting.phone.acts.add(waiting.phone.succeeds());
				JobControl control = new JobControl(event -> {
					if (event instanceof JobEvent.Notice notice && notice.code().equals("backup.resuming")) {
						Thread.ofVirtual().start(() -> waiting.usb.attach(Bench.UDID));
					}
				});
				waiting.keepsake.backup(waiting.request(), control);
				assertEquals(2, waiting.phone.backups.size());
			}
		}

		@Test
		void cancelEndsTheWaiting() {
			Timing patient = new Timing(Duration.ofMinutes(10), Duration.ZERO, 3, 20, 1_000, Duration.ZERO,
					Duration.ZERO);
			try (Bench waiting = new Bench(home, Map.of(), patient)) {
				waiting.phone.acts.add((options, files, monitor) -> {
					waiting.usb.detach(Bench.UDID);
					return waiting.phone.fails("device.connection-lost", 10).play(options, files, monitor);
				});
				JobControl[] control = new JobControl[1];
				control[0] = new JobControl(event -> {
					if (event instanceof JobEvent.Notice notice && notice.code().equals("backup.resuming")) {
						Thread.ofVirtual().start(control[0]::cancel);
					}
				});
				assertThrows(CancelledException.class,
						() -> waiting.keepsake.backup(waiting.request(), control[0]));
			}
		}

		@Test
		void aFullBackupThatHadNotBegunStaysFull() throws Exception {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.failsAtOnce("device.connection-lost"));
			bench.phone.acts.add(bench.phone.succeeds());
			BackupResult result = bench.keepsake.backup(new BackupRequest(bench.phone.udid, null, true, 0),
					bench.monitor);
			assertTrue(result.full());
			assertTrue(bench.phone.backups.getLast().forceFull());
		}

		@Test
		void aFullBackupThatHadBegunIsResumedNotBegunAgain() throws Exception {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.fails("device.connection-lost", 10));
			bench.phone.acts.add(bench.phone.succeeds());
			bench.keepsake.backup(new BackupRequest(bench.phone.udid, null, true, 0), bench.monitor);
			assertFalse(bench.phone.backups.getLast().forceFull());
			assertEquals(List.of("begin empty", "close tree", "begin resumed", "commit"), treeLog());
		}
	}

	/** What lies in the tree does not agree with itself. */
	@Nested
	class StaleState {

		@ParameterizedTest
		@ValueSource(strings = { "device.backup-corrupt", "device.version-unsupported" })
		void isTriedFromTheNewestVersionThenInFull(String code) throws Exception {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.fails(code, 10));
			bench.phone.acts.add(bench.phone.fails(code, 10));
			bench.phone.acts.add(bench.phone.succeeds());
			BackupResult result = bench.backup();
			assertTrue(result.full());
			assertEquals(List.of("begin newest", "discard", "begin newest", "discard", "begin empty", "commit"),
					treeLog());
			assertTrue(bench.phone.backups.getLast().forceFull());
			assertTrue(result.remarks().stream().anyMatch(remark -> remark.contains("full")), () -> "" + result);
		}

		@Test
		void givesUpAfterTheFullOneFailedToo() {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.fails("device.backup-corrupt", 10));
			Bench.problemOf("device.backup-corrupt", () -> bench.backup());
			assertEquals(3, bench.phone.backups.size());
			assertTrue(bench.target.interrupted.isEmpty());
		}

		@Test
		void ofAFirstBackupIsDroppedSoThatTheNextIsNotSpoiled() {
			bench.phone.acts.add(bench.phone.fails("device.backup-corrupt", 10));
			Bench.problemOf("device.backup-corrupt", () -> bench.backup());
			assertEquals(1, bench.phone.backups.size());
			assertEquals(List.of("begin newest", "discard"), treeLog());
		}

		@Test
		void anEmptyListLeftByAnInterruptedRunIsNeverShownToTheDevice() throws Exception {
			bench.keepEarlier();
			TreeMap<String, byte[]> poisoned = new TreeMap<>(bench.target.newest(Bench.UDID));
			poisoned.put(Bench.UDID + "/Manifest.plist", new byte[0]);
			bench.target.interrupted.put(bench.phone.udid, poisoned);
			bench.phone.acts.add(bench.phone.succeeds());
			bench.backup();
			assertEquals(List.of("begin resumed", "discard", "begin newest", "commit"), treeLog());
		}

		@Test
		void anEmptyListInTheNewestVersionMakesAFullBackup() throws Exception {
			bench.target.keep(Bench.UDID, null, false, Bench.UDID + "/Status.plist", "finished",
					Bench.UDID + "/Manifest.plist", "");
			bench.phone.acts.add(bench.phone.succeeds());
			assertTrue(bench.backup().full());
			assertTrue(bench.phone.backups.getLast().forceFull());
		}

		@Test
		void successThatTheStatusDeniesIsNotBelieved() {
			bench.keepEarlier();
			bench.phone.acts.add(bench.phone.lies());
			Problem problem = Bench.problemOf("engine.result-incomplete", () -> bench.backup());
			assertTrue(problem.cause().contains("uploading"), problem.cause());
			assertEquals(3, bench.phone.backups.size());
			assertEquals(1, bench.target.versions.size());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "device.cancelled-on-device", "device.backup-password-wrong", "device.needs-passcode",
			"device.find-my-on", "device.setup-not-finished", "device.encryption-demanded",
			"device.cloud-restore-running", "device.failed", "device.busy", "device.not-responding", "device.locked",
			"device.protocol" })
	void whatOnlyAPersonCanMendIsNotTriedAgain(String code) {
		bench.keepEarlier();
		bench.phone.acts.add(bench.phone.fails(code, 10));
		Bench.problemOf(code, () -> bench.backup());
		assertEquals(1, bench.phone.backups.size());
		assertEquals(List.of("begin newest", "close tree"), treeLog());
	}

	@ParameterizedTest
	@ValueSource(strings = { "device.files-unreadable", "device.host-write-failed", "device.needs-restart" })
	void aPassingFaultIsTriedOnceMore(String code) {
		bench.phone.acts.add(bench.phone.fails(code, 10));
		Bench.problemOf(code, () -> bench.backup());
		assertEquals(2, bench.phone.backups.size());
	}

	@Test
	void lackOfRoomIsToldWithTheAmounts() {
		bench.target.freeBytes = 5_000_000_000L;
		bench.phone.acts.add(bench.phone.fails("device.host-disk-full", 10));
		Problem problem = Bench.problemOf("device.host-disk-full", () -> bench.backup());
		assertEquals(1, bench.phone.backups.size());
		assertTrue(problem.cause().contains("5 GB"), problem.cause());
	}

	@Test
	void lackOfRoomIsTriedOnceMoreIfThereIsRoomAgain() throws Exception {
		bench.phone.acts.add(bench.phone.fails("device.host-disk-full", 10));
		bench.phone.acts.add(bench.phone.succeeds());
		bench.backup();
		assertEquals(2, bench.phone.backups.size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "connecting", "checking", "preparing", "proving", "keeping" })
	void cancelAtAnyStepLeavesTheVersionsAsTheyWere(String phase) throws Exception {
		bench.keepEarlier();
		Map<String, byte[]> before = new TreeMap<>(bench.target.newest(Bench.UDID));
		bench.phone.acts.add(bench.phone.succeeds());
		JobControl[] control = new JobControl[1];
		control[0] = new JobControl(event -> {
			if (event instanceof JobEvent.Phase reached && reached.phase().equals(phase)) {
				control[0].cancel();
			}
		});
		assertThrows(CancelledException.class, () -> bench.keepsake.backup(bench.request(), control[0]));
		assertEquals(1, bench.target.versions.size());
		Map<String, byte[]> after = bench.target.newest(Bench.UDID);
		assertEquals(before.keySet(), after.keySet());
		before.forEach((path, content) -> assertArrayEquals(content, after.get(path), path));
		bench.backup();
		assertEquals(2, bench.target.versions.size());
	}

	@Test
	void cancelWhileTheDeviceSendsIsACancellationThatResumes() throws Exception {
		bench.phone.acts.add((options, files, monitor) -> {
			files.put(Bench.UDID + "/Status.plist", "uploading");
			bench.monitor.cancel();
			throw new IOException("socket closed");
		});
		bench.phone.acts.add(bench.phone.succeeds());
		assertThrows(CancelledException.class, () -> bench.backup());
		assertTrue(bench.target.interrupted.containsKey(bench.phone.udid));
		assertTrue(bench.usb.watches() == 0);
	}

	@Test
	void unpairedOverTheNetworkAsksForTheCable() {
		FakeTransport wifi = new FakeTransport("wifi", ConnectionType.NETWORK);
		wifi.attach(Bench.UDID);
		bench.phone.paired = false;
		bench.phone.connection = ConnectionType.NETWORK;
		try (Keepsake overWifi = new Keepsake(home, Map.of(), List.of(wifi), List.of(FakeTarget.factory(bench.target)),
				new Keepsake.Seams((transport, device) -> bench.phone, bench.inspector, Bench.PROMPT,
						java.time.Clock.systemUTC()))) {
			Bench.problemOf("engine.pair-by-cable", () -> overWifi.backup(bench.request(), bench.monitor));
			assertFalse(bench.phone.log.contains("pair"));
		}
	}
}
