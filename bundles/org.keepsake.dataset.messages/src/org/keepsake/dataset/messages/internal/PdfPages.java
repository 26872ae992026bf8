// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.awt.Color;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.App;
import org.keepsake.dataset.messages.Message.Chat;
import org.keepsake.dataset.messages.Message.Kind;
import org.keepsake.dataset.messages.Message.Reaction;
import org.keepsake.dataset.messages.Message.Reply;
import org.keepsake.pdf.PdfFile;
import org.keepsake.pdf.PdfFonts;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;

/** Conversations as PDF: pages are written out as they are full. */
final class PdfPages implements AutoCloseable {

	private static final Color INK = Color.BLACK;
	private static final Color SOFT = new Color(0x666677);
	private static final Color YOU = new Color(0xE9E9EB);
	private static final Color ME = new Color(0xDCE9FB);
	private static final float TEXT = 10;
	private static final float SMALL = 7.5f;
	private static final float MARGIN = 48;
	private static final int LONGEST_NAME = 80;

	private final ExportOutput output;
	private final boolean single;
	private final ZoneId zone;
	private final PdfFonts fonts;
	private final PdfPictures pictures;
	private final DateTimeFormatter days = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
			.withLocale(Locale.getDefault());
	private final DateTimeFormatter times = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
			.withLocale(Locale.getDefault());
	private @Nullable Open open;
	private @Nullable Chat chat;
	private @Nullable LocalDate day;
	private long files;

	/** A document that is being written. */
	private record Open(ExportOutput.File file, PdfFile document) {
	}

	PdfPages(ExportOutput output, boolean single, ZoneId zone, PdfFonts fonts, PdfPictures pictures) {
		this.output = output;
		this.single = single;
		this.zone = zone;
		this.fonts = fonts;
		this.pictures = pictures;
	}

	void add(Message message) throws IOException {
		Chat own = message.chat();
		Chat before = chat;
		Open current = open;
		if (current == null || before == null || !own.key().equals(before.key())) {
			current = begin(own, current);
		}
		Instant date = message.date();
		if (date != null) {
			LocalDate today = date.atZone(zone).toLocalDate();
			if (!today.equals(day)) {
				day = today;
				centred(current.document, days.format(today), SMALL + 1, Font.BOLD);
			}
		}
		if (message.kind() == Kind.MESSAGE) {
			current.document.add(bubble(current.document, message));
		} else {
			centred(current.document, message.text(), SMALL, Font.ITALIC);
		}
	}

	private Open begin(Chat next, @Nullable Open before) throws IOException {
		chat = next;
		day = null;
		Open current = before;
		if (current == null || !single) {
			finish();
			current = create(single ? "messages" : name(next));
		} else {
			current.document.newPage();
		}
		centred(current.document, next.name(), TEXT + 6, Font.BOLD);
		if (next.group() && !next.participants().isEmpty()) {
			centred(current.document, String.join(", ", next.participants()), SMALL, Font.NORMAL);
		}
		return current;
	}

	private Open create(String name) throws IOException {
		ExportOutput.File file = output.create(name + ".pdf", null);
		PdfFile pages;
		try {
			pages = PdfFile.begin(file.content(), name, MARGIN, fonts);
		} catch (IOException e) {
			file.close();
			throw e;
		}
		Open created = new Open(file, pages);
		open = created;
		files++;
		return created;
	}

	private static String name(Chat chat) {
		String name = chat.name().replace('/', '_').replace('\\', '_').strip();
		if (name.length() > LONGEST_NAME) {
			name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2));
		}
		return name.isEmpty() ? "_" : name;
	}

	private static void centred(PdfFile document, String text, float size, int style) throws IOException {
		document.addText(text, size, style, size > TEXT ? INK : SOFT, Element.ALIGN_CENTER, size, size / 2);
	}

	private PdfPTable bubble(PdfFile document, Message message) throws IOException {
		PdfPTable table = new PdfPTable(1);
		table.setWidthPercentage(72);
		table.setHorizontalAlignment(message.fromMe() ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
		table.setSpacingBefore(3);
		table.setSplitLate(false);
		Color ground = message.fromMe() ? ME : YOU;
		if (!message.fromMe() && message.chat().group()) {
			table.addCell(cell(document, message.sender(), SMALL, Font.BOLD, SOFT, null));
		}
		Reply reply = message.replyTo();
		if (reply != null && !reply.text().isBlank()) {
			String who = reply.sender().isBlank() ? "" : reply.sender() + ": ";
			table.addCell(cell(document, "» " + who + reply.text(), SMALL, Font.ITALIC, SOFT, null));
		}
		for (Attachment attachment : message.attachments()) {
			Image picture = pictures.of(attachment);
			table.addCell(picture == null ? cell(document, attachment(attachment), TEXT, Font.ITALIC, INK, ground)
					: picture(picture, message.fromMe()));
		}
		if (!message.subject().isBlank()) {
			table.addCell(cell(document, message.subject(), TEXT, Font.BOLD, INK, ground));
		}
		if (message.unsent() || !message.text().isBlank()) {
			table.addCell(cell(document, message.unsent() ? Texts.text("unsent") : message.text(), TEXT,
					message.unsent() ? Font.ITALIC : Font.NORMAL, INK, ground));
		}
		App app = message.app();
		if (app != null) {
			table.addCell(cell(document,
					String.join("\n", parts(app.title().isBlank() ? app.name() : app.title(), app.summary(),
							app.url())),
					TEXT, Font.NORMAL, INK, ground));
		}
		table.addCell(cell(document, status(message), SMALL, Font.NORMAL, SOFT, null));
		return table;
	}

	private static List<String> parts(String... texts) {
		List<String> parts = new ArrayList<>();
		for (String text : texts) {
			if (!text.isBlank()) {
				parts.add(text);
			}
		}
		return parts;
	}

	private static String attachment(Attachment attachment) {
		return attachment.name() + (attachment.present() ? "" : ' ' + Texts.text("attachment.missing"));
	}

	private String status(Message message) {
		List<String> parts = new ArrayList<>();
		Instant date = message.date();
		if (date != null) {
			parts.add(times.format(date.atZone(zone)));
		}
		if (!message.service().equalsIgnoreCase("iMessage")) {
			parts.add(message.service());
		}
		if (!message.effect().isBlank()) {
			parts.add(Texts.text("sent.with", message.effect()));
		}
		if (!message.edits().isEmpty()) {
			parts.add(Texts.text("edited"));
		}
		if (message.deleted() != null) {
			parts.add(Texts.text("deleted"));
		}
		for (Reaction reaction : message.reactions()) {
			parts.add((reaction.emoji().isEmpty() ? "▣" : reaction.emoji()) + ' '
					+ (reaction.fromMe() ? Texts.text("me") : reaction.sender()));
		}
		return String.join(" · ", parts);
	}

	private static PdfPCell cell(PdfFile document, String text, float size, int style, Color ink,
			@Nullable Color ground) {
		PdfPCell cell = document.cell(text, size, style, ink);
		cell.setPadding(ground == null ? 1 : 5);
		cell.setPaddingLeft(5);
		cell.setBackgroundColor(ground);
		return cell;
	}

	private static PdfPCell picture(Image picture, boolean mine) {
		PdfPCell cell = new PdfPCell(picture, false);
		cell.setBorder(0);
		cell.setPadding(2);
		cell.setHorizontalAlignment(mine ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
		return cell;
	}

	/** Writes what is left of the document. */
	void finish() throws IOException {
		Open last = open;
		if (last != null) {
			open = null;
			try (ExportOutput.File file = last.file) {
				last.document.finish();
				file.commit();
			}
		}
	}

	long files() {
		return files;
	}

	@Override
	public void close() throws IOException {
		Open left = open;
		if (left != null) {
			left.file.close();
		}
	}
}
