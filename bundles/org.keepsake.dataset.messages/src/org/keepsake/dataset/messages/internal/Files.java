// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;

/** The attachments of messages, and where the backup has them. */
final class Files {

	static final String DOMAIN = "MediaDomain";
	private static final int MOST = 1_000;

	private final BackupContent content;
	private final Tables tables;
	private final PackedIndex byMessage = new PackedIndex();

	Files(BackupContent content, Tables tables) throws IOException {
		this.content = content;
		this.tables = tables;
		if (tables.has("message_attachment_join", "attachment_id") && tables.has("attachment", "filename")) {
			tables.query("SELECT message_id, attachment_id FROM message_attachment_join", List.of(), row -> {
				long message = row.integer("message_id");
				if (message == (int) message) {
					byMessage.add((int) message, row.integer("attachment_id"));
				}
				return true;
			});
		}
	}

	/** The attachments of the message in that row. */
	List<Attachment> of(long message) throws IOException {
		if (message != (int) message) {
			return List.of();
		}
		List<Long> rows = byMessage.rows((int) message);
		if (rows.isEmpty()) {
			return List.of();
		}
		List<Long> some = rows.subList(0, Math.min(MOST, rows.size()));
		List<Attachment> found = new ArrayList<>();
		tables.query("SELECT "
				+ tables.columns("attachment", "a", "filename", "transfer_name", "mime_type", "uti", "hide_attachment")
				+ " FROM attachment a WHERE a.ROWID IN (" + "?, ".repeat(some.size() - 1) + "?) ORDER BY a.ROWID", some,
				row -> {
					// Previews of links and the like are the app's own.
					if (!row.flag("hide_attachment")
							&& !row.textOrEmpty("filename").endsWith(".pluginPayloadAttachment")) {
						found.add(attachment(row));
					}
					return true;
				});
		return found;
	}

	private Attachment attachment(Row row) throws IOException, SQLException {
		String path = path(row.textOrEmpty("filename"));
		String file = path.substring(path.lastIndexOf('/') + 1);
		String given = row.textOrEmpty("transfer_name").strip();
		String name = given.isEmpty() ? file.isEmpty() ? "attachment" : file : given;
		return new Attachment(name, type(row.textOrEmpty("mime_type"), row.textOrEmpty("uti")),
				path.isEmpty() ? "" : DOMAIN, path, !path.isEmpty() && content.find(DOMAIN, path).isPresent());
	}

	/** Relative to the domain, whatever the device writes before it. */
	static String path(String filename) {
		for (String root : new String[] { "~/", "/var/mobile/", "/private/var/mobile/", "/var/root/" }) {
			if (filename.startsWith(root)) {
				return filename.substring(root.length());
			}
		}
		int at = filename.indexOf("Library/SMS/");
		return at > 0 ? filename.substring(at) : filename.startsWith("/") ? filename.substring(1) : filename;
	}

	private static String type(String mime, String uti) {
		if (!mime.isBlank()) {
			return mime.strip();
		}
		return switch (uti) {
			case "public.jpeg" -> "image/jpeg";
			case "public.heic" -> "image/heic";
			case "public.png" -> "image/png";
			case "com.compuserve.gif" -> "image/gif";
			case "com.apple.coreaudio-format" -> "audio/x-caf";
			case "com.apple.quicktime-movie" -> "video/quicktime";
			case "public.mpeg-4" -> "video/mp4";
			case "public.vcard" -> "text/vcard";
			default -> "";
		};
	}
}
