// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.util.List;

import org.keepsake.engine.Human;

/** Writes a report as one web page that needs nothing else, runs nothing, and prints well. */
final class HtmlPage {

	private static final String HEAD = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
			<meta name="referrer" content="no-referrer">
			<title>%s</title>
			<style>
			:root { color-scheme: light dark; }
			body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
			h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
			p.subtitle { margin: .2rem 0 0; opacity: .7; }
			table { border-collapse: collapse; width: 100%%; } th, td { text-align: left; vertical-align: top;
			padding: .3rem .8rem .3rem 0; border-bottom: 1px solid rgba(128, 128, 128, .35); overflow-wrap: anywhere; }
			td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
			@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; }
			tr { break-inside: avoid; } }
			</style>
			</head>
			<body>
			""";

	private HtmlPage() {
	}

	/** The page. */
	static String write(Page page) {
		StringBuilder html = new StringBuilder(HEAD.formatted(escaped(page.title())));
		html.append("<h1>").append(escaped(page.title())).append("</h1>\n<p class=\"subtitle\">")
				.append(escaped(page.subtitle())).append("</p>\n");
		for (Page.Section section : page.sections()) {
			html.append("<section>\n<h2>").append(escaped(section.heading())).append("</h2>\n");
			list(html, section.lines());
			Page.Grid table = section.table();
			if (table != null) {
				table(html, table);
			}
			html.append("</section>\n");
		}
		return html.append("</body>\n</html>\n").toString();
	}

	private static void list(StringBuilder html, List<String> lines) {
		if (lines.size() == 1) {
			html.append("<p>").append(escaped(lines.getFirst())).append("</p>\n");
		} else if (!lines.isEmpty()) {
			html.append("<ul>\n");
			lines.forEach(line -> html.append("<li>").append(escaped(line)).append("</li>\n"));
			html.append("</ul>\n");
		}
	}

	private static void table(StringBuilder html, Page.Grid table) {
		html.append("<table>\n");
		if (!table.headings().isEmpty()) {
			html.append("<thead>");
			row(html, table.headings(), "th", table.numbers());
			html.append("</thead>\n");
		}
		html.append("<tbody>\n");
		table.rows().forEach(cells -> row(html, cells, "td", table.numbers()));
		html.append("</tbody>\n</table>\n");
	}

	private static void row(StringBuilder html, List<String> cells, String tag, int numbers) {
		html.append("<tr>");
		for (int i = 0; i < cells.size(); i++) {
			html.append('<').append(tag).append(i == numbers ? " class=\"number\">" : ">").append(escaped(cells.get(i)))
					.append("</").append(tag).append('>');
		}
		html.append("</tr>\n");
	}

	private static String escaped(String text) {
		StringBuilder safe = new StringBuilder();
		Human.printable(text).codePoints().forEach(c -> {
			switch (c) {
				case '<' -> safe.append("&lt;");
				case '>' -> safe.append("&gt;");
				case '&' -> safe.append("&amp;");
				case '"' -> safe.append("&quot;");
				case '\'' -> safe.append("&#39;");
				default -> safe.appendCodePoint(c);
			}
		});
		return safe.toString();
	}
}
