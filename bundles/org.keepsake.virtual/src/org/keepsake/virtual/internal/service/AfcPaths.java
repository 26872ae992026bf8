// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.keepsake.virtual.internal.phone.MediaFolder;
import org.keepsake.virtual.internal.phone.Phone;

/** The operations of AFC that take paths, on the media area. */
final class AfcPaths {

	private static final int SYMBOLIC = 2;
	private static final int BLOCK_BYTES = 4096;

	private final MediaFolder media;

	AfcPaths(MediaFolder media) {
		this.media = media;
	}

	/** Texts that end with NUL each. */
	private static byte[] texts(List<String> texts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (String text : texts) {
			out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
			out.write(0);
		}
		return out.toByteArray();
	}

	byte[] list(String name) throws IOException {
		List<String> names = new ArrayList<>(List.of(".", ".."));
		try (Stream<Path> children = Files.list(media.resolve(name, true))) {
			children.map(child -> child.getFileName().toString()).sorted().forEach(names::add);
		}
		return texts(names);
	}

	byte[] information(String name) throws IOException {
		Path path = media.resolve(name, false);
		BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		List<String> pairs = new ArrayList<>();
		pairs.addAll(List.of("st_size", Long.toString(found.size())));
		pairs.addAll(List.of("st_blocks", Long.toString((found.size() + BLOCK_BYTES - 1) / BLOCK_BYTES * 8)));
		pairs.addAll(List.of("st_nlink", found.isDirectory() ? "2" : "1"));
		pairs.addAll(List.of("st_ifmt",
				found.isDirectory() ? "S_IFDIR" : found.isSymbolicLink() ? "S_IFLNK" : "S_IFREG"));
		pairs.addAll(List.of("st_mtime", nanoseconds(found.lastModifiedTime())));
		pairs.addAll(List.of("st_birthtime", nanoseconds(found.creationTime())));
		if (found.isSymbolicLink()) {
			pairs.addAll(List.of("LinkTarget", Files.readSymbolicLink(path).toString()));
		}
		return texts(pairs);
	}

	private static String nanoseconds(FileTime time) {
		return Long.toString(time.to(TimeUnit.NANOSECONDS));
	}

	byte[] device(Phone phone) throws IOException {
		Object total = phone.lockdownValue("com.apple.disk_usage", "TotalDataCapacity");
		Object model = phone.lockdownValue(null, "ProductType");
		return texts(List.of("Model", String.valueOf(model), "FSTotalBytes", String.valueOf(total), "FSFreeBytes",
				Long.toString(phone.freeBytes()), "FSBlockSize", Integer.toString(BLOCK_BYTES)));
	}

	void makeDirectory(String name) throws IOException {
		Files.createDirectories(media.resolve(name, true));
	}

	void remove(String name) throws IOException {
		Path path = media.resolve(name, false);
		notRoot(path);
		Files.delete(path);
	}

	private void notRoot(Path path) throws AfcError {
		if (path.equals(media.root())) {
			throw new AfcError(AfcError.PERMISSION_DENIED);
		}
	}

	void removeAll(String name) throws IOException {
		Path path = media.resolve(name, false);
		notRoot(path);
		if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new NoSuchFileException(name);
		}
		List<Path> all;
		try (Stream<Path> walk = Files.walk(path)) {
			all = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path each : all) {
			Files.delete(each);
		}
	}

	void rename(String from, String to) throws IOException {
		Path source = media.resolve(from, false);
		Path target = media.resolve(to, false);
		notRoot(source);
		notRoot(target);
		Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Links stay inside the area: one that points out of it is refused. */
	void link(long type, String target, String name) throws IOException {
		Path link = media.resolve(name, false);
		if (type == SYMBOLIC) {
			Path parent = media.root().relativize(link.getParent());
			media.resolve(target.startsWith("/") ? target : parent + "/" + target, true);
			Files.createSymbolicLink(link, target.startsWith("/") ? media.resolve(target, true) : Path.of(target));
		} else {
			Files.createLink(link, media.resolve(target, true));
		}
	}

	void modified(long nanoseconds, String name) throws IOException {
		Files.setLastModifiedTime(media.resolve(name, true), FileTime.from(nanoseconds, TimeUnit.NANOSECONDS));
	}

	void truncate(long size, String name) throws IOException {
		Path path = media.resolve(name, true);
		if (!Files.isRegularFile(path)) {
			throw new AfcError(Files.exists(path) ? AfcError.IS_DIRECTORY : AfcError.NOT_FOUND);
		}
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(checked(size));
		}
	}

	static long checked(long size) throws AfcError {
		if (size < 0) {
			throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
		return size;
	}
}
