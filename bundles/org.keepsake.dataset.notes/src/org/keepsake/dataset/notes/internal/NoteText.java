// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.notes.internal.Block.Style;

/**
 * Reads the text of a note, or of a table's cell: characters (field 2), and runs (5) that say for so many UTF-16 units
 * how they look.
 *
 * <p>
 * Format: apple_cloud_notes_parser, {@code proto/notestore.proto} and {@code lib/ProtoPatches.rb}.
 */
final class NoteText {

	/** More paragraphs than a person writes, and few enough for memory. */
	static final int MOST_BLOCKS = 100_000;

	/** The same for pieces of text that look different. */
	static final int MOST_RUNS = 100_000;

	private static final int TEXT = 2;
	private static final int RUN = 5;
	private static final char OBJECT = '\uFFFC';
	/** A break of the line that does not end the paragraph. */
	private static final char LINE = '\u2028';
	private static final char PARAGRAPH = '\u2029';

	private final Things things;
	private final List<Block> blocks = new ArrayList<>();
	private List<Span> spans = new ArrayList<>();
	private final StringBuilder pieces = new StringBuilder();
	private @Nullable Block paragraph;
	private boolean whole = true;

	private NoteText(Things things) {
		this.things = things;
	}

	/** What stands in the text for something else. */
	interface Things {

		/** Nothing does. */
		Things NONE = (identifier, type) -> null;

		/**
		 * What to put there: a table's block, or a paragraph's span.
		 *
		 * @return a {@link Thing}; null for nothing
		 */
		@Nullable
		Thing find(String identifier, String type);
	}

	/**
	 * What to put into the text.
	 *
	 * @param span  within a paragraph
	 * @param table on its own instead; null if it is none
	 */
	record Thing(Span span, @Nullable Block table) {
	}

	/**
	 * What was read.
	 *
	 * @param blocks the paragraphs
	 * @param whole  whether that is all
	 */
	record Result(List<Block> blocks, boolean whole) {
	}

	/** Reads the text. @param message which holds the text and its runs */
	static Result read(ProtobufReader message, Things things) {
		NoteText text = new NoteText(things);
		text.all(message);
		return new Result(text.blocks, text.whole && message.isWhole());
	}

	private void all(ProtobufReader message) {
		String text = message.text(TEXT);
		if (text == null) {
			return;
		}
		int at = 0;
		int runs = 0;
		for (ProtobufReader run : Parts.each(message, RUN)) {
			if (at >= text.length() || !whole) {
				break;
			}
			if (runs++ >= MOST_RUNS) {
				whole = false;
				break;
			}
			int length = Math.clamp(run.number(1), 0, text.length() - at);
			add(text.substring(at, at + length), Look.of(run));
			at += length;
		}
		if (at < text.length() && whole) {
			add(text.substring(at), Look.NONE);
		}
		if (!spans.isEmpty()) {
			end();
		}
	}

	private void add(String text, Look look) {
		int from = 0;
		for (int i = 0; i < text.length() && whole; i++) {
			char character = text.charAt(i);
			if (character == '\n' || character == PARAGRAPH || character == OBJECT) {
				piece(text.substring(from, i), look);
				from = i + 1;
				if (character == OBJECT) {
					thing(look);
				} else {
					take(look);
					end();
				}
			}
		}
		if (whole) {
			piece(text.substring(from), look);
		}
	}

	private void piece(String text, Look look) {
		if (text.isEmpty()) {
			return;
		}
		take(look);
		String shown = text.replace(LINE, '\n').replace("\u0000", "");
		Span span = look.form.withText(shown);
		if (!pieces.isEmpty() && spans.getLast().looksLike(span)) {
			pieces.append(shown);
		} else {
			join();
			spans.add(span);
			pieces.append(shown);
		}
	}

	/** Puts what was gathered into the last piece of text. */
	private void join() {
		if (!pieces.isEmpty()) {
			spans.set(spans.size() - 1, spans.getLast().withText(pieces.toString()));
			pieces.setLength(0);
		}
	}

	/** A paragraph looks as its first characters say; its end counts where it is empty. */
	private void take(Look look) {
		if (paragraph == null) {
			paragraph = look.paragraph;
		}
	}

	private void thing(Look look) {
		Thing thing = look.identifier.isEmpty() ? null : things.find(look.identifier, look.type);
		if (thing == null) {
			return;
		}
		take(look);
		Block table = thing.table;
		join();
		if (table == null) {
			spans.add(thing.span);
			return;
		}
		if (!spans.isEmpty()) {
			end();
		}
		block(table);
	}

	private void end() {
		join();
		Block form = paragraph == null ? Look.BODY : paragraph;
		block(new Block(form.style(), form.indent(), form.quoted(), form.done(), spans, List.of()));
		paragraph = null;
		spans = new ArrayList<>();
	}

	private void block(Block block) {
		if (blocks.size() >= MOST_BLOCKS) {
			whole = false;
		} else {
			blocks.add(block);
		}
	}

	/**
	 * How a run looks, read once.
	 *
	 * @param form       of its characters, without any
	 * @param paragraph  what it says of its paragraph, without text; null for nothing
	 * @param identifier of what stands here; empty if it is text
	 * @param type       of that
	 */
	private record Look(Span form, @Nullable Block paragraph, String identifier, String type) {

		static final Block BODY = new Block(Style.BODY, 0, false, false, List.of(), List.of());
		static final Look NONE = new Look(Span.plain(""), null, "", "");

		static Look of(ProtobufReader run) {
			int weight = (int) run.number(5);
			Span form = new Span("", (weight & 1) != 0, (weight & 2) != 0, run.number(6) != 0, run.number(7) != 0,
					Long.signum(run.number(8)), orEmpty(run.text(9)), "");
			ProtobufReader style = run.message(2);
			ProtobufReader info = run.message(12);
			return new Look(form, style == null ? null : paragraph(style), info == null ? "" : orEmpty(info.text(1)),
					info == null ? "" : orEmpty(info.text(2)));
		}

		private static Block paragraph(ProtobufReader style) {
			ProtobufReader item = style.message(5);
			return new Block(style((int) style.number(1, -1)), Math.clamp(style.number(4), 0, Block.MAX_INDENT),
					style.number(8) != 0, item != null && item.number(2) != 0, List.of(), List.of());
		}

		private static String orEmpty(@Nullable String text) {
			return text == null ? "" : text;
		}

		private static Style style(int number) {
			return switch (number) {
				case 0 -> Style.TITLE;
				case 1 -> Style.HEADING;
				case 2 -> Style.SUBHEADING;
				case 4 -> Style.MONOSPACED;
				case 100 -> Style.BULLET;
				case 101 -> Style.DASH;
				case 102 -> Style.NUMBER;
				case 103 -> Style.CHECK;
				default -> Style.BODY;
			};
		}
	}
}
