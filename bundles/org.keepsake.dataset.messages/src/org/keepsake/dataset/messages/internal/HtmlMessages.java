// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.App;
import org.keepsake.dataset.messages.Message.Edit;
import org.keepsake.dataset.messages.Message.Kind;
import org.keepsake.dataset.messages.Message.Reaction;
import org.keepsake.dataset.messages.Message.Reply;

/** Writes messages as bubbles, below the days they were sent on. */
final class HtmlMessages {

	/** What browsers show; of HEIC some do. */
	private static final Set<String> PICTURES = Set.of("image/jpeg", "image/jpg", "image/png", "image/gif",
			"image/webp",
			"image/heic", "image/heif", "image/avif", "image/bmp", "image/tiff");

	private final ZoneId zone;
	private final DateTimeFormatter days;
	private final DateTimeFormatter times;
	private final DateTimeFormatter both;
	private final Copies copies;
	/** From the page to the root of the export. */
	private final String root;
	private @Nullable LocalDate day;

	HtmlMessages(ZoneId zone, Copies copies, String root) {
		this.zone = zone;
		this.copies = copies;
		this.root = root;
		days = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.getDefault());
		times = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(Locale.getDefault());
		both = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(Locale.getDefault());
	}

	/** A new page or conversation begins. */
	void begin() {
		day = null;
	}

	String write(Message message) throws IOException {
		StringBuilder out = new StringBuilder(512);
		Instant date = message.date();
		if (date != null) {
			LocalDate today = date.atZone(zone).toLocalDate();
			if (!today.equals(day)) {
				day = today;
				out.append("<h2>").append(Html.text(days.format(today))).append("</h2>\n");
			}
		}
		if (message.kind() != Kind.MESSAGE) {
			return out.append("<p class=\"told\">").append(Html.text(message.text())).append(time(date))
					.append("</p>\n")
					.toString();
		}
		out.append("<div class=\"m ").append(message.fromMe() ? "me" : "you")
				.append(message.fromMe() && !message.service().equalsIgnoreCase("iMessage") ? " green" : "")
				.append(message.deleted() != null ? " deleted" : "").append("\">");
		if (!message.fromMe() && message.chat().group()) {
			out.append("<div class=\"who\"><bdi>").append(Html.text(message.sender())).append("</bdi></div>");
		}
		reply(out, message.replyTo());
		for (Attachment attachment : message.attachments()) {
			attachment(out, attachment, date);
		}
		text(out, message);
		app(out, message.app());
		reactions(out, message);
		status(out, message);
		return out.append("</div>\n").toString();
	}

	private static void text(StringBuilder out, Message message) {
		if (!message.subject().isBlank()) {
			out.append("<div class=\"b subject\"><bdi>").append(Html.text(message.subject())).append("</bdi></div>");
		}
		if (message.unsent()) {
			out.append("<div class=\"b gone\">").append(Html.text(Texts.text("unsent"))).append("</div>");
		} else if (!message.text().isBlank()) {
			out.append("<div class=\"b\" dir=\"auto\">").append(Html.linked(message.text())).append("</div>");
		}
	}

	private void reply(StringBuilder out, @Nullable Reply reply) {
		if (reply != null) {
			String text = reply.text().isBlank() ? Texts.text("reply.unknown") : reply.text();
			String who = reply.sender().isBlank() ? "" : reply.sender() + ": ";
			out.append("<blockquote dir=\"auto\">").append(Html.text(who + text)).append("</blockquote>");
		}
	}

	private void attachment(StringBuilder out, Attachment attachment, @Nullable Instant date) throws IOException {
		String path = copies.copy(attachment, date);
		String name = Html.text(attachment.name());
		if (path == null) {
			out.append("<div class=\"b gone\"><bdi>").append(name).append("</bdi> ")
					.append(Html.text(Texts.text("attachment.missing"))).append("</div>");
			return;
		}
		String address = Html.path(root + path);
		String type = attachment.mimeType().toLowerCase(Locale.ROOT);
		if (PICTURES.contains(type)) {
			out.append("<a class=\"pic\" href=\"").append(address).append("\"><img loading=\"lazy\" src=\"")
					.append(address)
					.append("\" alt=\"").append(name).append("\"></a>");
		} else if (type.startsWith("video/")) {
			out.append("<video controls preload=\"none\" src=\"").append(address).append("\"></video>");
		} else if (type.startsWith("audio/")) {
			out.append("<audio controls preload=\"none\" src=\"").append(address).append("\"></audio>");
		}
		if (!PICTURES.contains(type)) {
			out.append("<div class=\"b file\"><a href=\"").append(address).append("\"><bdi>").append(name)
					.append("</bdi></a></div>");
		}
	}

	private static void app(StringBuilder out, @Nullable App app) {
		if (app == null) {
			return;
		}
		String title = app.title().isBlank() ? app.name() : app.title();
		out.append("<div class=\"b app\"><b dir=\"auto\">").append(Html.link(app.url(), title)).append("</b>");
		if (!app.summary().isBlank()) {
			out.append("<br><span dir=\"auto\">").append(Html.text(app.summary())).append("</span>");
		}
		if (!app.title().isBlank()) {
			out.append("<br><small>").append(Html.text(app.name())).append("</small>");
		}
		out.append("</div>");
	}

	private void reactions(StringBuilder out, Message message) throws IOException {
		if (message.reactions().isEmpty()) {
			return;
		}
		out.append("<div class=\"r\">");
		for (Reaction reaction : message.reactions()) {
			String who = Html.text(reaction.fromMe() ? Texts.text("me") : reaction.sender());
			Attachment sticker = reaction.sticker();
			String path = sticker == null ? null : copies.copy(sticker, reaction.date());
			out.append("<span title=\"").append(who).append("\">");
			if (path != null) {
				out.append("<img loading=\"lazy\" src=\"").append(Html.path(root + path)).append("\" alt=\"\">");
			} else {
				out.append(Html.text(reaction.emoji().isEmpty() ? "▣" : reaction.emoji()));
			}
			out.append(" <small><bdi>").append(who).append("</bdi></small></span>");
		}
		out.append("</div>");
	}

	private void status(StringBuilder out, Message message) {
		out.append("<div class=\"s\">");
		Instant date = message.date();
		if (date != null) {
			out.append("<time datetime=\"").append(date).append("\">")
					.append(Html.text(times.format(date.atZone(zone))))
					.append("</time>");
		}
		if (!message.service().equalsIgnoreCase("iMessage")) {
			out.append(" · ").append(Html.text(message.service()));
		}
		if (!message.effect().isBlank()) {
			out.append(" · ").append(Html.text(Texts.text("sent.with", message.effect())));
		}
		moment(out, message.fromMe() ? message.read() : null, "read.at");
		moment(out, message.fromMe() && message.read() == null ? message.delivered() : null, "delivered.at");
		moment(out, message.deleted(), "deleted.at");
		out.append("</div>");
		if (!message.edits().isEmpty()) {
			out.append("<details class=\"s\"><summary>").append(Html.text(Texts.text("edited"))).append("</summary>");
			for (Edit edit : message.edits()) {
				out.append("<div dir=\"auto\">").append(Html.text(edit.text())).append(time(edit.date()))
						.append("</div>");
			}
			out.append("</details>");
		}
	}

	private void moment(StringBuilder out, @Nullable Instant date, String key) {
		if (date != null) {
			out.append(" · ").append(Html.text(Texts.text(key, both.format(date.atZone(zone)))));
		}
	}

	private String time(@Nullable Instant date) {
		return date == null ? ""
				: " <time datetime=\"" + date + "\">" + Html.text(times.format(date.atZone(zone))) + "</time>";
	}
}
