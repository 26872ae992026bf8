// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.App;
import org.keepsake.dataset.messages.Message.Kind;
import org.keepsake.dataset.messages.Message.Reaction;
import org.keepsake.dataset.messages.Message.Reply;

/** Messages as plain text in one file: a heading for each conversation, a line or more for each message. */
public final class TextExporter implements Exporter {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

	@Override
	public String id() {
		return "text";
	}

	@Override
	public String title() {
		return Texts.text("exporter.text");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Message.class;
	}

	@Override
	public boolean isSingleFile() {
		return true;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] count = new long[1];
		String[] chat = { "" };
		ZoneId zone = ZoneId.systemDefault();
		try (ExportOutput.File file = request.output().create("messages.txt", null)) {
			Writer out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8), 32 << 10);
			request.forEach(entry -> {
				if (entry instanceof Message message) {
					if (!message.chat().key().equals(chat[0])) {
						out.write((chat[0].isEmpty() ? "" : "\n") + "== " + oneLine(message.chat().name()) + " ==\n");
						chat[0] = message.chat().key();
					}
					out.write(lines(message, zone));
					count[0]++;
				}
				return true;
			}, monitor);
			out.flush();
			file.commit();
		}
		return new ExportReport(count[0], count[0], 1, 0, List.of());
	}

	static String lines(Message message, ZoneId zone) {
		StringBuilder out = new StringBuilder();
		Instant date = message.date();
		out.append('[').append(date == null ? "?" : MOMENT.format(date.atZone(zone))).append("] ");
		if (message.kind() != Kind.MESSAGE) {
			return out.append("* ").append(oneLine(message.text())).append('\n').toString();
		}
		out.append(oneLine(message.fromMe() ? Texts.text("me") : message.sender())).append(": ");
		Reply reply = message.replyTo();
		if (reply != null && !reply.text().isBlank()) {
			out.append("> ").append(oneLine(reply.text())).append("\n    ");
		}
		if (!message.subject().isBlank()) {
			out.append('<').append(oneLine(message.subject())).append("> ");
		}
		out.append(message.unsent() ? Texts.text("unsent") : indented(message.text()));
		App app = message.app();
		if (app != null) {
			out.append(" [").append(oneLine(app.name() + (app.title().isBlank() ? "" : ": " + app.title())))
					.append(']');
		}
		for (Attachment attachment : message.attachments()) {
			out.append(" [").append(oneLine(attachment.name())).append(attachment.present() ? "" : ' ' + Texts.text(
					"attachment.missing")).append(']');
		}
		out.append('\n');
		for (Reaction reaction : message.reactions()) {
			out.append("    ").append(reaction.emoji().isEmpty() ? "▣" : reaction.emoji()).append(' ')
					.append(oneLine(reaction.fromMe() ? Texts.text("me") : reaction.sender())).append('\n');
		}
		return out.toString();
	}

	private static String oneLine(String text) {
		return text.replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
	}

	/** Further lines stand in, so that none looks like the beginning of a message; what steers a terminal is left out. */
	private static String indented(String text) {
		return text.strip().replaceAll("\\R", "\n    ").replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
	}
}
