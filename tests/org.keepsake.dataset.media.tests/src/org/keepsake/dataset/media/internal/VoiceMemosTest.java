// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
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
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

class VoiceMemosTest extends DataSetContract {

	private static final String SHARED = "AppDomainGroup-group.com.apple.VoiceMemos.shared";
	private static final Instant DATE = Instant.ofEpochSecond(978_307_200L + 720_000_000L);

	@Override
	protected DataSet dataSet() {
		return new VoiceMemosDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("9.3", 2, VoiceMemosTest::old),
				new Generation("12.4", 3, content -> cloud(content, "MediaDomain", "Media/Recordings/", false)),
				new Generation("17.5", 3, content -> cloud(content, SHARED, "Recordings/", true)));
	}

	private static void old(FolderContent content) throws IOException {
		content.sql("MediaDomain", "Media/Recordings/Recordings.db", """
				CREATE TABLE ZRECORDING (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION FLOAT, ZITUNESPERSISTENTID
					INTEGER, ZCUSTOMLABEL VARCHAR, ZPATH VARCHAR);
				INSERT INTO ZRECORDING VALUES (1, 400000000, 62.5, 0, 'Vorlesung',
					'/var/mobile/Media/Recordings/20130905 112640.m4a');
				INSERT INTO ZRECORDING VALUES (2, 400000100, 3, 0, NULL, '20130905 113000.m4a')
				""");
		content.put("MediaDomain", "Media/Recordings/20130905 112640.m4a", "old");
	}

	static void cloud(FolderContent content) throws IOException {
		cloud(content, SHARED, "Recordings/", true);
	}

	private static void cloud(FolderContent content, String domain, String folder, boolean folders)
			throws IOException {
		content.sql(domain, folder + "CloudRecordings.db", """
				CREATE TABLE ZCLOUDRECORDING (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION FLOAT,
					ZEVICTIONDATE TIMESTAMP, ZCUSTOMLABEL VARCHAR, ZENCRYPTEDTITLE VARCHAR, ZPATH VARCHAR,
					ZUNIQUEID VARCHAR %s);
				INSERT INTO ZCLOUDRECORDING (Z_PK, ZDATE, ZDURATION, ZCUSTOMLABEL, ZENCRYPTEDTITLE, ZPATH, ZUNIQUEID)
					VALUES (1, 720000000, 62.5, '2023-10-26T08:00:00Z', 'Vorlesung 1/2', 'a.m4a', 'ID-1');
				INSERT INTO ZCLOUDRECORDING (Z_PK, ZDATE, ZDURATION, ZCUSTOMLABEL, ZPATH, ZUNIQUEID, ZEVICTIONDATE)
					VALUES (2, 720000100, 1, 'Neue Aufnahme', 'b.qta', 'ID-2', 720009999);
				INSERT INTO ZCLOUDRECORDING (Z_PK, ZDATE, ZCUSTOMLABEL, ZPATH, ZUNIQUEID)
					VALUES (3, 720000200, 'Weg', NULL, 'ID-3')
				""".formatted(folders ? ", ZFOLDER INTEGER" : ""));
		if (folders) {
			content.sql(domain, folder + "CloudRecordings.db", """
					CREATE TABLE ZFOLDER (Z_PK INTEGER PRIMARY KEY, ZENCRYPTEDNAME VARCHAR);
					INSERT INTO ZFOLDER VALUES (4, 'Uni');
					UPDATE ZCLOUDRECORDING SET ZFOLDER = 4 WHERE Z_PK = 1
					""");
		}
		content.put(domain, folder + "a.m4a", "sound");
		content.put(domain, folder + "b.qta", "more sound");
	}

	private FolderContent content() {
		return new FolderContent(folder().resolve("own"), new IosVersion("17.5"), false);
	}

	private List<VoiceMemo> memos(FolderContent content) throws IOException {
		List<VoiceMemo> memos = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> memos.add((VoiceMemo) entry), JobMonitor.NONE);
		return memos;
	}

	@Test
	void tellsTitleFolderLengthAndFile() throws Exception {
		FolderContent content = content();
		cloud(content, SHARED, "Recordings/", true);
		List<VoiceMemo> memos = memos(content);
		VoiceMemo first = memos.getFirst();
		assertEquals("Vorlesung 1/2", first.title());
		assertEquals("Uni", first.folder());
		assertEquals(Duration.ofMillis(62_500), first.duration());
		assertEquals(DATE, first.date());
		assertEquals("Vorlesung 1/2 (1:02)", first.headline());
		assertTrue(first.attachments().getFirst().present());
		assertFalse(first.deleted());
		assertEquals("Neue Aufnahme", memos.get(1).title());
		assertEquals(DATE.plusSeconds(9999), memos.get(1).deletedAt());
		assertNull(memos.get(2).audio());
		assertEquals(Map.of("recordings", 2L, "recently deleted", 1L),
				dataSet().survey(content, JobMonitor.NONE).parts());
	}

	@Test
	void tellsAndFindsWhatTheDeviceUnderstood() throws Exception {
		FolderContent content = content();
		cloud(content, SHARED, "Recordings/", true);
		content.put(SHARED, "Recordings/a.m4a", TranscriptTest
				.m4a("{\"attributedString\":{\"runs\":[\"Heute: \",0,\"Wale\",1],\"attributeTable\":[]}}"));
		List<VoiceMemo> memos = memos(content);
		assertEquals("Heute: Wale", memos.getFirst().transcript());
		assertTrue(memos.getFirst().searchText().contains("Wale"));
		assertEquals("", memos.get(1).transcript());
	}

	@Test
	void oldPathsLeadToTheFile() throws Exception {
		FolderContent content = content();
		old(content);
		List<VoiceMemo> memos = memos(content);
		assertTrue(memos.getFirst().attachments().getFirst().present());
		assertEquals("Media/Recordings/20130905 112640.m4a", memos.getFirst().attachments().getFirst().path());
		assertFalse(memos.get(1).attachments().getFirst().present());
	}

	/** After an upgrade the old database is still there. */
	@Test
	void theNewestDatabaseCounts() throws Exception {
		FolderContent content = content();
		old(content);
		cloud(content, SHARED, "Recordings/", true);
		assertEquals(3, memos(content).size());
	}

	@Test
	void exportsByTitleWithDates() throws Exception {
		FolderContent content = content();
		cloud(content, SHARED, "Recordings/", true);
		FolderOutput output = new FolderOutput(Files.createDirectory(folder().resolve("out")));
		ExportReport report = new VoiceMemoExporter()
				.export(new ExportRequest(dataSet(), content, Selection.ALL, output, Map.of()), JobMonitor.NONE);
		assertEquals(List.of("Recently Deleted/Neue Aufnahme.qta", "Uni/Vorlesung 1∕2.m4a"), output.files());
		assertEquals("sound", output.text("Uni/Vorlesung 1∕2.m4a"));
		assertEquals(DATE, output.modified("Uni/Vorlesung 1∕2.m4a"));
		assertEquals(3, report.recordsRead());
		assertEquals(2, report.filesWritten());
		assertEquals(1, report.filesMissing());
	}
}
