// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/** Files in memory, on a disk whose size a test sets. */
public class MemoryFiles implements HostFiles {

	private static final byte[] FOLDER = {};

	/** Content by path; a folder is the one array of its kind. */
	private final TreeMap<String, byte[]> entries = new TreeMap<>();
	/** Room that is left. */
	public long free = 1L << 40;
	/** Thrown by the next read. */
	public int failReadsAfter = -1;

	/** Puts a file there. */
	public MemoryFiles with(String path, byte[] content) {
		TreePath parsed = new TreePath(path);
		parents(parsed);
		entries.put(path, content);
		return this;
	}

	/** Puts a text file there. */
	public MemoryFiles with(String path, String content) {
		return with(path, content.getBytes(StandardCharsets.UTF_8));
	}

	/** Content of a file. */
	public byte[] content(String path) {
		byte[] content = entries.getOrDefault(path, FOLDER);
		if (content == FOLDER) {
			throw new IllegalStateException("No file " + path + " among " + entries.keySet());
		}
		return content;
	}

	/** Whether a file or folder is there. */
	public boolean has(String path) {
		return entries.containsKey(path);
	}

	private void parents(TreePath path) {
		for (TreePath parent = path.parent(); !parent.isRoot(); parent = parent.parent()) {
			entries.putIfAbsent(parent.value(), FOLDER);
		}
	}

	private static TreeException missing() {
		return new TreeException(Reason.NOT_FOUND, "missing", null);
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) {
		return entries.containsKey(path.value()) ? Optional.of(entry(path.value())) : Optional.empty();
	}

	private TreeEntry entry(String path) {
		byte[] content = entries.getOrDefault(path, FOLDER);
		String name = path.substring(path.lastIndexOf('/') + 1);
		return new TreeEntry(name, content == FOLDER ? TreeEntry.Kind.DIRECTORY : TreeEntry.Kind.FILE, content.length,
				Instant.ofEpochSecond(1_700_000_000));
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws TreeException {
		if (!directory.isRoot() && !entries.containsKey(directory.value())) {
			throw missing();
		}
		if (!directory.isRoot() && entries.getOrDefault(directory.value(), FOLDER) != FOLDER) {
			throw new TreeException(Reason.NOT_A_DIRECTORY, "file", null);
		}
		List<TreeEntry> children = new ArrayList<>();
		for (String path : entries.keySet()) {
			if (new TreePath(path).parent().equals(directory)) {
				children.add(entry(path));
			}
		}
		return children;
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws TreeException {
		if (!entries.containsKey(file.value())) {
			throw missing();
		}
		return new Reading(ByteBuffer.wrap(content(file.value())));
	}

	private final class Reading implements SeekableByteChannel {
		private final ByteBuffer content;

		Reading(ByteBuffer content) {
			this.content = content;
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			if (failReadsAfter == 0) {
				throw new TreeException(Reason.IO, "broken disk", null);
			}
			if (!content.hasRemaining()) {
				return -1;
			}
			int count = Math.min(target.remaining(), content.remaining());
			target.put(content.slice(content.position(), count));
			content.position(content.position() + count);
			failReadsAfter--;
			return count;
		}

		@Override
		public int write(ByteBuffer source) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long position() {
			return content.position();
		}

		@Override
		public SeekableByteChannel position(long position) {
			content.position((int) position);
			return this;
		}

		@Override
		public long size() {
			return content.limit();
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
			// nothing is held
		}
	}

	@Override
	public OutputStream write(TreePath file) {
		parents(file);
		entries.put(file.value(), new byte[0]);
		return new Writing(file);
	}

	private final class Writing extends OutputStream {
		private final ByteArrayOutputStream content = new ByteArrayOutputStream();
		private final TreePath file;

		Writing(TreePath file) {
			this.file = file;
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			if (length > free) {
				throw new TreeException(Reason.NO_SPACE, "The disk is full", null);
			}
			free -= length;
			content.write(bytes, offset, length);
		}

		@Override
		public void close() {
			entries.put(file.value(), content.toByteArray());
		}
	}

	@Override
	public void createDirectory(TreePath directory) {
		parents(directory);
		entries.putIfAbsent(directory.value(), FOLDER);
	}

	@Override
	public void move(TreePath from, TreePath to) throws TreeException {
		if (!entries.containsKey(from.value())) {
			throw missing();
		}
		remove(to);
		parents(to);
		for (String path : List.copyOf(entries.keySet())) {
			if (new TreePath(path).startsWith(from)) {
				byte[] content = entries.getOrDefault(path, FOLDER);
				entries.remove(path);
				entries.put(to.value() + path.substring(from.value().length()), content);
			}
		}
	}

	@Override
	public void copy(TreePath from, TreePath to) throws TreeException {
		if (!entries.containsKey(from.value())) {
			throw missing();
		}
		parents(to);
		for (String path : List.copyOf(entries.keySet())) {
			if (new TreePath(path).startsWith(from)) {
				entries.put(to.value() + path.substring(from.value().length()), entries.getOrDefault(path, FOLDER));
			}
		}
	}

	@Override
	public void remove(TreePath path) {
		entries.keySet().removeIf(known -> new TreePath(known).startsWith(path));
	}

	@Override
	public long freeBytes() {
		return free;
	}

	/** All paths. */
	public List<String> paths() {
		return List.copyOf(entries.keySet());
	}
}
