// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.dataset.notes.internal.Block.Style;

/**
 * Takes paragraphs and their simple forms out of the HTML of an old note. Nothing of the HTML itself comes through:
 * scripts, styles, frames and attributes other than where a link leads are left out. Tolerant of what is not closed or
 * not opened.
 */
final class HtmlText {

	private static final Set<String> DROPPED = Set.of("script", "style", "head", "title", "iframe", "noscript",
			"template", "object", "svg", "math", "textarea", "select");
	private static final Set<String> BREAKING = Set.of("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
			"blockquote", "pre", "table", "tr", "body", "html", "hr", "section", "article", "center", "dl", "dt", "dd");
	private static final Map<String, String> FORMS = Map.ofEntries(Map.entry("b", "b"), Map.entry("strong", "b"),
			Map.entry("i", "i"), Map.entry("em", "i"), Map.entry("u", "u"), Map.entry("ins", "u"), Map.entry("s", "s"),
			Map.entry("strike", "s"), Map.entry("del", "s"), Map.entry("sub", "sub"), Map.entry("sup", "sup"));
	private static final Map<String, String> ENTITIES = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"),
			Map.entry("gt", ">"), Map.entry("quot", "\""), Map.entry("apos", "'"), Map.entry("nbsp", "\u00a0"),
			Map.entry("ndash", "–"), Map.entry("mdash", "—"), Map.entry("hellip", "…"), Map.entry("bull", "•"),
			Map.entry("lsquo", "‘"), Map.entry("rsquo", "’"), Map.entry("ldquo", "“"), Map.entry("rdquo", "”"),
			Map.entry("euro", "€"), Map.entry("copy", "©"), Map.entry("auml", "ä"), Map.entry("ouml", "ö"),
			Map.entry("uuml", "ü"), Map.entry("Auml", "Ä"), Map.entry("Ouml", "Ö"), Map.entry("Uuml", "Ü"),
			Map.entry("szlig", "ß"), Map.entry("eacute", "é"), Map.entry("egrave", "è"), Map.entry("agrave", "à"));
	private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\\w{2,8}));");
	private static final Pattern HREF = Pattern
			.compile("(?i)\\bhref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]{1,2000}))");

	private final String html;
	private final List<Block> blocks = new ArrayList<>();
	private final Deque<String> lists = new ArrayDeque<>();
	private final Map<String, Integer> open = new HashMap<>();
	private final StringBuilder text = new StringBuilder();
	private List<Span> spans = new ArrayList<>();
	private String link = "";
	private String heading = "";
	private boolean item;
	private boolean whole = true;

	private HtmlText(String html) {
		this.html = html;
	}

	static NoteText.Result read(String html) {
		HtmlText reader = new HtmlText(html);
		if (html.indexOf('<') < 0) {
			html.lines().limit(NoteText.MOST_BLOCKS).forEach(line -> {
				reader.text.append(unescape(line));
				reader.end(true);
			});
		} else {
			reader.all();
		}
		reader.end(false);
		return new NoteText.Result(reader.blocks, reader.whole);
	}

	private void all() {
		int at = 0;
		while (at < html.length() && whole) {
			int tag = html.indexOf('<', at);
			characters(html.substring(at, tag < 0 ? html.length() : tag));
			at = tag < 0 ? html.length() : markup(tag);
		}
	}

	/** Takes what begins with {@code <}. @return where it goes on */
	private int markup(int from) {
		if (html.startsWith("<!--", from)) {
			int end = html.indexOf("-->", from + 4);
			return end < 0 ? html.length() : end + 3;
		}
		char next = from + 1 < html.length() ? html.charAt(from + 1) : ' ';
		if (!Character.isLetter(next) && next != '/' && next != '!' && next != '?') {
			text.append('<');
			return from + 1;
		}
		int end = endOfTag(from + 1);
		if (end < 0) {
			// Not closed: what may be inside is not text.
			whole = false;
			return html.length();
		}
		String tag = html.substring(from + 1, end);
		boolean closing = tag.startsWith("/");
		String name = name(tag, closing ? 1 : 0);
		if (DROPPED.contains(name) && !closing && !tag.endsWith("/")) {
			return afterDropped(name, end + 1);
		}
		tag(name, tag, closing);
		return end + 1;
	}

	/** The place of the {@code >} that ends a tag; one in quotes does not. */
	private int endOfTag(int from) {
		char quote = 0;
		for (int i = from; i < html.length(); i++) {
			char character = html.charAt(i);
			if (quote != 0) {
				quote = character == quote ? 0 : quote;
			} else if (character == '>') {
				return i;
			} else if ((character == '"' || character == '\'') && html.charAt(i - 1) == '=') {
				quote = character;
			}
		}
		return -1;
	}

	private static String name(String tag, int from) {
		int to = from;
		while (to < tag.length() && Character.isLetterOrDigit(tag.charAt(to))) {
			to++;
		}
		return tag.substring(from, to).toLowerCase(Locale.ROOT);
	}

	private int afterDropped(String name, int from) {
		for (int i = html.indexOf("</", from); i >= 0; i = html.indexOf("</", i + 2)) {
			if (html.regionMatches(true, i + 2, name, 0, name.length())) {
				int end = html.indexOf('>', i);
				return end < 0 ? html.length() : end + 1;
			}
		}
		return html.length();
	}

	private void tag(String name, String tag, boolean closing) {
		if (name.equals("br") && !closing) {
			end(true);
		} else if (BREAKING.contains(name)) {
			end(false);
			block(name, closing);
		} else if (name.equals("a")) {
			flush();
			link = closing ? "" : href(tag);
		} else if (name.equals("td") || name.equals("th")) {
			text.append(closing ? "\t" : "");
		} else {
			String form = FORMS.get(name);
			if (form != null) {
				flush();
				open.merge(form, closing ? -1 : 1, (before, change) -> Math.max(0, before + change));
			}
		}
	}

	private void block(String name, boolean closing) {
		switch (name) {
			case "ul", "ol" -> {
				if (closing) {
					lists.pollLast();
				} else if (lists.size() < Block.MAX_INDENT) {
					lists.addLast(name);
				}
				item = closing && !lists.isEmpty();
			}
			case "li" -> item = !closing;
			case "blockquote", "pre" ->
				open.merge(name, closing ? -1 : 1, (before, change) -> Math.clamp(before + change, 0, 100));
			default -> heading = !closing && name.length() == 2 && name.charAt(0) == 'h' ? name : "";
		}
	}

	private static String href(String tag) {
		Matcher matcher = HREF.matcher(tag);
		if (!matcher.find()) {
			return "";
		}
		for (int group = 1; group <= 3; group++) {
			if (matcher.group(group) != null) {
				return unescape(matcher.group(group)).strip();
			}
		}
		return "";
	}

	private void characters(String raw) {
		String characters = unescape(raw);
		if (is("pre")) {
			String[] lines = characters.split("\\R", -1);
			for (int i = 0; i < lines.length; i++) {
				if (i > 0) {
					end(true);
				}
				text.append(lines[i]);
			}
			return;
		}
		for (int i = 0; i < characters.length(); i++) {
			char character = characters.charAt(i);
			boolean gap = character == ' ' || character == '\t' || character == '\n' || character == '\r';
			if (!gap && (character >= ' ')) {
				text.append(character == '\u00a0' ? ' ' : character);
			} else if (gap && (text.isEmpty() ? !spans.isEmpty() : text.charAt(text.length() - 1) != ' ')) {
				text.append(' ');
			}
		}
	}

	private boolean is(String form) {
		return open.getOrDefault(form, 0) > 0;
	}

	private void flush() {
		if (!text.isEmpty()) {
			spans.add(new Span(text.toString(), is("b"), is("i"), is("u"), is("s"),
					is("sup") ? 1 : is("sub") ? -1 : 0, link, ""));
			text.setLength(0);
		}
	}

	/** Ends the paragraph. @param always even if there is nothing in it */
	private void end(boolean always) {
		flush();
		boolean blank = spans.stream().allMatch(span -> span.text().isBlank());
		if (blank && !always) {
			spans = new ArrayList<>();
			return;
		}
		if (blocks.size() >= NoteText.MOST_BLOCKS) {
			whole = false;
			return;
		}
		Style style = switch (heading) {
			case "h1" -> Style.TITLE;
			case "h2" -> Style.HEADING;
			case "" -> is("pre") ? Style.MONOSPACED
					: item ? "ol".equals(lists.peekLast()) ? Style.NUMBER : Style.BULLET : Style.BODY;
			default -> Style.SUBHEADING;
		};
		boolean list = style == Style.NUMBER || style == Style.BULLET;
		blocks.add(new Block(style, list ? lists.size() - 1 : 0, is("blockquote"), false,
				blank ? List.of() : spans, List.of()));
		spans = new ArrayList<>();
	}

	private static String unescape(String text) {
		if (text.indexOf('&') < 0) {
			return text;
		}
		return ENTITY.matcher(text).replaceAll(match -> {
			String named = match.group(3);
			if (named != null) {
				return Matcher.quoteReplacement(ENTITIES.getOrDefault(named, match.group()));
			}
			String decimal = match.group(1);
			int code = decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(match.group(2), 16);
			boolean valid = Character.isValidCodePoint(code) && !Character.isISOControl(code)
					&& !(code >= 0xd800 && code < 0xe000);
			return Matcher.quoteReplacement(valid ? Character.toString(code) : "\ufffd");
		});
	}
}
