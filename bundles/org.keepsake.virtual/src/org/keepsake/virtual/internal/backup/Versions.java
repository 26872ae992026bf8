// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

/** Compares dotted versions. */
final class Versions {

	private Versions() {
	}

	/** Whether a version is the other or newer; what is not a number counts as 0. */
	static boolean atLeast(String version, String other) {
		return compare(version, other) >= 0;
	}

	static int compare(String one, String other) {
		String[] a = one.split("\\.");
		String[] b = other.split("\\.");
		for (int i = 0; i < Math.max(a.length, b.length); i++) {
			int order = Integer.compare(part(a, i), part(b, i));
			if (order != 0) {
				return order;
			}
		}
		return 0;
	}

	private static int part(String[] parts, int index) {
		if (index >= parts.length || !parts[index].matches("[0-9]{1,9}")) {
			return 0;
		}
		return Integer.parseInt(parts[index]);
	}
}
