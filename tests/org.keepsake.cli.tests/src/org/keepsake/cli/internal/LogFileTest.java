// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged, and who may read it. */
class LogFileTest {

	@Test
	void makesAStateFolderThatIsPrivate(@TempDir Path temp) throws Exception {
		assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX permissions");
		Path home = temp.resolve("home");
		LogFile log = new LogFile(home);
		try {
			log.publish(new LogRecord(Level.INFO, "begun"));
		} finally {
			log.close();
		}
		for (Path each : List.of(home, LogFile.in(home))) {
			assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
					each::toString);
		}
	}
}
