// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The device's side of {@code com.apple.mobilebackup2}: {@link org.keepsake.virtual.internal.backup.BackupAgent} speaks
 * it. Everything that a client also needs (property lists, key bag, archives, DeviceLink) is written here a second time,
 * so that the device can disagree with the client.
 */
@NonNullByDefault
package org.keepsake.virtual.internal.backup;

import org.eclipse.jdt.annotation.NonNullByDefault;
