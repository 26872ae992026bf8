// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/** Files in memory: path to content. A folder is there where something lies below it. */
class FakeTree implements HostFiles {

	final TreeMap<String, byte[]> files = new TreeMap<>();

	FakeTree() {
	}

	FakeTree(Map<String, byte[]> files) {
		this.files.putAll(files);
	}

	static FakeTree of(String... pathsAndTexts) {
		FakeTree tree = new FakeTree();
		for (int i = 0; i < pathsAndTexts.length; i += 2) {
			tree.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
		}
		return tree;
	}

	void put(String path, String text) {
		files.put(path, text.getBytes(StandardCharsets.UTF_8));
	}

	String text(String path) {
		byte[] content = files.get(path);
		return content == null ? null : new String(content, StandardCharsets.UTF_8);
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		byte[] content = files.get(path.value());
		if (content != null) {
			return Optional.of(new TreeEntry(path.name(), Kind.FILE, content.length, Instant.EPOCH));
		}
		return path.isRoot() || children(path).iterator().hasNext()
				? Optional.of(new TreeEntry(path.name(), Kind.DIRECTORY, 0, Instant.EPOCH))
				: Optional.empty();
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		TreeEntry self = stat(directory).orElseThrow(() -> new TreeException(Reason.NOT_FOUND, "none", null));
		if (!self.isDirectory()) {
			throw new TreeException(Reason.NOT_A_DIRECTORY, "a file", null);
		}
		List<TreeEntry> entries = new ArrayList<>();
		for (String name : children(directory)) {
			entries.add(stat(directory.resolve(name)).orElseThrow());
		}
		return entries;
	}

	private Set<String> children(TreePath directory) {
		String prefix = directory.isRoot() ? "" : directory.value() + '/';
		Set<String> names = new LinkedHashSet<>();
		for (String path : files.tailMap(prefix, false).keySet()) {
			if (!path.startsWith(prefix)) {
				break;
			}
			names.add(path.substring(prefix.length()).replaceFirst("/.*", ""));
		}
		return names;
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		byte[] content = files.get(file.value());
		if (content == null) {
			throw new TreeException(children(file).isEmpty() ? Reason.NOT_FOUND : Reason.IS_A_DIRECTORY, "no file",
					null);
		}
		return new Bytes(content);
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		return new ByteArrayOutputStream() {
			@Override
			public void close() {
				files.put(file.value(), toByteArray());
			}
		};
	}

	@Override
	public void createDirectory(TreePath directory) {
		// There as soon as something lies in it.
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		copy(from, to);
		remove(from);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		for (Map.Entry<String, byte[]> entry : List.copyOf(files.entrySet())) {
			if (new TreePath(entry.getKey()).startsWith(from)) {
				files.put(to.value() + entry.getKey().substring(from.value().length()), entry.getValue());
			}
		}
	}

	@Override
	public void remove(TreePath path) {
		files.keySet().removeIf(each -> new TreePath(each).startsWith(path));
	}

	@Override
	public long freeBytes() {
		return Long.MAX_VALUE;
	}

	/** The folder as a kept backup. */
	BackupTree folder(String name) {
		FakeTree all = this;
		return new BackupTree() {
			@Override
			public String name() {
				return name;
			}

			@Override
			public Optional<TreeEntry> stat(TreePath path) throws IOException {
				return all.stat(within(path));
			}

			@Override
			public List<TreeEntry> list(TreePath directory) throws IOException {
				return all.list(within(directory));
			}

			@Override
			public SeekableByteChannel open(TreePath file) throws IOException {
				return all.read(within(file));
			}

			private TreePath within(TreePath path) {
				return path.isRoot() ? new TreePath(name) : new TreePath(name).resolve(path.value());
			}

			@Override
			public void close() {
				// Nothing is held.
			}
		};
	}

	/** Bytes to be read at any position. */
	private static final class Bytes implements SeekableByteChannel {

		private final ByteBuffer bytes;

		Bytes(byte[] content) {
			bytes = ByteBuffer.wrap(content).asReadOnlyBuffer();
		}

		@Override
		public int read(ByteBuffer target) {
			if (!bytes.hasRemaining()) {
				return -1;
			}
			int count = Math.min(target.remaining(), bytes.remaining());
			target.put(bytes.slice().limit(count));
			bytes.position(bytes.position() + count);
			return count;
		}

		@Override
		public int write(ByteBuffer source) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long position() {
			return bytes.position();
		}

		@Override
		public SeekableByteChannel position(long position) {
			bytes.position((int) Math.min(position, bytes.limit()));
			return this;
		}

		@Override
		public long size() {
			return bytes.limit();
		}

		@Override
		public SeekableByteChannel truncate(long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
			// Nothing is held.
		}
	}
}
