// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Where files can be written past the system's cache ({@code O_DIRECT}). What is written once and seldom read soon need
 * not take the way through the cache, which costs a copy, fresh memory for each page, and what others had in there.
 */
public final class PastCache {

	/** Systems where this was measured. */
	private static final boolean HERE = "Linux".equals(System.getProperty("os.name"));
	private static final @Nullable OpenOption DIRECT = HERE ? direct() : null;
	static final int LARGEST_BLOCK = 1 << 16;

	private PastCache() {
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

	/**
	 * What positions, lengths and memory must be a multiple of.
	 *
	 * @param folder where files are to be written
	 * @return a power of two; 0 where files are better written the usual way
	 */
	public static int blockSize(Path folder) {
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

	/**
	 * As {@link #blockSize}, for many files that are not large: 0 too where each of them would be waited for longer than it
	 * takes to copy, which is on a disk that turns, on a share, and wherever the system does not name the disk.
	 */
	public static int blockSizeForManyFiles(Path folder) {
		return DIRECT != null && Disk.isSolid(folder) ? blockSize(folder) : 0;
	}

	/** @return a channel to write the file; null where file system or JDK has none */
	static @Nullable FileChannel open(Path file, OpenOption... options) throws IOException {
		OpenOption direct = DIRECT;
		if (direct == null) {
			return null;
		}
		OpenOption[] all = new OpenOption[options.length + 1];
		System.arraycopy(options, 0, all, 0, options.length);
		all[options.length] = direct;
		return FileChannel.open(file, all);
	}
}
