// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.util.ArrayList;
import java.util.List;

import org.keepsake.engine.SearchResult.Mark;

/**
 * How texts become words. SQLite takes letters and digits that stand together for a word; so that what is written
 * without blanks, such as Chinese and Japanese, and pictures are found as well, each such character is made a word by an
 * invisible separator beside it.
 */
final class Words {

	/** Zero width space: SQLite separates by it, and a person does not see it. */
	private static final char SEPARATOR = '\u200B';
	private static final char BEGIN = '\u0002';
	private static final char END = '\u0003';
	private static final int MAX_TEXT = 1 << 20;

	private Words() {
	}

	/**
	 * An excerpt with what was found in it.
	 *
	 * @param text  one line
	 * @param marks in order
	 */
	record Marked(String text, List<Mark> marks) {
	}

	/** The text as it is put into the index: bounded, without control characters. */
	static String indexed(String text) {
		String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
		StringBuilder out = new StringBuilder(bounded.length() + 16);
		boolean alone = false;
		for (int i = 0; i < bounded.length();) {
			int c = bounded.codePointAt(i);
			i += Character.charCount(c);
			boolean single = isWord(c);
			if ((single || alone) && !out.isEmpty()) {
				out.append(SEPARATOR);
			}
			alone = single;
			int type = Character.getType(c);
			out.appendCodePoint(type == Character.CONTROL || type == Character.SURROGATE || c == SEPARATOR ? ' ' : c);
		}
		return out.toString();
	}

	/** Whether the character is a word of its own. */
	private static boolean isWord(int c) {
		if (c < 0x0E00) {
			return false;
		}
		return switch (Character.UnicodeScript.of(c)) {
			case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
			default -> Character.getType(c) == Character.OTHER_SYMBOL;
		};
	}

	/** What SQLite is asked for: every word, or a word that begins so. Empty if there is none. */
	static String query(String text) {
		List<String> phrases = new ArrayList<>();
		for (String word : text.strip().split("\\s+")) {
			String indexed = indexed(word);
			long significant = indexed.codePoints()
					.filter(c -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL)
					.count();
			if (significant > 0) {
				// A single letter as the beginning of a word would find nearly everything.
				phrases.add('"' + indexed.replace("\"", "\"\"") + '"' + (significant > 1 ? " *" : ""));
			}
		}
		return String.join(" AND ", phrases);
	}

	/** How SQLite is to mark what it found: the SQL of the two marks. */
	static String marks() {
		return "char(" + (int) BEGIN + "), char(" + (int) END + ')';
	}

	/** Reads the marks that SQLite made. */
	static Marked marked(String excerpt) {
		StringBuilder text = new StringBuilder(excerpt.length());
		List<Mark> marks = new ArrayList<>();
		int start = -1;
		for (int i = 0; i < excerpt.length(); i++) {
			char c = excerpt.charAt(i);
			if (c == BEGIN) {
				start = text.length();
			} else if (c == END) {
				if (start >= 0 && start < text.length()) {
					add(marks, new Mark(start, text.length()));
				}
				start = -1;
			} else if (c != SEPARATOR) {
				text.append(c);
			}
		}
		return new Marked(text.toString(), List.copyOf(marks));
	}

	private static void add(List<Mark> marks, Mark mark) {
		if (!marks.isEmpty() && marks.getLast().end() == mark.start()) {
			marks.add(new Mark(marks.removeLast().start(), mark.end()));
		} else {
			marks.add(mark);
		}
	}
}
