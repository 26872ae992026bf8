// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A paragraph of a note, or a table.
 *
 * @param style  what it is
 * @param indent how deep it is indented, from 0
 * @param quoted whether it is in a block quote
 * @param done   whether a checklist's item is ticked
 * @param spans  its text; empty for a table
 * @param rows   of a table, all of the same length; empty otherwise
 */
public record Block(Style style, int indent, boolean quoted, boolean done, List<Span> spans, List<Row> rows) {

	/** How deep it can be indented. */
	static final int MAX_INDENT = 16;

	/** What a paragraph is. */
	public enum Style {
		/** The note's title. */
		TITLE,
		/** A heading. */
		HEADING,
		/** A heading below a heading. */
		SUBHEADING,
		/** Plain text. */
		BODY,
		/** Text in which every character has the same width. */
		MONOSPACED,
		/** An item of a list with bullets. */
		BULLET,
		/** An item of a list with dashes. */
		DASH,
		/** An item of a numbered list. */
		NUMBER,
		/** An item of a checklist. */
		CHECK,
		/** A table. */
		TABLE
	}

	/** A row of a table. @param cells from left to right */
	public record Row(List<Cell> cells) {
		/** Copies the list. */
		public Row {
			cells = List.copyOf(cells);
		}
	}

	/** A cell of a table. @param spans its text, its paragraphs separated by line breaks */
	public record Cell(List<Span> spans) {
		/** Copies the list. */
		public Cell {
			spans = List.copyOf(spans);
		}

		String text() {
			return spans.stream().map(Span::text).collect(Collectors.joining());
		}
	}

	/** Copies the lists, and takes care of the indent. */
	public Block {
		indent = Math.clamp(indent, 0, MAX_INDENT);
		spans = List.copyOf(spans);
		rows = List.copyOf(rows);
	}

	static Block table(List<Row> rows) {
		return new Block(Style.TABLE, 0, false, false, List.of(), rows);
	}

	/** Its text alone. */
	String text() {
		if (style != Style.TABLE) {
			return spans.stream().map(Span::text).collect(Collectors.joining());
		}
		return rows.stream().map(row -> row.cells().stream().map(Cell::text).collect(Collectors.joining("\t")))
				.collect(Collectors.joining("\n"));
	}
}
