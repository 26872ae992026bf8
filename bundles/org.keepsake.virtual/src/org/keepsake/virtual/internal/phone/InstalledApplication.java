// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * An application from the store.
 *
 * @param bundleId its identifier
 * @param name     under its icon
 * @param version  of the application
 * @param itemId   its number in the store
 */
public record InstalledApplication(String bundleId, String name, String version, int itemId) {

	/** The application's whole dictionary as the installation proxy shows it. */
	public Map<String, Object> attributes(String udid) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("CFBundleIdentifier", bundleId);
		all.put("CFBundleName", name);
		all.put("CFBundleDisplayName", name);
		all.put("CFBundleExecutable", name);
		all.put("CFBundlePackageType", "APPL");
		all.put("CFBundleShortVersionString", version);
		all.put("CFBundleVersion", version + ".1");
		all.put("ApplicationType", "User");
		all.put("ApplicationDSID", 1_234_567_890L);
		all.put("Path", "/private/var/containers/Bundle/Application/" + uuid("bundle", udid) + "/" + name + ".app");
		all.put("Container", "/private/var/mobile/Containers/Data/Application/" + uuid("data", udid));
		all.put("MinimumOSVersion", "12.0");
		all.put("SignerIdentity", "Apple iPhone OS Application Signing");
		all.put("UIDeviceFamily", java.util.List.of(1, 2));
		all.put("UIFileSharingEnabled", true);
		all.put("StaticDiskUsage", 12_345_678);
		all.put("DynamicDiskUsage", 4_096_000);
		all.put("ApplicationSINF", sinf());
		all.put("iTunesMetadata", metadata());
		return all;
	}

	private String uuid(String what, String udid) {
		return java.util.UUID.nameUUIDFromBytes((what + bundleId + udid).getBytes(StandardCharsets.UTF_8)).toString()
				.toUpperCase(java.util.Locale.ROOT);
	}

	/** The form of a licence, a nest of length-prefixed boxes, without one in it. */
	private byte[] sinf() {
		byte[] name = bundleId.getBytes(StandardCharsets.UTF_8);
		java.nio.ByteBuffer box = java.nio.ByteBuffer.allocate(8 + 12 + 8 + name.length);
		box.putInt(box.capacity()).put("sinf".getBytes(StandardCharsets.US_ASCII));
		box.putInt(12).put("frmagame".getBytes(StandardCharsets.US_ASCII));
		box.putInt(8 + name.length).put("schi".getBytes(StandardCharsets.US_ASCII)).put(name);
		return box.array();
	}

	private byte[] metadata() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("softwareVersionBundleId", bundleId);
		metadata.put("itemName", name);
		metadata.put("itemId", itemId);
		metadata.put("artistName", "The Keepsake contributors");
		metadata.put("bundleShortVersionString", version);
		metadata.put("bundleVersion", version + ".1");
		metadata.put("genre", "Utilities");
		metadata.put("kind", "software");
		metadata.put("com.apple.iTunesStore.downloadInfo", Map.of("accountInfo", Map.of("AppleID",
				"mia@example.org")));
		return PlistFrames.xml(metadata);
	}

	Map<String, Object> toMap() {
		return Map.of("BundleId", bundleId, "Name", name, "Version", version, "ItemId", itemId);
	}

	static InstalledApplication of(Map<String, ?> map) {
		return new InstalledApplication(PlistFrames.text(map, "BundleId"), PlistFrames.text(map, "Name"),
				PlistFrames.text(map, "Version"), map.get("ItemId") instanceof Number number ? number.intValue() : 0);
	}
}
