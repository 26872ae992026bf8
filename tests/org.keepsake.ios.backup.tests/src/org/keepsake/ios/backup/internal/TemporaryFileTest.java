// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {

	@TempDir
	Path base = Path.of("");

	private List<Path> left() throws IOException {
		try (Stream<Path> files = Files.list(base)) {
			return files.toList();
		}
	}

	@Test
	void isForThisUserAloneAndGoneWhenClosed() throws IOException {
		try (TemporaryFile file = TemporaryFile.create(base, "Manifest.db")) {
			Files.writeString(file.path(), "secret");
			if (Files.getFileStore(base).supportsFileAttributeView(PosixFileAttributeView.class)) {
				assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
				assertEquals("rwx------",
						PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path().getParent())));
			}
		}
		assertEquals(List.of(), left());
	}

	@Test
	void sweepsWhatACrashLeft() throws IOException {
		Path crashed = Files.createDirectory(base.resolve("keepsake-index-1234"));
		Files.writeString(crashed.resolve("lock"), "");
		Files.writeString(crashed.resolve("Manifest.db"), "secret");
		Path begun = Files.createDirectory(base.resolve("keepsake-index-5678"));
		Path old = Files.createDirectory(base.resolve("keepsake-index-9012"));
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
		try (TemporaryFile file = TemporaryFile.create(base, "Manifest.db")) {
			assertTrue(Files.exists(file.path()));
			assertFalse(Files.exists(crashed));
			assertFalse(Files.exists(old));
			assertTrue(Files.exists(begun), "another process may be about to lock it");
		}
	}

	@Test
	void leavesWhatIsInUseAlone() throws IOException {
		try (TemporaryFile first = TemporaryFile.create(base, "Manifest.db");
				TemporaryFile second = TemporaryFile.create(base, "Manifest.db")) {
			assertTrue(Files.exists(first.path()));
			assertTrue(Files.exists(second.path()));
		}
		assertEquals(List.of(), left());
	}

	@Test
	void sweepsThroughNoLink() throws IOException {
		Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
		Files.writeString(elsewhere.resolve("lock"), "");
		Files.writeString(elsewhere.resolve("file"), "not ours");
		Files.createSymbolicLink(base.resolve("keepsake-index-link"), elsewhere);
		try (TemporaryFile file = TemporaryFile.create(base, "Manifest.db")) {
			assertTrue(Files.exists(file.path()));
			assertTrue(Files.exists(elsewhere.resolve("file")));
		}
	}
}
