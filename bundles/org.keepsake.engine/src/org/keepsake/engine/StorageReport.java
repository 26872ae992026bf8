// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.StorageUse;

/**
 * How a target's room is used.
 *
 * @param target   the configured name, or the location where it has none
 * @param location where it is
 * @param capacity room left
 * @param use      what is stored, and what deleting each version would free; empty where the target cannot tell
 * @param versions its versions, newest first
 */
public record StorageReport(String target, String location, Capacity capacity, Optional<StorageUse> use,
		List<KeptBackup> versions) {

	/** Copies the list. */
	public StorageReport {
		versions = List.copyOf(versions);
	}
}
