// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Chooses files of a backup.
 *
 * @param domain exact domain, or a glob such as {@code AppDomain-*}; null for all
 * @param path   glob over the path below the domain: {@code *} within a component, {@code **} across; null for all
 */
public record FileFilter(@Nullable String domain, @Nullable String path) {

	/** Everything. */
	public static final FileFilter ALL = new FileFilter(null, null);
}
