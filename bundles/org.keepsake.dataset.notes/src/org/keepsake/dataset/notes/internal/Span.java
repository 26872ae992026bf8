// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

/**
 * A piece of text that looks the same throughout, or one thing in the text.
 *
 * @param text       the characters; line breaks within a paragraph are {@code \n}
 * @param bold       whether it is so
 * @param italic     whether it is so
 * @param underlined whether it is so
 * @param struck     whether it is struck through
 * @param baseline   above 0 for superscript, below 0 for subscript
 * @param link       where it leads to; empty if nowhere
 * @param attachment the identifier of the attachment that stands here; empty if it is text
 */
public record Span(String text, boolean bold, boolean italic, boolean underlined, boolean struck, int baseline,
		String link, String attachment) {

	/** Text without any form. */
	static Span plain(String text) {
		return new Span(text, false, false, false, false, 0, "", "");
	}

	/** An attachment, and the text that stands for it. */
	static Span attachment(String identifier, String text, String link) {
		return new Span(text, false, false, false, false, 0, link, identifier);
	}

	Span withText(String other) {
		return new Span(other, bold, italic, underlined, struck, baseline, link, attachment);
	}

	Span withLink(String other) {
		return new Span(text, bold, italic, underlined, struck, baseline, other, attachment);
	}

	/** Whether both look the same, and so can be one. */
	boolean looksLike(Span other) {
		return attachment.isEmpty() && withText("").equals(other.withText(""));
	}
}
