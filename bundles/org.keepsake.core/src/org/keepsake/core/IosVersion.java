// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A version of iOS or iPadOS such as {@code 17.4.1}. Missing parts count as zero when compared.
 *
 * @param text the version as the device says it
 */
public record IosVersion(String text) implements Comparable<IosVersion> {

	/** The major number, or 0 where the text does not begin with one. */
	public int major() {
		List<Integer> parts = parts();
		return parts.isEmpty() ? 0 : parts.getFirst();
	}

	/** Whether this version is the given one or a later one. */
	public boolean isAtLeast(int major, int minor) {
		return compareTo(new IosVersion(major + "." + minor)) >= 0;
	}

	@Override
	public int compareTo(IosVersion other) {
		List<Integer> mine = parts();
		List<Integer> theirs = other.parts();
		for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
			int order = Integer.compare(i < mine.size() ? mine.get(i) : 0, i < theirs.size() ? theirs.get(i) : 0);
			if (order != 0) {
				return order;
			}
		}
		return 0;
	}

	private List<Integer> parts() {
		List<Integer> parts = new ArrayList<>();
		for (String part : text.strip().split("\\.")) {
			String digits = part.replaceFirst("\\D.*$", "");
			if (digits.isEmpty() || digits.length() > 8) {
				break;
			}
			parts.add(Integer.valueOf(digits));
			if (digits.length() < part.length()) {
				break;
			}
		}
		return parts;
	}

	@Override
	public String toString() {
		return text;
	}
}
