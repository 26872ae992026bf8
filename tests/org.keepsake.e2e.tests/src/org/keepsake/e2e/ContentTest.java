// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.Verification;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;

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
}
