// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.MediaTypes;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;

/**
 * The recordings of the app Voice Memos: {@code ZCLOUDRECORDING} since iOS 12, in one of two places, {@code ZRECORDING}
 * before.
 *
 * <p>
 * Tables: iLEAPP, {@code scripts/artifacts/voiceRecordings.py}.
 */
public final class VoiceMemosDataSet implements DataSet {

	/** Newest first: a device that was upgraded may still have the older ones. */
	private static final List<Place> PLACES = List.of(
			new Place("AppDomainGroup-group.com.apple.VoiceMemos.shared", "Recordings/", "CloudRecordings.db"),
			new Place("MediaDomain", "Media/Recordings/", "CloudRecordings.db"),
			new Place("MediaDomain", "Media/Recordings/", "Recordings.db"));

	/** @param folder with a slash at its end */
	private record Place(String domain, String folder, String database) {
	}

	@Override
	public String id() {
		return "voice-memos";
	}

	@Override
	public String title() {
		return "Voice memos";
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return VoiceMemo.class;
	}

	@Override
	public List<Source> sources() {
		List<Source> sources = new ArrayList<>();
		for (Place place : PLACES) {
			sources.add(Source.database(place.domain, place.folder + place.database));
		}
		for (Place place : PLACES.subList(0, 2)) {
			sources.add(Source.files(place.domain, place.folder + "**"));
		}
		return sources;
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		try (@Nullable
		Recordings recordings = open(content)) {
			return recordings == null ? Survey.absent("") : recordings.survey();
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().title() + ": " + e.problem().cause());
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		try (@Nullable
		Recordings recordings = open(content)) {
			if (recordings != null) {
				recordings.read(visitor, monitor);
			}
		}
	}

	private static @Nullable Recordings open(BackupContent content) throws IOException {
		for (Place place : PLACES) {
			Optional<ContentFile> file = content.find(place.domain, place.folder + place.database);
			if (file.isEmpty()) {
				continue;
			}
			Tables tables = Tables.open(content, file.get());
			boolean usable = false;
			try {
				for (String table : List.of("ZCLOUDRECORDING", "ZRECORDING")) {
					if (tables.has(table, "ZPATH") || tables.has(table, "ZDATE")) {
						usable = true;
						return new Recordings(content, place, tables, table);
					}
				}
			} finally {
				if (!usable) {
					tables.close();
				}
			}
		}
		return null;
	}

	/** A database that is open. */
	private record Recordings(BackupContent content, Place place, Tables tables, String table)
			implements
				AutoCloseable {

		@Override
		public void close() throws IOException {
			tables.close();
		}

		Survey survey() throws IOException {
			String date = tables.has(table, "ZDATE") ? "NULLIF(ZDATE, 0)" : "NULL";
			String deleted = tables.has(table, "ZEVICTIONDATE") ? "COUNT(NULLIF(ZEVICTIONDATE, 0))" : "0";
			List<Survey> found = new ArrayList<>();
			tables.query("SELECT COUNT(*) AS count, MIN(" + date + ") AS first, MAX(" + date + ") AS last, " + deleted
					+ " AS deleted FROM " + table, List.of(), row -> {
						long count = row.integer("count");
						long gone = row.integer("deleted");
						Survey survey = Survey.present(count, row.cocoa("first"), row.cocoa("last"));
						return found.add(gone == 0 ? survey
								: survey.withParts(parts(count - gone, gone)));
					});
			return found.getFirst();
		}

		private static Map<String, Long> parts(long kept, long gone) {
			Map<String, Long> parts = new LinkedHashMap<>();
			parts.put("recordings", kept);
			parts.put("recently deleted", gone);
			return parts;
		}

		void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
			boolean folders = tables.has(table, "ZFOLDER") && tables.has("ZFOLDER", "ZENCRYPTEDNAME");
			String sql = "SELECT r.Z_PK AS Z_PK, "
					+ tables.columns(table, "r", "ZDATE", "ZDURATION", "ZLOCALDURATION", "ZCUSTOMLABEL",
							"ZCUSTOMLABELFORSORTING", "ZENCRYPTEDTITLE", "ZPATH", "ZUNIQUEID", "ZEVICTIONDATE")
					+ (folders ? ", f.ZENCRYPTEDNAME AS folder" : ", NULL AS folder") + " FROM " + table + " r"
					+ (folders ? " LEFT JOIN ZFOLDER f ON f.Z_PK = r.ZFOLDER" : "") + " ORDER BY "
					+ (tables.has(table, "ZDATE") ? "r.ZDATE, " : "") + "r.Z_PK";
			tables.query(sql, List.of(), row -> {
				monitor.throwIfCancelled();
				return visitor.visit(memo(row));
			});
		}

		private VoiceMemo memo(Row row) throws IOException, SQLException {
			String path = row.textOrEmpty("ZPATH");
			// Old versions have absolute paths, in URLs even.
			String file = path.substring(path.lastIndexOf('/') + 1);
			String id = row.textOrEmpty("ZUNIQUEID");
			String key = !id.isEmpty() ? id : file.isEmpty() ? "recording-" + row.integer("Z_PK") : file;
			@Nullable
			Instant deleted = row.cocoa("ZEVICTIONDATE");
			double seconds = row.real("ZDURATION");
			@Nullable
			ContentFile sound = file.isEmpty() ? null : sound(file);
			return new VoiceMemo(key, title(row), row.textOrEmpty("folder"), row.cocoa("ZDATE"),
					PhotoLibrary.duration(seconds > 0 ? seconds : row.real("ZLOCALDURATION")),
					sound == null ? "" : transcript(sound), deleted != null, deleted,
					file.isEmpty() ? null
							: new Attachment(file, MediaTypes.of(file), place.domain, place.folder + file,
									sound != null));
		}

		/** The app shows what is called encrypted; the label is the date where a person gave no title. */
		private static String title(Row row) throws SQLException {
			for (String column : List.of("ZENCRYPTEDTITLE", "ZCUSTOMLABELFORSORTING", "ZCUSTOMLABEL")) {
				String title = row.textOrEmpty(column).strip();
				if (!title.isEmpty()) {
					return title;
				}
			}
			return "";
		}

		private @Nullable ContentFile sound(String file) throws IOException {
			for (Place other : PLACES) {
				if (other.domain.equals(place.domain)) {
					Optional<ContentFile> found = content.find(other.domain, other.folder + file);
					if (found.isPresent()) {
						return found.get();
					}
				}
			}
			return null;
		}

		/** What cannot be read is told when the recording is asked for; a memo is one without its words, too. */
		private String transcript(ContentFile sound) throws IOException {
			try (SeekableByteChannel channel = content.channel(sound)) {
				return Transcript.of(channel);
			} catch (ProblemException _) {
				return "";
			}
		}
	}
}
