// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Links from pages: to files beside them, and to where a note's own links lead. */
final class Links {

	/** What may be followed from a page. None of them runs anything. */
	private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "sms", "facetime", "ftp",
			"applenotes", "notes", "maps", "geo");
	private static final String PLAIN = "-._~";
	/** What a URL has beside letters and digits, quotes and angle brackets left out. */
	private static final String IN_URL = "-._~:/?#@!$&*+,;=%";

	private Links() {
	}

	/** The URL of a file in an export, as seen from another file in it. */
	static String relative(String from, String to) {
		String[] base = from.split("/");
		String[] target = to.split("/");
		int common = 0;
		while (common < base.length - 1 && common < target.length - 1 && base[common].equals(target[common])) {
			common++;
		}
		StringBuilder url = new StringBuilder("../".repeat(base.length - 1 - common));
		for (int i = common; i < target.length; i++) {
			url.append(i > common ? "/" : "").append(encoded(target[i], PLAIN));
		}
		// A colon in the first component would be taken for a scheme, but it is encoded.
		return url.toString();
	}

	/** The URL, fit to be put between quotes or angle brackets; empty if it is not one that may be followed. */
	static String safe(String url) {
		String trimmed = url.strip();
		int colon = trimmed.indexOf(':');
		if (colon <= 0 || !SCHEMES.contains(trimmed.substring(0, colon).toLowerCase(Locale.ROOT))) {
			return "";
		}
		return encoded(trimmed, IN_URL);
	}

	private static String encoded(String text, String plain) {
		StringBuilder url = new StringBuilder();
		for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
			char character = (char) (next & 0xff);
			if (character < 128 && (Character.isLetterOrDigit(character) || plain.indexOf(character) >= 0)) {
				url.append(character);
			} else {
				url.append('%').append("%02X".formatted((int) character));
			}
		}
		return url.toString();
	}
}
