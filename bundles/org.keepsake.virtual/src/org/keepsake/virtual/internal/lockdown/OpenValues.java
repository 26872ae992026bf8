// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.util.Set;

/** The root values that lockdownd tells anybody; the others, and all domains, need a session. */
final class OpenValues {

	private static final Set<String> NAMES = Set.of("ActivationState", "BasebandStatus", "BluetoothAddress", "BoardId",
			"BuildVersion", "CPUArchitecture", "ChipID", "DeviceClass", "DeviceColor", "DeviceName", "DevicePublicKey",
			"DieID", "HardwareModel", "HasSiDP", "HumanReadableProductVersionString", "PartitionType", "ProductName",
			"ProductType", "ProductVersion", "ProductionSOC", "ProtocolVersion", "SerialNumber",
			"SupportedDeviceFamilies", "TelephonyCapability", "UniqueChipID", "UniqueDeviceID", "UntrustedHostBUID",
			"WiFiAddress");

	private OpenValues() {
	}

	static boolean has(String key) {
		return NAMES.contains(key);
	}
}
