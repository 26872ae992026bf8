// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Checklist;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.Verification;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

/** What is in a backup of a virtual iPhone: read, searched, compared, proven. */
@Timeout(180)
class ContentTest {

	@TempDir
	Path folder;

	private static OpenedBackup open(Lab lab, KeptBackup kept) throws IOException {
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			return lab.keepsake.openData(kept, password, lab.monitor);
		}
	}

	private static Proof prove(Lab lab, KeptBackup kept, ProofLevel level) throws IOException {
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			return lab.keepsake.prove(kept, level, password, lab.monitor);
		}
	}

	/** How many records each data set has that is present. */
	private static Map<String, Long> counts(Lab lab, OpenedBackup backup) throws IOException {
		Map<String, Long> counts = new TreeMap<>();
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey = backup.survey(dataSet, lab.monitor);
			assertNotEquals(Presence.UNREADABLE, survey.presence(), () -> dataSet.id() + survey.remarks());
			if (survey.presence() == Presence.PRESENT) {
				counts.put(dataSet.id(), Long.valueOf(survey.count()));
			}
		}
		return counts;
	}

	/** Where the content of a file of a version is kept. */
	private static Path payload(KeptBackup kept, String domain, String path, Lab lab) throws IOException {
		Path[] found = new Path[1];
		try (Backup backup = lab.keepsake.open(kept); Secret password = Secret.of(Lab.PASSWORD)) {
			backup.unlock(password, lab.monitor);
			backup.forEach(new FileFilter(domain, path), (BackupFile file) -> {
				found[0] = Path.of(kept.snapshot().path(), file.fileId().substring(0, 2), file.fileId());
				return true;
			});
		}
		return found[0];
	}

	/** Overwrites the file with something else of the same length, where it is and not where versions share it. */
	private static void damage(Path file) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		for (int i = bytes.length / 8; i < bytes.length; i++) {
			bytes[i] ^= 0x55;
		}
		Files.delete(file);
		Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
	}

	@Test
	void anEncryptedBackupIsReadSearchedAndRehearsed() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 1, false))) {
			lab.encrypt(0);
			BackupResult made = lab.backup(0, 0);
			Map<String, Long> counts;
			try (OpenedBackup backup = open(lab, made.backup())) {
				counts = counts(lab, backup);
				assertTrue(counts.getOrDefault("contacts", Long.valueOf(0)).longValue() > 0, counts::toString);
				searches(lab, backup);
				takesOutRoutes(lab, backup);
			}
			Proof content = prove(lab, made.backup(), ProofLevel.CONTENT);
			assertEquals(List.of(), content.damage());
			assertTrue(content.files() > 0);

			Proof drill = prove(lab, made.backup(), ProofLevel.DRILL);
			assertEquals(List.of(), drill.damage());
			assertEquals(lab.filesOf(made.backup()).size(), drill.files());
			for (Proof.Counted counted : drill.dataSets()) {
				assertEquals(Long.valueOf(counted.survey().count()), counted.onDevice(), counted.dataSet());
			}
			assertEquals(List.of(ProofLevel.CONTENT, ProofLevel.DRILL),
					lab.keepsake.verifications(made.backup()).stream().map(Verification::level).toList());
			assertEquals(List.of(), left(), "nothing decrypted stays");
		}
	}

	/** Files of drills, decrypted databases and the like that are still there. */
	private List<Path> left() throws IOException {
		try (Stream<Path> walk = Files.walk(folder.resolve("home"))) {
			return walk.filter(path -> path.toString().contains(".keepsake-temp-")).toList();
		}
	}

	private static void searches(Lab lab, OpenedBackup backup) throws IOException {
		DataSet contacts = backup.dataSet("contacts");
		String[] name = new String[1];
		backup.read(contacts, Selection.ALL, entry -> {
			name[0] = entry.headline().split("[^\\p{L}]+")[0];
			return name[0].isEmpty();
		}, lab.monitor);
		SearchResult result = backup.search(new SearchRequest(name[0], null, 5), lab.monitor);
		assertTrue(result.groups().stream().anyMatch(group -> group.dataSet().equals("contacts")),
				() -> name[0] + ": " + result);
	}

	private void takesOutRoutes(Lab lab, OpenedBackup backup) throws IOException {
		DataSet health = backup.dataSet("health");
		Path out = folder.resolve("health");
		ExportReport report = backup.export(
				new OpenedBackup.ExportWish(health, backup.exporter(health, "xml"), Selection.ALL, Map.of()), out,
				lab.monitor);
		assertEquals(List.of(), report.remarks());
		assertEquals(7, report.filesWritten(), "samples, five routes and an electrocardiogram");
		Matcher references = Pattern.compile("<FileReference path=\"/([^\"]*)\"/>")
				.matcher(Files.readString(out.resolve("export.xml")));
		int found = 0;
		while (references.find()) {
			String route = Files.readString(out.resolve(references.group(1)));
			assertEquals(60, route.split("<trkpt ", -1).length - 1);
			found++;
		}
		assertEquals(5, found);
		try (Stream<Path> ecgs = Files.list(out.resolve("electrocardiograms"))) {
			assertEquals(12 + 15_360, Files.readAllLines(ecgs.findFirst().orElseThrow()).size());
		}
	}

	@Test
	void twoVersionsAreComparedByFilesAndRecords() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 2, false))) {
			BackupResult first = lab.backup(0, 1);
			lab.put(0, "HomeDomain", "Library/Notes/new.txt", "new".getBytes());
			BackupResult second = lab.backup(0, 1);
			KeptBackup older = lab.versions(0).getLast();
			assertEquals(first.backup().snapshot().id(), older.snapshot().id());
			try (OpenedBackup before = open(lab, older); OpenedBackup after = open(lab, second.backup())) {
				Comparison comparison = lab.keepsake.compare(before, after, lab.monitor);
				Comparison.DomainChange home = comparison.domains().stream()
						.filter(domain -> domain.domain().equals("HomeDomain")).findFirst().orElseThrow();
				assertEquals(new Comparison.Amount(1, 3), home.added());
				assertTrue(comparison.dataSets().stream().allMatch(DataSetChange::isSame), comparison::toString);
				Comparison back = lab.keepsake.compare(after, before, lab.monitor);
				assertEquals(comparison.domains().size(), back.domains().size());
			}
		}
	}

	@Test
	void aDamagedDatabaseIsToldWithItsDataSetAndTheVersionThatHasIt() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 3, false))) {
			BackupResult first = lab.backup(0, 1);
			lab.put(0, "HomeDomain", "Library/Notes/new.txt", "new".getBytes());
			BackupResult second = lab.backup(0, 1);
			damage(payload(second.backup(), "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb", lab));

			Proof proof = prove(lab, second.backup(), ProofLevel.CONTENT);
			assertFalse(proof.damage().isEmpty());
			Proof.Damage damage = proof.damage().getFirst();
			assertEquals("Library/AddressBook/AddressBook.sqlitedb", damage.path());
			assertTrue(damage.dataSets().contains("Contacts"), damage::toString);
			assertEquals(first.backup().snapshot().id().value(), damage.earlier());
			assertTrue(proof.dataSets().stream().anyMatch(counted -> !counted.dataSet().equals("contacts")
					&& counted.survey().presence() == Presence.PRESENT), "the rest is read");

			Proof drill = prove(lab, second.backup(), ProofLevel.DRILL);
			assertFalse(drill.damage().isEmpty(), "the device has them as little");
			Verification last = lab.keepsake.lastVerification(second.backup()).orElseThrow();
			assertEquals(ProofLevel.DRILL, last.level());
			assertTrue(last.damaged() > 0);
			assertEquals(List.of(), left());
		}
	}

	@Test
	void theReportIsOnePageInWhichNothingThatAStrangerWroteRuns() throws Exception {
		Path state = folder.resolve("phone");
		VirtualOptions device = new VirtualOptions(state, null, "<script>alert(1)</script> & 日本", null, Profile.SMALL,
				0,
				0, 4, true, Trust.AUTO, false, true);
		try (Lab lab = new Lab(folder, device)) {
			KeptBackup kept = lab.backup(0, 0).backup();
			prove(lab, kept, ProofLevel.CONTENT);
			try (OpenedBackup backup = open(lab, kept)) {
				Path html = lab.keepsake.report(backup, ReportFormat.HTML, folder.resolve("reports"), lab.monitor);
				String page = Files.readString(html);
				assertFalse(page.contains("<script"), page);
				assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; 日本"), page);
				assertTrue(page.contains("Content-Security-Policy"), page);
				assertTrue(page.contains("Every data set was opened and counted"), page);
				assertTrue(page.contains("Health and fitness data: only an encrypted backup"), page);
				assertTrue(page.contains("<td>Contacts</td>"), page);
				assertTrue(page.contains("<td>iPhone 14 Pro (iPhone15,2)</td>"), page);
				assertFalse(page.contains("src=") || page.contains("href="), "needs nothing else");
				Path pdf = lab.keepsake.report(backup, ReportFormat.PDF, folder.resolve("reports"), lab.monitor);
				byte[] bytes = Files.readAllBytes(pdf);
				assertEquals("%PDF-", new String(bytes, 0, 5, StandardCharsets.US_ASCII));
				assertTrue(new String(bytes, StandardCharsets.ISO_8859_1).strip().endsWith("%%EOF"));
				assertEquals(folder.resolve("reports"), html.getParent());
				assertEquals(folder.resolve("reports"), pdf.getParent());
			}
		}
	}

	@Test
	void recordsAreWrittenToAStreamOrAFolder() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 5, false))) {
			KeptBackup kept = lab.backup(0, 0).backup();
			try (OpenedBackup backup = open(lab, kept)) {
				DataSet contacts = backup.dataSet("contacts");
				ByteArrayOutputStream out = new ByteArrayOutputStream();
				long count = backup.survey(contacts, lab.monitor).count();
				assertEquals(count, backup.export(new OpenedBackup.ExportWish(contacts,
						backup.exporter(contacts, "csv"), Selection.ALL, Map.of()), out, lab.monitor).recordsWritten());
				assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("key,"), out::toString);
				Path folder = this.folder.resolve("out");
				backup.export(new OpenedBackup.ExportWish(contacts, backup.exporter(contacts, "json"), Selection.ALL,
						Map.of()), folder, lab.monitor);
				assertEquals(List.of("contacts.json"), Lab.folderContent(folder).keySet().stream().toList());
				Problem problem = Lab.problemOf(() -> backup.exporter(contacts, "nope"));
				assertEquals("engine.format-unknown", problem.code());
			}
		}
	}

	@Test
	void aRestoreEndsWithAChecklist() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 6, false),
				Lab.device(folder.resolve("blank"), 7, true))) {
			KeptBackup kept = lab.backup(0, 0).backup();
			RestoreResult result = lab.keepsake.restore(new RestoreRequest(kept, lab.udid(1), null, true, false, false,
					true, true), lab.monitor);
			Map<String, Long> expected;
			try (OpenedBackup backup = open(lab, kept)) {
				expected = counts(lab, backup);
			}
			for (Checklist.Item item : result.checklist().there()) {
				assertEquals(expected.get(item.dataSet()), Long.valueOf(item.count()), item.dataSet());
			}
			assertTrue(result.checklist().there().stream().anyMatch(item -> item.dataSet().equals("contacts")));
			assertTrue(result.checklist().never().stream().anyMatch(line -> line.contains("Health")));
			assertFalse(result.checklist().later().isEmpty());
		}
	}
}
