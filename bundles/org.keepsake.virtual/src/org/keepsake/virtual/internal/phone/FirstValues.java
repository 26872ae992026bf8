// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.IosVersion;
import org.keepsake.virtual.VirtualOptions;

/**
 * What lockdownd answers on the device's first day: by domain, the root under the empty name. The same seed gives the
 * same device. Key names as {@code libimobiledevice/libimobiledevice: tools/ideviceinfo.c} and real answers have them.
 */
final class FirstValues {

	private static final long GIGABYTE = 1_000_000_000L;
	private static final String SERIAL_LETTERS = "0123456789CDFGHJKLMNPQRTVWXY";

	private final VirtualOptions options;
	private final SplittableRandom random;
	private final IosVersion version;
	private final DeviceModel model;
	private final Map<String, Map<String, Object>> domains = new LinkedHashMap<>();

	private FirstValues(VirtualOptions options) {
		this.options = options;
		random = new SplittableRandom(options.seed() ^ 0x5DEE_CE66_D1F0_E515L);
		String ios = options.ios();
		version = new IosVersion(ios == null ? DeviceModel.NEWEST_IOS : ios);
		model = DeviceModel.running(version);
	}

	/** Makes them up. */
	static Map<String, Map<String, Object>> of(VirtualOptions options) {
		FirstValues values = new FirstValues(options);
		values.identity();
		values.hardware();
		values.radio();
		values.place();
		values.storage();
		values.settings();
		return values.domains;
	}

	/** What the system version decides, for a device that was updated. */
	static Map<String, Object> ofVersion(String ios) {
		IosVersion version = new IosVersion(ios);
		return Map.of("ProductVersion", ios, "BuildVersion", DeviceModel.build(version));
	}

	private Map<String, Object> domain(String name) {
		return domains.computeIfAbsent(name, key -> new LinkedHashMap<>());
	}

	private void identity() {
		Map<String, Object> root = domain("");
		long chipNumber = random.nextLong() & 0x1FFF_FFFF_FFFFFEL | 0x10_0000_0000_0000L;
		String udid = udid(options.udid(), chipNumber);
		if (udid.length() == 25 && udid.charAt(8) == '-') {
			chipNumber = Long.parseUnsignedLong(udid.substring(9), 16);
		}
		root.put("DeviceName", name());
		root.put("UniqueDeviceID", udid);
		root.put("UniqueChipID", chipNumber);
		root.put("DieID", random.nextLong() >>> 4);
		root.put("SerialNumber", serial());
		root.put("MLBSerialNumber", serial() + "XYZ01");
		root.put("ProductName", version.major() == 0 || version.isAtLeast(4, 0) ? "iPhone OS" : "iPhone");
		root.put("ProductType", model.productType());
		root.put("ProductVersion", version.text());
		root.put("BuildVersion", DeviceModel.build(version));
		root.put("HumanReadableProductVersionString", version.text());
		root.put("DeviceClass", "iPhone");
		root.put("HardwareModel", model.hardwareModel());
		root.put("ModelNumber", model.modelNumber());
		root.put("RegionInfo", "ZD/A");
	}

	private String name() {
		String given = options.name();
		if (given != null) {
			return given;
		}
		return options.blank() ? "iPhone" : switch (options.profile()) {
			case SMALL -> "Virtual iPhone";
			case FAMILY -> "Mia’s iPhone";
			case HEAVY -> "Jürgen’s iPhone 写真";
		};
	}

	private String udid(@Nullable String given, long chipNumber) {
		if (given != null) {
			return given;
		}
		if (model.dashed()) {
			return "%08X-%016X".formatted(model.chipId(), chipNumber);
		}
		byte[] bytes = new byte[20];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private String serial() {
		StringBuilder serial = new StringBuilder(version.isAtLeast(13, 0) ? "" : "F");
		while (serial.length() < (version.isAtLeast(13, 0) ? 10 : 12)) {
			serial.append(SERIAL_LETTERS.charAt(random.nextInt(SERIAL_LETTERS.length())));
		}
		return serial.toString();
	}

	private void hardware() {
		Map<String, Object> root = domain("");
		root.put("ChipID", model.chipId());
		root.put("BoardId", model.boardId());
		root.put("CPUArchitecture", model.architecture());
		root.put("DeviceColor", "1");
		root.put("DeviceEnclosureColor", "5");
		root.put("FirmwareVersion", "iBoot-11881.122.1");
		root.put("HasSiDP", true);
		root.put("PartitionType", "GUID_partition_scheme");
		root.put("ProductionSOC", true);
		root.put("ProtocolVersion", "2");
		root.put("SupportedDeviceFamilies", List.of(1));
		root.put("SBLockdownEverRegisteredKey", false);
		root.put("TelephonyCapability", true);
		root.put("SIMStatus", "kCTSIMSupportSIMStatusReady");
		root.put("BasebandStatus", "BBInfoAvailable");
		root.put("BasebandVersion", "3.50.05");
		root.put("ActivationState", "Activated");
		root.put("ActivationStateAcknowledged", true);
		root.put("BrickState", false);
		root.put("iTunesHasConnected", true);
		root.put("NonVolatileRAM", Map.of("auto-boot", "true".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
		Map<String, Object> battery = domain("com.apple.mobile.battery");
		battery.put("BatteryCurrentCapacity", 60 + random.nextInt(40));
		battery.put("BatteryIsCharging", true);
		battery.put("ExternalChargeCapable", true);
		battery.put("ExternalConnected", true);
		battery.put("FullyCharged", false);
		battery.put("GasGaugeCapability", true);
		battery.put("HasBattery", true);
	}

	private void radio() {
		Map<String, Object> root = domain("");
		long mac = 0xA483_E700_0000L | random.nextInt(0x00F0_0000);
		root.put("WiFiAddress", mac(mac));
		root.put("BluetoothAddress", mac(mac + 1));
		root.put("EthernetAddress", mac(mac + 2));
		root.put("InternationalMobileEquipmentIdentity", imei());
		root.put("InternationalMobileEquipmentIdentity2", imei());
		root.put("MobileEquipmentIdentifier", "35%012d".formatted(random.nextLong(1_000_000_000_000L)));
		root.put("IntegratedCircuitCardIdentity", withCheckDigit("8949%014d".formatted(
				random.nextLong(100_000_000_000_000L))));
		root.put("InternationalMobileSubscriberIdentity", "26201%010d".formatted(random.nextLong(10_000_000_000L)));
		root.put("PhoneNumber", "+49 1579 %07d".formatted(random.nextInt(10_000_000)));
		Map<String, Object> wireless = domain("com.apple.mobile.wireless_lockdown");
		wireless.put("EnableWifiConnections", false);
		wireless.put("EnableWifiDebugging", false);
		wireless.put("EnableWifiPairing", false);
		wireless.put("SupportsWifi", true);
		wireless.put("SupportsWifiSyncing", true);
		wireless.put("BonjourFullServiceName", mac(mac) + "@fe80::a683:e7ff:fe00:1._apple-mobdev2._tcp.local.");
	}

	private String imei() {
		return withCheckDigit("35%06d%06d".formatted(random.nextInt(1_000_000), random.nextInt(1_000_000)));
	}

	static String mac(long number) {
		StringBuilder text = new StringBuilder();
		for (int shift = 40; shift >= 0; shift -= 8) {
			text.append(text.isEmpty() ? "" : ":").append("%02x".formatted(number >>> shift & 0xFF));
		}
		return text.toString();
	}

	/** Appends the digit that makes the number valid by Luhn's rule. */
	static String withCheckDigit(String digits) {
		int sum = 0;
		for (int i = 0; i < digits.length(); i++) {
			int digit = digits.charAt(digits.length() - 1 - i) - '0';
			int weighted = i % 2 == 0 ? 2 * digit : digit;
			sum += weighted > 9 ? weighted - 9 : weighted;
		}
		return digits + (10 - sum % 10) % 10;
	}

	private void place() {
		Map<String, Object> root = domain("");
		root.put("TimeZone", "Europe/Berlin");
		root.put("TimeZoneOffsetFromUTC", 3600.0);
		root.put("Uses24HourClock", true);
		Map<String, Object> international = domain("com.apple.international");
		international.put("Language", "de");
		international.put("Locale", "de_DE");
		international.put("Keyboard", "de_DE@sw=QWERTZ-German;hw=Automatic");
		international.put("SupportedLanguages", List.of("de", "en", "fr", "ja", "zh-Hans"));
		international.put("SupportedLocales", List.of("de_DE", "en_US", "fr_FR", "ja_JP", "zh_CN"));
		international.put("SupportedKeyboards", List.of("de_DE", "en_US", "emoji"));
	}

	private void storage() {
		long wanted = options.bytes() + 40 * GIGABYTE;
		long capacity = 128 * GIGABYTE;
		while (capacity < wanted) {
			capacity *= 2;
		}
		Map<String, Object> usage = domain("com.apple.disk_usage");
		usage.put("TotalDiskCapacity", capacity);
		usage.put("TotalSystemCapacity", 12 * GIGABYTE);
		usage.put("TotalSystemAvailable", 0);
		usage.put("TotalDataCapacity", capacity - 12 * GIGABYTE);
		usage.put("AmountDataReserved", 200_000_000);
	}

	private void settings() {
		domain("com.apple.fmip").put("IsAssociated", false);
		Map<String, Object> buddy = domain("com.apple.purplebuddy");
		buddy.put("SetupDone", true);
		buddy.put("SetupState", "SetupUsingAssistant");
		buddy.put("SetupVersion", 11);
		domain("com.apple.PurpleBuddy").putAll(buddy);
		domain("com.apple.mobile.chaperone").put("DeviceIsChaperoned", false);
		domain("com.apple.mobile.restriction").putAll(Map.of("ProhibitAppInstall", false, "ProhibitAppDelete", false));
		Map<String, Object> backup = domain("com.apple.mobile.backup");
		backup.put("Version", version.isAtLeast(10, 0) ? "3.3" : "2.4");
		backup.put("CloudBackupEnabled", false);
		domain("com.apple.mobile.lockdown_cache").put("ActivationState", "Activated");
		domain("com.apple.mobile.user_preferences").put("DiagnosticsAllowed", false);
		Map<String, Object> store = domain("com.apple.mobile.iTunes");
		store.put("MinITunesVersion", "12.13");
		store.put("PreferredMediaFormat", "m4a");
		store.put("UIDevice", true);
		Map<String, Object> itunes = domain("com.apple.iTunes");
		itunes.put("DBVersion", 5);
		itunes.put("FamilyID", 10001);
		itunes.put("SQLiteDB", true);
		itunes.put("VolumeLimit", 100);
		itunes.put("Locale", Locale.GERMANY.toLanguageTag());
		for (String kind : List.of("Contacts", "Calendars", "Bookmarks", "Notes", "Mail Accounts")) {
			domain("com.apple.mobile.data_sync").put(kind, Map.of("DisableTethered", true, "AccountNames",
					List.of("iCloud"), "Sources", List.of("iCloud")));
			domain("com.apple.mobile.tethered_sync").put(kind, Map.of("DisableTethered", true, "SyncingOS", "Windows"));
		}
		domain("com.apple.Accessibility").put("VoiceOverTouchEnabledByiTunes", 0);
		domain("com.apple.mobile.software_behavior").put("Valid", true);
		domain("com.apple.security.mac.amfi").put("DeveloperModeStatus", false);
	}
}
