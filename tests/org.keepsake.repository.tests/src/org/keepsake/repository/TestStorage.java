// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.target.Capacity;

/** Blobs in a folder as restic has them, that can break off: after so many changes every call fails, as after a kill. */
public class TestStorage implements Storage {

	/** Names of what was put, in order. */
	final List<String> puts = Collections.synchronizedList(new ArrayList<>());
	/** Names of what was asked for, whole or in part, in order. */
	final List<String> gets = Collections.synchronizedList(new ArrayList<>());
	private final Path root;
	private int changesLeft = Integer.MAX_VALUE;
	private boolean full;

	public TestStorage(Path root) {
		this.root = root;
	}

	/** Fails for good after so many changes more. */
	TestStorage breakAfter(int changes) {
		changesLeft = changes;
		return this;
	}

	/** Has no more room after so many changes. */
	TestStorage fullAfter(int changes) {
		full = true;
		changesLeft = changes;
		return this;
	}

	Path file(String name) {
		String digits = name.substring(name.indexOf('/') + 1);
		return name.startsWith("data/") ? root.resolve("data").resolve(digits.substring(0, 2)).resolve(digits)
				: root.resolve(name);
	}

	private synchronized void change(String name) throws IOException {
		if (changesLeft == 0) {
			throw full ? new StorageException(StorageException.Reason.NO_SPACE, name) : new IOException("Killed");
		}
		changesLeft--;
	}

	private synchronized void alive() throws IOException {
		if (changesLeft == 0 && !full) {
			throw new IOException("Killed");
		}
	}

	@Override
	public String location() {
		return "restic:" + root;
	}

	@Override
	public void create() throws IOException {
		for (String kind : List.of("keys", "locks", "snapshots", "index", "data")) {
			Files.createDirectories(root.resolve(kind));
		}
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		Path file = file(name);
		if (Files.exists(file)) {
			throw new StorageException(StorageException.Reason.EXISTS, name);
		}
		change(name);
		Files.createDirectories(file.getParent());
		Path part = Files.createTempFile(root, "part", "");
		try (InputStream in = content.open()) {
			Files.write(part, in.readAllBytes());
		}
		Files.move(part, file);
		puts.add(name);
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		alive();
		gets.add(name);
		try {
			byte[] all = Files.readAllBytes(file(name));
			if (length >= 0 && offset + length > all.length) {
				throw new EOFException(name);
			}
			return new ByteArrayInputStream(
					Arrays.copyOfRange(all, (int) offset, length < 0 ? all.length : (int) (offset + length)));
		} catch (NoSuchFileException e) {
			throw new StorageException(StorageException.Reason.NOT_FOUND, name);
		}
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		alive();
		return Files.exists(file(name)) ? Optional.of(Files.size(file(name))) : Optional.empty();
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		alive();
		Files.walkFileTree(root.resolve(kind), new Listing(kind, visitor));
	}

	/** Tells the names of whole blobs; somebody else's come and go while it looks. */
	private static final class Listing extends SimpleFileVisitor<Path> {
		private final String kind;
		private final Visitor visitor;

		Listing(String kind, Visitor visitor) {
			this.kind = kind;
			this.visitor = visitor;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			String name = file.getFileName().toString();
			boolean whole = attributes.isRegularFile() && name.length() == 64;
			return !whole || visitor.visit(kind + '/' + name, attributes.size()) ? FileVisitResult.CONTINUE
					: FileVisitResult.TERMINATE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
			if (e instanceof NoSuchFileException) {
				return FileVisitResult.CONTINUE;
			}
			throw e;
		}
	}

	@Override
	public void delete(String name) throws IOException {
		if (!name.startsWith("locks/") || !full) {
			change(name);
		}
		Files.deleteIfExists(file(name));
	}

	@Override
	public Optional<Capacity> capacity() {
		return Optional.empty();
	}

	@Override
	public void close() {
		// Nothing is held.
	}
}
