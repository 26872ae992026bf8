// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.virtual.internal.wire.PlistFrames;

/** Files of the state folder with one dictionary; replaced as a whole, so that a kill leaves the old or the new. */
public final class PlistFile {

	private PlistFile() {
	}

	/** The dictionary; empty if there is no file. */
	public static Map<String, Object> read(Path file) throws IOException {
		try {
			return PlistFrames.parse(Files.readAllBytes(file));
		} catch (NoSuchFileException e) {
			return new LinkedHashMap<>();
		}
	}

	/** Replaces the dictionary. */
	public static void write(Path file, Map<String, ?> dictionary) throws IOException {
		replace(file, PlistFrames.xml(dictionary));
	}

	/** Replaces a file's bytes; only its owner may read it. */
	public static void replace(Path file, byte[] bytes) throws IOException {
		Files.createDirectories(file.getParent());
		Path next = file.resolveSibling(file.getFileName() + ".next");
		try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
			}
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}
}
