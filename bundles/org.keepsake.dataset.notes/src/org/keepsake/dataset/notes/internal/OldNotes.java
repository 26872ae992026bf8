// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;

/**
 * {@code notes.sqlite}, where iOS up to 8 has all notes, and newer ones those of accounts that were never upgraded. Bodies
 * are HTML.
 *
 * <p>
 * Tables: apple_cloud_notes_parser, {@code lib/AppleNoteStore.rb}.
 */
final class OldNotes implements Closeable {

	static final String DOMAIN = "HomeDomain";
	static final String PATH = "Library/Notes/notes.sqlite";
	private static final int MOST_CHARACTERS = 4 << 20;

	private final Tables tables;

	private OldNotes(Tables tables) {
		this.tables = tables;
	}

	/** Opens it; null if the backup has none with notes in it as Keepsake knows them. */
	static @Nullable OldNotes open(BackupContent content) throws IOException {
		Optional<ContentFile> file = content.find(DOMAIN, PATH);
		if (file.isEmpty()) {
			return null;
		}
		Tables tables = Tables.open(content, file.get());
		boolean usable = false;
		try {
			usable = tables.has("ZNOTE", "Z_PK");
			return usable ? new OldNotes(tables) : null;
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
		List<String> dates = new ArrayList<>();
		for (String column : List.of("ZCREATIONDATE", "ZMODIFICATIONDATE")) {
			if (tables.has("ZNOTE", column)) {
				dates.add("NULLIF(" + column + ", 0)");
			}
		}
		String date = dates.isEmpty() ? "NULL" : dates.size() == 1 ? dates.getFirst()
				: "COALESCE(" + String.join(", ", dates) + ')';
		List<Survey> found = new ArrayList<>();
		tables.query("SELECT COUNT(*) AS count, MIN(" + date + ") AS first, MAX(" + date + ") AS last FROM ZNOTE",
				List.of(),
				row -> found.add(Survey.present(row.integer("count"), row.cocoa("first"), row.cocoa("last"))));
		return found.getFirst();
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		StringBuilder sql = new StringBuilder("SELECT n.Z_PK AS Z_PK, ").append(tables.columns("ZNOTE", "n", "ZGUID",
				"ZTITLE", "ZSUMMARY", "ZCREATIONDATE", "ZMODIFICATIONDATE", "ZDELETEDFLAG"));
		StringBuilder from = new StringBuilder(" FROM ZNOTE n");
		boolean bodies = tables.has("ZNOTE", "ZBODY") && tables.has("ZNOTEBODY", "ZCONTENT");
		if (bodies) {
			sql.append(", CASE WHEN length(b.ZCONTENT) <= " + MOST_CHARACTERS + " THEN b.ZCONTENT END AS body")
					.append(", b.ZCONTENT IS NULL AS empty");
			from.append(" LEFT JOIN ZNOTEBODY b ON b.Z_PK = n.ZBODY");
		} else {
			sql.append(", NULL AS body, 1 AS empty");
		}
		boolean stores = tables.has("ZNOTE", "ZSTORE") && tables.has("ZSTORE", "ZNAME");
		sql.append(stores ? ", s.ZNAME AS store" : ", NULL AS store");
		from.append(stores ? " LEFT JOIN ZSTORE s ON s.Z_PK = n.ZSTORE" : "");
		boolean accounts = stores && tables.has("ZSTORE", "ZACCOUNT") && tables.has("ZACCOUNT", "ZNAME");
		sql.append(accounts ? ", a.ZNAME AS account" : ", NULL AS account");
		from.append(accounts ? " LEFT JOIN ZACCOUNT a ON a.Z_PK = s.ZACCOUNT" : "");
		tables.query(sql.append(from).append(" ORDER BY n.Z_PK").toString(), List.of(), row -> {
			monitor.throwIfCancelled();
			return visitor.visit(note(row));
		});
	}

	private static Note note(Row row) throws SQLException {
		String html = row.textOrEmpty("body");
		boolean cut = html.isEmpty() && !row.flag("empty");
		NoteText.Result text = HtmlText.read(html);
		String identifier = row.textOrEmpty("ZGUID");
		String store = row.textOrEmpty("store");
		return new Note(identifier.isEmpty() ? "old-note-" + row.integer("Z_PK") : identifier,
				row.textOrEmpty("ZTITLE"), row.textOrEmpty("account"), store.isEmpty() ? List.of() : List.of(store),
				row.cocoa("ZCREATIONDATE"), row.cocoa("ZMODIFICATIONDATE"), false, row.flag("ZDELETEDFLAG"), false, "",
				cut || !text.whole(), text.blocks(), List.of());
	}
}
