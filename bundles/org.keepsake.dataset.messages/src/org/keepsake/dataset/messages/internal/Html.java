// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as it stands in a web page: inert, whatever it says. */
final class Html {

	private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'\\p{Cntrl}]{1,2000}");
	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	private static final String CLOSING = ".,;:!?)]}";

	private Html() {
	}

	/** The text for an element or an attribute in double quotes. */
	static String text(String text) {
		StringBuilder out = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '<' -> out.append("&lt;");
				case '>' -> out.append("&gt;");
				case '&' -> out.append("&amp;");
				case '"' -> out.append("&quot;");
				case '\'' -> out.append("&#39;");
				default -> out.append(isHarmless(text, i) ? c : '\uFFFD');
			}
		}
		return out.toString();
	}

	/** Not a control, and not half a character. */
	private static boolean isHarmless(String text, int index) {
		char c = text.charAt(index);
		if (c < ' ') {
			return c == '\n' || c == '\t' || c == '\r';
		}
		if (Character.isHighSurrogate(c)) {
			return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
		}
		if (Character.isLowSurrogate(c)) {
			return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
		}
		return c < 0x7F || c > 0x9F && c != 0xFFFE && c != 0xFFFF;
	}

	/** The text for an element, its web addresses as links. */
	static String linked(String text) {
		if (!text.contains("://")) {
			return text(text);
		}
		StringBuilder out = new StringBuilder();
		Matcher matcher = LINK.matcher(text);
		int from = 0;
		while (matcher.find()) {
			String link = matcher.group();
			while (CLOSING.indexOf(link.charAt(link.length() - 1)) >= 0) {
				link = link.substring(0, link.length() - 1);
			}
			out.append(text(text.substring(from, matcher.start()))).append(link(link, link));
			from = matcher.start() + link.length();
		}
		return out.append(text(text.substring(from))).toString();
	}

	/** A link to the web; what is no address of it is text. */
	static String link(String address, String shown) {
		return LINK.matcher(address).matches()
				? "<a href=\"" + text(address) + "\" rel=\"noreferrer noopener\">" + text(shown) + "</a>"
				: text(shown);
	}

	/** A path in the export as a relative address, for an attribute in double quotes. */
	static String path(String path) {
		StringBuilder out = new StringBuilder();
		for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			if (c == '/' || UNRESERVED.indexOf(c) >= 0) {
				out.append(c);
			} else {
				out.append('%').append("%02X".formatted((int) c));
			}
		}
		return out.toString();
	}
}
