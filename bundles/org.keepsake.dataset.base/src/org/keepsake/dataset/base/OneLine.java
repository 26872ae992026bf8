// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

/** Texts of a device in one line, for headlines. */
public final class OneLine {

	private static final int LONGEST = 200;

	private OneLine() {
	}

	/**
	 * The first of the texts that says anything, its line breaks and other white space as single blanks, control
	 * characters left out, cut after 200 characters.
	 *
	 * @return never blank, provided that the last text is not
	 */
	public static String of(String... texts) {
		for (String text : texts) {
			String line = line(text);
			if (!line.isEmpty()) {
				return line;
			}
		}
		return "";
	}

	private static String line(String text) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < text.length();) {
			int character = text.codePointAt(i);
			i += Character.charCount(character);
			boolean gap = Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
			if (gap && !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
				line.append(' ');
			} else if (!gap && !Character.isISOControl(character)) {
				line.appendCodePoint(character);
			}
			if (line.length() > LONGEST) {
				return line.append('…').toString();
			}
		}
		return line.toString().strip();
	}
}
