// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.ios.protocol.fake.BackupPlay;
import org.keepsake.ios.protocol.fake.FakeConnection;
import org.keepsake.ios.protocol.fake.FakeDevice;
import org.keepsake.ios.protocol.fake.MemoryFiles;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** Restore and the other requests of mobilebackup2. */
@Timeout(60)
class RequestsTest {

	private static final String U = FakeDevice.UDID;
	private static final String SOURCE = "00008101-000AAAAAAAAAAAAA";
	private static final String APPLICATIONS = "/iTunesRestore/RestoreApplications.plist";

	private final FakeDevice device = paired();
	private final MemoryFiles files = new MemoryFiles();
	private final List<JobEvent> events = new CopyOnWriteArrayList<>();
	private final JobControl control = new JobControl(events::add);

	private static FakeDevice paired() {
		try {
			return new FakeDevice().paired();
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}

	@AfterEach
	void noSurpriseOnTheDevice() throws IOException {
		device.close();
		assertTrue(device.failures.isEmpty(), () -> device.failures.toString());
	}

	private MemoryFiles backup() {
		return files.with(SOURCE + "/Status.plist", BackupPlay.status("finished", true))
				.with(SOURCE + "/Manifest.plist", "x").with(SOURCE + "/Manifest.db", "y")
				.with(SOURCE + "/Info.plist",
						Plist.xml(Map.of("Applications", Map.of("org.example", Map.of("a", "b")))));
	}

	private TransferResult restore(RestoreOptions options) throws IOException {
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			return session.restore(options, files, control);
		}
	}

	private static RestoreOptions options() {
		return new RestoreOptions(SOURCE, null, false, false, false, false, true);
	}

	@Test
	void asksForARestoreWithEveryOption() throws IOException {
		backup();
		BackupPlay.on(device, (c, request) -> {
			assertEquals("Restore", request.string("MessageName"));
			assertEquals(U, request.string("TargetIdentifier"));
			assertEquals(SOURCE, request.string("SourceIdentifier"));
			assertEquals(Map.of("RestoreShouldReboot", false, "RestoreDontCopyBackup", false,
					"RestorePreserveSettings", true, "RestoreSystemFiles", true, "RemoveItemsNotRestored", true,
					"Password", "geheim"), request.get("Options"));
			c.finish(0, "");
		});
		try (Secret password = Secret.of("geheim")) {
			restore(new RestoreOptions(SOURCE, password, true, true, true, true, false));
		}
		assertFalse(events.toString().contains("geheim"));
	}

	@Test
	void leavesTheListOfApplicationsOnTheDeviceBeforeItIsAsked() throws IOException {
		backup();
		BackupPlay.on(device, (c, request) -> {
			String list = new String(device.media().getOrDefault(APPLICATIONS, new byte[0]), StandardCharsets.UTF_8);
			assertTrue(list.startsWith("<?xml") && list.contains("org.example"), list);
			assertFalse(request.dictOrEmpty("Options").has("Password"));
			c.finish(0, "");
		});
		restore(options());
		assertTrue(device.media().containsKey(APPLICATIONS));
	}

	@Test
	void takesTheListOfApplicationsAwayIfTheRestoreFails() {
		backup();
		BackupPlay.on(device, (c, request) -> c.finish(211, "Find My"));
		ProblemException failure = assertThrows(ProblemException.class, () -> restore(options()));
		assertEquals("device.find-my-on", failure.problem().code());
		assertFalse(device.media().containsKey(APPLICATIONS));
		assertTrue(device.journal.contains("remove /iTunesRestore"));
	}

	@Test
	void countsWhatTheDeviceFetches() throws IOException {
		backup();
		BackupPlay.on(device, (c, request) -> {
			c.send(List.of("DLMessageDownloadFiles", List.of(SOURCE + "/Manifest.db", SOURCE + "/Manifest.plist"),
					Map.of(), 30.0));
			for (int i = 0; i < 2; i++) {
				c.in.readNBytes(c.in.readInt());
				assertEquals(2, c.in.readInt());
				assertEquals(0x0c, c.in.readUnsignedByte());
				c.in.readUnsignedByte();
				assertEquals(1, c.in.readInt());
				assertEquals(0, c.in.readUnsignedByte());
			}
			assertEquals(0, c.in.readInt());
			assertEquals(0L, c.status().getFirst());
			c.ask("DLMessageCopyItem", SOURCE, SOURCE + "-copy");
			c.finish(0, "");
		});
		TransferResult result = restore(options());
		assertEquals(2, result.filesSent());
		assertEquals(2, result.bytesSent());
		assertEquals(null, result.full());
		assertTrue(files.has(SOURCE + "-copy/Manifest.db"));
	}

	@Test
	void succeedsIfTheDeviceRestartsRightAfterItsFinalAnswer() throws IOException {
		backup();
		device.services.put("com.apple.mobilebackup2", c -> {
			BackupPlay.greet(c);
			BackupPlay.request(c);
			c.finish(0, "");
			device.cut();
		});
		restore(options());
	}

	@Test
	void failsIfTheDeviceVanishesBeforeItsFinalAnswer() {
		backup();
		device.services.put("com.apple.mobilebackup2", c -> {
			BackupPlay.greet(c);
			BackupPlay.request(c);
			device.cut();
		});
		ProblemException failure = assertThrows(ProblemException.class, () -> restore(options()));
		assertEquals("device.connection-lost", failure.problem().code());
	}

	@Test
	void restoresOnlyACompleteBackup() {
		files.with(SOURCE + "/Status.plist", BackupPlay.status("uploading", true));
		ProblemException failure = assertThrows(ProblemException.class, () -> restore(options()));
		assertEquals("device.backup-missing", failure.problem().code());
		assertFalse(device.journal.contains("lock"));
	}

	private void changePassword(@Nullable String oldOne, @Nullable String newOne) throws IOException {
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			session.changeBackupPassword(oldOne == null ? null : Secret.of(oldOne),
					newOne == null ? null : Secret.of(newOne), control);
		}
	}

	@Test
	void setsChangesAndRemovesThePassword() throws IOException {
		List<Map<String, Object>> seen = new CopyOnWriteArrayList<>();
		BackupPlay.on(device, (c, request) -> {
			seen.add(request.toMap());
			assertEquals(-1L, c.ask("DLMessageCreateDirectory", U).getFirst());
			c.finish(0, "");
		});
		changePassword(null, "new");
		changePassword("new", "newer");
		changePassword("newer", null);
		Map<String, Object> common = Map.of("MessageName", "ChangePassword", "TargetIdentifier", U);
		assertEquals(common.size() + 1, seen.get(0).size());
		assertEquals("new", seen.get(0).get("NewPassword"));
		assertEquals("new", seen.get(1).get("OldPassword"));
		assertEquals("newer", seen.get(1).get("NewPassword"));
		assertEquals("newer", seen.get(2).get("OldPassword"));
		assertFalse(seen.get(2).containsKey("NewPassword"));
		assertThrows(IllegalArgumentException.class, () -> changePassword(null, null));
	}

	@Test
	void saysThatTheOldPasswordIsWrong() {
		BackupPlay.on(device, (c, request) -> c.finish(207, "Invalid password"));
		ProblemException failure = assertThrows(ProblemException.class, () -> changePassword("bad", "new"));
		assertEquals("device.backup-password-wrong", failure.problem().code());
	}

	@Test
	void saysThatAProfileDemandsEncryption() {
		BackupPlay.on(device, (c, request) -> c.finish(1, "Error setting WillEncrypt in lockdown (MBErrorDomain/22)"));
		ProblemException failure = assertThrows(ProblemException.class, () -> changePassword("old", null));
		assertEquals("device.encryption-demanded", failure.problem().code());
	}

	@Test
	void asksForTheDevicesOwnWordsOnABackup() throws IOException {
		device.services.put("com.apple.mobilebackup2", c -> {
			BackupPlay.greet(c);
			assertEquals("Info", BackupPlay.request(c).string("MessageName"));
			c.send(List.of("DLMessageProcessMessage",
					Map.of("MessageName", "Response", "ErrorCode", 0L, "Content", "a backup")));
			BackupPlay.goodbye(c);
		});
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			assertEquals("a backup", session.backupInfo(SOURCE, files, JobMonitor.NONE));
		}
	}

	@Test
	void takesABrokenConnectionForAnErasedDevice() throws IOException {
		device.services.put("com.apple.mobilebackup2", c -> {
			BackupPlay.greet(c);
			assertEquals("EraseDevice", BackupPlay.request(c).string("MessageName"));
		});
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			session.erase(JobMonitor.NONE);
		}
	}

	@Test
	void saysThatTheDeviceRefusedToErase() throws IOException {
		BackupPlay.on(device, (FakeConnection c, org.keepsake.ios.protocol.internal.plist.Dict request) -> c.finish(211,
				""));
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			assertThrows(ProblemException.class, () -> session.erase(JobMonitor.NONE));
		}
	}

	@Test
	void listsApplicationsByName() throws IOException {
		try (DeviceSession session = new DeviceClient(device, device.attached).open()) {
			assertEquals(List.of(new InstalledApplication("org.example.own", "org.example.own", ""),
					new InstalledApplication("org.example.store", "Store App", "1.2")),
					session.applications(JobMonitor.NONE));
		}
	}
}
