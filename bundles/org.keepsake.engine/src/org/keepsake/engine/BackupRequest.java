// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;

/**
 * A backup to be made.
 *
 * @param device      which device
 * @param target      name or location; null for the default target
 * @param full        whether to make a full backup though an older one could be continued
 * @param keepEarlier how many earlier versions stay besides the new one
 */
public record BackupRequest(Udid device, @Nullable String target, boolean full, int keepEarlier) {
}
