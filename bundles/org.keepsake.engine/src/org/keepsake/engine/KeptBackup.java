// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import org.keepsake.core.target.Snapshot;

/**
 * A snapshot and where it is kept.
 *
 * @param target   the configured name, or the location where it has none
 * @param location the target's location
 * @param snapshot the snapshot
 */
public record KeptBackup(String target, String location, Snapshot snapshot) {
}
