// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows under headings, each column as wide as its widest cell. Numbers stand to the right. */
public final class Table {

	private static final String GAP = "  ";

	private final List<String> headings;
	private final Set<Integer> right;
	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * A table without rows.
	 *
	 * @param right    the columns, counted from 0, whose cells stand to the right
	 * @param headings one for each column
	 */
	public Table(Set<Integer> right, String... headings) {
		this.right = Set.copyOf(right);
		this.headings = List.of(headings);
	}

	/** Adds a row; it has a cell for each heading. */
	public void add(String... cells) {
		if (cells.length != headings.size()) {
			throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
		}
		rows.add(List.of(cells));
	}

	/** The table's lines, headings first, without blanks at their ends. */
	public List<String> lines() {
		int[] widths = new int[headings.size()];
		List<List<String>> all = new ArrayList<>();
		all.add(headings);
		all.addAll(rows);
		for (List<String> row : all) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], width(row.get(i)));
			}
		}
		return all.stream().map(row -> line(row, widths)).toList();
	}

	private String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < widths.length; i++) {
			String cell = row.get(i);
			String blanks = " ".repeat(widths[i] - width(cell));
			line.append(i == 0 ? "" : GAP).append(right.contains(Integer.valueOf(i)) ? blanks + cell : cell + blanks);
		}
		return line.toString().stripTrailing();
	}

	/** Columns that the text takes on a terminal: two for East Asian wide characters and pictures, none for accents. */
	public static int width(String text) {
		return text.codePoints().map(Table::width).sum();
	}

	private static int width(int c) {
		int type = Character.getType(c);
		if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
			return 0;
		}
		boolean wide = c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
				|| c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60
				|| c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x1F300 && c <= 0x1FAFF || c >= 0x20000 && c <= 0x3FFFD;
		return wide ? 2 : 1;
	}

	/** As much of the text's beginning as fits into the columns, with an ellipsis where something is left out. */
	public static String fit(String text, int columns) {
		if (width(text) <= columns) {
			return text;
		}
		StringBuilder fitting = new StringBuilder();
		int used = 0;
		for (int c : text.codePoints().toArray()) {
			used += width(c);
			if (used > columns - 1) {
				break;
			}
			fitting.appendCodePoint(c);
		}
		return columns <= 0 ? "" : fitting.append('…').toString();
	}
}
