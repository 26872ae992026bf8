// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.KeyedArchive;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.people.Voicemail;

/**
 * Voicemail: {@code voicemail.db}, with a sound file and perhaps a transcript for each message beside it. Flags as
 * abrignoni/iLEAPP ({@code scripts/artifacts/voicemail.py}) has found them: 8 is set where a message was deleted, 1 where
 * it was heard.
 */
public final class VoicemailDataSet implements DataSet {

	private static final String DOMAIN = "HomeDomain";
	private static final String FOLDER = "Library/Voicemail/";
	private static final int HEARD = 1;
	private static final int DELETED = 8;
	private static final int MOST_TRANSCRIPT = 4 << 20;
	private static final long LONGEST_SECONDS = 86_400;

	@Override
	public String id() {
		return "voicemail";
	}

	@Override
	public String title() {
		return Texts.text("voicemail.title");
	}

	@Override
	public Class<Voicemail> recordType() {
		return Voicemail.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(DOMAIN, FOLDER + "voicemail.db"), Source.files(DOMAIN, FOLDER + "*.amr"),
				Source.files(DOMAIN, FOLDER + "*.transcript"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		Optional<Tables> database = Tables.open(content, DOMAIN, FOLDER + "voicemail.db");
		if (database.isEmpty()) {
			return Survey.absent("");
		}
		try (Tables tables = database.get()) {
			if (!tables.has("voicemail")) {
				return Survey.absent("");
			}
			long all = tables.count("SELECT count(*) FROM voicemail");
			String trashed = tables.has("voicemail", "trashed_date") ? "COALESCE(trashed_date, 0) <> 0" : "0";
			String flagged = tables.has("voicemail", "flags") ? "CAST(COALESCE(flags, 0) AS INTEGER) & 8 <> 0" : "0";
			long deleted = tables.count("SELECT count(*) FROM voicemail WHERE " + trashed + " OR " + flagged);
			DateRange range = tables.has("voicemail", "date")
					? DateRange.unix(tables, "date", "voicemail")
					: DateRange.NONE;
			return Survey.present(all, range.first(), range.last()).withParts(Map.of(Texts.text("voicemail.heard"),
					all - deleted, Texts.text("voicemail.deleted"), deleted));
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().cause());
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		Optional<Tables> database = Tables.open(content, DOMAIN, FOLDER + "voicemail.db");
		if (database.isEmpty()) {
			return;
		}
		try (Tables tables = database.get()) {
			if (!tables.has("voicemail")) {
				return;
			}
			People people = People.of(content);
			tables.query("SELECT v.ROWID AS id, "
					+ tables.columns("voicemail", "v", "uuid", "date", "sender", "callback_num", "receiver", "duration",
							"trashed_date", "flags")
					+ " FROM voicemail v ORDER BY date, v.ROWID", List.of(), row -> {
						monitor.throwIfCancelled();
						return visitor.visit(voicemail(content, people, row));
					});
		}
	}

	private static Voicemail voicemail(BackupContent content, People people, Row row) throws IOException, SQLException {
		long id = row.integer("id");
		String uuid = row.textOrEmpty("uuid");
		String sender = row.textOrEmpty("sender").strip();
		String address = sender.isEmpty() ? row.textOrEmpty("callback_num").strip() : sender;
		long flags = row.integer("flags");
		boolean deleted = (flags & DELETED) != 0 || row.flag("trashed_date");
		String sound = FOLDER + id + ".amr";
		Attachment audio = new Attachment(id + ".amr", "audio/amr", DOMAIN, sound,
				content.find(DOMAIN, sound).isPresent());
		return new Voicemail(uuid.isEmpty() ? "voicemail-" + id : uuid, row.unix("date"), people.nameOr(address),
				address,
				row.textOrEmpty("receiver"),
				Duration.ofSeconds(Math.clamp(row.integer("duration"), 0, LONGEST_SECONDS)),
				(flags & HEARD) != 0, deleted, deleted ? row.cocoa("trashed_date") : null, transcript(content, id),
				List.of(audio));
	}

	/** What a damaged transcript says is left out; the message itself is heard all the same. */
	private static String transcript(BackupContent content, long id) throws IOException {
		Optional<ContentFile> file = content.find(DOMAIN, FOLDER + id + ".transcript");
		if (file.isEmpty() || file.get().sizeBytes() > MOST_TRANSCRIPT) {
			return "";
		}
		try (InputStream in = content.open(file.get())) {
			return KeyedArchive.text(KeyedArchive.readOrNull(in.readNBytes(MOST_TRANSCRIPT)), "transcriptionString")
					.strip();
		} catch (ProblemException _) {
			return "";
		}
	}
}
