// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {

	@ParameterizedTest
	@ValueSource(strings = { "No space left on device", "Disk quota exceeded", "There is not enough space on the disk",
			"The disk is full", "The copy of data exceeded the user's quota" })
	void knowsTheWordsOfTheSystems(String words) {
		assertTrue(FullDisk.isToldBy(new IOException(words)));
		assertTrue(FullDisk.isToldBy(new FileSystemException("file", null, words)));
	}

	@Test
	void isNotMisledByTheNameOfAFile() {
		assertFalse(FullDisk.isToldBy(new FileSystemException("Disk is full.txt", null, "Input/output error")));
		assertFalse(FullDisk.isToldBy(new AccessDeniedException("no space left.jpg")));
		assertFalse(FullDisk.isToldBy(new IOException()));
	}
}
