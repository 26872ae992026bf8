// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.Problem;
import org.keepsake.engine.Human;

/** A problem as a block of lines: what happened, why, what to do; and as JSON. */
public final class ProblemText {

	private static final int WIDEST = 100;

	private ProblemText() {
	}

	/** The lines, broken between words to fit into the columns. */
	public static List<String> lines(Problem problem, int columns, Style style) {
		int width = Math.clamp(columns, 40, WIDEST);
		List<String> lines = new ArrayList<>();
		for (String line : wrap(Human.printable(problem.title()), width)) {
			lines.add(style.bad(line));
		}
		part(lines, "Why:        ", problem.cause(), width);
		part(lines, "What to do: ", problem.remedy(), width);
		lines.add(style.faint("  (" + problem.code() + ")"));
		return lines;
	}

	/** The problem as the JSON output has it. */
	public static JsonObject json(Problem problem) {
		return new JsonObject().put("code", problem.code()).put("title", problem.title()).put("cause", problem.cause())
				.put("remedy", problem.remedy()).put("retry", problem.retry().word());
	}

	private static void part(List<String> lines, String label, String text, int width) {
		if (text.isBlank()) {
			return;
		}
		String indent = "  " + label;
		for (String paragraph : text.strip().split("\\R")) {
			for (String line : wrap(Human.printable(paragraph), width - indent.length())) {
				lines.add(indent + line);
				indent = " ".repeat(indent.length());
			}
		}
	}

	/** Breaks a text between words; a word longer than the width stays whole. */
	public static List<String> wrap(String text, int width) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (String word : text.strip().split(" +")) {
			if (!line.isEmpty() && Table.width(line.toString()) + 1 + Table.width(word) > width) {
				lines.add(line.toString());
				line.setLength(0);
			}
			line.append(line.isEmpty() ? "" : " ").append(word);
		}
		lines.add(line.toString());
		return lines;
	}
}
