// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.dataset.notes.internal.Block.Cell;
import org.keepsake.dataset.notes.internal.Block.Style;
import org.keepsake.dataset.notes.internal.Embedded.Kind;
import org.keepsake.dataset.notes.internal.NoteSamples.Schema;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class NotesDataSetTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new NotesDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("8.4", 2, NoteSamples::fillOld), generation("11.4", NoteSamples.IOS11),
				generation("13.7", NoteSamples.IOS13), generation("15.8", NoteSamples.IOS15),
				generation("26.1", NoteSamples.IOS26));
	}

	private static Generation generation(String ios, Schema schema) {
		return new Generation(ios, NoteSamples.COUNT, content -> NoteSamples.fill(content, schema));
	}

	private FolderContent content() {
		return new FolderContent(folder().resolve("own"), new IosVersion("18.5"), true);
	}

	private List<Note> notes(FolderContent content) throws IOException {
		List<Note> notes = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> notes.add((Note) entry), JobMonitor.NONE);
		return notes;
	}

	private static Note named(List<Note> notes, String key) {
		return notes.stream().filter(note -> note.key().equals(key)).findFirst().orElseThrow();
	}

	private static Schema schema(int ios) {
		return switch (ios) {
			case 11 -> NoteSamples.IOS11;
			case 13 -> NoteSamples.IOS13;
			case 15 -> NoteSamples.IOS15;
			default -> NoteSamples.IOS26;
		};
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 13, 15, 26 })
	void tellsWhereANoteIsAndWhen(int ios) throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, schema(ios));
		Note note = named(notes(content), "NOTE-10");
		assertEquals("iCloud", note.account());
		assertEquals(List.of("Reisen", "Italien"), note.folder());
		assertEquals(Instant.ofEpochSecond(978_307_200L + NoteSamples.CREATED + 10), note.created());
		assertEquals(Instant.ofEpochSecond(978_307_200L + NoteSamples.CREATED + 1010), note.modified());
		assertTrue(note.pinned());
		assertFalse(note.deleted() || note.locked() || note.incomplete());
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 26 })
	void readsTextAndWhatStandsInIt(int ios) throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, schema(ios));
		Note note = named(notes(content), "NOTE-10");
		assertEquals(List.of(Style.TITLE, Style.BODY, Style.CHECK, Style.TABLE, Style.BODY, Style.BODY),
				note.body().stream().map(Block::style).toList());
		assertEquals(List.of(List.of("Tag", "Ziel"), List.of("Mo|Di", "Forum")), note.body().get(3).rows().stream()
				.map(row -> row.cells().stream().map(Cell::text).toList()).toList());
		assertEquals(List.of(Kind.IMAGE, Kind.FILE, Kind.DRAWING, Kind.LINK, Kind.SCAN),
				note.embedded().stream().map(Embedded::kind).toList());
		assertEquals(List.of(true, false, true, true, true),
				note.attachments().stream().map(attachment -> attachment.present()).toList());
		assertEquals(List.of("Accounts/ACCOUNT-1/Media/MEDIA-3/Scan.jpg", "Accounts/ACCOUNT-1/Media/MEDIA-4/Scan.jpg"),
				note.embedded().getLast().files().stream().map(file -> file.path()).toList());
		assertEquals("https://example.org/rom", note.embedded().get(3).url());
		assertTrue(note.body().getLast().text().contains("#urlaub"));
		for (String words : List.of("pantheon", "forum", "piazza", "urlaub", "weg.pdf")) {
			assertTrue(new Selection(words, null, null, false).accepts(note), words);
		}
	}

	@Test
	void lockedNotesAreNamedAsLocked() throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, NoteSamples.IOS26);
		Note note = named(notes(content), "NOTE-11");
		assertTrue(note.locked());
		assertFalse(note.incomplete());
		assertEquals("Geheim (locked)", note.headline());
		assertEquals("Katze", note.passwordHint());
		assertEquals(List.of(), note.body());
		assertEquals(List.of("Locked notes, of which only the title can be read: 1."),
				dataSet().survey(content, JobMonitor.NONE).remarks());
	}

	@Test
	void deletedNotesAreToldApart() throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, NoteSamples.IOS26);
		assertEquals(List.of("NOTE-12", "NOTE-13"),
				notes(content).stream().filter(Note::deleted).map(Note::key).toList());
	}

	@Test
	void oldNotesAreReadBesideTheNew() throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, NoteSamples.IOS26);
		NoteSamples.fillOld(content);
		List<Note> notes = notes(content);
		assertEquals(7, notes.size());
		assertEquals(7, dataSet().survey(content, JobMonitor.NONE).count());
		Note old = named(notes, "OLD-1");
		assertEquals(List.of("Einkauf", "Milch & Brot"), old.body().stream().map(Block::text).toList());
		assertTrue(named(notes, "old-note-2").deleted());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 400_000_000L),
				dataSet().survey(content, JobMonitor.NONE).first());
	}

	@Test
	void oneDamagedDatabaseLeavesTheOther() throws Exception {
		FolderContent content = content();
		NoteSamples.fillOld(content);
		content.put(NoteSamples.DOMAIN, NoteSamples.DATABASE, "no database at all, but long enough to be read");
		List<Note> notes = new ArrayList<>();
		try {
			dataSet().read(content, Selection.ALL, entry -> notes.add((Note) entry), JobMonitor.NONE);
		} catch (IOException e) {
			assertTrue(e.getMessage().contains("data.unreadable"), e::getMessage);
		}
		assertEquals(2, notes.size());
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Presence.PRESENT, survey.presence());
		assertEquals(1, survey.remarks().size());
	}

	@Test
	void aDamagedBodyIsToldAndKeepsTheRest() throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, NoteSamples.IOS26);
		content.sql(NoteSamples.DOMAIN, NoteSamples.DATABASE,
				"UPDATE ZICNOTEDATA SET ZDATA = substr(ZDATA, 1, 60) WHERE ZNOTE = 10");
		List<Note> notes = notes(content);
		assertEquals(NoteSamples.COUNT, notes.size());
		assertTrue(named(notes, "NOTE-10").incomplete());
	}

	@Test
	void foldersInACircleEnd() throws Exception {
		FolderContent content = content();
		NoteSamples.fill(content, NoteSamples.IOS26);
		content.sql(NoteSamples.DOMAIN, NoteSamples.DATABASE,
				"UPDATE ZICCLOUDSYNCINGOBJECT SET ZPARENT = 4 WHERE Z_PK = 3");
		assertTrue(named(notes(content), "NOTE-10").folder().size() <= 32);
	}
}
