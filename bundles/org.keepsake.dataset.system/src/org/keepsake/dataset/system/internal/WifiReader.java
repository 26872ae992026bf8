// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.system.WifiNetwork;
import org.keepsake.ios.backup.plist.PropertyList;

/** One network of either list. */
final class WifiReader {

	private static final String PREFIX = "wifi.network.ssid.";
	private static final int MOST_STATIONS = 1000;

	private WifiReader() {
	}

	/** An entry of the newer list. */
	static WifiNetwork known(String key, PropertyList entry, Map<String, String> passwords) {
		String ssid = ssid(entry, "SSID", key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key);
		PropertyList system = entry.dict("__OSSpecific__");
		PropertyList captive = entry.dict("CaptiveProfile");
		TreeSet<String> stations = new TreeSet<>();
		station(stations, system.get("BSSID"));
		if (entry.get("BSSList") instanceof List<?> list) {
			for (Object each : list) {
				station(stations, each instanceof PropertyList station ? station.get("BSSID") : null);
			}
		}
		return new WifiNetwork(ssid, ssid, entry.string("SupportedSecurityTypes"), flag(entry, "Hidden"),
				flag(captive, "CaptiveNetwork"), captive.string("UserPortalURL"), entry.date("AddedAt"),
				entry.date("JoinedByUserAt"), entry.date("JoinedBySystemAt"), entry.date("UpdatedAt"),
				first(entry.date("WiFiNetworkPasswordModificationDate"),
						system.date("WiFiNetworkPasswordModificationDate")),
				List.copyOf(stations), OneLine.of(entry.string("BundleID"), entry.string("AddReason")),
				flag(system, "CarPlayNetwork") || flag(entry, "CARPLAY_NETWORK"), passwords.get(ssid));
	}

	/** An entry of the older list; null if it has no name. */
	static @Nullable WifiNetwork older(PropertyList entry, Map<String, String> passwords) {
		String ssid = ssid(entry, "SSID", entry.string("SSID_STR"));
		if (ssid.isEmpty()) {
			return null;
		}
		PropertyList captive = entry.dict("CaptiveProfile");
		TreeSet<String> stations = new TreeSet<>();
		station(stations, entry.get("BSSID"));
		return new WifiNetwork(ssid, ssid, security(entry), flag(entry, "HIDDEN_NETWORK") || flag(entry, "Hidden"),
				flag(captive, "CaptiveNetwork") || flag(entry, "CaptiveNetwork"), captive.string("UserPortalURL"),
				entry.date("addedAt"), entry.date("lastJoined"),
				first(entry.date("lastAutoJoined"), entry.date("prevJoined")), entry.date("lastUpdated"),
				entry.date("WiFiNetworkPasswordModificationDate"), List.copyOf(stations),
				OneLine.of(entry.string("BundleID"), entry.string("AddReason")),
				flag(entry, "CarPlayNetwork") || flag(entry, "CARPLAY_NETWORK"), passwords.get(ssid));
	}

	/** What the station told of itself when it was found. */
	private static String security(PropertyList entry) {
		String mode = entry.string("SecurityMode");
		if (!mode.isEmpty()) {
			return mode;
		}
		boolean enterprise = entry.has("EnterpriseProfile");
		if (entry.has("RSN_IE")) {
			return enterprise ? "WPA2 Enterprise" : "WPA2 Personal";
		}
		if (entry.has("WPA_IE")) {
			return enterprise ? "WPA Enterprise" : "WPA Personal";
		}
		return flag(entry, "WEP") ? "WEP" : "";
	}

	private static String ssid(PropertyList entry, String key, String otherwise) {
		byte[] bytes = entry.data(key);
		if (bytes != null && bytes.length > 0) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		String text = entry.string(key);
		return text.isEmpty() ? otherwise : text;
	}

	private static void station(TreeSet<String> stations, @Nullable Object address) {
		if (address instanceof String text && !text.isEmpty() && stations.size() < MOST_STATIONS) {
			stations.add(text);
		}
	}

	private static boolean flag(PropertyList list, String key) {
		return Boolean.TRUE.equals(list.bool(key));
	}

	private static @Nullable Instant first(@Nullable Instant one, @Nullable Instant other) {
		return one == null ? other : one;
	}
}
