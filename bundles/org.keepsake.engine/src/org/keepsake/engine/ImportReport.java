// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;

import org.keepsake.core.target.Snapshot;

/**
 * What became of the backups of a folder.
 *
 * @param imported   new versions, oldest first
 * @param present    those in the folder that were there already
 * @param incomplete those in the folder that no device finished, which were left out
 */
public record ImportReport(List<KeptBackup> imported, List<Snapshot> present, List<Snapshot> incomplete) {

	/** Copies the lists. */
	public ImportReport {
		imported = List.copyOf(imported);
		present = List.copyOf(present);
		incomplete = List.copyOf(incomplete);
	}
}
