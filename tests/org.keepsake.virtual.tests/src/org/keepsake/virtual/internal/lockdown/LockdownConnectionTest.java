// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Trust;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.mux.TestMux;
import org.keepsake.virtual.internal.wire.PlistFrames;

@NonNullByDefault({})
class LockdownConnectionTest {

	private static final String AFC = "com.apple.afc";

	@TempDir
	Path folder;

	private VirtualIPhones phones;
	private InetSocketAddress address;
	private String udid;

	@BeforeEach
	void start() throws IOException {
		start(Trust.AUTO);
	}

	private void start(Trust trust) throws IOException {
		VirtualOptions small = VirtualOptions.in(folder);
		phones = VirtualIPhones.start(0, java.util.List.of(new VirtualOptions(folder, null, null, null, small.profile(),
				0, 0, 1, true, trust, true, true)));
		address = phones.address();
		udid = phones.udids().getFirst();
	}

	private void restart(Trust trust) throws IOException {
		stop();
		start(trust);
	}

	@AfterEach
	void stop() {
		phones.close();
	}

	private TestLockdown stranger() throws IOException {
		return TestLockdown.stranger(address, udid);
	}

	private TestLockdown paired() throws IOException {
		return TestLockdown.paired(address, udid);
	}

	private void misbehave(String faults) {
		phones.faults(udid, Faults.parse(faults));
	}

	@Nested
	class WithoutSession {

		@Test
		void saysWhoItIs() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				assertEquals("com.apple.mobile.lockdown", lockdown.ask("QueryType").get("Type"));
				assertEquals(udid, lockdown.ask("GetValue", "Key", "UniqueDeviceID").get("Value"));
				assertEquals("QueryType", lockdown.ask("QueryType").get("Request"));
			}
		}

		@Test
		void keepsPrivateValuesToItself() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				Map<String, Object> open = PlistFrames.dictionary(lockdown.ask("GetValue"), "Value");
				assertTrue(open.containsKey("WiFiAddress"));
				assertFalse(open.containsKey("PhoneNumber"));
				assertEquals("GetProhibited", lockdown.error("GetValue", "Key", "PhoneNumber"));
				assertEquals("GetProhibited", lockdown.error("GetValue", "Domain", "com.apple.mobile.battery"));
				assertEquals("SetProhibited", lockdown.error("SetValue", "Key", "DeviceName", "Value", "x"));
				assertEquals("SessionInactive", lockdown.error("StartService", "Service", AFC));
			}
		}

		@Test
		void tellsRequestsApartThatItCannotAnswer() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				assertEquals("InvalidRequest", lockdown.error("Dance"));
				assertEquals("MalformedCommand", lockdown.error(""));
				assertEquals("MissingHostID", lockdown.error("StartSession"));
				assertEquals("InvalidHostID", lockdown.error("StartSession", "HostID", "A", "SystemBUID", "B"));
				assertNull(lockdown.error("QueryType"), "the connection goes on after errors");
			}
		}
	}

	@Nested
	class Pairing {

		@Test
		void waitsForThePersonThenGivesAnEscrowBag() throws IOException {
			misbehave("pairing-pending=2");
			try (TestLockdown lockdown = stranger()) {
				assertEquals("PairingDialogResponsePending", lockdown.pair().get("Error"));
				assertEquals("PairingDialogResponsePending", lockdown.pair().get("Error"));
				assertEquals(32, PlistFrames.data(lockdown.pair(), "EscrowBag").length);
				lockdown.startSession();
				assertNotNull(lockdown.ask("GetValue", "Key", "PhoneNumber").get("Value"));
			}
		}

		@Test
		void isRefusedByAPersonWhoSaysNo() throws IOException {
			restart(Trust.DENY);
			try (TestLockdown lockdown = stranger()) {
				assertEquals("PairingDialogResponsePending", lockdown.pair().get("Error"));
				assertEquals("UserDeniedPairing", lockdown.pair().get("Error"));
			}
		}

		@Test
		void waitsUntilSomebodyAnswers() throws IOException {
			restart(Trust.ASK);
			try (TestLockdown lockdown = stranger()) {
				for (int i = 0; i < 5; i++) {
					assertEquals("PairingDialogResponsePending", lockdown.pair().get("Error"));
				}
				phones.answerTrust(udid, false);
				assertEquals("UserDeniedPairing", lockdown.pair().get("Error"));
				phones.answerTrust(udid, true);
				assertNull(lockdown.pair().get("Error"));
			}
		}

		@Test
		void asksNobodyWhileTheScreenIsLocked() throws IOException {
			phones.lock(udid, true);
			try (TestLockdown lockdown = stranger()) {
				assertEquals("PasswordProtected", lockdown.pair().get("Error"));
				phones.lock(udid, false);
				assertEquals("PairingDialogResponsePending", lockdown.pair().get("Error"));
			}
		}

		@Test
		void asksNobodyAgainForAComputerThatIsTrusted() throws IOException {
			paired().close();
			try (TestLockdown lockdown = stranger()) {
				assertNull(lockdown.pair().get("Error"));
			}
		}

		@Test
		void refusesACertificateOverAnotherDevicesKey() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				assertEquals("InvalidPairRecord", lockdown.pair(TestIdentity.certificate("device",
						TestIdentity.publicKey(TestIdentity.keys()), TestIdentity.ROOT, false)).get("Error"));
			}
		}

		@Test
		void refusesACertificateThatTheRootDidNotSign() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				byte[] key = PlistFrames.data(lockdown.ask("GetValue", "Key", "DevicePublicKey"), "Value");
				assertEquals("InvalidPairRecord", lockdown.pair(TestIdentity.certificate("device",
						TestIdentity.publicKey(key), TestIdentity.HOST, false)).get("Error"));
			}
		}

		@Test
		void refusesRecordsThatLackSomething() throws IOException {
			try (TestLockdown lockdown = stranger()) {
				assertEquals("MissingPairRecord", lockdown.error("Pair"));
				assertEquals("MissingHostID", lockdown.error("Pair", "PairRecord", Map.of("SystemBUID", "x")));
				assertEquals("InvalidPairRecord", lockdown.error("Pair", "PairRecord",
						Map.of("HostID", "x", "RootCertificate", new byte[] { 1, 2, 3 })));
			}
		}

		@Test
		void isRememberedAcrossStartsUntilItIsUndone() throws IOException {
			TestIdentity identity;
			try (TestLockdown lockdown = paired()) {
				identity = lockdown.identity();
			}
			restart(Trust.DENY);
			try (TestLockdown lockdown = TestLockdown.as(identity, address, udid)) {
				lockdown.startSession();
				assertNull(lockdown.error("Unpair", "PairRecord", Map.of("HostID", identity.hostId)));
			}
			try (TestLockdown lockdown = TestLockdown.as(identity, address, udid)) {
				assertEquals("InvalidHostID", lockdown.error("StartSession", "HostID", identity.hostId));
			}
		}

		@Test
		void isForgottenWhenTheDeviceIsToldTo() throws IOException {
			try (TestLockdown lockdown = paired()) {
				misbehave("forget-host");
				try (TestLockdown again = TestLockdown.as(lockdown.identity(), address, udid)) {
					assertEquals("InvalidHostID", again.error("StartSession", "HostID", lockdown.identity().hostId));
				}
			}
		}
	}

	@Nested
	class Session {

		@ParameterizedTest
		@ValueSource(strings = { "", "tls-1.3" })
		void letsInTheHolderOfTheRootsKeyToo(String faults) throws IOException {
			misbehave(faults);
			try (TestLockdown paired = paired();
					TestLockdown lockdown = TestLockdown.as(paired.identity(), address, udid)) {
				lockdown.startSession(paired.identity().root, TestIdentity.ROOT);
				assertNotNull(lockdown.ask("GetValue", "Key", "PhoneNumber").get("Value"));
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "tls-1.3" })
		void refusesACertificateThatIsNotOfThePairing(String faults) throws IOException {
			misbehave(faults);
			KeyPair other = TestIdentity.keys();
			try (TestLockdown paired = paired();
					TestLockdown lockdown = TestLockdown.as(paired.identity(), address, udid)) {
				assertThrows(IOException.class, () -> {
					lockdown.startSession(TestIdentity.certificate("host", TestIdentity.publicKey(other),
							TestIdentity.ROOT, false), other);
					lockdown.ask("QueryType");
				});
			}
		}

		@Test
		void failsInTlsWhenTheDeviceIsToldTo() throws IOException {
			try (TestLockdown paired = paired();
					TestLockdown lockdown = TestLockdown.as(paired.identity(), address, udid)) {
				misbehave("tls-refuse");
				assertThrows(SSLException.class, lockdown::startSession);
			}
		}

		@Test
		void goesBackToPlaintextWhenStopped() throws IOException {
			try (TestLockdown lockdown = paired()) {
				assertEquals("SessionActive", lockdown.error("StartSession", "HostID", lockdown.identity().hostId));
				assertEquals("InvalidSessionID", lockdown.error("StopSession", "SessionID", "x"));
				lockdown.stopSession();
				assertEquals("GetProhibited", lockdown.error("GetValue", "Key", "PhoneNumber"));
				lockdown.startSession();
				assertNotNull(lockdown.ask("GetValue", "Key", "PhoneNumber").get("Value"));
			}
		}

		@Test
		void isRefusedBeforeTheFirstUnlock() throws IOException {
			try (TestLockdown paired = paired();
					TestLockdown lockdown = TestLockdown.as(paired.identity(), address, udid)) {
				misbehave("before-first-unlock");
				assertEquals("PasswordProtected",
						lockdown.error("StartSession", "HostID", paired.identity().hostId));
			}
		}
	}

	@Nested
	class Values {

		@Test
		void areAllThereForATrustedComputer() throws IOException {
			try (TestLockdown lockdown = paired()) {
				Map<String, Object> root = PlistFrames.dictionary(lockdown.ask("GetValue"), "Value");
				for (String key : new String[] { "DeviceName", "ProductType", "ProductVersion", "BuildVersion",
						"SerialNumber", "UniqueDeviceID", "UniqueChipID", "WiFiAddress", "BluetoothAddress",
						"PhoneNumber", "InternationalMobileEquipmentIdentity", "IntegratedCircuitCardIdentity",
						"TimeIntervalSince1970", "TimeZone", "PasswordProtected", "ActivationState",
						"TrustedHostAttached", "HardwareModel", "ModelNumber", "RegionInfo" }) {
					assertTrue(root.containsKey(key), key);
				}
				assertEquals(false, root.get("PasswordProtected"));
				phones.lock(udid, true);
				assertEquals(true, lockdown.ask("GetValue", "Key", "PasswordProtected").get("Value"));
			}
		}

		@Test
		void lackTheEncryptionFlagUntilABackupPasswordIsSet() throws IOException {
			try (TestLockdown lockdown = paired()) {
				assertEquals("MissingValue", lockdown.error("GetValue", "Domain", "com.apple.mobile.backup", "Key",
						"WillEncrypt"));
				assertEquals("MissingValue", lockdown.error("GetValue", "Domain", "no.such.domain"));
			}
		}

		@Test
		void tellFreeSpaceThatFitsTheCapacity() throws IOException {
			try (TestLockdown lockdown = paired()) {
				Map<String, Object> usage = PlistFrames.dictionary(
						lockdown.ask("GetValue", "Domain", "com.apple.disk_usage"), "Value");
				long free = ((Number) usage.get("AmountDataAvailable")).longValue();
				assertTrue(free > 0 && free < ((Number) usage.get("TotalDataCapacity")).longValue());
				misbehave("device-free=12345");
				assertEquals(12345, lockdown.ask("GetValue", "Domain", "com.apple.disk_usage", "Key",
						"AmountDataAvailable").get("Value"));
			}
		}

		@Test
		void thatAreSetSurviveARestart() throws IOException {
			String domain = "com.apple.mobile.wireless_lockdown";
			try (TestLockdown lockdown = paired()) {
				assertNull(lockdown.error("SetValue", "Domain", domain, "Key", "EnableWifiConnections", "Value", true));
				assertNull(lockdown.error("SetValue", "Key", "DeviceName", "Value", "Grüße"));
				assertNull(lockdown.error("RemoveValue", "Domain", domain, "Key", "SupportsWifi"));
				assertEquals("SetProhibited", lockdown.error("SetValue", "Key", "SerialNumber", "Value", "x"));
			}
			restart(Trust.AUTO);
			try (TestLockdown lockdown = paired()) {
				assertEquals(true,
						lockdown.ask("GetValue", "Domain", domain, "Key", "EnableWifiConnections").get("Value"));
				assertEquals("Grüße", lockdown.ask("GetValue", "Key", "DeviceName").get("Value"));
				assertEquals("MissingValue", lockdown.error("GetValue", "Domain", domain, "Key", "SupportsWifi"));
			}
		}
	}

	@Nested
	class Service {

		@Test
		void isReachedEncryptedOnSeveralConnections() throws IOException {
			try (TestLockdown lockdown = paired()) {
				Map<String, Object> answer = lockdown.ask("StartService", "Service", AFC);
				assertEquals(true, answer.get("EnableServiceSSL"));
				try (Socket first = lockdown.open((Integer) answer.get("Port"));
						Socket second = lockdown.open((Integer) answer.get("Port"))) {
					assertTrue(first.isConnected() && second.isConnected());
				}
			}
		}

		@Test
		void isReachedInPlaintextWhenTheDeviceIsToldTo() throws IOException {
			misbehave("no-ssl-services");
			try (TestLockdown lockdown = paired(); Socket service = lockdown.service("com.apple.springboardservices")) {
				assertFalse(service instanceof SSLSocket);
				PlistFrames.writeXml(service.getOutputStream(), Map.of("command", "getInterfaceOrientation"));
				assertEquals(1, TestMux.answer(service).get("interfaceOrientation"));
			}
		}

		@Test
		void isMissingWhenUnknownOrTakenAway() throws IOException {
			misbehave("service-missing=" + AFC);
			try (TestLockdown lockdown = paired()) {
				assertEquals("InvalidService", lockdown.error("StartService", "Service", "com.example.none"));
				assertEquals("InvalidService", lockdown.error("StartService", "Service", AFC));
				assertEquals("MissingService", lockdown.error("StartService"));
			}
		}

		@Test
		void takesOnlyTheEscrowBagOfThePairing() throws IOException {
			try (TestLockdown lockdown = paired()) {
				byte[] bag = lockdown.identity().escrowBag;
				assertNull(lockdown.error("StartService", "Service", AFC, "EscrowBag", bag));
				byte[] wrong = bag.clone();
				wrong[0]++;
				assertEquals("EscrowLocked", lockdown.error("StartService", "Service", AFC, "EscrowBag", wrong));
			}
		}

		@Test
		void followsFaultsThatAnotherProcessWrites() throws IOException {
			try (TestLockdown lockdown = paired()) {
				VirtualIPhones.writeFaults(folder, Faults.parse("service-missing=" + AFC));
				assertEquals("InvalidService", lockdown.error("StartService", "Service", AFC));
				VirtualIPhones.writeFaults(folder, Faults.NONE);
				assertNull(lockdown.error("StartService", "Service", AFC));
			}
		}
	}

	@Test
	void givesTheSameKeyAfterARestart() throws IOException {
		byte[] key;
		try (TestLockdown lockdown = stranger()) {
			key = PlistFrames.data(lockdown.ask("GetValue", "Key", "DevicePublicKey"), "Value");
		}
		restart(Trust.AUTO);
		try (TestLockdown lockdown = stranger()) {
			assertArrayEquals(key, PlistFrames.data(lockdown.ask("GetValue", "Key", "DevicePublicKey"), "Value"));
		}
	}
}
