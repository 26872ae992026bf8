// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/**
 * A host that takes a backup and throws the payload's bytes away. Of those it keeps name and size; only of the lists and
 * the index, which the device reads again, the content.
 */
final class DiscardingFiles implements HostFiles {

	/** @param bytes where the content is kept; empty for a folder, and for a file that is only counted */
	private record Item(Kind kind, long[] size, Optional<Path> bytes) {
	}

	private static final Instant MODIFIED = Instant.EPOCH;

	private final Path kept;
	private final TreeMap<String, Item> items = new TreeMap<>();
	private int serial;

	/** @param kept an existing folder for what must be read again */
	DiscardingFiles(Path kept) {
		this.kept = kept;
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) {
		return Optional.ofNullable(items.get(path.value())).map(item -> entry(path.name(), item));
	}

	private static TreeEntry entry(String name, Item item) {
		return new TreeEntry(name, item.kind(), item.size()[0], MODIFIED);
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		if (existing(directory).kind() != Kind.DIRECTORY) {
			throw failure(Reason.NOT_A_DIRECTORY, directory);
		}
		List<TreeEntry> entries = new ArrayList<>();
		int prefix = directory.value().length() + 1;
		below(directory).forEach((path, item) -> {
			if (path.indexOf('/', prefix) < 0) {
				entries.add(entry(path.substring(prefix), item));
			}
		});
		return entries;
	}

	/** What lies below a folder: '0' is the character behind the slash. */
	private Map<String, Item> below(TreePath directory) {
		return items.subMap(directory.value() + '/', directory.value() + '0');
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		Item item = existing(file);
		return Files.newByteChannel(item.bytes().orElseThrow(
				() -> failure(item.kind() == Kind.DIRECTORY ? Reason.IS_A_DIRECTORY : Reason.OTHER, file)));
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		createDirectory(file.parent());
		boolean index = file.name().indexOf('.') >= 0; // a payload's name is 40 digits
		Optional<Path> bytes = index ? Optional.of(kept.resolve(Integer.toString(serial++))) : Optional.empty();
		Item item = new Item(Kind.FILE, new long[1], bytes);
		items.put(file.value(), item);
		OutputStream out = index ? Files.newOutputStream(bytes.get()) : OutputStream.nullOutputStream();
		return new FilterOutputStream(out) {
			@Override
			public void write(byte[] block, int offset, int length) throws IOException {
				item.size()[0] += length;
				out.write(block, offset, length);
			}
		};
	}

	@Override
	public void createDirectory(TreePath directory) {
		TreePath path = directory;
		while (!path.isRoot() && items.putIfAbsent(path.value(), folder()) == null) {
			path = path.parent();
		}
	}

	private static Item folder() {
		return new Item(Kind.DIRECTORY, new long[1], Optional.empty());
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		copy(from, to);
		remove(from);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		Item item = existing(from);
		createDirectory(to.parent());
		if (item.kind() == Kind.DIRECTORY) {
			Map<String, Item> copies = new TreeMap<>();
			below(from).forEach((path, below) -> copies.put(to.value() + path.substring(from.value().length()), below));
			items.putAll(copies);
		}
		items.put(to.value(), item);
	}

	@Override
	public void remove(TreePath path) {
		Item item = items.remove(path.value());
		if (item != null && item.kind() == Kind.DIRECTORY) {
			below(path).clear();
		}
	}

	@Override
	public long freeBytes() {
		return Long.MAX_VALUE / 2;
	}

	private Item existing(TreePath path) throws TreeException {
		Item item = items.get(path.value());
		if (item == null) {
			throw failure(Reason.NOT_FOUND, path);
		}
		return item;
	}

	private static TreeException failure(Reason reason, TreePath path) {
		return new TreeException(reason, reason + ": " + path, null);
	}
}
