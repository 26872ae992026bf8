// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

/**
 * How a device is asked to back up.
 *
 * @param forceFull whether to ask for a full backup though the files hold an older one
 */
public record BackupOptions(boolean forceFull) {
}
