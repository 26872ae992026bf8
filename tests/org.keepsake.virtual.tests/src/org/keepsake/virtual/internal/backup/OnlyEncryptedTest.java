// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.dd.plist.NSDictionary;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.internal.content.ContentProfile;

/** What an unencrypted backup leaves out, and nothing else. */
@NonNullByDefault({})
class OnlyEncryptedTest {

	private static final String PASSWORD = "secret";
	/** All of it that a filled phone has. */
	private static final List<String> ALWAYS = List.of("HealthDomain-Health", "HealthDomain-Health/healthdb.sqlite",
			"HealthDomain-Health/healthdb_secure.sqlite",
			"HomeKitDomain-Library/homed/datastore3.sqlite",
			"SystemPreferencesDomain-SystemConfiguration/com.apple.wifi.plist",
			"SystemPreferencesDomain-com.apple.wifi.known-networks.plist");
	private static final List<String> SINCE_13 = List.of(
			"AppDomain-com.apple.mobilesafari-Library/Safari/History.db", "HomeDomain-Library/CallHistoryDB",
			"HomeDomain-Library/CallHistoryDB/CallHistory.storedata", "HomeDomain-Library/Safari/BrowserState.db");

	@TempDir
	Path folder;
	private TestPhone phone;
	private Path root;

	@BeforeEach
	void setUp() throws IOException {
		phone = phone("phone", false);
		phone.write("HomeKitDomain", "Library/homed/datastore3.sqlite", new byte[3000]);
		root = Files.createDirectories(folder.resolve("host"));
	}

	@AfterEach
	void close() throws IOException {
		phone.close();
	}

	private TestPhone phone(String name, boolean blank) throws IOException {
		TestPhone made = new TestPhone(folder.resolve(name));
		ContentProfile.fill(new VirtualOptions(made.state, null, null, null, VirtualOptions.Profile.SMALL, 0, 0, 9,
				false, VirtualOptions.Trust.AUTO, blank, true), made.phone());
		return made;
	}

	private int run(TestPhone of, long free, NSDictionary request) throws IOException {
		Files.createDirectories(root.resolve(TestPhone.UDID));
		try (TestHost host = new TestHost(of, root)) {
			host.free = free;
			return host.greet().code(request);
		}
	}

	private int backup(long free) throws IOException {
		return run(phone, free, TestHost.request("Backup"));
	}

	private void backup() throws IOException {
		assertEquals(0, backup(1L << 40));
	}

	private void encrypt(boolean on) throws IOException {
		NSDictionary request = TestHost.request("ChangePassword");
		request.put(on ? "NewPassword" : "OldPassword", PASSWORD);
		assertEquals(0, run(phone, 1L << 40, request));
		assertEquals(on, phone.willEncrypt());
	}

	/** What the manifest on the host names: the name as it is digested, and the size. */
	private Map<String, Long> manifest() throws IOException {
		Path backup = root.resolve(TestPhone.UDID);
		Map<String, Object> plist = Plists.readMap(Files.readAllBytes(backup.resolve("Manifest.plist")));
		Path database = backup.resolve("Manifest.db");
		Path raw = Files.exists(database) ? database : backup.resolve("Manifest.mbdb");
		Path plain = ManifestFiles.unpack(phone.phone(), plist, new FileKeys(DeviceKeys.of(phone.phone()).classKeys()),
				raw, folder.resolve("manifest"));
		Map<String, Long> names = new TreeMap<>();
		try (ManifestDb manifest = ManifestDb.open(plain)) {
			manifest.forEach("1", "fileID", row -> names.put(row.domain() + "-" + row.path(),
					MbFile.decode(row.file()).size()));
		}
		return names;
	}

	private TreeSet<String> leftOut() throws IOException {
		TreeSet<String> names = new TreeSet<>(TestPhone.tree(phone.files).keySet());
		names.removeAll(manifest().keySet());
		return names;
	}

	private static TreeSet<String> all() {
		TreeSet<String> names = new TreeSet<>(ALWAYS);
		names.addAll(SINCE_13);
		return names;
	}

	@ParameterizedTest
	@CsvSource({ "26.0,true", "13.0,true", "12.5,false", "9.3,false" })
	void anUnencryptedBackupLeavesOutTheseAndNothingElse(String ios, boolean callsAndSafari) throws IOException {
		phone.ios = ios;
		backup();
		assertEquals(callsAndSafari ? all() : new TreeSet<>(ALWAYS), leftOut());
		assertTrue(manifest().keySet().containsAll(List.of("HealthDomain-", "HomeKitDomain-",
				"KeychainDomain-keychain-backup.plist", "HomeDomain-Library/Safari/Bookmarks.db",
				"HomeDomain-Library/SMS/sms.db", "HomeDomain-Library/Voicemail/voicemail.db",
				"SystemPreferencesDomain-SystemConfiguration/preferences.plist")));
	}

	@Test
	void anEncryptedBackupHasThemAll() throws IOException {
		encrypt(true);
		backup();
		assertEquals(new TreeSet<>(), leftOut());
	}

	@Test
	void switchingEncryptionBringsThemAndDropsThem() throws IOException {
		backup();
		assertEquals(all(), leftOut());
		phone.write("HealthDomain", "Health/healthdb.sqlite", new byte[5000]);
		phone.write("HomeDomain", "Library/new.txt", new byte[7]);
		backup();
		assertEquals(all(), leftOut(), "the next of the same kind");
		encrypt(true);
		backup();
		assertEquals(new TreeSet<>(), leftOut());
		encrypt(false);
		backup();
		assertEquals(all(), leftOut());
		try (var shards = Files.walk(root.resolve(TestPhone.UDID))) {
			long payloads = shards.filter(path -> path.getFileName().toString().matches("[0-9a-f]{40}")).count();
			long files = TestPhone.tree(phone.files).entrySet().stream()
					.filter(entry -> entry.getValue().startsWith("FILE ") && !all().contains(entry.getKey())).count();
			assertEquals(files, payloads, "none of them stays behind");
		}
	}

	@Test
	void theRoomThatTheHostNeedsIsThatOfWhatIsSent() throws IOException {
		phone.files.generate(TestPhone.file("HealthDomain", "Health/large.hfd", 3), 1, 900_000_000);
		long enough = 500_000_000;
		assertEquals(0, backup(enough));
		encrypt(true);
		assertEquals(105, backup(enough));
	}

	@Test
	void aDeviceRestoredFromItHasNoneOfThem() throws IOException {
		backup();
		try (TestPhone other = phone("other", true)) {
			other.write("HealthDomain", "Health/healthdb.sqlite", new byte[10]);
			assertNotNull(other.files.find("SystemPreferencesDomain", "SystemConfiguration/com.apple.wifi.plist"));
			assertEquals(0, run(other, 1L << 40, TestHost.options(TestHost.request("Restore"), "RestoreSystemFiles",
					true, "RemoveItemsNotRestored", true, "RestoreDontCopyBackup", true)));
			Map<String, String> expected = TestPhone.tree(phone.files);
			expected.keySet().removeAll(all());
			assertEquals(expected, TestPhone.tree(other.files));
			assertNull(other.files.find("SystemPreferencesDomain", "SystemConfiguration/com.apple.wifi.plist"));
		}
	}

	@Test
	void whatLiesBesideAndWhatOnlySoundsAlikeIsToldApart() {
		OnlyEncrypted only = new OnlyEncrypted("18.5");
		assertTrue(only.has("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata-wal"));
		assertTrue(only.has("HomeDomain", "Library/Safari/History.db-shm"));
		assertTrue(only.has("AppDomain-com.apple.mobilesafari", "Library/Safari/Profiles/0A1B/History.db"));
		assertTrue(only.has("AppDomain-com.apple.mobilesafari", "Library/Safari/CloudTabs.db"));
		assertTrue(only.has("HomeDomain", "Library/CoreDuet/People/interactionC.db-wal"));
		assertFalse(only.has("HomeDomain", "Library/Safari/Bookmarks.db-wal"));
		assertFalse(only.has("HomeDomain", "Library/CallHistoryDBs"));
		assertFalse(only.has("AppDomain-org.example.browser", "Library/Safari/History.db"));
		assertFalse(only.has("AppDomain-org.example.health", "Health/healthdb.sqlite"));
		assertFalse(only.has("HealthDomain", ""));
		assertFalse(only.has("KeychainDomain", "keychain-backup.plist"));
	}
}
