// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.people.Voicemail;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;
import org.keepsake.testing.Plists;

class VoicemailDataSetTest extends DataSetContract {

	private static final byte[] SOUND = "#!AMR\n123".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

	@Override
	protected DataSet dataSet() {
		return new VoicemailDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("6.1", 2, VoicemailDataSetTest::ios6),
				new Generation("12.4", 1, VoicemailDataSetTest::ios12),
				new Generation("17.5", 3, VoicemailDataSetTest::ios17));
	}

	private static void ios6(FolderContent content) throws IOException {
		content.sql("HomeDomain", "Library/Voicemail/voicemail.db",
				"""
						CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT,
							sender TEXT, callback_num TEXT, duration INTEGER, expiration INTEGER, trashed_date INTEGER, flags INTEGER);
						INSERT INTO voicemail(ROWID, date, sender, duration, trashed_date, flags) VALUES
							(1, 1360000000, '+14155550123', 12, 0, 3), (2, 1360000100, NULL, 5, 381692800, 11)
						""");
	}

	private static void ios12(FolderContent content) throws IOException {
		content.sql("HomeDomain", "Library/Voicemail/voicemail.db",
				"""
						CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT,
							sender TEXT, callback_num TEXT, duration INTEGER, expiration INTEGER, trashed_date INTEGER, flags INTEGER,
							receiver TEXT, label TEXT, uuid TEXT);
						CREATE TABLE map (label TEXT, account TEXT);
						INSERT INTO voicemail(ROWID, date, sender, callback_num, duration, trashed_date, flags, receiver, uuid) VALUES
							(7, 1560000000, '+14155550123', '+14155550123', 12, 0, 75, '+491700000000', '')
						""");
	}

	static void ios17(FolderContent content) throws IOException {
		AddressBooks.ios17(content);
		content.sql("HomeDomain", "Library/Voicemail/voicemail.db",
				"""
						CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT,
							sender TEXT, callback_num TEXT, duration INTEGER, expiration INTEGER, trashed_date INTEGER, flags INTEGER,
							receiver TEXT, label TEXT, uuid TEXT);
						INSERT INTO voicemail(ROWID, date, sender, callback_num, duration, trashed_date, flags, uuid) VALUES
							(1, 1710000000, '+491705551234', NULL, 75, 0, 3, 'V1'), (2, 1710000100, NULL, NULL, 3, 0, 2, 'V2'),
							(3, 1710000200, '../../evil/..', NULL, 999999999999, 731692800, 3, 'V3')
						""");
		content.put("HomeDomain", "Library/Voicemail/1.amr", SOUND);
		content.put("HomeDomain", "Library/Voicemail/3.amr", SOUND);
		content.put("HomeDomain", "Library/Voicemail/1.transcript",
				Plists.archive(Plists.reference(1),
						List.of("$null",
								Map.of("$class", Plists.reference(3), "transcriptionString", Plists.reference(2),
										"confidence", 0.9),
								"Please call me back", Plists.type("VMVoicemailTranscript"))));
		content.put("HomeDomain", "Library/Voicemail/2.transcript", "nothing of the kind");
	}

	private FolderContent content(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), true);
		filler.fill(content);
		return content;
	}

	private List<Voicemail> voicemails(FolderContent content) throws IOException {
		List<Voicemail> found = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> found.add((Voicemail) entry), JobMonitor.NONE);
		return found;
	}

	@Test
	void givesCallerLengthAndTranscript() throws Exception {
		Voicemail first = voicemails(content(VoicemailDataSetTest::ios17)).getFirst();
		assertEquals("Anna Maria Müller", first.name());
		assertEquals(Duration.ofSeconds(75), first.duration());
		assertEquals("Please call me back", first.transcript());
		assertEquals("Voicemail from Anna Maria Müller, 1:15: Please call me back", first.headline());
		assertTrue(first.heard());
		assertFalse(first.deleted());
		assertTrue(first.attachments().getFirst().present());
	}

	@Test
	void aMissingSoundAndADamagedTranscriptAreNoObstacle() throws Exception {
		Voicemail second = voicemails(content(VoicemailDataSetTest::ios17)).get(1);
		assertEquals("", second.transcript());
		assertFalse(second.heard());
		assertFalse(second.attachments().getFirst().present());
		assertEquals("Voicemail from an unknown caller, 0:03", second.headline());
	}

	@Test
	void tellsWhatWasDeleted() throws Exception {
		List<Voicemail> found = voicemails(content(VoicemailDataSetTest::ios6));
		assertFalse(found.get(0).deleted());
		assertTrue(found.get(1).deleted());
		assertEquals(Instant.parse("2013-02-04T17:46:40Z"), found.get(1).trashed());
		assertTrue(voicemails(content(content -> {
			content.sql("HomeDomain", "Library/Voicemail/voicemail.db", "DROP TABLE voicemail");
			ios12(content);
		})).getFirst().deleted(), "by its flags alone");
	}

	@Test
	void soundFilesAreNamedAndDatedAsTheyWereLeft() throws Exception {
		FolderOutput output = new FolderOutput(folder().resolve("out"));
		ExportReport report = new AudioExporter().export(new ExportRequest(dataSet(),
				content(VoicemailDataSetTest::ios17), Selection.ALL, output, Map.of()), JobMonitor.NONE);
		assertEquals(new ExportReport(3, 2, 2, 1, List.of()), report);
		assertEquals(2, output.files().size());
		Instant date = Instant.ofEpochSecond(1_710_000_000);
		String name = DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm.ss").format(date.atZone(ZoneId.systemDefault()))
				+ " Anna Maria Müller.amr";
		assertArrayEquals(SOUND, output.bytes(name));
		assertEquals(date, output.modified(name));
		assertTrue(output.files().stream().noneMatch(file -> file.contains("/")), output.files()::toString);
	}
}
