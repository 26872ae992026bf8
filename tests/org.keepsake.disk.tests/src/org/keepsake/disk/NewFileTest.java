// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFileTest {

	private static final int LEAST = 1 << 16;
	private static final int BUFFER = 1 << 18;

	@TempDir
	Path folder;

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

	/** In pieces that end nowhere in particular. */
	private static long write(Path file, byte[] content, WriteBuffer buffer) throws IOException {
		try (NewFile out = new NewFile(file, buffer)) {
			for (int from = 0; from < content.length; from += 99_991) {
				out.write(content, from, Math.min(99_991, content.length - from));
			}
			return out.finish(true);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, LEAST - 1, LEAST, LEAST + 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER - 4095,
			2_000_003 })
	void keepsEachByteWhateverItsLength(int size) throws IOException {
		byte[] content = content(size);
		// Past the cache, if that goes here, and the usual way.
		for (int block : new int[] { PastCache.blockSize(folder), 0 }) {
			Path file = folder.resolve("file-" + block);
			try (WriteBuffer buffer = new WriteBuffer(BUFFER, block, LEAST)) {
				assertEquals(size, write(file, content, buffer));
			}
			assertArrayEquals(content, Files.readAllBytes(file));
			Files.delete(file);
		}
	}

	@Test
	void keepsEachByteWhereTheFileSystemWantsOtherBlocks() throws IOException {
		// An end that fills blocks of 512 bytes but not those of any disk in use: refused in the middle of the file.
		byte[] content = content(BUFFER + 512 * 7 + 13);
		try (WriteBuffer buffer = new WriteBuffer(BUFFER, 512, LEAST)) {
			write(folder.resolve("file"), content, buffer);
			assertArrayEquals(content, Files.readAllBytes(folder.resolve("file")));
			write(folder.resolve("next"), content, buffer);
			assertArrayEquals(content, Files.readAllBytes(folder.resolve("next")));
		}
	}

	@Test
	void writesOneFileAfterTheOtherThroughTheSameMemory() throws IOException {
		try (WriteBuffer buffer = new WriteBuffer(BUFFER, PastCache.blockSize(folder), LEAST)) {
			try (NewFile broken = new NewFile(folder.resolve("broken"), buffer)) {
				broken.write(content(1000), 0, 1000);
			}
			for (int size : new int[] { 500_001, 10, 300_000 }) {
				write(folder.resolve("file" + size), content(size), buffer);
				assertArrayEquals(content(size), Files.readAllBytes(folder.resolve("file" + size)));
			}
		}
		assertFalse(Files.exists(folder.resolve("broken")), "nothing was written of it");
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, BUFFER + 10 })
	void replacesNothing(int size) throws IOException {
		Path there = Files.writeString(folder.resolve("there"), "before");
		Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
		try (WriteBuffer buffer = new WriteBuffer(BUFFER, PastCache.blockSize(folder), LEAST)) {
			assertThrows(FileAlreadyExistsException.class, () -> write(there, content(size), buffer));
			assertThrows(FileAlreadyExistsException.class, () -> write(link, content(size), buffer));
			assertThrows(NoSuchFileException.class, () -> write(folder.resolve("no/file"), content(size), buffer));
		}
		assertEquals("before", Files.readString(there));
		assertFalse(Files.exists(folder.resolve("elsewhere")));
	}
}
