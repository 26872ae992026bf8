// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A text whose stretches carry attributes, such as an {@code NSAttributedString}.
 *
 * @param text    the text
 * @param runs    its stretches in order, without gaps from the beginning; the end of a damaged text may have none
 * @param isWhole whether everything could be read
 */
public record AttributedText(String text, List<Run> runs, boolean isWhole) {

	/** Copies the list. */
	public AttributedText {
		runs = List.copyOf(runs);
	}

	/**
	 * A stretch of the text with the same attributes.
	 *
	 * @param from       index of its first character, in UTF-16 units
	 * @param to         index behind its last
	 * @param attributes texts, numbers, dates, bytes, and lists or maps of these, by name; never changed
	 */
	public record Run(int from, int to, Map<String, Object> attributes) {

		/** An attribute that is a text; null if there is none. */
		public @Nullable String string(String name) {
			return attributes.get(name) instanceof String string ? string : null;
		}

		/** An attribute that is a number; null if there is none. */
		public @Nullable Number number(String name) {
			return attributes.get(name) instanceof Number number ? number : null;
		}
	}

	/** The text of a stretch. */
	public String textOf(Run run) {
		int from = Math.clamp(run.from, 0, text.length());
		return text.substring(from, Math.clamp(run.to, from, text.length()));
	}
}
