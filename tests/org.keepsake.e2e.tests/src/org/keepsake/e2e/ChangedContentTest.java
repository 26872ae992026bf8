// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Secret;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.DomainChange;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;

/** Content that changed behind its size and date, as two versions tell by their digests. */
@Timeout(120)
class ChangedContentTest {

	private static final Instant DATE = Instant.parse("2024-05-06T07:08:09Z");

	@TempDir
	Path folder;

	private static void put(Lab lab, String domain, String path, String content) throws IOException {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		lab.files(0)
				.write(new VirtualFile(domain, path, Kind.FILE, 0644, 501, 501, 910_000_000L + path.hashCode() % 1000,
						DATE, DATE, DATE, bytes.length, 3, null, null), new ByteArrayInputStream(bytes));
	}

	private static KeptBackup backup(Lab lab) throws IOException {
		return lab.keepsake.backup(new BackupRequest(lab.udid(0), lab.shelf(), true, 1), lab.monitor).backup();
	}

	@Test
	void isAChangeWhereBothVersionsHaveADigest() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 31, false))) {
			put(lab, "RootDomain", "Library/Preferences/changed.plist", "before");
			put(lab, "RootDomain", "Library/Preferences/same.plist", "the same");
			backup(lab);
			put(lab, "RootDomain", "Library/Preferences/changed.plist", "after!");
			KeptBackup newer = backup(lab);
			KeptBackup older = lab.versions(0).getLast();
			try (OpenedBackup before = lab.keepsake.openData(older, null, lab.monitor);
					OpenedBackup after = lab.keepsake.openData(newer, null, lab.monitor)) {
				Comparison comparison = lab.keepsake.compare(before, after, lab.monitor);
				DomainChange root = comparison.domains().stream().filter(each -> each.domain().equals("RootDomain"))
						.findFirst().orElseThrow();
				assertEquals(new Comparison.Amount(1, 6), root.changed());
				assertEquals(List.of(), lab.keepsake.compare(after, after, lab.monitor).domains());
			}
		}
	}

	@Test
	void isNoChangeBecauseItWasEncryptedAnew() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 32, false))) {
			lab.encrypt(0);
			put(lab, "RootDomain", "Library/Preferences/same.plist", "the same");
			backup(lab);
			KeptBackup newer = backup(lab);
			KeptBackup older = lab.versions(0).getLast();
			try (Secret password = Secret.of(Lab.PASSWORD);
					OpenedBackup before = lab.keepsake.openData(older, password, lab.monitor);
					OpenedBackup after = lab.keepsake.openData(newer, password, lab.monitor)) {
				assertEquals(List.of(), lab.keepsake.compare(before, after, lab.monitor).domains().stream()
						.filter(each -> each.domain().equals("RootDomain")).toList());
			}
		}
	}
}
