// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.restore;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.PrivateTemp;

/**
 * What a device sees during a restore: the kept backup under one folder, and on top of it whatever the device itself
 * writes, moves, copies or removes. Changes live in memory and in a scratch folder alone; the kept backup is only ever
 * read. A copy or move of a part of the backup is a second name for it and copies no bytes. Used by one thread.
 */
public final class OverlayFiles implements HostFiles, Closeable {

	/** More than any device writes during a restore; bounds what a hostile one can. */
	public static final long SCRATCH_LIMIT_BYTES = 1L << 30;
	/** Entries a device may make; bounds memory. */
	private static final int ENTRY_LIMIT = 200_000;

	private final BackupTree backup;
	private final Path scratchParent;
	private final long scratchLimitBytes;
	private final Folder root = new Folder();
	private @Nullable PrivateTemp scratch;
	private long scratchBytes;
	private int scratchFiles;
	private int entries;

	/** What a name stands for. */
	private sealed interface Node {
	}

	/** A file or folder of the backup, unchanged. */
	private record Kept(TreePath path) implements Node {
	}

	/** A folder of which something was changed, or that the device made. */
	private static final class Folder implements Node {
		private final Map<String, Node> children = new TreeMap<>();
		private final Instant modified = Instant.now();
	}

	/** A file that the device wrote; never changed after it is closed, so copies share it. */
	private record Written(Path file) implements Node {
	}

	/**
	 * The backup under a folder of this name.
	 *
	 * @param scratchParent     an existing folder, in which a scratch folder is made when the device first writes
	 * @param scratchLimitBytes how much the device may write in all; {@link #SCRATCH_LIMIT_BYTES}
	 */
	public OverlayFiles(BackupTree backup, String folder, Path scratchParent, long scratchLimitBytes) {
		this.backup = backup;
		this.scratchParent = scratchParent;
		this.scratchLimitBytes = scratchLimitBytes;
		root.children.put(new TreePath(folder).value(), new Kept(TreePath.ROOT));
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		Node node = find(path);
		return node == null ? Optional.empty() : entry(path.name(), node);
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		Node node = existing(directory);
		return switch (node) {
			case Kept kept -> backup.list(kept.path());
			case Written _ -> throw failure(Reason.NOT_A_DIRECTORY, directory);
			case Folder folder -> {
				List<TreeEntry> listed = new ArrayList<>(folder.children.size());
				for (Map.Entry<String, Node> child : folder.children.entrySet()) {
					entry(child.getKey(), child.getValue()).ifPresent(listed::add);
				}
				yield listed;
			}
		};
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		return switch (existing(file)) {
			case Kept kept -> backup.open(kept.path());
			case Written written -> Files.newByteChannel(written.file(), StandardOpenOption.READ);
			case Folder _ -> throw failure(Reason.IS_A_DIRECTORY, file);
		};
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		if (file.isRoot() || isDirectory(find(file))) {
			throw failure(Reason.IS_A_DIRECTORY, file);
		}
		Folder parent = folder(file.parent());
		Path target = scratchFolder().resolve(Integer.toString(scratchFiles++));
		OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
		put(parent, file.name(), new Written(target));
		return new Bounded(out);
	}

	@Override
	public void createDirectory(TreePath directory) throws IOException {
		Node node = find(directory);
		if (node == null) {
			folder(directory);
		} else if (!isDirectory(node)) {
			throw failure(Reason.NOT_A_DIRECTORY, directory);
		}
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		Node node = existing(from);
		if (from.equals(to)) {
			return;
		}
		if (from.isRoot() || to.isRoot() || to.startsWith(from) || from.startsWith(to)) {
			throw failure(Reason.OTHER, to);
		}
		put(folder(to.parent()), to.name(), node);
		folder(from.parent()).children.remove(from.name());
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		Node node = existing(from);
		if (from.equals(to)) {
			return;
		}
		if (to.isRoot() || from.startsWith(to)) {
			throw failure(Reason.OTHER, to);
		}
		Node copied = copyOf(node);
		put(folder(to.parent()), to.name(), copied);
	}

	@Override
	public void remove(TreePath path) throws IOException {
		if (find(path) == null) {
			return;
		}
		if (path.isRoot()) {
			root.children.clear();
		} else {
			folder(path.parent()).children.remove(path.name());
		}
	}

	@Override
	public long freeBytes() throws IOException {
		long onDisk = Files.getFileStore(scratchParent).getUsableSpace();
		return Math.max(0, Math.min(onDisk, scratchLimitBytes - scratchBytes));
	}

	/** Removes what the device wrote. */
	@Override
	public void close() throws IOException {
		PrivateTemp temp = scratch;
		scratch = null;
		if (temp != null) {
			temp.close();
		}
	}

	private @Nullable Node find(TreePath path) throws IOException {
		Node node = root;
		TreePath keptBelow = null;
		for (String name : path.components()) {
			if (keptBelow != null) {
				keptBelow = keptBelow.resolve(name);
				continue;
			}
			switch (node) {
				case Folder folder -> {
					Node child = folder.children.get(name);
					if (child == null) {
						return null;
					}
					node = child;
				}
				case Kept kept -> keptBelow = kept.path().resolve(name);
				case Written _ -> {
					return null;
				}
			}
		}
		if (keptBelow == null) {
			return node;
		}
		return backup.stat(keptBelow).isPresent() ? new Kept(keptBelow) : null;
	}

	private Node existing(TreePath path) throws IOException {
		Node node = find(path);
		if (node == null) {
			throw failure(Reason.NOT_FOUND, path);
		}
		return node;
	}

	/** The folder at the path, made ready to be changed: missing ones are made, kept ones become a list of names. */
	private Folder folder(TreePath path) throws IOException {
		if (path.isRoot()) {
			return root;
		}
		Folder parent = folder(path.parent());
		Node child = parent.children.get(path.name());
		if (child instanceof Folder folder) {
			return folder;
		}
		Folder made = new Folder();
		if (child instanceof Kept kept) {
			if (!isDirectory(kept)) {
				throw failure(Reason.NOT_A_DIRECTORY, path);
			}
			for (TreeEntry entry : backup.list(kept.path())) {
				made.children.put(entry.name(), new Kept(kept.path().resolve(entry.name())));
			}
		} else if (child != null) {
			throw failure(Reason.NOT_A_DIRECTORY, path);
		}
		put(parent, path.name(), made);
		return made;
	}

	private void put(Folder parent, String name, Node node) throws TreeException {
		if (++entries > ENTRY_LIMIT) {
			throw new TreeException(Reason.NO_SPACE, "Too many changes during a restore", null);
		}
		parent.children.put(name, node);
	}

	private Node copyOf(Node node) throws TreeException {
		if (!(node instanceof Folder folder)) {
			return node;
		}
		Folder copy = new Folder();
		for (Map.Entry<String, Node> child : folder.children.entrySet()) {
			put(copy, child.getKey(), copyOf(child.getValue()));
		}
		return copy;
	}

	private boolean isDirectory(@Nullable Node node) throws IOException {
		return switch (node) {
			case null -> false;
			case Folder _ -> true;
			case Written _ -> false;
			case Kept kept when kept.path().isRoot() -> true;
			case Kept kept -> backup.stat(kept.path()).filter(TreeEntry::isDirectory).isPresent();
		};
	}

	private Optional<TreeEntry> entry(String name, Node node) throws IOException {
		return switch (node) {
			case Folder folder -> Optional.of(new TreeEntry(name, Kind.DIRECTORY, 0, folder.modified));
			case Written written -> Optional.of(new TreeEntry(name, Kind.FILE, Files.size(written.file()),
					Files.getLastModifiedTime(written.file()).toInstant()));
			case Kept kept when kept.path().isRoot() ->
				Optional.of(new TreeEntry(name, Kind.DIRECTORY, 0, root.modified));
			case Kept kept -> backup.stat(kept.path())
					.map(entry -> new TreeEntry(name, entry.kind(), entry.sizeBytes(), entry.modified()));
		};
	}

	private Path scratchFolder() throws IOException {
		PrivateTemp temp = scratch;
		if (temp == null) {
			temp = PrivateTemp.create(scratchParent);
			scratch = temp;
		}
		return temp.folder();
	}

	private static TreeException failure(Reason reason, TreePath path) {
		return new TreeException(reason, reason + ": " + path, null);
	}

	/** Counts what the device writes, and ends it at the limit. */
	private final class Bounded extends FilterOutputStream {

		private Bounded(OutputStream out) {
			super(out);
		}

		@Override
		public void write(int b) throws IOException {
			count(1);
			out.write(b);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			count(length);
			out.write(bytes, offset, length);
		}

		private void count(int length) throws TreeException {
			if (scratchBytes + length > scratchLimitBytes) {
				throw new TreeException(Reason.NO_SPACE, "A device may write no more during a restore", null);
			}
			scratchBytes += length;
		}
	}
}
