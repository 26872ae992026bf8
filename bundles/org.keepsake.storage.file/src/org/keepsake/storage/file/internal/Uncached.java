// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Channels past the system's cache of files ({@code O_DIRECT}). A pack is written once, synchronised at once and seldom
 * read soon: the way through the cache costs a copy, fresh memory for each page, and what others had in there.
 */
final class Uncached {

	/** Systems where this was measured. */
	private static final boolean HERE = "Linux".equals(System.getProperty("os.name"));
	private static final @Nullable OpenOption DIRECT = HERE ? direct() : null;
	private static final long LARGEST_BLOCK = 1 << 16;

	private Uncached() {
	}

	/** The option is the JDK's own, in a module that a small runtime may lack and that bundles cannot import. */
	private static @Nullable OpenOption direct() {
		try {
			Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption", true,
					ClassLoader.getPlatformClassLoader());
			for (Object option : options.getEnumConstants()) {
				if (option instanceof OpenOption found && "DIRECT".equals(option.toString())) {
					return found;
				}
			}
			return null;
		} catch (ClassNotFoundException | LinkageError e) {
			return null;
		}
	}

	/** What positions, lengths and memory must be a multiple of in that folder; 0 if it cannot be said. */
	static int blockSize(Path folder) {
		if (DIRECT == null) {
			return 0;
		}
		try {
			long size = Files.getFileStore(folder).getBlockSize();
			return size >= 512 && size <= LARGEST_BLOCK && Long.bitCount(size) == 1 ? (int) size : 0;
		} catch (IOException | UnsupportedOperationException e) {
			return 0;
		}
	}

	/** @return a channel to write a file that is there; null where file system or JDK has none */
	static @Nullable FileChannel open(Path file) {
		OpenOption direct = DIRECT;
		if (direct == null) {
			return null;
		}
		try {
			return FileChannel.open(file, StandardOpenOption.WRITE, direct);
		} catch (IOException | UnsupportedOperationException e) {
			return null; // such as a file system in memory, or a share
		}
	}
}
