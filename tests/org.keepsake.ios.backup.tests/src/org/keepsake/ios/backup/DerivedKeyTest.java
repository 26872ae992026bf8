// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;

/** Keys for what is kept of a backup elsewhere. */
class DerivedKeyTest {

	@TempDir
	Path folder = Path.of("");

	private static byte @Nullable [] derive(BackupBuilder builder, String purpose) throws IOException {
		try (Backup backup = Backup.open(builder.tree()); Secret password = Secret.of("password")) {
			backup.unlock(password, JobMonitor.NONE);
			return backup.deriveKey(purpose);
		}
	}

	@Test
	void areTheSameForTheSamePurposeOnly() throws IOException {
		BackupBuilder builder = new BackupBuilder(Files.createDirectory(folder.resolve("a")), Era.DB)
				.encrypted("password");
		builder.build();
		byte[] key = derive(builder, "a purpose");
		assertNotNull(key);
		assertEquals(32, key.length);
		assertArrayEquals(key, derive(builder, "a purpose"));
		assertFalse(Arrays.equals(key, derive(builder, "another")));
	}

	@Test
	void needThePasswordAndAnEncryptedBackup() throws IOException {
		BackupBuilder locked = new BackupBuilder(Files.createDirectory(folder.resolve("a")), Era.DB)
				.encrypted("password");
		locked.build();
		try (Backup backup = Backup.open(locked.tree())) {
			ProblemException e = assertThrows(ProblemException.class, () -> backup.deriveKey("x"));
			assertTrue(e.is(BackupProblems.PASSWORD_NEEDED));
		}
		BackupBuilder plain = new BackupBuilder(Files.createDirectory(folder.resolve("b")), Era.DB);
		plain.build();
		try (Backup backup = Backup.open(plain.tree())) {
			assertNull(backup.deriveKey("x"));
		}
	}
}
