// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;

/**
 * How a device is asked to restore.
 *
 * @param sourceFolder  name of the backup's folder in the files ({@code SourceIdentifier})
 * @param password      the backup's password; null for an unencrypted backup
 * @param systemFiles   restore system domains too ({@code RestoreSystemFiles})
 * @param keepSettings  keep the device's settings instead of the backup's ({@code RestorePreserveSettings})
 * @param copyFirst     let the device make a safety copy of the backup folder ({@code RestoreDontCopyBackup} = false)
 * @param removeOthers  remove what is not in the backup ({@code RemoveItemsNotRestored})
 * @param reboot        restart the device afterwards ({@code RestoreShouldReboot})
 */
public record RestoreOptions(String sourceFolder, @Nullable Secret password, boolean systemFiles, boolean keepSettings,
		boolean copyFirst, boolean removeOthers, boolean reboot) {
}
