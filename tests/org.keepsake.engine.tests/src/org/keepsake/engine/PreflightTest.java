// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.engine.Finding.Severity;

/** What is said before a backup. */
class PreflightTest {

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

	private Preflight preflight() throws Exception {
		return bench.keepsake.preflight(bench.request(), bench.monitor);
	}

	private Finding finding(String id) throws Exception {
		Preflight preflight = preflight();
		List<Finding> found = preflight.findings().stream().filter(finding -> finding.id().equals(id)).toList();
		assertEquals(1, found.size(), () -> id + " in " + preflight.findings());
		return found.getFirst();
	}

	private void expect(String id, Severity severity) throws Exception {
		Finding finding = finding(id);
		assertEquals(severity, finding.severity(), finding::toString);
		if (severity == Severity.WARNING || severity == Severity.BLOCKER) {
			assertNotNull(finding.remedy(), finding::toString);
		}
	}

	@Test
	void aDeviceThatIsFineIsReady() throws Exception {
		bench.phone.encryption = true;
		bench.keepEarlier();
		Preflight preflight = preflight();
		assertTrue(preflight.ready());
		assertTrue(preflight.findings().stream().allMatch(finding -> finding.severity() == Severity.GOOD),
				() -> preflight.findings().toString());
		assertTrue(preflight.verdict().contains("ready"), preflight.verdict());
	}

	@Test
	void theWorstComesFirst() throws Exception {
		bench.phone.encryptionRequired = true;
		bench.phone.batteryPercent = 5;
		bench.phone.charging = false;
		List<Severity> severities = preflight().findings().stream().map(Finding::severity).toList();
		assertEquals(Severity.BLOCKER, severities.getFirst());
		assertEquals(severities.stream().sorted(java.util.Comparator.reverseOrder()).toList(), severities);
	}

	@Test
	void missingEncryptionSaysWhatIsLost() throws Exception {
		expect("encryption", Severity.WARNING);
		assertTrue(finding("encryption").what().contains("Health"));
	}

	@Test
	void aProfileThatDemandsEncryptionForbidsTheBackup() throws Exception {
		bench.phone.encryptionRequired = true;
		expect("encryption", Severity.BLOCKER);
		Preflight preflight = preflight();
		assertFalse(preflight.ready());
		assertTrue(preflight.verdict().contains("cannot"), preflight.verdict());
	}

	@Test
	void anUnpairedDeviceByCableWillBeAsked() throws Exception {
		bench.phone.paired = false;
		expect("pairing", Severity.ADVICE);
		assertTrue(preflight().ready());
		assertFalse(bench.phone.log.contains("pair"));
	}

	@Test
	void anUnpairedDeviceOverTheNetworkNeedsTheCable() throws Exception {
		bench.phone.paired = false;
		bench.phone.connection = ConnectionType.NETWORK;
		expect("pairing", Severity.BLOCKER);
	}

	@Test
	void aLockedScreenIsAWarning() throws Exception {
		bench.phone.locked = true;
		expect("lock", Severity.WARNING);
	}

	@Test
	void noPasscodeIsAdvice() throws Exception {
		bench.phone.passcodeSet = false;
		expect("passcode", Severity.ADVICE);
	}

	@Test
	void anOldSystemIsAdvice() throws Exception {
		bench.phone.ios = "17.4";
		expect("ios", Severity.ADVICE);
		assertTrue(finding("ios").what().contains("17.4"));
	}

	@Test
	void aLowBatteryWithoutPowerIsAWarningAndWithPowerFine() throws Exception {
		bench.phone.batteryPercent = 10;
		bench.phone.charging = false;
		expect("battery", Severity.WARNING);
		bench.phone.charging = true;
		expect("battery", Severity.GOOD);
	}

	@Test
	void needIsWhatIsUsedLessWhatIsHeldPlusTheDevicesMargin() throws Exception {
		bench.target.keep(Bench.UDID, Instant.parse("2026-11-20T12:00:00Z"), true, Bench.UDID + "/a", "12345");
		assertEquals(32_000_000_000L - 5 + (128L << 20), preflight().neededBytes());
		Preflight full = bench.keepsake.preflight(new BackupRequest(bench.phone.udid, null, true, 0), bench.monitor);
		assertEquals(32_000_000_000L + (128L << 20), full.neededBytes());
		assertEquals(1L << 40, full.freeBytes());
	}

	@Test
	void tightRoomIsAWarningAndNoRoomABlocker() throws Exception {
		bench.target.freeBytes = 10_000_000_000L;
		expect("space", Severity.WARNING);
		bench.target.freeBytes = 100_000_000L;
		expect("space", Severity.BLOCKER);
	}

	@Test
	void unknownUsageIsToldAsSuch() throws Exception {
		bench.phone.capacityBytes = null;
		expect("space", Severity.ADVICE);
		assertTrue(preflight().neededBytes() < 0);
	}

	@Test
	void aTargetThatFailsIsABlocker() throws Exception {
		bench.target.failure = new IOException("unplugged disk");
		expect("target", Severity.BLOCKER);
		assertTrue(finding("target").what().contains("unplugged disk"));
	}

	@Test
	void theAgeOfTheLastBackupIsTold() throws Exception {
		expect("last-backup", Severity.ADVICE);
		bench.target.keep(Bench.UDID, Instant.parse("2026-01-01T00:00:00Z"), true, Bench.UDID + "/a", "1");
		expect("last-backup", Severity.ADVICE);
		assertTrue(finding("last-backup").what().contains("326 days"), finding("last-backup")::what);
		bench.keepEarlier();
		expect("last-backup", Severity.GOOD);
	}

	@Test
	void aDeviceThatIsNearlyFullIsTold() throws Exception {
		bench.phone.freeBytes = 1_000L;
		expect("device-space", Severity.WARNING);
		bench.phone.freeBytes = 1_000_000_000L;
		expect("device-space", Severity.ADVICE);
	}

	@Test
	void aRememberedPasswordIsRehearsed() throws Exception {
		bench.keepEncrypted("right");
		expect("password", Severity.ADVICE);
		bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("wrong"));
		expect("password", Severity.WARNING);
		bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("right"));
		expect("password", Severity.GOOD);
	}

	@Test
	void aPasswordOfTheEnvironmentIsRehearsed() throws Exception {
		try (Bench given = new Bench(home, Map.of("KEEPSAKE_BACKUP_PASSWORD", "right"), Bench.PROMPT)) {
			given.keepEncrypted("right");
			Preflight preflight = given.keepsake.preflight(given.request(), given.monitor);
			assertTrue(preflight.findings().stream()
					.anyMatch(finding -> finding.id().equals("password") && finding.severity() == Severity.GOOD));
			assertTrue(given.heard("checking-password"));
			given.keepsake.preflight(given.request(), given.monitor);
			assertEquals(1, given.inspector.derivations, "the derivation takes seconds, once is enough");
		}
	}

	@Test
	void noFindingNamesAPassword() throws Exception {
		bench.keepEncrypted("hunter2!");
		bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("correct-horse"));
		String all = preflight().toString() + bench.events;
		assertFalse(all.contains("hunter2!") || all.contains("correct-horse"), all);
	}

	@Test
	void aQuotaThatDoesNotSufficeIsToldBeforeTheBackupWithWhatToDelete() throws Exception {
		bench.keepEarlier();
		bench.phone.acts.add(bench.phone.succeeds());
		Snapshot kept = bench.backup().backup().snapshot();
		Snapshot old = bench.target.versions.getLast().snapshot();
		bench.target.versions.replaceAll(version -> new FakeTarget.Version(
				new Snapshot(version.snapshot().id(), version.snapshot().summary(), version.snapshot().path(),
						version.snapshot().id().equals(kept.id())),
				version.files()));
		bench.phone.freeBytes = 22_000_000_000L;
		bench.target.freeBytes = 4_000_000_000L;
		expect("space", Severity.WARNING);

		bench.target.use = new StorageUse(46_000_000_000L, 50_000_000_000L,
				Map.of(kept.id(), 20_000_000_000L, old.id(), 7_000_000_000L));
		Finding finding = finding("space");
		assertEquals(Severity.BLOCKER, finding.severity(), finding::toString);
		Problem problem = Bench.problemOf("engine.quota-full", () -> bench.backup());
		assertTrue(problem.cause().contains("4 GB") && problem.cause().contains("50 GB"), problem::cause);
		assertTrue(problem.remedy().contains(old.id().brief()) && problem.remedy().contains("7 GB"), problem::remedy);
		assertFalse(problem.remedy().contains(kept.id().brief()), "the newest is never offered");

		bench.target.freeBytes = 12_000_000_000L;
		expect("space", Severity.GOOD);
		assertTrue(bench.backup().backup().snapshot().summary().complete());
	}
}
