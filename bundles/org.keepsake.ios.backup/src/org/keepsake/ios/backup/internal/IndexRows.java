// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.plist.PlistException;

/** Turns rows of {@code Manifest.db} into entries; whatever a row holds, there is an entry. */
final class IndexRows {

	/** What is to be selected. */
	static final String COLUMNS = "SELECT fileID, domain, relativePath, flags, file, rowid FROM Files";

	private final ResultSet rows;
	private final @Nullable MessageDigest sha1;

	/** @param checking whether each row's own consistency is checked */
	IndexRows(ResultSet rows, boolean checking) {
		this.rows = rows;
		sha1 = checking ? FileIds.sha1() : null;
	}

	String domain() throws SQLException {
		return text(2);
	}

	String path() throws SQLException {
		return text(3);
	}

	/** Where it is in the table. */
	long number() throws SQLException {
		return rows.getLong(6);
	}

	private String text(int column) throws SQLException {
		String text = rows.getString(column);
		return text == null ? "" : text;
	}

	/** The row as an entry. */
	IndexEntry entry() throws SQLException {
		IndexEntry entry = entry(text(1), text(2), text(3), rows.getInt(4), rows.getBytes(5));
		BackupFile file = entry.file();
		String flaw = entry.flaw();
		MessageDigest digest = sha1;
		if (digest != null && flaw == null) {
			flaw = flaw(digest, file);
		}
		return new IndexEntry(file, flaw);
	}

	private @Nullable String flaw(MessageDigest digest, BackupFile file) throws SQLException {
		if (!FileIds.isValid(file.fileId())) {
			return Texts.text("entry.id-form");
		}
		if (file.domain().isEmpty() || file.domain().indexOf('/') >= 0) {
			return Texts.text("entry.domain");
		}
		if (!FileIds.of(digest, bytes(2, file.domain()), bytes(3, file.path())).equals(file.fileId())) {
			return Texts.text("entry.id-other");
		}
		return null;
	}

	/* Bytes that are no UTF-8 do not survive the way through a string. */
	private byte[] bytes(int column, String text) throws SQLException {
		byte[] raw = text.indexOf('\uFFFD') < 0 ? null : rows.getBytes(column);
		return raw == null ? text.getBytes(StandardCharsets.UTF_8) : raw;
	}

	/** What a row with these columns says. @param archive null where there is none */
	static IndexEntry entry(String id, String domain, String path, int flags, byte @Nullable [] archive) {
		FileRecord record;
		String flaw = null;
		try {
			if (archive == null) {
				throw new PlistException("nothing there");
			}
			record = FileRecord.decode(archive);
		} catch (PlistException e) {
			flaw = Texts.text("entry.record", e.getMessage());
			record = new FileRecord(0, 0, FileRecord.moment(0), 0, null, StoredContent.unreadable(flaw));
		}
		return new IndexEntry(new BackupFile(domain, path, id, kind(flags, record.mode()), record.sizeBytes(),
				record.mode(), record.modified(), record.protectionClass(), record.linkTarget(), record.content()),
				flaw);
	}

	/** What an entry with the flags is; its mode decides where they say nothing. */
	static Kind kind(int flags, int mode) {
		return switch (flags & 7) {
			case 1 -> Kind.FILE;
			case 2 -> Kind.DIRECTORY;
			case 4 -> Kind.LINK;
			default -> Modes.kind(mode);
		};
	}
}
