// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.system.KeychainItem;
import org.keepsake.dataset.system.WifiNetwork;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class WifiDataSetTest extends DataSetContract {

	private static final String DOMAIN = "SystemPreferencesDomain";

	@Override
	protected DataSet dataSet() {
		return new WifiDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("6.1", 2, WifiDataSetTest::older),
				new Generation("16.5", 2, WifiDataSetTest::newer), new Generation("14.2", 3, WifiDataSetTest::both));
	}

	private static String data(String text) {
		return "<data>" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "</data>";
	}

	private static void older(FolderContent content) throws IOException {
		content.put(DOMAIN, "SystemConfiguration/com.apple.wifi.plist",
				"""
						<?xml version="1.0" encoding="UTF-8"?>
						<plist version="1.0"><dict><key>AllowEnable</key><integer>1</integer><key>List of known networks</key><array>
						<dict><key>SSID</key>%s<key>SSID_STR</key><string>Zuhause</string><key>BSSID</key><string>0:1:2:3:4:5</string>
						<key>lastJoined</key><date>2013-02-01T08:00:00Z</date><key>lastAutoJoined</key><date>2013-02-03T08:00:00Z</date>
						<key>RSN_IE</key><dict/><key>HIDDEN_NETWORK</key><true/>
						<key>WiFiNetworkPasswordModificationDate</key><date>2012-01-01T00:00:00Z</date></dict>
						<dict><key>SSID_STR</key><string>Airport</string><key>CaptiveNetwork</key><true/></dict>
						<dict><key>BSSID</key><string>no name</string></dict>
						</array></dict></plist>
						"""
						.formatted(data("Zuhause")));
	}

	private static void newer(FolderContent content) throws IOException {
		KeychainSamples.items(content);
		content.put(DOMAIN, "com.apple.wifi.known-networks.plist",
				"""
						<?xml version="1.0" encoding="UTF-8"?>
						<plist version="1.0"><dict>
						<key>wifi.network.ssid.Zuhause</key><dict><key>SSID</key>%s<key>AddReason</key><string>WiFi Settings</string>
						<key>AddedAt</key><date>2021-01-01T00:00:00Z</date><key>JoinedByUserAt</key><date>2021-02-01T00:00:00Z</date>
						<key>JoinedBySystemAt</key><date>2022-03-01T00:00:00Z</date><key>UpdatedAt</key><date>2022-03-02T00:00:00Z</date>
						<key>SupportedSecurityTypes</key><string>WPA2/WPA3 Personal</string><key>Hidden</key><false/>
						<key>BSSList</key><array><dict><key>BSSID</key><string>a:b:c:d:e:f</string></dict></array>
						<key>__OSSpecific__</key><dict><key>BSSID</key><string>a:b:c:d:e:0</string></dict></dict>
						<key>wifi.network.ssid.Train</key><dict><key>SupportedSecurityTypes</key><string>Open</string>
						<key>CaptiveProfile</key><dict><key>CaptiveNetwork</key><true/><key>UserPortalURL</key><string>https://portal.example.org</string></dict></dict>
						</dict></plist>
						"""
						.formatted(data("Zuhause")));
	}

	private static void both(FolderContent content) throws IOException {
		older(content);
		newer(content);
	}

	private List<WifiNetwork> networks(Filler filler, boolean encrypted, boolean secrets) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("read" + secrets), new IosVersion("17.5"),
				encrypted);
		filler.fill(content);
		List<WifiNetwork> networks = new ArrayList<>();
		dataSet().read(content, new Selection(null, null, null, secrets), entry -> networks.add((WifiNetwork) entry),
				JobMonitor.NONE);
		return networks;
	}

	@Test
	void readsTheListOfOldSystems() throws Exception {
		WifiNetwork home = networks(WifiDataSetTest::older, true, false).getFirst();
		assertEquals("Zuhause", home.ssid());
		assertEquals("WPA2 Personal", home.security());
		assertTrue(home.hidden());
		assertEquals(Instant.parse("2013-02-03T08:00:00Z"), home.date());
		assertEquals(List.of("0:1:2:3:4:5"), home.accessPoints());
		assertNull(home.password());
		assertTrue(networks(WifiDataSetTest::older, true, false).get(1).captive());
	}

	@Test
	void readsTheNewerListWithMaskedPasswords() throws Exception {
		List<WifiNetwork> networks = networks(WifiDataSetTest::newer, true, false);
		WifiNetwork home = networks.getFirst();
		assertEquals("WPA2/WPA3 Personal", home.security());
		assertEquals(Instant.parse("2022-03-01T00:00:00Z"), home.date());
		assertEquals(KeychainItem.mask(), home.password());
		assertEquals(2, home.accessPoints().size());
		assertEquals("WiFi Settings", home.addedBy());
		assertEquals("https://portal.example.org", networks.get(1).portal());
		assertNull(networks.get(1).password());
	}

	@Test
	void givesPasswordsToWhoAsksForThemAndTellsThemNowhereElse() throws Exception {
		WifiNetwork home = networks(WifiDataSetTest::newer, true, true).getFirst();
		assertEquals("correct horse", home.password());
		assertFalse((home + home.headline() + home.searchText() + home.key()).contains("correct horse"));
	}

	@Test
	void takesANetworkOfBothListsOnce() throws Exception {
		List<WifiNetwork> networks = networks(WifiDataSetTest::both, true, false);
		assertEquals(List.of("Zuhause", "Train", "Airport"), networks.stream().map(WifiNetwork::ssid).toList());
		assertFalse(networks.getFirst().hidden(), "the newer list says so");
	}

	@Test
	void saysThatABackupWithoutEncryptionHasNoPasswords() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("plain"), new IosVersion("17.5"), false);
		newer(content);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(2, survey.count());
		assertEquals(1, survey.remarks().size());
		assertNull(networks(WifiDataSetTest::newer, false, true).getFirst().password());
	}
}
