// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/**
 * Folders and files as a device changes them: an earlier snapshot with what is new laid over it. Moving and copying costs
 * nothing but entries; content is not touched. For one thread at a time.
 */
final class WorkTree {

	private final TreeLoader loader;
	private final FolderEntry root;
	private long files;
	private long bytes;
	private long heldBytes;
	private boolean changed;

	/**
	 * Begins with a folder.
	 *
	 * @param files how many files are in it
	 * @param bytes how many bytes they have
	 */
	WorkTree(TreeLoader loader, FolderEntry root, long files, long bytes) {
		this.loader = loader;
		this.root = root;
		this.files = files;
		this.bytes = bytes;
	}

	FolderEntry root() {
		return root;
	}

	/** How many files there are. */
	long files() {
		return files;
	}

	/** How many bytes they have. */
	long bytes() {
		return bytes;
	}

	/** How many bytes of content are held in memory. */
	long heldBytes() {
		return heldBytes;
	}

	/** Whether anything was changed. */
	boolean isChanged() {
		return changed;
	}

	Optional<TreeEntry> stat(TreePath path) throws IOException {
		Entry found = loader.find(root, path);
		return found == null ? Optional.empty() : Optional.of(found.told());
	}

	List<TreeEntry> list(TreePath path) throws IOException {
		List<TreeEntry> told = new ArrayList<>();
		for (Entry entry : loader.list(root, path).all()) {
			told.add(entry.told());
		}
		return told;
	}

	FileEntry file(TreePath path) throws IOException {
		return loader.file(root, path);
	}

	SeekableByteChannel open(FileEntry file) throws IOException {
		return loader.open(file);
	}

	/** Refuses a file where a folder is, or below a file; makes its parents. */
	void prepareFile(TreePath path) throws IOException {
		if (path.isRoot()) {
			throw new TreeException(Reason.IS_A_DIRECTORY, "The root is a directory", null);
		}
		if (loader.find(make(path.parent()), new TreePath(path.name())) instanceof FolderEntry) {
			throw new TreeException(Reason.IS_A_DIRECTORY, path + ": is a directory", null);
		}
	}

	/** Puts a file into its place. */
	void put(TreePath path, FileEntry file) throws IOException {
		prepareFile(path);
		attach(path, file);
	}

	/** Makes a folder with its parents. */
	FolderEntry make(TreePath path) throws IOException {
		FolderEntry at = root;
		List<FolderEntry> above = new ArrayList<>();
		for (String name : path.components()) {
			EntryTable children = at.children(loader::read);
			Entry next = children.get(name);
			above.add(at);
			switch (next) {
				case FolderEntry folder -> at = folder;
				case FileEntry _ ->
					throw new TreeException(Reason.NOT_A_DIRECTORY, path + ": not a directory", null);
				case OtherEntry _ -> throw TreeLoader.link(path);
				case null -> {
					touch(above);
					FolderEntry fresh = FolderEntry.fresh(name, System.currentTimeMillis());
					children.put(fresh);
					at = fresh;
				}
			}
		}
		return at;
	}

	private void touch(List<FolderEntry> folders) {
		folders.forEach(FolderEntry::changed);
		changed = true;
	}

	/** Moves a file or folder in place of whatever is there. */
	void move(TreePath from, TreePath to) throws IOException {
		Entry entry = existing(from);
		if (from.equals(to)) {
			return;
		}
		refuseNesting(from, to);
		make(to.parent());
		detach(from);
		attach(to, renamed(entry, to.name(), from));
	}

	private static Entry renamed(Entry entry, String name, TreePath path) throws TreeException {
		return switch (entry) {
			case FileEntry file -> file.as(name);
			case FolderEntry folder -> folder.as(name);
			case OtherEntry _ -> throw TreeLoader.link(path);
		};
	}

	/** Copies a file or folder in place of whatever is there. */
	void copy(TreePath from, TreePath to) throws IOException {
		Entry entry = existing(from);
		if (from.equals(to)) {
			return;
		}
		refuseNesting(from, to);
		make(to.parent());
		attach(to, entry instanceof FolderEntry folder ? folder.copy(to.name()) : renamed(entry, to.name(), from));
	}

	/** Removes a file, or a folder with all in it. */
	void remove(TreePath path) throws IOException {
		if (path.isRoot()) {
			throw refusedRoot();
		}
		if (loader.find(root, path) != null) {
			detach(path);
		}
	}

	private Entry existing(TreePath path) throws IOException {
		Entry entry = path.isRoot() ? root : loader.find(root, path);
		if (entry == null) {
			throw TreeLoader.missing(path);
		}
		if (entry instanceof OtherEntry) {
			throw TreeLoader.link(path);
		}
		return entry;
	}

	/** The folder in which something is changed; it and those above count as changed from now on. */
	private EntryTable changing(TreePath folder) throws IOException {
		List<FolderEntry> chain = new ArrayList<>();
		FolderEntry at = root;
		for (String name : folder.components()) {
			chain.add(at);
			Entry next = at.children(loader::read).get(name);
			if (!(next instanceof FolderEntry inner)) {
				throw TreeLoader.missing(folder);
			}
			at = inner;
		}
		chain.add(at);
		EntryTable children = at.children(loader::read);
		touch(chain);
		return children;
	}

	private void detach(TreePath path) throws IOException {
		count(changing(path.parent()).remove(path.name()), -1);
	}

	private void attach(TreePath path, Entry entry) throws IOException {
		EntryTable folder = changing(path.parent());
		Entry before = folder.get(path.name());
		// A file that comes again as it was stays as it was, so that the folder's stored form stays the same, too.
		if (entry instanceof FileEntry file && before instanceof FileEntry old && old.isFromBase()
				&& old.sameContent(file)) {
			return;
		}
		count(before, -1);
		folder.put(entry);
		count(entry, 1);
	}

	private void count(@Nullable Entry entry, int sign) throws IOException {
		switch (entry) {
			case FileEntry file -> {
				files += sign;
				bytes += sign * file.size();
				heldBytes += sign * (long) file.heldSize();
			}
			case FolderEntry folder -> {
				for (Entry below : folder.children(loader::read).all()) {
					count(below, sign);
				}
			}
			case OtherEntry _ -> {
				// counts for nothing
			}
			case null -> {
				// nothing was there
			}
		}
	}

	private static void refuseNesting(TreePath from, TreePath to) throws TreeException {
		if (from.isRoot() || to.isRoot()) {
			throw refusedRoot();
		}
		if (to.startsWith(from) || from.startsWith(to)) {
			throw new TreeException(Reason.OTHER, from + ": not into itself", null);
		}
	}

	private static TreeException refusedRoot() {
		return new TreeException(Reason.OTHER, "The root itself cannot be changed", null);
	}
}
