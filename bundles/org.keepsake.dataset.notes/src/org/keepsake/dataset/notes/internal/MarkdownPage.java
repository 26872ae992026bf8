// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.notes.internal.Block.Cell;
import org.keepsake.dataset.notes.internal.Block.Row;
import org.keepsake.dataset.notes.internal.Block.Style;
import org.keepsake.dataset.notes.internal.NotePages.Copied;
import org.keepsake.dataset.notes.internal.NotePages.Page;

/**
 * A note as Markdown, in the form of GitHub: with tables, checklists and struck text, and its facts as front matter.
 * Whatever a note says stays text: what would be markup, HTML too, is escaped.
 */
final class MarkdownPage {

	private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|~&#$]");
	private static final Pattern AT_START = Pattern.compile("^(\\s*)([-+=]|\\d{1,9}[.)])(?=\\s|$|[-+=])");
	private static final Pattern FENCE = Pattern.compile("`{3,}");

	private final Page page;
	private final Writer out;
	private final int[] numbers = new int[Block.MAX_INDENT + 1];
	private Style before = Style.TITLE;
	private boolean quotedBefore;
	private boolean first = true;

	private MarkdownPage(Page page) {
		this.page = page;
		out = page.out();
	}

	static void write(Note note, Page page) throws IOException {
		MarkdownPage markdown = new MarkdownPage(page);
		markdown.facts(note);
		if (note.locked() || note.body().isEmpty()) {
			markdown.out.write("# " + escape(Note.oneLine(note.headline())) + "\n\n");
		}
		if (note.locked()) {
			markdown.out.write("*This note is locked by a password; its text cannot be read here.*\n");
		}
		int at = 0;
		while (at < note.body().size()) {
			at = markdown.block(note.body(), at);
		}
		if (!note.body().isEmpty()) {
			markdown.out.write('\n');
		}
	}

	private void facts(Note note) throws IOException {
		out.write("---\n");
		fact("title", note.title().isBlank() ? note.headline() : note.title());
		fact("account", note.account());
		fact("folder", String.join(" / ", note.folder()));
		fact("created", note.created() == null ? "" : String.valueOf(note.created()));
		fact("modified", note.modified() == null ? "" : String.valueOf(note.modified()));
		fact("hint", note.passwordHint());
		out.write(note.pinned() ? "pinned: true\n" : "");
		out.write(note.deleted() ? "deleted: true\n" : "");
		out.write(note.locked() ? "locked: true\n" : "");
		out.write(note.incomplete() ? "incomplete: true\n" : "");
		out.write("---\n\n");
	}

	private void fact(String name, String value) throws IOException {
		if (!value.isBlank()) {
			out.write(name + ": \"" + Note.oneLine(value).replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\")
					.replace("\"", "\\\"") + "\"\n");
		}
	}

	/** Writes the block, and those that follow it in the same box. @return the next one */
	private int block(List<Block> body, int at) throws IOException {
		Block block = body.get(at);
		Style style = block.style();
		boolean list = isList(style);
		boolean empty = style != Style.TABLE && style != Style.MONOSPACED && block.spans().isEmpty();
		if (empty && !list) {
			before = Style.BODY;
			return at + 1;
		}
		if (!first) {
			boolean together = list && isList(before) && quotedBefore == block.quoted();
			out.write(together ? "\n" : "\n\n");
		}
		first = false;
		before = style;
		quotedBefore = block.quoted();
		if (style != Style.NUMBER) {
			numbers[block.indent()] = 0;
		}
		String quote = block.quoted() ? "> " : "";
		if (style == Style.MONOSPACED) {
			return fenced(body, at, quote);
		}
		out.write(quote);
		switch (style) {
			case TITLE -> out.write("# " + line(block));
			case HEADING -> out.write("## " + line(block));
			case SUBHEADING -> out.write("### " + line(block));
			case BULLET, DASH, CHECK, NUMBER -> item(block, quote);
			case TABLE -> table(block.rows(), quote);
			default -> out.write(lines(block, "\\\n" + quote));
		}
		return at + 1;
	}

	private static boolean isList(Style style) {
		return style == Style.BULLET || style == Style.DASH || style == Style.CHECK || style == Style.NUMBER;
	}

	private String line(Block block) {
		return spans(block.spans()).replace("\n", " ").strip();
	}

	/** The lines of a paragraph, none of which begins with what would be markup or code. */
	private String lines(Block block, String between) {
		return spans(block.spans()).lines().map(line -> atStart(line.stripLeading()))
				.collect(Collectors.joining(between));
	}

	private void item(Block block, String quote) throws IOException {
		String indent = "    ".repeat(block.indent());
		String marker = switch (block.style()) {
			case BULLET -> "* ";
			case CHECK -> block.done() ? "- [x] " : "- [ ] ";
			case NUMBER -> ++numbers[block.indent()] + ". ";
			default -> "- ";
		};
		for (int i = block.indent() + 1; i < numbers.length; i++) {
			numbers[i] = 0;
		}
		out.write(indent + marker + lines(block, "\\\n" + quote + indent + "    "));
	}

	private int fenced(List<Block> body, int from, String quote) throws IOException {
		int to = from;
		StringBuilder text = new StringBuilder();
		while (to < body.size() && body.get(to).style() == Style.MONOSPACED
				&& body.get(to).quoted() == body.get(from).quoted()) {
			text.append(body.get(to++).text()).append('\n');
		}
		int longest = FENCE.matcher(text).results().mapToInt(match -> match.group().length()).max().orElse(2);
		String fence = "`".repeat(longest + 1);
		out.write(quote + fence + '\n');
		for (String line : (Iterable<String>) text.toString().lines()::iterator) {
			out.write(quote + line + '\n');
		}
		out.write(quote + fence);
		return to;
	}

	private void table(List<Row> rows, String quote) throws IOException {
		for (int i = 0; i < rows.size(); i++) {
			StringBuilder line = new StringBuilder(i == 0 ? "|" : quote + "|");
			for (Cell cell : rows.get(i).cells()) {
				line.append(' ').append(spans(cell.spans()).replace("\n", "<br>")).append(" |");
			}
			out.write(line.toString());
			if (i == 0) {
				out.write('\n' + quote + '|' + " --- |".repeat(rows.get(i).cells().size()));
			}
			out.write(i < rows.size() - 1 ? "\n" : "");
		}
	}

	private String spans(List<Span> spans) {
		StringBuilder text = new StringBuilder();
		int at = 0;
		while (at < spans.size()) {
			Span span = spans.get(at);
			int to = at + 1;
			if (span.attachment().isEmpty()) {
				while (to < spans.size() && markedAlike(span, spans.get(to))) {
					to++;
				}
				marked(spans.subList(at, to), text);
			} else {
				thing(span, text);
			}
			at = to;
		}
		return text.toString();
	}

	private static boolean markedAlike(Span one, Span other) {
		return other.attachment().isEmpty() && one.bold() == other.bold() && one.italic() == other.italic()
				&& one.struck() == other.struck() && one.link().equals(other.link());
	}

	/** Writes pieces that have the same marks; these must touch the words they mark. */
	private static void marked(List<Span> spans, StringBuilder text) {
		StringBuilder inner = new StringBuilder();
		for (Span span : spans) {
			String baseline = span.baseline() > 0 ? "sup" : span.baseline() < 0 ? "sub" : "";
			inner.append(tagged(baseline, tagged(span.underlined() ? "u" : "", escape(span.text()))));
		}
		String all = inner.toString();
		String words = all.strip();
		if (words.isEmpty()) {
			text.append(all);
			return;
		}
		Span form = spans.getFirst();
		String marks = (form.bold() ? "**" : "") + (form.italic() ? "*" : "") + (form.struck() ? "~~" : "");
		String link = Links.safe(form.link());
		int from = all.indexOf(words);
		text.append(all, 0, from).append(link.isEmpty() ? "" : "[").append(marks).append(words)
				.append(new StringBuilder(marks).reverse()).append(link.isEmpty() ? "" : "](<" + link + ">)")
				.append(all, from + words.length(), all.length());
	}

	/** The escaped text in a tag, white space around it left outside. */
	private static String tagged(String tag, String escaped) {
		String words = escaped.strip();
		if (tag.isEmpty() || words.isEmpty()) {
			return escaped;
		}
		int from = escaped.indexOf(words);
		return escaped.substring(0, from) + '<' + tag + '>' + words + "</" + tag + '>'
				+ escaped.substring(from + words.length());
	}

	private void thing(Span span, StringBuilder text) {
		Embedded thing = page.things().get(span.attachment());
		if (thing == null) {
			text.append(escape(span.text()));
			return;
		}
		List<Copied> files = page.copied().getOrDefault(thing.identifier(), List.of());
		if (!thing.url().isEmpty()) {
			marked(List.of(Span.plain(thing.title().isEmpty() ? thing.url() : thing.title()).withLink(thing.url())),
					text);
		} else if (files.isEmpty()) {
			text.append("\\[missing: ")
					.append(escape(thing.title().isEmpty() ? "something that could not be read" : thing.title()))
					.append("\\]");
		}
		for (Copied file : files) {
			@Nullable
			String link = file.link();
			String name = escape(Note.oneLine(file.file().name()));
			if (link == null) {
				text.append("\\[missing: ").append(name).append("\\]");
			} else {
				text.append(file.file().mimeType().startsWith("image/") ? "![" : "[").append(name).append("](")
						.append(link).append(')');
			}
		}
	}

	private static String escape(String text) {
		return MARKUP.matcher(text).replaceAll("\\\\$0");
	}

	/** What would begin a list or a line at the beginning of a paragraph. */
	private static String atStart(String text) {
		return AT_START.matcher(text).replaceFirst(match -> {
			String marker = match.group(2);
			String escaped = marker.length() == 1 ? '\\' + marker
					: marker.substring(0, marker.length() - 1) + '\\' + marker.charAt(marker.length() - 1);
			return Matcher.quoteReplacement(match.group(1) + escaped);
		});
	}
}
