// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.system.InstalledApp;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.MemoryOutput;

class AppsDataSetTest extends DataSetContract {

	private static final String INFO = """
			<?xml version="1.0" encoding="UTF-8"?>
			<plist version="1.0"><dict><key>Applications</key><dict><key>org.example.diary</key><dict>
			<key>PlaceholderIcon</key><data>iVBORw0KGgo=</data><key>iTunesMetadata</key><data>%s</data></dict></dict>
			<key>Device Name</key><string>Test Phone</string>
			<key>Installed Applications</key><array><string>org.example.diary</string><string>org.example.recipes</string></array></dict></plist>
			"""
			.formatted(Base64.getEncoder().encodeToString(
					"""
							<?xml version="1.0" encoding="UTF-8"?>
							<plist version="1.0"><dict><key>itemName</key><string>Diary: my days</string><key>artistName</key><string>Example Ltd</string>
							<key>bundleShortVersionString</key><string>4.2</string><key>bundleVersion</key><string>4211</string><key>genre</key><string>Lifestyle</string>
							<key>com.apple.iTunesStore.downloadInfo</key><dict><key>purchaseDate</key><string>2020-05-01T10:00:00Z</string>
							<key>accountInfo</key><dict><key>AppleID</key><string>ada@example.org</string></dict></dict></dict></plist>
							"""
							.getBytes(StandardCharsets.UTF_8)));

	@Override
	protected DataSet dataSet() {
		return new AppsDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("6.1", 2, AppsDataSetTest::old), new Generation("12.4", 2, AppsDataSetTest::info),
				new Generation("17.5", 4, AppsDataSetTest::full));
	}

	/** A manifest alone, which does not tell what a container is. */
	private static void old(FolderContent content) throws IOException {
		content.describe("Manifest.plist",
				bytes("""
						<plist version="1.0"><dict><key>Applications</key><dict>
						<key>org.example.diary</key><dict><key>CFBundleIdentifier</key><string>org.example.diary</string><key>CFBundleVersion</key><string>1.1</string></dict>
						<key>com.apple.mobilesafari</key><dict/></dict></dict></plist>
						"""));
		content.put("AppDomain-org.example.diary", "Documents/a.txt", "a");
	}

	private static void info(FolderContent content) throws IOException {
		content.describe("Info.plist", bytes(INFO));
		content.put("AppDomain-org.example.diary", "Documents/2020/May.txt", "May");
		content.put("AppDomain-org.example.diary", "Library/Preferences/org.example.diary.plist", "12345");
	}

	static void full(FolderContent content) throws IOException {
		info(content);
		content.describe("Manifest.plist",
				bytes("""
						<plist version="1.0"><dict><key>Applications</key><dict>
						<key>org.example.diary</key><dict><key>ContainerContentClass</key><string>Data/Application</string></dict>
						<key>org.example.recipes</key><dict><key>ContainerContentClass</key><string>Data/Application</string>
						 <key>CFBundleVersion</key><string>7</string><key>GroupContainers</key><array><string>group.cooks</string></array></dict>
						<key>com.apple.mobilesafari</key><dict><key>ContainerContentClass</key><string>Data/Application</string></dict>
						<key>org.example.scanner</key><dict><key>ContainerContentClass</key><string>Data/Application</string></dict>
						<key>org.example.diary.widget</key><dict><key>ContainerContentClass</key><string>Data/PluginKitPlugin</string></dict>
						<key>group.org.example.diary</key><dict><key>ContainerContentClass</key><string>Shared/AppGroup</string></dict></dict></dict></plist>
						"""));
		content.put("AppDomainPlugin-org.example.diary.widget", "Library/state", "1234567890");
		content.put("AppDomainGroup-group.org.example.diary.shared", "shared.json", "{}");
		content.put("AppDomainGroup-group.cooks", "recipes.db", "1234");
		content.put("AppDomainGroup-group.unknown", "whatever", "123456789");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private List<InstalledApp> apps(Filler filler, boolean secrets) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("read"), new IosVersion("17.5"), false);
		filler.fill(content);
		List<InstalledApp> apps = new ArrayList<>();
		dataSet().read(content, new Selection(null, null, null, secrets), entry -> apps.add((InstalledApp) entry),
				JobMonitor.NONE);
		return apps;
	}

	@Test
	void tellsWhatTheStoreSaysOfAnApp() throws Exception {
		InstalledApp diary = apps(AppsDataSetTest::full, false).get(1);
		assertEquals("Diary: my days", diary.name());
		assertEquals("4.2", diary.version());
		assertEquals("4211", diary.build());
		assertEquals("Example Ltd", diary.vendor());
		assertEquals(Instant.parse("2020-05-01T10:00:00Z"), diary.purchased());
		assertEquals("a•••@example.org", diary.account());
		assertEquals("ada@example.org", apps(AppsDataSetTest::full, true).get(1).account());
	}

	@Test
	void addsUpWhatBelongsToAnApp() throws Exception {
		List<InstalledApp> apps = apps(AppsDataSetTest::full, false);
		assertEquals(
				List.of("com.apple.mobilesafari", "org.example.diary", "org.example.recipes", "org.example.scanner"),
				apps.stream().map(InstalledApp::key).toList());
		assertEquals(3 + 5 + 10 + 2, apps.get(1).bytes());
		assertEquals(4, apps.get(1).files());
		assertEquals(1, apps.get(1).documents());
		assertEquals(4, apps.get(2).bytes(), "the group is the app's, as the device says");
		assertEquals("7", apps.get(2).build());
		assertEquals(0, apps.get(3).bytes());
		assertTrue(apps.get(0).system());
		assertFalse(apps.get(3).system());
	}

	@Test
	void shortensAccountsWhateverTheyAre() {
		assertEquals("", AppsDataSet.shortened(""));
		assertEquals("a•••", AppsDataSet.shortened("ada"));
		assertEquals("@•••", AppsDataSet.shortened("@example.org"));
		assertEquals("\uD83D\uDE00•••@x", AppsDataSet.shortened("\uD83D\uDE00y@x"));
	}

	@Test
	void copiesDocumentsAsAFolderTree() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("export"), new IosVersion("17.5"), false);
		full(content);
		MemoryOutput files = new MemoryOutput();
		ExportReport report = new AppFilesExporter().export(
				new ExportRequest(dataSet(), content, Selection.ALL, files, Map.of()), JobMonitor.NONE);
		assertEquals(Set.of("Diary: my days/2020/May.txt"), files.paths());
		assertEquals("May", files.text("Diary: my days/2020/May.txt"));
		assertEquals(content.find("AppDomain-org.example.diary", "Documents/2020/May.txt").orElseThrow().modified(),
				Objects.requireNonNull(files.date("Diary: my days/2020/May.txt")));
		assertEquals(1, report.filesWritten());
		assertEquals(4, report.recordsRead());
	}

	@Test
	void bearsDamagedDescriptions() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = bytes(INFO);
		FolderContent content = new FolderContent(folder().resolve("damaged"), new IosVersion("17.5"), false);
		full(content);
		for (int i = 0; i < 2000; i++) {
			byte[] bytes = Arrays.copyOf(sound, random.nextInt(3) == 0 ? random.nextInt(sound.length) : sound.length);
			for (int j = random.nextInt(5); j > 0 && bytes.length > 0; j--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			content.describe("Info.plist", bytes);
			Survey survey = dataSet().survey(content, JobMonitor.NONE);
			assertTrue(survey.presence() != Presence.ABSENT, "mutation " + i + ", seed " + seed);
		}
	}
}
