// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.time.Instant;

/**
 * A regular file in a backup, named as the device knew it.
 *
 * @param domain    such as {@code HomeDomain}
 * @param path      relative to the domain, components joined by {@code /}
 * @param sizeBytes its length, decrypted, as the device recorded it
 * @param modified  when its content last changed
 */
public record ContentFile(String domain, String path, long sizeBytes, Instant modified) {

	/** The last component of its path. */
	public String name() {
		return path.substring(path.lastIndexOf('/') + 1);
	}
}
