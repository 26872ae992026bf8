// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.notes.internal.Folders.Place;

/**
 * {@code NoteStore.sqlite} as iOS has it since version 9: notes, folders, accounts and attachments alike are rows of one
 * table, whose columns carry numbers that change from version to version.
 *
 * <p>
 * Tables: apple_cloud_notes_parser, {@code lib/AppleNoteStore.rb}; iLEAPP, {@code scripts/artifacts/notes.py}.
 */
final class NoteStore implements Closeable {

	static final String DOMAIN = "AppDomainGroup-group.com.apple.notes";
	static final String PATH = "NoteStore.sqlite";
	static final String TABLE = "ZICCLOUDSYNCINGOBJECT";
	/** Compressed bodies beyond this are not read. */
	static final int MOST_COMPRESSED = 32 << 20;

	private static final String DATA = "ZICNOTEDATA";
	private static final String NOTES = " FROM " + TABLE + " o JOIN " + DATA + " d ON d.ZNOTE = o.Z_PK";
	private static final Pattern JOINED_TABLE = Pattern.compile("Z_\\d{1,4}NOTES");
	private static final Pattern JOINED_FOLDERS = Pattern.compile("z_\\d{1,4}folders");
	private static final Pattern JOINED_NOTES = Pattern.compile("z_\\d{1,4}notes");

	private final Tables tables;
	private final BackupContent content;

	private NoteStore(Tables tables, BackupContent content) {
		this.tables = tables;
		this.content = content;
	}

	/** Opens it; null if the backup has none with notes in it as Keepsake knows them. */
	static @Nullable NoteStore open(BackupContent content) throws IOException {
		Optional<ContentFile> file = content.find(DOMAIN, PATH);
		if (file.isEmpty()) {
			return null;
		}
		Tables tables = Tables.open(content, file.get());
		boolean usable = false;
		try {
			usable = tables.has(TABLE, "Z_PK") && tables.has(DATA, "ZNOTE") && tables.has(DATA, "ZDATA");
			return usable ? new NoteStore(tables, content) : null;
		} finally {
			if (!usable) {
				tables.close();
			}
		}
	}

	@Override
	public void close() throws IOException {
		tables.close();
	}

	Survey survey() throws IOException {
		String locked = tables.has(TABLE, "ZISPASSWORDPROTECTED") ? "COUNT(NULLIF(o.ZISPASSWORDPROTECTED, 0))" : "0";
		String date = "COALESCE(" + created() + ", " + modified() + ')';
		List<Survey> found = new ArrayList<>();
		tables.query("SELECT COUNT(*) AS count, MIN(" + date + ") AS first, MAX(" + date + ") AS last, " + locked
				+ " AS locked" + NOTES, List.of(), row -> {
					long closed = row.integer("locked");
					Survey survey = Survey.present(row.integer("count"), row.cocoa("first"), row.cocoa("last"));
					return found.add(closed == 0 ? survey
							: survey.withRemarks(List.of("Locked notes, of which only the title can be read: " + closed
									+ '.')));
				});
		return found.getFirst();
	}

	/** The date in the columns of notes: in the third since iOS 15, in the first before. */
	private String created() throws IOException {
		return dates("ZCREATIONDATE3", "ZCREATIONDATE1", "ZCREATIONDATE2", "ZCREATIONDATE");
	}

	private String modified() throws IOException {
		return dates("ZMODIFICATIONDATE1", "ZMODIFICATIONDATE", "ZMODIFICATIONDATE2");
	}

	private String dates(String... columns) throws IOException {
		List<String> there = new ArrayList<>();
		for (String column : columns) {
			if (tables.has(TABLE, column)) {
				there.add("NULLIF(o." + column + ", 0)");
			}
		}
		return there.isEmpty() ? "NULL"
				: there.size() == 1 ? there.getFirst() : "COALESCE(" + String.join(", ", there) + ')';
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		Folders folders = Folders.of(tables);
		NoteAttachments attachments = new NoteAttachments(tables, content);
		tables.query(select(folders), List.of(), row -> {
			monitor.throwIfCancelled();
			return visitor.visit(note(row, folders, attachments));
		});
	}

	private String select(Folders folders) throws IOException {
		String joined = joinedFolders();
		String folder = tables.has(TABLE, "ZFOLDER") ? "o.ZFOLDER" : "NULL";
		return "SELECT o.Z_PK AS Z_PK, "
				+ tables.columns(TABLE, "o", Stream.concat(Stream.of("ZIDENTIFIER", "ZTITLE1", "ZISPINNED",
						"ZISPASSWORDPROTECTED", "ZPASSWORDHINT", "ZMARKEDFORDELETION"),
						Stream.of(folders.accountColumns())).toArray(String[]::new))
				+ ", " + created() + " AS created, " + modified() + " AS modified, "
				+ (joined.isEmpty() ? folder : "COALESCE(" + folder + ", j.folder)") + " AS folder, "
				+ "CASE WHEN length(d.ZDATA) <= " + MOST_COMPRESSED + " THEN d.ZDATA END AS data, "
				+ "d.ZDATA IS NULL AS empty" + NOTES + joined + " ORDER BY o.Z_PK";
	}

	/** Until iOS 11 a table of its own says which note is in which folder: {@code Z_11NOTES}. */
	private String joinedFolders() throws IOException {
		for (String table : tables.tablesLike("Z\\_%NOTES")) {
			if (!JOINED_TABLE.matcher(table).matches()) {
				continue;
			}
			String folders = null;
			String notes = null;
			for (String column : tables.columns(table)) {
				folders = JOINED_FOLDERS.matcher(column).matches() ? column : folders;
				notes = JOINED_NOTES.matcher(column).matches() ? column : notes;
			}
			if (folders != null && notes != null) {
				return " LEFT JOIN (SELECT %2$s AS note, MIN(%3$s) AS folder FROM %1$s GROUP BY %2$s) j ON j.note = o.Z_PK"
						.formatted(table, notes, folders);
			}
		}
		return "";
	}

	private Note note(Row row, Folders folders, NoteAttachments attachments) throws IOException, SQLException {
		Place place = folders.place(row, row.integer("folder"));
		boolean locked = row.flag("ZISPASSWORDPROTECTED");
		String identifier = row.textOrEmpty("ZIDENTIFIER");
		byte[] data = row.bytes("data");
		boolean empty = row.flag("empty");
		NoteText.Result text = new NoteText.Result(List.of(), locked || empty);
		NoteAttachments.OfNote things = attachments.of(place.account().identifier());
		if (!locked && data != null) {
			text = text(data, things);
		}
		things.throwIfFailed();
		return new Note(identifier.isEmpty() ? "note-" + row.integer("Z_PK") : identifier, row.textOrEmpty("ZTITLE1"),
				place.account().name(), place.path(), row.cocoa("created"), row.cocoa("modified"),
				row.flag("ZISPINNED"), place.trash() || row.flag("ZMARKEDFORDELETION"), locked,
				row.textOrEmpty("ZPASSWORDHINT"), !text.whole(), text.blocks(), things.embedded());
	}

	/** Reads the body of a note: document (field 2), note (3). */
	static NoteText.Result text(byte[] compressed, NoteText.Things things) {
		Gunzip body = Gunzip.of(compressed);
		ProtobufReader root = new ProtobufReader(body.bytes());
		ProtobufReader document = root.message(2);
		ProtobufReader note = document == null ? null : document.message(3);
		if (note == null) {
			return new NoteText.Result(List.of(), false);
		}
		NoteText.Result text = NoteText.read(note, things);
		return new NoteText.Result(text.blocks(), text.whole() && body.whole() && root.isWhole());
	}

	/** The texts that are not empty, joined by line breaks. */
	static String joined(String... texts) {
		return Stream.of(texts).filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
	}
}
