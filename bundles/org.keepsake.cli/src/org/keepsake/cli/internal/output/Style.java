// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

/** Colour and weight on a terminal; nothing elsewhere. */
public enum Style {

	/** Leaves texts as they are. */
	PLAIN,
	/** Uses the escape sequences that every terminal knows. */
	COLOUR;

	/** For what went wrong. */
	public String bad(String text) {
		return with("1;31", text);
	}

	/** For what may go wrong. */
	public String warn(String text) {
		return with("33", text);
	}

	/** For what went well. */
	public String good(String text) {
		return with("32", text);
	}

	/** For headings. */
	public String strong(String text) {
		return with("1", text);
	}

	/** For what matters less. */
	public String faint(String text) {
		return with("2", text);
	}

	private String with(String code, String text) {
		return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + 'm' + text + "\u001b[0m";
	}
}
