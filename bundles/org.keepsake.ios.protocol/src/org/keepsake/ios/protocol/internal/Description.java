// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal;

import java.io.IOException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.ios.protocol.Models;
import org.keepsake.ios.protocol.internal.lockdown.Lockdown;
import org.keepsake.ios.protocol.internal.plist.Dict;

/**
 * Reads what a device says of itself. Every value may be missing or of another type. Names of domains and keys:
 * {@code libimobiledevice/libimobiledevice: tools/ideviceinfo.c} and public lockdown headers.
 */
public final class Description {

	private final AttachedDevice device;
	private final boolean paired;
	private final Dict root;
	private Dict disk = Dict.EMPTY;
	private Dict battery = Dict.EMPTY;
	private Dict backup = Dict.EMPTY;
	private @Nullable Boolean findMyOn;
	private @Nullable Boolean supervised;
	private @Nullable Boolean passcode;
	private @Nullable Boolean locked;

	private Description(AttachedDevice device, boolean paired, Dict root) {
		this.device = device;
		this.paired = paired;
		this.root = root;
		this.locked = root.bool("PasswordProtected");
	}

	/** What the device tells anybody. */
	public static Description toAnybody(AttachedDevice device, Lockdown lockdown) throws IOException {
		return new Description(device, false, lockdown.values(null));
	}

	/** What the device tells in a session. */
	public static Description inSession(AttachedDevice device, Lockdown lockdown) throws IOException {
		Description description = new Description(device, true, lockdown.values(null));
		description.disk = lockdown.values("com.apple.disk_usage");
		description.battery = lockdown.values("com.apple.mobile.battery");
		description.backup = lockdown.values("com.apple.mobile.backup");
		description.findMyOn = lockdown.values("com.apple.fmip").bool("IsAssociated");
		description.supervised = lockdown.values("com.apple.mobile.chaperone").bool("DeviceIsChaperoned");
		return description;
	}

	/** Adds whether the device has a passcode. */
	public Description passcode(@Nullable Boolean set) {
		passcode = set;
		return this;
	}

	/** Adds that the screen is locked, which the device said by refusing a session. */
	public Description locked() {
		locked = Boolean.TRUE;
		return this;
	}

	/** All of it. */
	public DeviceDetails details() {
		String type = root.string("ProductType", "");
		String version = root.string("ProductVersion");
		Boolean hasPasscode = Boolean.TRUE.equals(locked) ? Boolean.TRUE : passcode;
		return new DeviceDetails(udid(), root.string("DeviceName", ""), type, type.isEmpty() ? "" : Models.name(type),
				version == null ? null : new IosVersion(version), root.string("BuildVersion"),
				root.string("SerialNumber"), device.connection(), paired, locked, hasPasscode, encryption(),
				backup.bool("RequiresEncryption"), findMyOn, supervised, capacity(), free(), percent(),
				charging(), backup.bool("CloudBackupEnabled"), lastCloudBackup());
	}

	/** As the device spells itself, if it is the one that was attached; else as the transport spells it. */
	private Udid udid() {
		String own = root.string("UniqueDeviceID");
		if (own != null && Udid.isValid(own) && new Udid(own).equals(device.udid())) {
			return new Udid(own);
		}
		return device.udid();
	}

	/** An absent value means no, but only if the device told its backup values at all: it does in a session. */
	private @Nullable Boolean encryption() {
		Boolean said = backup.bool("WillEncrypt");
		return said == null && paired ? Boolean.FALSE : said;
	}

	private @Nullable Long capacity() {
		Long data = disk.integer("TotalDataCapacity");
		return positive(data == null ? disk.integer("TotalDiskCapacity") : data);
	}

	private @Nullable Long free() {
		Long free = disk.integer("AmountDataAvailable");
		return positive(free == null ? disk.integer("TotalDataAvailable") : free);
	}

	private static @Nullable Long positive(@Nullable Long bytes) {
		return bytes != null && bytes < 0 ? null : bytes;
	}

	private @Nullable Integer percent() {
		Long percent = battery.integer("BatteryCurrentCapacity");
		return percent == null || percent < 0 || percent > 100 ? null : Integer.valueOf(percent.intValue());
	}

	private @Nullable Boolean charging() {
		Boolean charging = battery.bool("BatteryIsCharging");
		return charging == null ? battery.bool("ExternalConnected") : charging;
	}

	private @Nullable Instant lastCloudBackup() {
		Instant date = backup.date("LastCloudBackupDate");
		Double seconds = backup.real("LastCloudBackupDate");
		if (date == null && seconds != null && seconds > 0 && seconds < 1e10) {
			return Instant.ofEpochSecond(978_307_200 + seconds.longValue());
		}
		return date;
	}
}
