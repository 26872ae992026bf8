// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.Chat;

/**
 * The files of an export as web pages: one or more for each conversation, and an index; or a single one. Nothing in them
 * runs: there is no script, the policy in their head forbids any, and all that came from the device is escaped.
 */
final class HtmlPages implements AutoCloseable {

	/** What a browser can still show. */
	static final int PER_PAGE = 5_000;
	private static final int LONGEST_NAME = 80;
	private static final String STYLE = style();

	private final ExportOutput output;
	private final boolean single;
	private final ZoneId zone;
	private final HtmlMessages messages;
	private final List<Entry> entries = new ArrayList<>();
	private final ExportOutput.File index;
	private @Nullable Page page;
	private @Nullable Chat chat;
	private long files = 1;

	/** A line of the index. */
	private static final class Entry {
		private final Chat chat;
		private final String path;
		private long count;
		private @Nullable Instant last;

		Entry(Chat chat, String path) {
			this.chat = chat;
			this.path = path;
		}
	}

	/** A page that is being written. */
	private static final class Page {
		private final ExportOutput.File file;
		private final Writer out;
		private final @Nullable String previous;
		private int count;

		Page(ExportOutput.File file, @Nullable String previous) {
			this.file = file;
			this.previous = previous;
			out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8), 32 << 10);
		}
	}

	HtmlPages(ExportOutput output, Copies copies, boolean single, ZoneId zone) throws IOException {
		this.output = output;
		this.single = single;
		this.zone = zone;
		messages = new HtmlMessages(zone, copies, single ? "" : "../");
		// Made first, so that it gets the name that pages lead back to.
		index = output.create(single ? "messages.html" : "index.html", null);
		if (single) {
			Page all = new Page(index, null);
			page = all;
			head(all.out, Texts.text("messages.title"));
		}
	}

	void add(Message message) throws IOException {
		Page current = page;
		Chat own = message.chat();
		Chat before = chat;
		if (before == null || !own.key().equals(before.key())) {
			current = begin(own);
		} else if (!single && current != null && current.count >= PER_PAGE) {
			current = turn(current, own);
		}
		if (current == null) {
			throw new IllegalStateException("no page");
		}
		current.out.write(messages.write(message));
		current.count++;
		Entry entry = entries.getLast();
		entry.count++;
		Instant date = message.date();
		Instant last = entry.last;
		if (date != null && (last == null || date.isAfter(last))) {
			entry.last = date;
		}
	}

	private Page begin(Chat next) throws IOException {
		Page before = page;
		chat = next;
		messages.begin();
		if (single && before != null) {
			entries.add(new Entry(next, ""));
			title(before.out, next);
			return before;
		}
		if (before != null) {
			finish(before, null);
		}
		Page begun = open(next, null);
		entries.add(new Entry(next, begun.file.path()));
		return begun;
	}

	private Page turn(Page full, Chat own) throws IOException {
		messages.begin();
		Page next = open(own, full.file.path());
		finish(full, next.file.path());
		return next;
	}

	private Page open(Chat own, @Nullable String previous) throws IOException {
		Page opened = new Page(output.create("chats/" + name(own) + ".html", null), previous);
		page = opened;
		files++;
		head(opened.out, own.name());
		opened.out
				.write("<nav><a href=\"../" + Html.path(index.path()) + "\">" + Html.text(Texts.text("messages.title"))
						+ "</a>" + (previous == null ? "" : " · " + step(previous, "page.previous")) + "</nav>\n");
		title(opened.out, own);
		return opened;
	}

	private static String name(Chat chat) {
		String name = chat.name().replace('/', '_').replace('\\', '_').strip();
		if (name.length() > LONGEST_NAME) {
			name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2));
		}
		return name.isEmpty() ? "_" : name;
	}

	private static String step(String path, String key) {
		return "<a href=\"" + Html.path(path.substring(path.lastIndexOf('/') + 1)) + "\">" + Html.text(Texts.text(key))
				+ "</a>";
	}

	private static void title(Writer out, Chat own) throws IOException {
		out.write("<h1><bdi>" + Html.text(own.name()) + "</bdi></h1>\n");
		if (own.group() && !own.participants().isEmpty()) {
			out.write("<p class=\"told\"><bdi>" + Html.text(String.join(", ", own.participants())) + "</bdi></p>\n");
		}
	}

	private void finish(Page full, @Nullable String next) throws IOException {
		try (ExportOutput.File file = full.file) {
			String previous = full.previous;
			List<String> steps = new ArrayList<>();
			if (previous != null) {
				steps.add(step(previous, "page.previous"));
			}
			if (next != null) {
				steps.add(step(next, "page.next"));
			}
			full.out.write("<nav>" + String.join(" · ", steps) + "</nav>\n");
			foot(full.out);
			file.commit();
		}
	}

	/** Writes what is left, and the index. */
	void finish() throws IOException {
		Page last = page;
		if (last != null) {
			finish(last, null);
			page = null;
		}
		if (single) {
			return;
		}
		Writer out = new BufferedWriter(new OutputStreamWriter(index.content(), StandardCharsets.UTF_8), 32 << 10);
		head(out, Texts.text("messages.title"));
		out.write("<h1>" + Html.text(Texts.text("messages.title")) + "</h1>\n<table>\n");
		entries.sort((a, b) -> {
			Instant one = a.last;
			Instant other = b.last;
			return one == null || other == null ? Boolean.compare(one == null, other == null) : other.compareTo(one);
		});
		DateTimeFormatter days = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(Locale.getDefault());
		for (Entry entry : entries) {
			Instant date = entry.last;
			out.write("<tr><td><a href=\"" + Html.path(entry.path) + "\"><bdi>" + Html.text(entry.chat.name())
					+ "</bdi></a></td><td>" + entry.count + "</td><td>"
					+ (date == null ? "" : Html.text(days.format(date.atZone(zone)))) + "</td></tr>\n");
		}
		out.write("</table>\n");
		foot(out);
		index.commit();
	}

	long files() {
		return files;
	}

	private void head(Writer out, String title) throws IOException {
		out.write("<!DOCTYPE html>\n<html lang=\"" + Html.text(Locale.getDefault().toLanguageTag())
				+ "\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src"
				+ " 'none'; img-src 'self' file:; media-src 'self' file:; style-src '" + hash() + "'; base-uri 'none';"
				+ " form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\""
				+ " content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
				+ Html.text(title) + "</title>\n<style>" + STYLE + "</style></head><body>\n");
	}

	private void foot(Writer out) throws IOException {
		out.write("<footer>" + Html.text(Texts.text("page.zone", zone.getId())) + "</footer>\n</body></html>\n");
		out.flush();
	}

	private static String style() {
		try (InputStream in = HtmlPages.class.getResourceAsStream("messages.css")) {
			return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	/** The one style sheet that the policy lets pass. */
	private static String hash() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	@Override
	public void close() throws IOException {
		Page left = page;
		if (single && left == null) {
			return;
		}
		try (ExportOutput.File file = index) {
			if (left != null && left.file != file) {
				left.file.close();
			}
		}
	}
}
