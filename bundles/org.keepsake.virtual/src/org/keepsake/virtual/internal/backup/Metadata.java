// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import org.keepsake.virtual.internal.phone.Phone;

/** The two property lists that a device writes into a backup. */
final class Metadata {

	static final String UPLOADING = "uploading";
	static final String MOVING = "moving";
	static final String REMOVING = "removing";
	static final String FINISHED = "finished";

	private static final String[] LOCKDOWN_KEYS = { "BuildVersion", "DeviceName", "ProductType", "ProductVersion",
			"SerialNumber", "UniqueDeviceID" };
	private static final String[] LOCKDOWN_DOMAINS = { "com.apple.Accessibility", "com.apple.MobileDeviceCrashCopy",
			"com.apple.TerminalFlashr", "com.apple.mobile.data_sync", "com.apple.mobile.iTunes.accessories",
			"com.apple.mobile.wireless_lockdown" };

	private Metadata() {
	}

	/** What {@code Status.plist} says. */
	static byte[] status(String uuid, String snapshotState, boolean full, boolean sharded) {
		Map<String, Object> status = new LinkedHashMap<>();
		status.put("IsFullBackup", full);
		status.put("Version", sharded ? "3.3" : "2.4");
		status.put("UUID", uuid);
		status.put("Date", Instant.now());
		status.put("BackupState", "new");
		status.put("SnapshotState", snapshotState);
		return BinaryPlistWriter.write(status);
	}

	/** The newest version of system domains that an iOS version knows. */
	static String systemDomainsVersion(String iosVersion) {
		return Versions.atLeast(iosVersion, "26.0") ? "24.0" : "20.0";
	}

	/** What {@code Manifest.plist} says, without the manifest's key. */
	static Map<String, Object> manifest(Phone phone, DeviceKeys keys, boolean sharded, TreeSet<String> domains) {
		Map<String, Object> manifest = new LinkedHashMap<>();
		manifest.put("BackupKeyBag", keys.bag().encoded());
		manifest.put("Version", sharded ? "10.0" : "9.1");
		manifest.put("SystemDomainsVersion", systemDomainsVersion(phone.iosVersion()));
		manifest.put("Date", Instant.now());
		manifest.put("IsEncrypted", keys.encrypted());
		manifest.put("WasPasscodeSet", phone.hasPasscode());
		manifest.put("Lockdown", lockdown(phone));
		manifest.put("Applications", applications(domains));
		return manifest;
	}

	private static Map<String, Object> lockdown(Phone phone) {
		Map<String, Object> lockdown = new LinkedHashMap<>();
		for (String key : LOCKDOWN_KEYS) {
			if (phone.lockdownValue(null, key) instanceof String text) {
				lockdown.put(key, text);
			}
		}
		for (String domain : LOCKDOWN_DOMAINS) {
			Map<String, Object> values = new LinkedHashMap<>();
			if (phone.lockdownValue(domain, null) instanceof Map<?, ?> all) {
				all.forEach((key, value) -> {
					if (value instanceof String || value instanceof Boolean || value instanceof Number) {
						values.put(String.valueOf(key), value);
					}
				});
			}
			lockdown.put(domain, values);
		}
		return lockdown;
	}

	private static Map<String, Object> applications(TreeSet<String> domains) {
		Map<String, Object> applications = new LinkedHashMap<>();
		for (String domain : domains) {
			int dash = domain.indexOf('-');
			String kind = switch (dash < 0 ? "" : domain.substring(0, dash)) {
				case "AppDomain" -> "Data/Application";
				case "AppDomainGroup" -> "Shared/AppGroup";
				case "AppDomainPlugin" -> "Data/PluginKitPlugin";
				default -> "";
			};
			if (!kind.isEmpty()) {
				String id = domain.substring(dash + 1);
				Map<String, Object> one = new LinkedHashMap<>();
				one.put("CFBundleIdentifier", id);
				one.put("CFBundleVersion", "1");
				one.put("Path", "/var/containers/Bundle/Application/" + id + ".app");
				one.put("ContainerContentClass", kind);
				applications.put(id, one);
			}
		}
		return applications;
	}
}
