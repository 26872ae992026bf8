// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.dd.plist.NSDictionary;
import com.dd.plist.PropertyListParser;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.content.ContentProfile;

/** The agent against a minimal host. */
@NonNullByDefault({})
class BackupAgentTest {

	private static final String UDID = TestPhone.UDID;

	@TempDir
	static Path templates;
	@TempDir
	Path folder;
	private TestPhone phone;
	private Path root;

	@BeforeEach
	void setUp() throws IOException {
		phone = phone("phone", false);
		root = Files.createDirectories(folder.resolve("host"));
	}

	@AfterEach
	void close() throws IOException {
		phone.close();
	}

	/** Content is made once, and copied for each phone. */
	@BeforeAll
	static void fillOnce() throws IOException {
		for (boolean blank : new boolean[] { false, true }) {
			try (TestPhone made = new TestPhone(templates.resolve(Boolean.toString(blank)))) {
				fill(made, blank);
			}
		}
	}

	private static void fill(TestPhone made, boolean blank) throws IOException {
		ContentProfile
				.fill(new VirtualOptions(made.state, null, null, null, VirtualOptions.Profile.SMALL, blank ? 0 : 300,
						blank ? 0 : 3_000_000, 4, false, VirtualOptions.Trust.AUTO, blank, true), made.phone());
	}

	private TestPhone phone(String name, boolean blank) throws IOException {
		TestPhone made = new TestPhone(folder.resolve(name));
		ContentProfile
				.fill(new VirtualOptions(made.state, null, null, null, VirtualOptions.Profile.SMALL, blank ? 0 : 300,
						blank ? 0 : 3_000_000, 4, false, VirtualOptions.Trust.AUTO, blank, true), made.phone());
		return made;
	}

	private TestHost host(TestPhone of) throws IOException {
		Files.createDirectories(root.resolve(UDID));
		return new TestHost(of, root);
	}

	private int backup() throws IOException {
		try (TestHost host = host(phone)) {
			return host.greet().code(TestHost.request("Backup"));
		}
	}

	private int password(String old, String fresh) throws IOException {
		NSDictionary request = TestHost.request("ChangePassword");
		if (old != null) {
			request.put("OldPassword", old);
		}
		if (fresh != null) {
			request.put("NewPassword", fresh);
		}
		try (TestHost host = host(phone)) {
			return host.greet().code(request);
		}
	}

	private int restore(TestPhone to, Object... options) throws IOException {
		try (TestHost host = host(to)) {
			return host.greet().code(TestHost.options(TestHost.request("Restore"), options));
		}
	}

	private NSDictionary plist(String name) throws IOException {
		try {
			return (NSDictionary) PropertyListParser.parse(root.resolve(UDID).resolve(name).toFile());
		} catch (IOException e) {
			throw e;
		} catch (Exception e) {
			throw new IOException(e);
		}
	}

	/** Name to length of all that lies in the backup. */
	private Map<String, Long> onHost() throws IOException {
		Map<String, Long> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(root.resolve(UDID))) {
			for (Path one : all.filter(Files::isRegularFile).toList()) {
				files.put(root.resolve(UDID).relativize(one).toString(), Files.size(one));
			}
		}
		return files;
	}

	private void assertRestores(Object... options) throws IOException {
		try (TestPhone blank = phone("blank" + System.nanoTime(), true)) {
			blank.ios = phone.ios;
			Object[] all = Stream.concat(Stream.of("RestoreSystemFiles", true, "RemoveItemsNotRestored", true,
					"RestoreDontCopyBackup", true), Stream.of(options)).toArray();
			assertEquals(0, restore(blank, all));
			assertEquals(backedUp(), TestPhone.tree(blank.files));
		}
	}

	/** What the phone has that a backup made now should hold. */
	private Map<String, String> backedUp() throws IOException {
		OnlyEncrypted only = new OnlyEncrypted(phone.ios);
		Map<String, String> tree = TestPhone.tree(phone.files);
		if (!phone.willEncrypt()) {
			tree.keySet().removeIf(name -> {
				int dash = name.startsWith("AppDomain") ? name.indexOf('-', name.indexOf('-') + 1) : name.indexOf('-');
				return only.has(name.substring(0, dash), name.substring(dash + 1));
			});
		}
		return tree;
	}

	@ParameterizedTest
	@CsvSource({ "18.5,false", "18.5,true", "26.0,true", "10.0,true", "9.3,false", "9.3,true" })
	void whatIsBackedUpIsRestored(String ios, boolean encrypted) throws IOException {
		phone.ios = ios;
		if (encrypted) {
			assertEquals(0, password(null, "p\u00e4ss"));
			assertTrue(phone.willEncrypt());
		}
		assertEquals(0, backup());
		assertEquals("finished", plist("Status.plist").get("SnapshotState").toString());
		assertEquals(Boolean.toString(encrypted), plist("Manifest.plist").get("IsEncrypted").toString());
		assertFalse(Files.exists(root.resolve(UDID).resolve("Snapshot")));
		assertRestores(encrypted ? new Object[] { "Password", "p\u00e4ss" } : new Object[0]);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void secondBackupSendsOnlyWhatChanged(boolean encrypted) throws IOException {
		if (encrypted) {
			password(null, "secret");
		}
		assertEquals(0, backup());
		phone.write("HomeDomain", "Library/new.txt", new byte[1000]);
		phone.write("AppDomain-org.example.edges", "Documents/Upper.txt", new byte[77]);
		phone.files.remove("CameraRollDomain", "Media/DCIM");
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
			assertEquals(2, host.uploads.stream().filter(name -> name.matches(".*/[0-9a-f]{40}")).count());
		}
		assertEquals("false", plist("Status.plist").get("IsFullBackup").toString());
		assertRestores("Password", "secret");
		long payloads = onHost().keySet().stream().filter(name -> name.matches("../[0-9a-f]{40}")).count();
		assertEquals(backedUp().values().stream().filter(entry -> entry.startsWith("FILE ")).count(), payloads);
	}

	@Test
	void forcedAndForeignBackupsAreFull() throws IOException {
		assertEquals(0, backup());
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.options(TestHost.request("Backup"), "ForceFullBackup", true)));
			assertTrue(host.uploads.size() > 300);
		}
		assertEquals(0, password(null, "new"));
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
			assertTrue(host.uploads.size() > 300);
		}
		assertRestores("Password", "new");
	}

	@Test
	void anEmptyManifestIsNoBackupWhenTheStatusIsNotOurs() throws IOException {
		Files.createDirectories(root.resolve(UDID));
		Files.write(root.resolve(UDID).resolve("Manifest.plist"), new byte[0]);
		NSDictionary status = new NSDictionary();
		status.put("BackupState", "new");
		status.put("Version", "3.3");
		status.put("SnapshotState", "finished");
		status.put("UUID", "5B0D4A2E-0000-0000-0000-000000000000");
		status.put("IsFullBackup", false);
		Files.writeString(root.resolve(UDID).resolve("Status.plist"), status.toXMLPropertyList());
		assertEquals(0, backup());
		assertRestores();
	}

	@Test
	void anEmptyManifestUnderOurOwnStatusIsCorrupt() throws IOException {
		assertEquals(0, backup());
		Files.write(root.resolve(UDID).resolve("Manifest.plist"), new byte[0]);
		assertEquals(205, backup());
	}

	@Test
	void answersInXmlAndWithEveryMissingFileAreUnderstood() throws IOException {
		try (TestHost host = host(phone)) {
			host.xml = true;
			host.stopsAtMissing = false;
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
		}
		assertRestores();
	}

	@Test
	void missingPayloadEndsTheBackupAndTheRestore() throws IOException {
		assertEquals(0, backup());
		String payload = onHost().keySet().stream().filter(name -> name.matches("../[0-9a-f]{40}")).findFirst()
				.orElseThrow();
		Files.delete(root.resolve(UDID).resolve(payload));
		assertEquals(205, backup());
		try (TestPhone blank = phone("blank", true)) {
			Map<String, String> before = TestPhone.tree(blank.files);
			assertEquals(205, restore(blank, "RestoreDontCopyBackup", true));
			assertEquals(before, TestPhone.tree(blank.files));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anyInterruptedBackupIsCompletedByTheNext(boolean encrypted) throws IOException {
		if (encrypted) {
			password(null, "x");
		}
		Random random = new Random(11);
		int runs = 0;
		for (long stop = 0; runs < 15; stop = random.nextInt(560), runs++) {
			for (int i = 0; i < 5; i++) {
				phone.write("HomeDomain", "Library/" + random.nextInt(20), new byte[random.nextInt(3000)]);
			}
			phone.files.remove("HomeDomain", "Library/" + random.nextInt(20));
			try (TestHost host = host(phone)) {
				host.vanishAfter = stop;
				assertEquals(0, host.greet().code(TestHost.request("Backup")), "stopped after " + stop);
			} catch (java.io.EOFException e) {
				continue;
			}
		}
		assertEquals(0, backup());
		assertRestores("Password", "x");
	}

	@Test
	void aBackupCutAtAnyByteIsCompletedByTheNext() throws IOException {
		Random random = new Random(12);
		for (int i = 0; i < 12; i++) {
			phone.write("HomeDomain", "Library/" + random.nextInt(20), new byte[random.nextInt(3000)]);
			phone.faults = new Faults(Map.of("cut-after-bytes", Integer.toString(1 + random.nextInt(3_500_000))));
			try {
				assertEquals(0, backup());
			} catch (IOException e) {
				continue;
			}
		}
		phone.faults = Faults.NONE;
		assertEquals(0, backup());
		assertRestores();
	}

	@Test
	void resumedBackupDoesNotSendAgainWhatTheHostHas() throws IOException {
		phone.files.generate(TestPhone.file("HomeDomain", "Library/zz-large", 3), 5, 70_000_000);
		try (TestHost host = host(phone)) {
			host.vanishAfter = 518;
			assertThrows(IOException.class, () -> host.greet().code(TestHost.request("Backup")));
		}
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
			assertTrue(host.bytes < 60_000_000, "sent " + host.bytes);
		}
		assertRestores();
	}

	@ParameterizedTest
	@CsvSource({ "disk-full,105", "disk-full;purge,105", "file-error=all,104", "mdm-encryption,207", "mdm-forbidden,1",
			"icloud-restore,25", "setup,212", "device-cancel=5,202", "error=2,2", "lie-listing,205" })
	void faultsEndWithTheirCodes(String fault, int code) throws IOException {
		phone.faults = Faults.parse(fault.replace(';', ','));
		assertEquals(code, backup());
	}

	@ParameterizedTest
	@ValueSource(strings = { "file-error=all", "device-cancel=530", "lie-listing" })
	void theNextBackupAfterAFailureIsWhole(String fault) throws IOException {
		phone.faults = Faults.parse(fault);
		assertNotEquals(0, backup());
		phone.faults = Faults.NONE;
		assertEquals(0, backup());
		assertRestores();
	}

	@Test
	void unreadableFilesAreLeftOut() throws IOException {
		phone.faults = Faults.parse("file-error=5");
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
			assertEquals(5, host.unreadable.size());
		}
		phone.faults = Faults.NONE;
		assertEquals(0, backup());
		assertRestores();
	}

	@Test
	void oldNamesAndUnknownMessages() throws IOException {
		phone.faults = Faults.parse("old-names,unknown-message");
		try (TestHost host = host(phone)) {
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
			assertTrue(host.messages
					.containsAll(List.of("DLMessageMoveFiles", "DLMessageRemoveFiles", "DLMessageFromTheFuture")));
			assertFalse(host.messages.contains("DLMessageMoveItems"));
		}
		assertEquals("-1", phone.settings.get("observed.unknown-answer"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "frame", "name", "path", "message" })
	void hostileLengthsAreSent(String what) throws IOException {
		phone.faults = new Faults(Map.of("hostile-length", what));
		try (TestHost host = host(phone)) {
			host.greet();
			IOException refused = assertThrows(IOException.class, () -> host.code(TestHost.request("Backup")));
			assertTrue(refused.getMessage().contains("announced"), refused.getMessage());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "dotdot", "absolute", "create:absolute", "remove:dotdot", "list:dotdot", "move-to:dotdot",
			"move-from:absolute", "copy-to:dotdot", "copy-from:dotdot", "download:absolute", "root" })
	void hostilePathsAreAskedFor(String what) throws IOException {
		phone.faults = new Faults(Map.of("hostile-path", what));
		try (TestHost host = host(phone)) {
			host.greet();
			IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
					() -> host.code(TestHost.request("Backup")));
			assertTrue(refused.getMessage().startsWith("the device asked for "), refused.getMessage());
		}
	}

	@Test
	void aStalledDeviceSaysNothingUntilTheHostHangsUp() throws IOException {
		phone.faults = Faults.parse("stall=3");
		TestHost host = host(phone).greet();
		host.timeout(200);
		assertThrows(java.net.SocketTimeoutException.class, () -> host.code(TestHost.request("Backup")));
		assertEquals(2, host.messages.size());
		host.close();
	}

	@Test
	void aSlowDeviceKeepsItsPace() throws IOException {
		assertEquals(150_000_000, Misbehaviour.dueNanos(3_000_000, 20_000_000));
		assertEquals(250_000_000_000L, Misbehaviour.dueNanos(5_000_000_000L, 20_000_000));
		phone.faults = Faults.parse("slow=20000000");
		assertEquals(0, backup());
	}

	@Test
	void lengthsBeyondFourGigabytesStayWhole() throws Exception {
		long size = 5_000_000_003L;
		MbFile entry = new MbFile("Media/film.mov", null, null, new byte[44], 3, 0x81A4, 7, 501, 501, 1, 2, 3, size,
				null);
		MbFile read = MbFile.decode(entry.encode());
		assertEquals(size, read.size());
		assertEquals(5_000_000_016L, read.storedSize());
	}

	@Test
	void aLockedPhoneWantsTheEscrowBag() throws IOException {
		phone.locked = true;
		try (TestHost host = host(phone)) {
			host.escrow = false;
			assertEquals(208, host.greet().code(TestHost.request("Backup")));
			host.escrow = true;
			assertEquals(0, host.code(TestHost.request("Backup")));
		}
	}

	@Test
	void thePasscodePromptIsAnnounced() throws IOException {
		phone.passcode = true;
		phone.settings.put("passcode.delay-ms", "1");
		assertEquals(0, backup());
		assertEquals(
				List.of("com.apple.LocalAuthentication.ui.presented", "com.apple.LocalAuthentication.ui.dismissed"),
				phone.posted);
		phone.faults = new Faults(Map.of("passcode-ignored", "0"));
		assertEquals(208, backup());
	}

	@Test
	void passwordsAreChecked() throws IOException {
		assertEquals(207, password("none", "new"));
		assertEquals(207, password(null, null));
		assertEquals(0, password(null, "one"));
		assertEquals(207, password(null, "two"));
		assertEquals(207, password("wrong", "two"));
		assertEquals(0, password("one", "two"));
		assertTrue(phone.posted.contains("com.apple.mobile.backup.domain_changed"));
		assertEquals(0, backup());
		try (TestPhone blank = phone("blank", true)) {
			assertEquals(207, restore(blank, "Password", "one", "RestoreDontCopyBackup", true));
			assertEquals(207, restore(blank, "RestoreDontCopyBackup", true));
			assertEquals(0,
					restore(blank, "Password", "two", "RestoreDontCopyBackup", true, "RestoreShouldReboot", false));
			assertTrue(blank.willEncrypt());
			assertEquals(102, restore(blank, "Password", "two", "RestoreDontCopyBackup", true));
			assertEquals(0, blank.restarts);
		}
		phone.faults = Faults.parse("mdm-encryption");
		assertEquals(22, password("two", null));
		phone.faults = Faults.NONE;
		assertEquals(0, password("two", null));
		assertFalse(phone.willEncrypt());
	}

	@Test
	void optionsOfARestoreAreHeeded() throws IOException {
		assertEquals(0, backup());
		try (TestPhone other = phone("other", true)) {
			other.write("HomeDomain", "Library/mine.txt", new byte[5]);
			other.write("HomeDomain", "Library/Preferences/com.apple.Preferences.plist", new byte[6]);
			other.write("SystemPreferencesDomain", "SystemConfiguration/preferences.plist", new byte[7]);
			other.write("CameraRollDomain", "Media/DCIM/mine.jpg", new byte[8]);
			assertEquals(0, restore(other, "RestoreSystemFiles", false, "RestorePreserveSettings", true,
					"RestorePreserveCameraRoll", true, "RemoveItemsNotRestored", false, "RestoreDontCopyBackup",
					false));
			assertEquals(1, other.restarts);
			assertEquals(6,
					other.files.find("HomeDomain", "Library/Preferences/com.apple.Preferences.plist").sizeBytes());
			assertEquals(7,
					other.files.find("SystemPreferencesDomain", "SystemConfiguration/preferences.plist").sizeBytes());
			assertEquals(5, other.files.find("HomeDomain", "Library/mine.txt").sizeBytes());
			assertEquals(8, other.files.find("CameraRollDomain", "Media/DCIM/mine.jpg").sizeBytes());
			assertEquals(4096, other.files.find("AppDomain-org.example.edges", "Documents/sizes/4096.bin").sizeBytes());
			assertEquals(null, other.files.find("CameraRollDomain", "Media/DCIM/100APPLE/IMG_0000.HEIC"));
			try (Stream<Path> copies = Files.list(root)) {
				assertEquals(2, copies.count());
			}
			assertEquals(0, restore(other, "RestoreSystemFiles", true, "RemoveItemsNotRestored", true,
					"RestoreDontCopyBackup", true));
			assertEquals(backedUp(), TestPhone.tree(other.files));
		}
	}

	@ParameterizedTest
	@CsvSource({ "find-my,211", "setup,212", "icloud-restore,25", "wrong-password,207", "mdm-encryption,0",
			"error=106,106" })
	void restoresAreRefused(String fault, int code) throws IOException {
		password(null, "pw");
		assertEquals(0, backup());
		phone.faults = Faults.parse(fault);
		assertEquals(code, restore(phone, "Password", "pw", "RestoreDontCopyBackup", true));
	}

	@Test
	void restoreNeedsRoomOnTheDevice() throws IOException {
		assertEquals(0, backup());
		try (TestPhone blank = phone("blank", true)) {
			blank.free = 1000;
			assertEquals(106, restore(blank));
			blank.free = 1L << 30;
			blank.ios = "9.3";
			assertEquals(0, restore(blank, "RestoreDontCopyBackup", true));
		}
	}

	@Test
	void noBackupIsNotThere() throws IOException {
		assertEquals(204, restore(phone));
	}

	@Test
	void oldQueriesAreDead() throws IOException {
		assertEquals(0, backup());
		try (TestHost host = host(phone)) {
			host.greet();
			for (String name : List.of("Info", "List", "Unback")) {
				assertEquals(205, host.code(TestHost.request(name)));
			}
			assertEquals(4, host.code(TestHost.request("Extract")));
		}
	}

	@Test
	void oldDevicesAnswerOldQueries() throws IOException {
		phone.ios = "9.3";
		assertEquals(0, backup());
		try (TestHost host = host(phone)) {
			String list = host.greet().process(TestHost.request("List")).get("Content").toString();
			assertTrue(list.contains("AppDomain-org.example.edges,Documents/sizes/4096.bin,4096\n"), list);
			assertTrue(host.process(TestHost.request("Info")).get("Content").toString().contains("IsEncrypted: false"));
		}
	}

	@Test
	void damageOfAnyPartIsNoticedAtRestore() throws IOException {
		password(null, "pw");
		assertEquals(0, backup());
		Random random = new Random(5);
		Map<String, byte[]> sound = new HashMap<>();
		for (String name : onHost().keySet()) {
			sound.put(name, Files.readAllBytes(root.resolve(UDID).resolve(name)));
		}
		try (TestPhone blank = phone("blank", true)) {
			Map<String, String> before = TestPhone.tree(blank.files);
			for (String name : sound.keySet().stream().sorted().filter(n -> random.nextInt(8) == 0 || n.endsWith("list")
					|| n.endsWith(".db")).toList()) {
				byte[] bytes = sound.get(name);
				if (bytes.length == 0) {
					continue;
				}
				Files.write(root.resolve(UDID).resolve(name),
						java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
				assertNotEquals(0, restore(blank, "Password", "pw", "RestoreDontCopyBackup", true), name);
				assertEquals(before, TestPhone.tree(blank.files), name);
				Files.write(root.resolve(UDID).resolve(name), bytes);
			}
			assertEquals(0, restore(blank, "Password", "pw", "RestoreDontCopyBackup", true));
		}
	}

	@Test
	void theLargestFrameOfTheHostIsNoted() throws IOException {
		assertEquals(0, backup());
		try (TestHost host = host(phone)) {
			host.frame = 40_000;
			assertEquals(0, host.greet().code(TestHost.request("Backup")));
		}
		assertTrue(Long.parseLong(phone.settings.get("observed.max-frame")) <= 40_000);
		assertTrue(Long.parseLong(phone.settings.get("observed.max-frame")) > 32768);
	}

	@Test
	void anErasedPhoneHasNothing() throws IOException {
		try (TestHost host = host(phone)) {
			host.greet();
			assertThrows(IOException.class, () -> host.code(TestHost.request("EraseDevice")));
		}
		assertEquals(Map.of(), TestPhone.tree(phone.files));
		assertEquals(1, phone.restarts);
	}

	@Test
	void anotherPhonesIdentifierIsRefused() throws IOException {
		NSDictionary request = TestHost.request("Backup");
		request.put("TargetIdentifier", "0".repeat(40));
		try (TestHost host = host(phone)) {
			assertEquals(1, host.greet().code(request));
		}
	}
}
