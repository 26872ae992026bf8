// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change a device's backup. */
class DeviceLockTest {

	@TempDir
	Path folder;

	@Test
	void letsOneInAtATimeByWhateverPathItIsCalled() throws IOException {
		Path file = folder.resolve("new").resolve("lock");
		try (DeviceLock first = DeviceLock.take(file).orElseThrow()) {
			assertEquals(Optional.empty(), DeviceLock.take(file));
			assertEquals(Optional.empty(), DeviceLock.take(folder.resolve("new/../new/lock")));
			first.close();
			try (DeviceLock second = DeviceLock.take(file).orElseThrow()) {
				// Closing once more must not take it from who has it now.
				first.close();
				assertEquals(Optional.empty(), DeviceLock.take(file));
				second.close();
			}
		}
		assertTrue(DeviceLock.take(file).isPresent());
	}

	@Test
	void keepsDevicesApart() throws IOException {
		try (DeviceLock _ = DeviceLock.take(folder.resolve("one")).orElseThrow();
				DeviceLock _ = DeviceLock.take(folder.resolve("two")).orElseThrow()) {
			assertEquals(Optional.empty(), DeviceLock.take(folder.resolve("one")));
		}
	}

	@Test
	void followsNoLinkToAnothersFile() throws IOException {
		Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
		Files.createSymbolicLink(folder.resolve("lock"), elsewhere);
		assertThrows(IOException.class, () -> DeviceLock.take(folder.resolve("lock")));
		assertEquals("mine", Files.readString(elsewhere));
		Files.delete(folder.resolve("lock"));
		assertTrue(DeviceLock.take(folder.resolve("lock")).isPresent(), "a failure holds nothing");
	}
}
