// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.notes.internal.Block.Cell;
import org.keepsake.dataset.notes.internal.Block.Row;
import org.keepsake.dataset.notes.internal.Block.Style;
import org.keepsake.dataset.notes.internal.NotePages.Copied;
import org.keepsake.dataset.notes.internal.NotePages.Page;

/**
 * A note as a web page that works without a network. All text is escaped, links lead only where a click is harmless, and
 * the page forbids scripts to itself.
 */
final class HtmlPage {

	private static final String HEAD = """
			<!DOCTYPE html>
			<html>
			<head>
			<meta charset="utf-8">
			<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; frame-src 'none'; form-action 'none'">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>%s</title>
			<style>
			body { max-width: 46em; margin: 2em auto; padding: 0 1em; font: 16px/1.45 system-ui, sans-serif; color: #222; background: #fff; }
			p { margin: 0 0 .35em; min-height: 1.2em; } .facts { color: #666; font-size: .85em; margin-bottom: 1.5em; }
			img { max-width: 100%%; height: auto; } table { border-collapse: collapse; margin: .7em 0; }
			td { border: 1px solid #bbb; padding: .3em .6em; vertical-align: top; white-space: pre-wrap; }
			pre { background: #f4f4f4; padding: .7em; overflow-x: auto; } blockquote { border-left: 3px solid #ccc; margin: .5em 0; padding-left: 1em; }
			ul.dash { list-style: "– "; } ul.check { list-style: none; padding-left: 1.4em; } .done { color: #777; }
			.missing { color: #a33; }
			@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1c1c1e; } pre { background: #2c2c2e; } }
			@media print { body { margin: 0; max-width: none; } }
			</style>
			</head>
			<body>
			""";

	private final Page page;
	private final Writer out;
	private final Deque<String> lists = new ArrayDeque<>();
	private boolean quoted;
	private boolean monospaced;

	private HtmlPage(Page page) {
		this.page = page;
		out = page.out();
	}

	static void write(Note note, Page page) throws IOException {
		HtmlPage html = new HtmlPage(page);
		String title = note.headline();
		html.out.write(HEAD.formatted(escape(title)));
		if (note.locked() || note.body().isEmpty()) {
			html.out.write("<h1>" + escape(title) + "</h1>\n");
		}
		html.facts(note);
		for (Block block : note.body()) {
			html.block(block);
		}
		html.closeAll();
		html.out.write("</body>\n</html>\n");
	}

	private void facts(Note note) throws IOException {
		StringBuilder facts = new StringBuilder();
		if (note.created() != null) {
			facts.append("Created ").append(note.created()).append(". ");
		}
		if (note.modified() != null) {
			facts.append("Modified ").append(note.modified()).append(". ");
		}
		if (note.locked()) {
			facts.append("This note is locked by a password; its text cannot be read here. ");
		}
		if (!note.passwordHint().isBlank()) {
			facts.append("Hint: ").append(note.passwordHint()).append(' ');
		}
		if (note.incomplete()) {
			facts.append("A part of this note could not be read.");
		}
		if (!facts.isEmpty()) {
			out.write("<p class=\"facts\">" + escape(facts.toString().strip()) + "</p>\n");
		}
	}

	private void block(Block block) throws IOException {
		if (block.quoted() != quoted) {
			closeAll();
			out.write(block.quoted() ? "<blockquote>\n" : "");
			quoted = block.quoted();
		}
		Style style = block.style();
		boolean mono = style == Style.MONOSPACED;
		if (monospaced && !mono) {
			out.write("</pre>\n");
		}
		String list = list(style);
		if (list.isEmpty()) {
			closeLists(0);
		}
		if (mono) {
			out.write(monospaced ? "\n" : "<pre>");
			spans(block.spans());
		}
		monospaced = mono;
		switch (style) {
			case TITLE -> element("h1", block);
			case HEADING -> element("h2", block);
			case SUBHEADING -> element("h3", block);
			case BODY -> paragraph(block);
			case BULLET, DASH, NUMBER, CHECK -> item(block, list);
			case TABLE -> table(block.rows());
			case MONOSPACED -> {
				// It is written already.
			}
		}
	}

	private static String list(Style style) {
		return switch (style) {
			case BULLET -> "ul";
			case DASH -> "ul class=\"dash\"";
			case NUMBER -> "ol";
			case CHECK -> "ul class=\"check\"";
			default -> "";
		};
	}

	private void element(String name, Block block) throws IOException {
		out.write('<' + name + '>');
		spans(block.spans());
		out.write("</" + name + ">\n");
	}

	private void paragraph(Block block) throws IOException {
		out.write(block.indent() == 0 ? "<p>" : "<p style=\"margin-left: " + 2 * block.indent() + "em\">");
		spans(block.spans());
		out.write("</p>\n");
	}

	private void item(Block block, String list) throws IOException {
		int depth = block.indent() + 1;
		closeLists(depth);
		if (lists.size() == depth && !list.equals(lists.peekLast())) {
			closeLists(depth - 1);
		}
		if (lists.size() == depth) {
			out.write("</li>\n<li>");
		}
		while (lists.size() < depth) {
			out.write('<' + list + "><li>");
			lists.addLast(list);
		}
		if (block.style() == Style.CHECK) {
			out.write(block.done() ? "<input type=\"checkbox\" disabled checked> <span class=\"done\">"
					: "<input type=\"checkbox\" disabled> <span>");
			spans(block.spans());
			out.write("</span>");
		} else {
			spans(block.spans());
		}
	}

	private void closeLists(int depth) throws IOException {
		while (lists.size() > depth) {
			out.write("</li></" + lists.removeLast().substring(0, 2) + ">\n");
		}
	}

	private void closeAll() throws IOException {
		closeLists(0);
		out.write(monospaced ? "</pre>\n" : "");
		monospaced = false;
		out.write(quoted ? "</blockquote>\n" : "");
		quoted = false;
	}

	private void table(List<Row> rows) throws IOException {
		out.write("<table>\n");
		for (Row row : rows) {
			out.write("<tr>");
			for (Cell cell : row.cells()) {
				out.write("<td>");
				spans(cell.spans());
				out.write("</td>");
			}
			out.write("</tr>\n");
		}
		out.write("</table>\n");
	}

	private void spans(List<Span> spans) throws IOException {
		for (Span span : spans) {
			if (span.attachment().isEmpty()) {
				span(span);
			} else {
				thing(span);
			}
		}
	}

	private void span(Span span) throws IOException {
		String link = Links.safe(span.link());
		String baseline = span.baseline() > 0 ? "sup" : span.baseline() < 0 ? "sub" : "";
		String[] names = { span.bold() ? "b" : "", span.italic() ? "i" : "", span.underlined() ? "u" : "",
				span.struck() ? "s" : "", baseline };
		StringBuilder end = new StringBuilder();
		if (!link.isEmpty()) {
			out.write("<a rel=\"noreferrer\" href=\"" + escape(link) + "\">");
			end.append("</a>");
		}
		for (String name : names) {
			if (!name.isEmpty()) {
				out.write('<' + name + '>');
				end.insert(0, "</" + name + '>');
			}
		}
		out.write(monospaced ? escape(span.text()) : escape(span.text()).replace("\n", "<br>"));
		out.write(end.toString());
	}

	private void thing(Span span) throws IOException {
		Embedded thing = page.things().get(span.attachment());
		if (thing == null) {
			out.write(escape(span.text()));
			return;
		}
		List<Copied> files = page.copied().getOrDefault(thing.identifier(), List.of());
		if (!thing.url().isEmpty()) {
			span(Span.plain(thing.title().isEmpty() ? thing.url() : thing.title()).withLink(thing.url()));
		} else if (files.isEmpty()) {
			missing(thing.title().isEmpty() ? "something that could not be read" : thing.title());
		}
		for (Copied file : files) {
			@Nullable
			String link = file.link();
			if (link == null) {
				missing(file.file().name());
			} else {
				file(file, link);
			}
		}
	}

	private void missing(String name) throws IOException {
		out.write("<span class=\"missing\">[missing: " + escape(name) + "]</span>");
	}

	private void file(Copied file, String link) throws IOException {
		String name = escape(file.file().name());
		String url = escape(link);
		String type = file.file().mimeType();
		if (type.startsWith("image/")) {
			out.write("<a href=\"" + url + "\"><img src=\"" + url + "\" alt=\"" + name + "\"></a>");
		} else if (type.startsWith("audio/")) {
			out.write("<audio controls src=\"" + url + "\"></audio> <a href=\"" + url + "\">" + name + "</a>");
		} else if (type.startsWith("video/")) {
			out.write("<video controls src=\"" + url + "\"></video> <a href=\"" + url + "\">" + name + "</a>");
		} else {
			out.write("<a href=\"" + url + "\">" + name + "</a>");
		}
	}

	private static String escape(String text) {
		StringBuilder safe = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '&' -> safe.append("&amp;");
				case '<' -> safe.append("&lt;");
				case '>' -> safe.append("&gt;");
				case '"' -> safe.append("&quot;");
				case '\'' -> safe.append("&#39;");
				default -> {
					if (character >= ' ' || character == '\n' || character == '\t') {
						safe.append(character);
					}
				}
			}
		}
		return safe.toString();
	}
}
