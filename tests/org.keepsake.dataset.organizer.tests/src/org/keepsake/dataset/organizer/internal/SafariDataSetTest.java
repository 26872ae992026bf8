// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.organizer.SafariPage.Kind;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.MemoryOutput;

class SafariDataSetTest extends DataSetContract {

	private int readings;

	@Override
	protected DataSet dataSet() {
		return new SafariDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("5.1", 4, SafariSamples::lists5),
				new Generation("12.4", 10, SafariSamples::home12), new Generation("17.5", 5, SafariSamples::app17));
	}

	private List<SafariPage> pages(Filler filler, Kind kind) throws Exception {
		return Reading.all(SafariPage.class, dataSet(), folder().resolve("read" + ++readings), filler).stream()
				.filter(page -> page.kind() == kind).toList();
	}

	@Test
	void readsTheListsOfOldSystems() throws Exception {
		SafariPage visit = pages(SafariSamples::lists5, Kind.VISIT).getFirst();
		assertEquals("Example", visit.title());
		assertEquals(7, visit.visits());
		assertEquals(Instant.parse("2011-12-15T00:00:00.500Z"), visit.date());
		assertEquals("http://open.example.org/", pages(SafariSamples::lists5, Kind.TAB).getFirst().url());
	}

	@Test
	void saysWhyHistoryIsMissingInAnUnencryptedBackup() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), false);
		assertEquals(List.of("History and open tabs are only in backups that are encrypted."),
				dataSet().survey(content, JobMonitor.NONE).remarks());
		SafariSamples.home12(content);
		assertEquals(List.of(), dataSet().survey(content, JobMonitor.NONE).remarks(), "of an old system it has some");
	}

	@Test
	void readsEachVisit() throws Exception {
		List<SafariPage> visits = pages(SafariSamples::home12, Kind.VISIT);
		assertEquals(3, visits.size());
		assertEquals(Instant.parse("2018-09-30T11:33:20.250Z"), visits.get(0).date());
		assertFalse(visits.get(0).onOtherDevice());
		assertTrue(visits.get(1).onOtherDevice());
		assertEquals("https://b.example.org/", visits.get(2).headline());
	}

	@Test
	void readsBookmarksWithTheirFoldersAndNotWhatParentsAllow() throws Exception {
		assertEquals(List.of("Minestrone & more", "Trick"),
				pages(SafariSamples::home12, Kind.BOOKMARK).stream().map(SafariPage::title).toList());
		assertEquals(List.of("Bookmarks menu", "Cooking <b>", "Soups"),
				pages(SafariSamples::home12, Kind.BOOKMARK).getFirst().folder());
		assertEquals("News", pages(SafariSamples::home12, Kind.FAVORITE).getFirst().title());
		SafariPage read = pages(SafariSamples::home12, Kind.READING_LIST).getFirst();
		assertEquals(Instant.parse("2018-10-01T08:00:00Z"), read.date());
		assertEquals("Once upon a time", read.preview());
	}

	@Test
	void readsTabsOfThisAndOtherDevices() throws Exception {
		List<SafariPage> tabs = pages(SafariSamples::home12, Kind.TAB);
		assertTrue(tabs.get(0).privateTab());
		assertEquals("https://private.example.org/", tabs.get(0).url());
		assertEquals(Instant.parse("2018-10-01T13:20:00Z"), tabs.get(0).date(), "counted from 1970, as iOS 26 does");
		assertEquals("Ada's Mac", pages(SafariSamples::home12, Kind.ICLOUD_TAB).getFirst().device());
	}

	@Test
	void tellsProfilesAndGroupsAndEachTabOnce() throws Exception {
		List<SafariPage> visits = pages(SafariSamples::app17, Kind.VISIT);
		assertEquals(List.of("", "Work"), visits.stream().map(SafariPage::profile).toList());
		List<SafariPage> tabs = pages(SafariSamples::app17, Kind.TAB);
		assertEquals(List.of("Plan", "Hush", "Only here"), tabs.stream().map(SafariPage::title).toList());
		assertEquals(List.of("Work", "Project"), tabs.getFirst().folder());
		assertEquals("Work", tabs.getFirst().profile());
		assertEquals(Instant.parse("2023-10-26T08:10:00Z"), tabs.getFirst().date());
		assertTrue(tabs.get(1).privateTab());
	}

	@Test
	void countsByKind() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("parts"), new IosVersion("12.4"), true);
		SafariSamples.home12(content);
		assertEquals(Map.of("visits", 3L, "bookmarks", 2L, "favourites", 1L, "reading list", 1L, "tabs", 2L,
				"iCloud tabs", 1L), dataSet().survey(content, JobMonitor.NONE).parts());
	}

	@Test
	void exportsBookmarksWithoutScripts() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("export"), new IosVersion("12.4"), true);
		SafariSamples.home12(content);
		MemoryOutput files = new MemoryOutput();
		ExportReport report = new BookmarksExporter().export(
				new ExportRequest(dataSet(), content, Selection.ALL, files, Map.of()), JobMonitor.NONE);
		assertEquals(4, report.recordsRead());
		assertEquals(3, report.recordsWritten());
		String page = files.text("bookmarks.html");
		assertTrue(page.startsWith("<!DOCTYPE NETSCAPE-Bookmark-file-1>"));
		assertTrue(page.contains("HREF=\"https://soup.example.org/?a=1&amp;b=2\""), page);
		assertTrue(page.contains("<H3>Cooking &lt;b&gt;</H3>"), page);
		assertFalse(page.contains("javascript"), page);
		assertTrue(page.contains("ADD_DATE=\"1538380800\""), page);
		assertEquals(page.split("<DL>").length, page.split("</DL>").length, "what is opened is closed");
	}
}
