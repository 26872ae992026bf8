// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.ConnectionType;

/**
 * What is known of a connected device. Null is "not known": not paired, locked, or this iOS does not say.
 *
 * @param udid               its identifier
 * @param name               the name its owner gave it; empty where unknown
 * @param productType        such as {@code iPhone15,2}; empty where unknown
 * @param model              the marketing name, or the product type where there is no name for it
 * @param iosVersion         its system
 * @param buildVersion       the system's build
 * @param serialNumber       its serial number
 * @param connection         how it is reached
 * @param paired             whether the device and this computer trust each other, proven by a session
 * @param locked             whether the screen is locked by a passcode now
 * @param passcodeSet        whether it has a passcode at all
 * @param encryption         whether its backups are encrypted with a backup password
 * @param encryptionRequired whether a management profile demands encrypted backups
 * @param findMyOn           whether Find My is on, which forbids a restore
 * @param supervised         whether an organisation manages the device
 * @param capacityBytes      size of its data storage
 * @param freeBytes          bytes free in it
 * @param batteryPercent     charge, 0 to 100
 * @param charging           whether it draws power
 * @param cloudBackup        whether iCloud Backup is on
 * @param lastCloudBackup    when iCloud Backup last succeeded
 */
public record DeviceDetails(Udid udid, String name, String productType, String model, @Nullable IosVersion iosVersion,
		@Nullable String buildVersion, @Nullable String serialNumber, ConnectionType connection, boolean paired,
		@Nullable Boolean locked, @Nullable Boolean passcodeSet, @Nullable Boolean encryption,
		@Nullable Boolean encryptionRequired, @Nullable Boolean findMyOn, @Nullable Boolean supervised,
		@Nullable Long capacityBytes, @Nullable Long freeBytes, @Nullable Integer batteryPercent,
		@Nullable Boolean charging, @Nullable Boolean cloudBackup, @Nullable Instant lastCloudBackup) {
}
