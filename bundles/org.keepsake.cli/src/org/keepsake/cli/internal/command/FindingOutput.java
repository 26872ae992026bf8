// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.ProblemText;
import org.keepsake.cli.internal.output.Style;
import org.keepsake.engine.Finding;
import org.keepsake.engine.Human;

/** How a finding is told, in text and in JSON. */
final class FindingOutput {

	private static final int WIDTH = 100;
	private static final String INDENT = "        ";

	private FindingOutput() {
	}

	/** The finding for a program. */
	static JsonObject json(Finding finding) {
		return new JsonObject().put("id", finding.id())
				.put("severity", finding.severity().name().toLowerCase(Locale.ROOT)).put("what", finding.what())
				.put("remedy", finding.remedy());
	}

	/** The finding for a person: how bad it is, what it is, and what to do in the lines below. */
	static List<String> lines(Finding finding, Style style) {
		List<String> lines = new ArrayList<>();
		String mark = switch (finding.severity()) {
			case GOOD -> style.good("  ok    ");
			case ADVICE -> "  hint  ";
			case WARNING -> style.warn("  warn  ");
			case BLOCKER -> style.bad("  stop  ");
		};
		String start = mark;
		for (String line : ProblemText.wrap(Human.printable(finding.what()), WIDTH - INDENT.length())) {
			lines.add(start + line);
			start = INDENT;
		}
		String remedy = finding.remedy();
		if (remedy != null && !remedy.isBlank()) {
			for (String line : ProblemText.wrap(Human.printable(remedy), WIDTH - INDENT.length() - 2)) {
				lines.add(INDENT + "  " + line);
			}
		}
		return lines;
	}

	/** Whether one of them forbids what is to be done. */
	static boolean forbids(List<Finding> findings) {
		return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.BLOCKER);
	}

	/** Tells them on standard error, except for what is as it should be. */
	static void sayAllButGood(Cli cli, List<Finding> findings) {
		findings.stream().filter(finding -> finding.severity() != Finding.Severity.GOOD)
				.flatMap(finding -> lines(finding, cli.errStyle()).stream()).forEach(cli::say);
	}
}
