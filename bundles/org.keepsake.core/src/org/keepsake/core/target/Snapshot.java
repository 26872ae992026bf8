// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import org.keepsake.core.BackupSummary;

/**
 * One kept version of one device's backup.
 *
 * @param id      names it
 * @param summary what it says of itself
 * @param path    where it is, for a person: a folder on disk where there is one
 * @param newest  whether it is its device's newest in its target
 */
public record Snapshot(SnapshotId id, BackupSummary summary, String path, boolean newest) {
}
