// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.time.Instant;

import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;

/**
 * A link, or something else that no backup has; never followed.
 *
 * @param name its last path component
 */
record OtherEntry(String name) implements Entry {

	@Override
	public TreeEntry told() {
		return new TreeEntry(name, Kind.OTHER, 0, Instant.EPOCH);
	}
}
