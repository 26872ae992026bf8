// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.Finding;

class DeviceCommandsTest extends CommandTest {

	private static final String UDID = FakeEngine.PHONE.value();
	private static final String FIELDS = """
			{"udid":"00008120-0001234567890ABC","name":"Anna's iPhone","productType":"iPhone15,2",\
			"model":"iPhone 14 Pro","iosVersion":"18.5","connection":"usb","paired":true,"locked":false,\
			"encryption":true,"capacityBytes":128000000000,"freeBytes":45600000000,"batteryPercent":83,\
			"lastBackup":""";

	@Nested
	class Devices {

		@Test
		void areATable() {
			engine.kept.add(FakeEngine.backup("0123456789abcdef", true));
			assertOut(0, """
					NAME           MODEL          IOS   CONNECTION  STATE             LAST BACKUP        UDID
					Anna's iPhone  iPhone 14 Pro  18.5  cable       ready, encrypted  4 Mar 2026, 05:06  \
					00008120-0001234567890ABC
					""", "devices");
		}

		@Test
		void areAnArrayForAProgram() {
			engine.kept.add(FakeEngine.backup("0123456789abcdef", true));
			assertOut(0, "[\n  " + FIELDS + "\"2026-03-04T05:06:07Z\"}\n]\n", "devices", "--json");
		}

		@Test
		void noneIsSaidWithWhatToDo() {
			engine.attached.clear();
			assertOut(0, "", "devices");
			assertTrue(terminal.errText().startsWith("No device is connected. Connect an iPhone or iPad with a cable"),
					terminal.errText());
		}

		@Test
		void noneIsAnEmptyArrayForAProgram() {
			engine.attached.clear();
			assertOut(0, "[]\n", "--json", "devices");
			assertEquals("", terminal.errText());
		}

		@Test
		void oneThatDoesNotAnswerIsListedAllTheSame() {
			engine.attached.add(new Udid("silent-one"));
			assertOut(0, "[\n  " + FIELDS + "null},\n  {\"udid\":\"silent-one\",\"name\":null,\"productType\":null,"
					+ "\"model\":null,\"iosVersion\":null,\"connection\":null,\"paired\":null,\"locked\":null,"
					+ "\"encryption\":null,\"capacityBytes\":null,\"freeBytes\":null,\"batteryPercent\":null,"
					+ "\"lastBackup\":null}\n]\n", "devices", "--json");
		}

		@Test
		void failureIsAProblemWithItsRemedy() {
			engine.failure = new ProblemException(FakeEngine.LOCKED, null);
			assertOut(1, "", "devices");
			assertEquals("""
					The iPhone is locked
					  Why:        Its screen was not unlocked since it started.
					  What to do: Unlock it and try again.
					  (device.locked)
					""", terminal.errText());
		}

		@Test
		void failureIsAnEventForAProgram() {
			engine.failure = new ProblemException(FakeEngine.LOCKED, null);
			assertOut(1, """
					{"event":"failed","problem":{"code":"device.locked","title":"The iPhone is locked",\
					"cause":"Its screen was not unlocked since it started.","remedy":"Unlock it and try again.",\
					"retry":"after-remedy"}}
					""", "devices", "--json");
			assertEquals("", terminal.errText());
		}
	}

	@Nested
	class Info {

		@Test
		void tellsAllThatIsKnown() {
			assertOut(0, """
					Anna's iPhone
					  Model                 iPhone 14 Pro (iPhone15,2)
					  System                iOS 18.5 (22F76)
					  UDID                  00008120-0001234567890ABC
					  Serial number         F2LXK1234567
					  Trusts this computer  yes
					  Locked now            no
					  Passcode set          yes
					  Storage               45.6 GB free of 128 GB
					  Battery               83 %, charging
					  Encrypted backups     yes
					  Last backup           never
					  iCloud Backup         –
					  Find My               no
					  Supervised            no
					""", "info");
		}

		@Test
		void hasTheFieldsOfDevicesAndMore() {
			assertOut(0, FIELDS + """
					null,"buildVersion":"22F76","serialNumber":"F2LXK1234567","passcodeSet":true,\
					"encryptionRequired":false,"findMyOn":false,"supervised":false,"charging":true,"cloudBackup":null,\
					"lastCloudBackup":null}
					""", "info", UDID, "--json");
		}

		@Test
		void refusesWhatIsNoIdentifier() {
			assertOut(2, "", "info", "no/udid");
			assertTrue(terminal.errText().contains("'no/udid' is no device identifier"), terminal.errText());
		}
	}

	@Nested
	class Pairing {

		@Test
		void isTold() {
			assertOut(0, "Anna's iPhone and this computer trust each other.\n", "pair");
			assertEquals(List.of("pair " + UDID, "close"), engine.asked);
		}

		@Test
		void isAnEvent() {
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"" + UDID + "\",\"paired\":true}\n", "pair", UDID,
					"--json");
		}

		@Test
		void endIsTold() {
			assertOut(0, "Anna's iPhone and this computer no longer trust each other.\n", "unpair", UDID);
		}

		@Test
		void endIsAnEvent() {
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"" + UDID + "\",\"paired\":false}\n", "unpair", "--json");
		}

		@Test
		void withNoDeviceIsAProblem() {
			engine.attached.clear();
			assertOut(1, "", "pair");
			assertTrue(terminal.errText().startsWith("No iPhone or iPad is attached\n"), terminal.errText());
		}
	}

	@Nested
	class Erasing {

		@Test
		void needsTheDeviceNamed() {
			assertOut(2, "", "erase", "--yes");
		}

		@Test
		void needsConfirmation() {
			assertOut(1, "", "erase", UDID);
			assertTrue(terminal.errText().contains("(cli.not-confirmed)"), terminal.errText());
			assertEquals(List.of("close"), engine.asked);
		}

		@Test
		void isNotBegunOnAnotherAnswer() {
			terminal.answering("yes");
			assertOut(130, "", "erase", UDID);
			assertEquals(List.of("close"), engine.asked);
		}

		@Test
		void isDoneOnceTheWordIsTyped() {
			terminal.answering("erase");
			assertOut(0, "Anna's iPhone is erasing itself; it restarts as if it were new.\n", "erase", UDID);
			assertEquals(List.of("erase " + UDID, "close"), engine.asked);
		}

		@Test
		void isDoneWithoutAskingIfToldSo() {
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"" + UDID + "\"}\n", "erase", UDID, "--yes", "--json");
		}
	}

	@Nested
	class Doctor {

		private void finds() {
			engine.findings.add(new Finding("usbmuxd", Finding.Severity.GOOD, "Devices can be reached.", null));
			engine.findings.add(new Finding("room", Finding.Severity.BLOCKER, "The disk is full.", "Free some space."));
		}

		@Test
		void saysThatAllIsWell() {
			assertOut(0, "Nothing stands in the way of a backup.\n", "doctor");
		}

		@Test
		void failsIfABackupWould() {
			finds();
			assertOut(1, """
					  ok    Devices can be reached.
					  stop  The disk is full.
					          Free some space.
					A backup would fail now; see what is marked stop.
					""", "doctor", UDID);
			assertEquals(List.of("doctor " + UDID, "close"), engine.asked);
		}

		@Test
		void isOneDocumentForAProgram() {
			finds();
			assertOut(1, """
					{"ready":false,"findings":[{"id":"usbmuxd","severity":"good","what":"Devices can be reached.",\
					"remedy":null},{"id":"room","severity":"blocker","what":"The disk is full.",\
					"remedy":"Free some space."}]}
					""", "doctor", "--json");
		}
	}
}
