// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.whatsapp.ChatEntry;
import org.keepsake.dataset.whatsapp.ChatEntry.Kind;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;

/** What applications keep, from the device over its backup to files that other programs read. */
@Timeout(180)
class AppDataTest {

	private static final long MESSAGES = 90;
	private static final long CALLS = 9;
	private static final long MEMOS = 5;

	@TempDir
	Path folder;

	private static OpenedBackup open(Lab lab, KeptBackup kept) throws IOException {
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			return lab.keepsake.openData(kept, password, lab.monitor);
		}
	}

	private static <T extends DataRecord> List<T> read(Lab lab, OpenedBackup backup, String dataSet, Class<T> type)
			throws IOException {
		List<T> records = new ArrayList<>();
		backup.read(backup.dataSet(dataSet), Selection.ALL, entry -> records.add(type.cast(entry)), lab.monitor);
		return records;
	}

	private ExportReport export(Lab lab, OpenedBackup backup, String dataSet, String format, String name)
			throws IOException {
		DataSet data = backup.dataSet(dataSet);
		return backup.export(new OpenedBackup.ExportWish(data, backup.exporter(data, format), Selection.ALL, Map.of()),
				folder.resolve(name), lab.monitor);
	}

	@Test
	void chatsComeOutOfAnEncryptedBackupWithNamesMediaAndCalls() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 41, false))) {
			lab.encrypt(0);
			try (OpenedBackup backup = open(lab, lab.backup(0, 0).backup())) {
				Survey survey = backup.survey(backup.dataSet("whatsapp"), lab.monitor);
				assertEquals(MESSAGES + CALLS, survey.count());
				assertEquals(Map.of("messages", MESSAGES, "calls", CALLS), survey.parts());
				List<ChatEntry> entries = read(lab, backup, "whatsapp", ChatEntry.class);
				assertEquals(survey.count(), entries.size());
				List<Attachment> media = entries.stream().flatMap(entry -> entry.attachments().stream()).toList();
				assertFalse(media.isEmpty());
				assertTrue(media.stream().allMatch(Attachment::present), media::toString);
				for (Kind kind : List.of(Kind.IMAGE, Kind.AUDIO, Kind.CONTACT, Kind.LOCATION, Kind.DOCUMENT, Kind.EVENT,
						Kind.DELETED, Kind.CALL)) {
					assertTrue(entries.stream().anyMatch(entry -> entry.kind() == kind), kind::name);
				}
				assertTrue(entries.stream().filter(entry -> entry.group() && !entry.fromMe())
						.filter(entry -> entry.kind() == Kind.TEXT)
						.allMatch(entry -> entry.senderId().endsWith("@lid") && entry.sender().contains(" ")),
						"those who hide their number are named");
				assertTrue(entries.stream().anyMatch(entry -> !entry.reactions().isEmpty()));
				assertTrue(entries.stream().anyMatch(entry -> !entry.replyTo().isEmpty()));

				SearchResult found = backup.search(new SearchRequest("Noten", null, 50), lab.monitor);
				assertTrue(found.groups().stream().anyMatch(group -> group.dataSet().equals("whatsapp")),
						found::toString);
				for (String format : List.of("csv", "json", "text")) {
					assertEquals(MESSAGES + CALLS, export(lab, backup, "whatsapp", format, format).recordsWritten());
				}
			}
		}
	}

	@Test
	void aHeicPictureIsSeenByTheThumbnailOfTheDevice() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 43, false))) {
			lab.encrypt(0);
			try (OpenedBackup backup = open(lab, lab.backup(0, 0).backup())) {
				ContentFile picture = backup.content().find("CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.HEIC")
						.orElseThrow();
				assertTrue(backup.previews(picture.name()));
				byte[] jpeg = backup.preview(picture, 1 << 20, lab.monitor).jpeg();
				assertEquals(342, ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth());
			}
		}
	}

	@Test
	void voiceMemosComeOutOfAnEncryptedBackupAsTheFilesThatTheyWere() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 42, false))) {
			lab.encrypt(0);
			KeptBackup kept = lab.backup(0, 0).backup();
			try (OpenedBackup backup = open(lab, kept)) {
				assertEquals(MEMOS, backup.survey(backup.dataSet("voice-memos"), lab.monitor).count());
				List<String> said = new ArrayList<>();
				backup.read(backup.dataSet("voice-memos"), Selection.ALL,
						entry -> said.add(entry.searchText().lines().skip(2).findFirst().orElse("")), lab.monitor);
				assertEquals(2, said.stream().filter(words -> words.contains(" ")).count(), said::toString);
				ExportReport report = export(lab, backup, "voice-memos", "audio", "audio");
				assertEquals(MEMOS, report.filesWritten());
				assertEquals(0, report.filesMissing());
				try (Stream<Path> files = Files.walk(folder.resolve("audio"))) {
					List<Path> sounds = files.filter(Files::isRegularFile).toList();
					assertEquals(MEMOS, sounds.size());
					for (Path sound : sounds) {
						assertTrue(sound.toString().endsWith(".m4a"), sound::toString);
						assertEquals("ftypM4A ",
								new String(Files.readAllBytes(sound), 4, 8, StandardCharsets.US_ASCII));
					}
				}
			}
			Proof drill;
			try (Secret password = Secret.of(Lab.PASSWORD)) {
				drill = lab.keepsake.prove(kept, ProofLevel.DRILL, password, lab.monitor);
			}
			assertEquals(List.of(), drill.damage());
			Map<String, Long> expected = Map.of("voice-memos", MEMOS, "whatsapp", MESSAGES + CALLS);
			for (Proof.Counted counted : drill.dataSets()) {
				Long count = expected.get(counted.dataSet());
				if (count != null) {
					assertEquals(count, Long.valueOf(counted.survey().count()), counted.dataSet());
					assertEquals(count, counted.onDevice(), counted.dataSet());
				}
			}
			assertTrue(drill.dataSets().stream().map(Proof.Counted::dataSet).toList().containsAll(expected.keySet()));
		}
	}
}
