// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.internal.Glob;

/**
 * Chooses files of a backup.
 *
 * @param domain exact domain, or a glob such as {@code AppDomain-*}; null for all
 * @param path   glob over the path below the domain: {@code *} within a component, {@code **} across; null for all
 */
public record FileFilter(@Nullable String domain, @Nullable String path) {

	/** Everything. */
	public static final FileFilter ALL = new FileFilter(null, null);

	/** Whether it chooses a file of this domain and path; for many files, made once. */
	public BiPredicate<String, String> matcher() {
		Predicate<String> domains = domain == null ? any -> true : new Glob(domain);
		Predicate<String> paths = path == null ? any -> true : new Glob(path);
		return (ofDomain, ofPath) -> domains.test(ofDomain) && paths.test(ofPath);
	}
}
