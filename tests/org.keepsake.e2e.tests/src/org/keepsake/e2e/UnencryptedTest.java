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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.engine.RestoreRequest;

/** What an unencrypted backup does not have is what we say that it does not have. */
@Timeout(180)
class UnencryptedTest {

	/** What is missing, by data set, and how we speak of it. */
	private static final Map<String, String> MISSING = Map.of("calls", "(?i)\\bcall\\b.*history", "health", "Health",
			"keychain", "(?i)saved passwords", "safari", "Safari.*history|history.*Safari", "wifi", "Wi-Fi networks");

	@TempDir
	Path folder;

	@Test
	void whatWeSayIsMissingIsMissing() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 31, false),
				Lab.device(folder.resolve("blank"), 32, true))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			String before = preflight(lab);
			KeptBackup plain = lab.backup(0, 1).backup();
			lab.encrypt(0);
			assertNotEquals(before, preflight(lab));
			KeptBackup encrypted = lab.backup(0, 1).backup();

			Map<String, Survey> without = surveys(lab, plain);
			Map<String, Survey> with = surveys(lab, encrypted);
			List<String> missing = new ArrayList<>();
			with.forEach((dataSet, survey) -> {
				assertEquals(Presence.PRESENT, survey.presence(), dataSet);
				Survey other = without.get(dataSet);
				if (other == null || other.presence() != Presence.PRESENT || other.count() < survey.count()) {
					missing.add(dataSet);
					assertTrue(other != null && !other.remarks().isEmpty(), () -> dataSet + " says why");
				} else {
					assertEquals(survey.count(), other.count(), dataSet);
				}
			});
			assertEquals(MISSING.keySet().stream().sorted().toList(), missing);

			List<String> never = never(lab, plain);
			RestoreRequest request = new RestoreRequest(plain, lab.udid(1), null, true, false, false, true, true);
			String warning = lab.keepsake.planRestore(request, lab.monitor).warnings().stream()
					.filter(line -> line.contains("not encrypted")).findFirst().orElseThrow();
			String report = report(lab, plain);
			MISSING.forEach((dataSet, words) -> {
				assertSays(before, words);
				assertSays(warning, words);
				assertEquals(1, never.stream().filter(line -> says(line, words)).count(), () -> words + " in " + never);
			});
			never.forEach(line -> assertTrue(report.contains(line), line));
			List<String> unexplained = never.stream()
					.filter(line -> MISSING.values().stream().noneMatch(words -> says(line, words))).toList();
			assertEquals(2, unexplained.size(), () -> "homes, and what no backup has: " + unexplained);
			List<String> encryptedNever = never(lab, encrypted);
			assertEquals(List.of(unexplained.getLast()), encryptedNever);
		}
	}

	@Test
	void itsDrillComparesWhatIsInIt() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 33, false))) {
			KeptBackup plain = lab.backup(0, 0).backup();
			Map<String, String> held = lab.filesOf(plain);
			assertFalse(held.keySet().stream().anyMatch(file -> file.startsWith("HealthDomain")), held::toString);
			Map<String, String> device = lab.filesOf(0);
			assertTrue(device.size() > held.size());
			assertTrue(device.entrySet().containsAll(held.entrySet()));

			Proof drill = lab.keepsake.prove(plain, ProofLevel.DRILL, null, lab.monitor);
			assertEquals(List.of(), drill.damage());
			assertEquals(held.size(), drill.files());
			for (Proof.Counted counted : drill.dataSets()) {
				if (counted.survey().presence() == Presence.PRESENT) {
					assertEquals(Long.valueOf(counted.survey().count()), counted.onDevice(), counted.dataSet());
				}
			}
		}
	}

	private static boolean says(String text, String words) {
		return text.matches("(?s).*(?:" + words + ").*");
	}

	private static void assertSays(String text, String words) {
		assertTrue(says(text, words), () -> words + " in " + text);
	}

	private static String preflight(Lab lab) throws IOException {
		return lab.keepsake.preflight(new BackupRequest(lab.udid(0), lab.shelf(), false, 0), lab.monitor).findings()
				.stream().filter(finding -> finding.id().equals("encryption")).findFirst().orElseThrow().what();
	}

	private static @Nullable Secret password(KeptBackup kept) {
		return kept.snapshot().summary().encrypted() ? Secret.of(Lab.PASSWORD) : null;
	}

	private static Map<String, Survey> surveys(Lab lab, KeptBackup kept) throws IOException {
		Map<String, Survey> surveys = new TreeMap<>();
		try (Secret password = password(kept);
				OpenedBackup backup = lab.keepsake.openData(kept, password, lab.monitor)) {
			for (DataSet dataSet : backup.dataSets()) {
				surveys.put(dataSet.id(), backup.survey(dataSet, lab.monitor));
			}
		}
		return surveys;
	}

	private static List<String> never(Lab lab, KeptBackup kept) throws IOException {
		try (Secret password = password(kept)) {
			return lab.keepsake.restore(new RestoreRequest(kept, lab.udid(1), password, true, false, false, true, true),
					lab.monitor).checklist().never();
		}
	}

	private String report(Lab lab, KeptBackup kept) throws IOException {
		try (OpenedBackup backup = lab.keepsake.openData(kept, null, lab.monitor)) {
			return Files.readString(lab.keepsake.report(backup, ReportFormat.HTML, folder.resolve("reports"),
					lab.monitor));
		}
	}
}
