// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing a backup out, and what stays if that fails. */
class ExportTest {

	@TempDir
	Path home;

	@Test
	void aFolderThatWasMadeForAnExportThatFailsGoesAgain() throws Exception {
		try (Bench bench = new Bench(home.resolve("home"))) {
			bench.keepEarlier();
			KeptBackup kept = bench.keepsake.find("latest", null, null);
			bench.target.failure = new IOException("not mounted");
			Path there = Files.createDirectory(home.resolve("there"));
			assertThrows(IOException.class,
					() -> bench.keepsake.export(kept, there.resolve("a/b"), bench.monitor));
			assertFalse(Files.exists(there.resolve("a")));
			assertTrue(Files.isDirectory(there), "it was there before");
			assertThrows(IOException.class, () -> bench.keepsake.export(kept, there, bench.monitor));
			assertTrue(Files.isDirectory(there));
			bench.target.failure = null;
			ExportedBackup done = bench.keepsake.export(kept, there.resolve("a/b"), bench.monitor);
			assertEquals(there.resolve("a/b").resolve(Bench.UDID), done.folder());
			assertTrue(Files.isDirectory(done.folder()));
		}
	}
}
