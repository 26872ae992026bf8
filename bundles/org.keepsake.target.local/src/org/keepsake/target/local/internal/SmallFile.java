// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/** Small state files: replaced whole and durably, or not at all. */
final class SmallFile {

	private static final long MAX_BYTES = 1 << 20;

	private SmallFile() {
	}

	/** The content, or empty if the file is missing, too large or no regular file. */
	static Optional<String> read(Path file) throws IOException {
		return read(file, MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
	}

	/** The bytes, or empty if the file is missing, larger than the limit or no regular file. */
	static Optional<byte[]> read(Path file, long limit) throws IOException {
		if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return Optional.empty();
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
			if (channel.size() > limit) {
				return Optional.empty();
			}
			ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
			while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
				// until full or the end
			}
			byte[] content = new byte[bytes.position()];
			bytes.flip().get(content);
			return Optional.of(content);
		} catch (NoSuchFileException e) {
			return Optional.empty();
		}
	}

	/** The properties, or empty if there are none to be read. */
	static Optional<Properties> properties(Path file) throws IOException {
		Optional<String> text = read(file);
		if (text.isEmpty()) {
			return Optional.empty();
		}
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(text.get()));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
		return Optional.of(properties);
	}

	/** Puts the properties in place of what was there; on disk when this returns. */
	static void write(Path file, Properties properties) throws IOException {
		write(file, text(properties));
	}

	/** Puts properties that can be found out again in place of what was there, without waiting for the disk. */
	static void writeLoosely(Path file, Properties properties) throws IOException {
		replace(file, text(properties), false);
	}

	private static String text(Properties properties) throws IOException {
		StringWriter text = new StringWriter();
		properties.store(text, null);
		return text.toString();
	}

	/** Puts the text in place of what was there, with its folder; both are on disk when this returns. */
	static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.resolveSibling(".").normalize());
		replace(file, text, true);
		force(file.resolveSibling(".").normalize());
	}

	private static void replace(Path file, String text, boolean force) throws IOException {
		Path fresh = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(fresh);
		try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			if (force) {
				channel.force(true);
			}
		}
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Removes the file, durably; without effect if it is not there. */
	static void delete(Path file) throws IOException {
		if (Files.deleteIfExists(file)) {
			force(file.resolveSibling(".").normalize());
		}
	}

	/**
	 * Waits until a file's bytes, or a folder's names, are on disk. Windows cannot do this for a folder, where it is
	 * without effect.
	 */
	static void force(Path path) throws IOException {
		boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
		if (directory && java.io.File.separatorChar == '\\') {
			return;
		}
		// Windows flushes only what is open for writing
		StandardOpenOption mode = directory || java.io.File.separatorChar == '/' ? StandardOpenOption.READ
				: StandardOpenOption.WRITE;
		try (FileChannel channel = FileChannel.open(path, mode)) {
			channel.force(true);
		} catch (IOException e) {
			if (!directory) {
				throw e;
			}
			// some network file systems refuse this for folders; their server orders renames by itself
		}
	}
}
