// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.ProblemException;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.ios.protocol.fake.FakeDevice;
import org.keepsake.ios.protocol.internal.Timing;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** Pairing, sessions and what a device says of itself. */
@Timeout(60)
class DeviceClientTest {

	private static final Timing QUICK = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5),
			Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofMillis(1), 5,
			Duration.ofMillis(500));

	private FakeDevice device = fresh(ConnectionType.USB);
	private final List<String> notices = new CopyOnWriteArrayList<>();
	private final JobControl control = new JobControl(event -> {
		if (event instanceof JobEvent.Notice notice) {
			notices.add(notice.code());
		}
	});

	private static FakeDevice fresh(ConnectionType connection) {
		try {
			return new FakeDevice(connection);
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	@AfterEach
	void noSurpriseOnTheDevice() throws IOException {
		device.close();
		assertTrue(device.failures.isEmpty(), () -> device.failures.toString());
	}

	private DeviceClient client() {
		return new DeviceClient(device, device.attached, QUICK);
	}

	private Dict kept() throws IOException {
		byte[] record = device.record;
		assertNotNull(record);
		return Plist.parseDict(record);
	}

	private String failsToPair() {
		return assertThrows(ProblemException.class, () -> client().pair(control)).problem().code();
	}

	@Test
	void pairsOnceThePersonHasTappedTrust() throws IOException {
		device.pairAnswers.addAll(List.of("PasswordProtected", "PasswordProtected", "PairingDialogResponsePending",
				"PairingDialogResponsePending", "PairingDialogResponsePending"));
		client().pair(control);
		assertEquals(List.of("device.unlock", "device.tap-trust"), notices);
		List<Object> offered = device.requests.stream().filter(r -> "Pair".equals(r.string("Request")))
				.map(r -> r.dictOrEmpty("PairRecord").string("HostID", "")).distinct().map(Object.class::cast).toList();
		assertEquals(1, offered.size(), "the same identity in all attempts");
		Dict record = kept();
		assertArrayEquals(device.escrowBag, record.data("EscrowBag"));
		assertEquals("aa:bb:cc:00:11:22", record.string("WiFiMACAddress"));
		assertEquals("30142955-444094379208051516", record.string("SystemBUID"));
		assertTrue(record.string("HostID", "").matches("[0-9A-F-]{36}"));
		try (DeviceSession session = client().open()) {
			assertTrue(session.details().paired());
		}
	}

	@Test
	void neverSendsAPrivateKey() throws IOException {
		client().pair(control);
		Dict pair = device.requests.stream().filter(r -> "Pair".equals(r.string("Request"))).findFirst().orElseThrow();
		assertEquals(
				java.util.Set.of("DeviceCertificate", "HostCertificate", "RootCertificate", "HostID", "SystemBUID"),
				pair.dictOrEmpty("PairRecord").toMap().keySet());
		assertEquals("2", pair.string("ProtocolVersion"));
		assertTrue(pair.dictOrEmpty("PairingOptions").isTrue("ExtendedPairingErrors"));
		assertFalse(new String(Plist.xml(pair.toMap()), java.nio.charset.StandardCharsets.UTF_8).contains("PRIVATE"));
	}

	@ParameterizedTest
	@CsvSource({ "UserDeniedPairing, device.pairing-denied",
			"PairingProhibitedOverThisConnection, device.pairing-needs-cable", "MCProtected, device.pairing-forbidden",
			"MCChallengeRequired, device.pairing-forbidden", "SomethingNew, device.refused" })
	void tellsWhyPairingFailed(String error, String code) {
		device.pairAnswers.add(error);
		assertEquals(code, failsToPair());
		assertNull(device.record);
	}

	@ParameterizedTest
	@CsvSource({ "PairingDialogResponsePending, device.pairing-timed-out", "PasswordProtected, device.locked" })
	void givesUpIfNobodyAnswers(String error, String code) {
		for (int i = 0; i < 100_000; i++) {
			device.pairAnswers.add(error);
		}
		Timing impatient = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(20),
				Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(1), 5, Duration.ofMillis(500));
		ProblemException failure = assertThrows(ProblemException.class,
				() -> new DeviceClient(device, device.attached, impatient).pair(control));
		assertEquals(code, failure.problem().code());
	}

	@Test
	void stopsPairingWhenCancelled() {
		for (int i = 0; i < 1_000_000; i++) {
			device.pairAnswers.add("PairingDialogResponsePending");
		}
		JobControl[] cancelling = new JobControl[1];
		cancelling[0] = new JobControl(event -> cancelling[0].cancel());
		assertThrows(CancelledException.class, () -> client().pair(cancelling[0]));
	}

	@Test
	void provesAPairingThereIsInsteadOfAskingAgain() throws Exception {
		device.paired();
		byte[] before = device.record;
		client().pair(control);
		assertArrayEquals(before, device.record);
		assertTrue(device.requests.stream().noneMatch(r -> "Pair".equals(r.string("Request"))));
	}

	@Test
	void pairsAnewWhenTheDeviceForgot() throws Exception {
		device.paired();
		String before = kept().string("HostID");
		device.trusted.clear();
		assertEquals("device.not-paired",
				assertThrows(ProblemException.class, () -> client().open()).problem().code());
		client().pair(control);
		assertFalse(String.valueOf(before).equals(kept().string("HostID")));
		client().open().close();
	}

	@Test
	void takesAFailedHandshakeForAForgottenPairing() throws Exception {
		device.paired();
		device.forgetful = true;
		assertEquals("device.not-paired",
				assertThrows(ProblemException.class, () -> client().open()).problem().code());
		DeviceDetails details = client().describe();
		assertFalse(details.paired());
		assertEquals("Anna's iPhone", details.name());
	}

	@Test
	void saysThatTheDeviceIsLockedSinceItsStart() throws Exception {
		device.paired();
		device.sessionError = "PasswordProtected";
		assertEquals("device.locked", assertThrows(ProblemException.class, () -> client().open()).problem().code());
		assertEquals(Boolean.TRUE, client().describe().locked());
	}

	@Test
	void asksToUnlockAKnownDeviceBeforeItIsProven() throws Exception {
		device.paired();
		device.sessionError = "PasswordProtected";
		JobControl unlocking = new JobControl(event -> device.sessionError = null);
		client().pair(unlocking);
		assertTrue(device.requests.stream().noneMatch(r -> "Pair".equals(r.string("Request"))));
	}

	@Test
	void keepsWorkingWithoutAnEscrowBag() throws IOException {
		device.escrowBag = null;
		client().pair(control);
		assertFalse(kept().has("EscrowBag"));
		client().open().close();
	}

	@Test
	void forgetsThePairingOnBothSides() throws Exception {
		device.paired();
		client().unpair();
		assertNull(device.record);
		assertTrue(device.trusted.isEmpty());
		client().unpair();
	}

	@Test
	void forgetsThePairingThoughTheDeviceForgotFirst() throws Exception {
		device.paired();
		device.trusted.clear();
		client().unpair();
		assertNull(device.record);
	}

	@Test
	void tellsWhatAnUnpairedDeviceTellsAnybody() throws IOException {
		DeviceDetails details = client().describe();
		assertFalse(details.paired());
		assertEquals("iPhone 14 Pro", details.model());
		assertEquals(new IosVersion("16.0"), details.iosVersion());
		assertNull(details.encryption());
		assertNull(details.freeBytes());
		assertEquals(Boolean.FALSE, details.locked());
	}

	@Test
	void tellsAllThatAPairedDeviceSays() throws Exception {
		device.paired();
		device.domains.put("com.apple.disk_usage", Map.of("TotalDataCapacity", 128_000_000_000L,
				"AmountDataAvailable", 5_000_000_000L, "TotalDataAvailable", 6_000_000_000L));
		device.domains.put("com.apple.mobile.battery",
				Map.of("BatteryCurrentCapacity", 77L, "BatteryIsCharging", true));
		device.domains.put("com.apple.mobile.backup",
				Map.of("WillEncrypt", true, "RequiresEncryption", true, "CloudBackupEnabled", true));
		device.domains.put("com.apple.fmip", Map.of("IsAssociated", true));
		device.domains.put("com.apple.mobile.chaperone", Map.of("DeviceIsChaperoned", true));
		DeviceDetails details = client().describe();
		assertEquals(FakeDevice.UDID, details.udid().value());
		assertEquals(Boolean.TRUE, details.encryption());
		assertEquals(Boolean.TRUE, details.encryptionRequired());
		assertEquals(Boolean.TRUE, details.findMyOn());
		assertEquals(Boolean.TRUE, details.supervised());
		assertEquals(Boolean.TRUE, details.cloudBackup());
		assertEquals(Boolean.TRUE, details.passcodeSet());
		assertEquals(128_000_000_000L, details.capacityBytes());
		assertEquals(5_000_000_000L, details.freeBytes());
		assertEquals(77, details.batteryPercent());
		assertEquals(Boolean.TRUE, details.charging());
	}

	@Test
	void bearsValuesOfTheWrongTypeAndMissingOnes() throws Exception {
		device.paired();
		device.root.putAll(Map.of("DeviceName", 5L, "ProductVersion", true, "ProductType", new byte[] { 1 },
				"UniqueDeviceID", "../../etc"));
		device.domains.put("com.apple.mobile.battery",
				Map.of("BatteryCurrentCapacity", "many", "BatteryIsCharging", "x"));
		device.domains.put("com.apple.disk_usage", Map.of("TotalDataCapacity", -5L, "AmountDataAvailable", List.of()));
		device.services.remove("com.apple.mobile.diagnostics_relay");
		DeviceDetails details = client().describe();
		assertEquals(FakeDevice.UDID, details.udid().value());
		assertEquals("", details.name());
		assertNull(details.batteryPercent());
		assertNull(details.charging());
		assertNull(details.capacityBytes());
		assertNull(details.freeBytes());
		assertNull(details.passcodeSet());
		assertEquals(Boolean.FALSE, details.encryption());
	}

	@Test
	void opensASessionAnewWhenTheDeviceClosedItForIdleness() throws Exception {
		device.paired();
		try (DeviceSession session = client().open()) {
			device.cut();
			assertTrue(session.details().paired());
		}
	}

	@Test
	void readsKeysOfBothForms() throws Exception {
		device.paired();
		Map<String, Object> values = kept().toMap();
		byte[] pkcs8 = java.util.Base64.getMimeDecoder().decode(
				new String((byte[]) values.get("HostPrivateKey"), java.nio.charset.StandardCharsets.US_ASCII)
						.replaceAll("-----[A-Z ]+-----", ""));
		byte[] pkcs1 = java.util.Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
		values.put("HostPrivateKey", ("-----BEGIN RSA PRIVATE KEY-----\n"
				+ java.util.Base64.getMimeEncoder().encodeToString(pkcs1) + "\n-----END RSA PRIVATE KEY-----\n")
				.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
		device.record = Plist.binary(values);
		client().open().close();
	}

	@Test
	void usesTheRootIdentityIfThereIsNoOther() throws Exception {
		device.paired();
		Map<String, Object> values = kept().toMap();
		values.remove("HostPrivateKey");
		device.record = Plist.xml(values);
		client().open().close();
	}

	@Test
	void takesADamagedRecordForNone() {
		device.record = new byte[] { 1, 2, 3 };
		assertEquals("device.not-paired",
				assertThrows(ProblemException.class, () -> client().open()).problem().code());
	}

	@Test
	void keepsTheHeartbeatOfADeviceOnWifi() throws Exception {
		device.close();
		device = fresh(ConnectionType.NETWORK).paired();
		java.util.concurrent.CountDownLatch answered = new java.util.concurrent.CountDownLatch(2);
		device.services.put("com.apple.mobile.heartbeat", c -> {
			for (int i = 0; i < 2; i++) {
				c.send(Map.of("Command", "Marco", "Interval", 10L));
				assertEquals("Polo", c.receiveDict().string("Command"));
				answered.countDown();
			}
			c.in.transferTo(java.io.OutputStream.nullOutputStream());
		});
		try (DeviceSession session = client().open()) {
			assertTrue(answered.await(30, java.util.concurrent.TimeUnit.SECONDS));
			assertEquals(ConnectionType.NETWORK, session.details().connection());
		}
	}

	@Test
	void saysThatTheConnectionBrokeIfTheDeviceVanishes() throws IOException {
		device.close();
		assertEquals("device.connection-lost",
				assertThrows(ProblemException.class, () -> client().describe()).problem().code());
	}
}
