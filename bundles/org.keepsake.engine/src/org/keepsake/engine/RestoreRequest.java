// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;

/**
 * A restore to be made.
 *
 * @param backup       which version
 * @param device       onto which device, the same or another
 * @param password     the backup's password; null for an unencrypted backup
 * @param systemFiles  restore system domains too
 * @param keepSettings keep the device's settings instead of the backup's
 * @param copyFirst    let the device make a safety copy of the backup folder first
 * @param removeOthers remove what is not in the backup
 * @param reboot       restart the device afterwards
 */
public record RestoreRequest(KeptBackup backup, Udid device, @Nullable Secret password, boolean systemFiles,
		boolean keepSettings, boolean copyFirst, boolean removeOthers, boolean reboot) {
}
