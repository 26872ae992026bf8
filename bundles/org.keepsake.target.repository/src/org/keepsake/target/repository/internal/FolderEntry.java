// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;
import org.keepsake.repository.BlobId;

/**
 * A folder. As long as nothing in it is changed it is its stored tree, which is read when somebody looks into it.
 * Thread-safe for readers, as long as nobody changes it.
 */
final class FolderEntry implements Entry {

	private final String name;
	private final long modified;
	/** The tree that holds exactly this; null if something was changed. */
	private @Nullable BlobId stored;
	/** The tree that the entries were read from, or written to; null if there is none. */
	private @Nullable BlobId base;
	private @Nullable EntryTable children;

	private FolderEntry(String name, long modified, @Nullable BlobId stored, @Nullable EntryTable children) {
		this.name = name;
		this.modified = modified;
		this.stored = stored;
		this.base = stored;
		this.children = children;
	}

	/** As it is in the repository. */
	static FolderEntry stored(String name, long modified, BlobId tree) {
		return new FolderEntry(name, modified, tree, null);
	}

	/** A new, empty one. */
	static FolderEntry fresh(String name, long modified) {
		return new FolderEntry(name, modified, null, new EntryTable(0));
	}

	/** Reads trees. */
	@FunctionalInterface
	interface Reader {
		EntryTable read(BlobId tree) throws IOException;
	}

	/** The same folder under another name; this one is not to be used any more. */
	synchronized FolderEntry as(String other) {
		FolderEntry moved = new FolderEntry(other, modified, stored, children);
		moved.base = base;
		return moved;
	}

	/** A second folder with the same content. */
	synchronized FolderEntry copy(String other) {
		BlobId tree = stored;
		if (tree != null) {
			return stored(other, modified, tree);
		}
		FolderEntry copy = new FolderEntry(other, modified, null, new EntryTable(0));
		copy.base = base;
		EntryTable entries = children;
		if (entries != null) {
			for (Entry entry : entries.sorted()) {
				copy.table().put(entry instanceof FolderEntry folder ? folder.copy(folder.name()) : entry);
			}
		}
		return copy;
	}

	private EntryTable table() {
		EntryTable table = children;
		if (table == null) {
			throw new IllegalStateException("not read");
		}
		return table;
	}

	/** What is in it, read if it was not yet. */
	synchronized EntryTable children(Reader reader) throws IOException {
		EntryTable known = children;
		BlobId tree = stored;
		if (known != null) {
			return known;
		}
		EntryTable read = tree == null ? new EntryTable(0) : reader.read(tree);
		children = read;
		return read;
	}

	/** Something in it, or below, is about to be changed. */
	synchronized void changed() {
		if (children == null) {
			throw new IllegalStateException("changed unread");
		}
		stored = null;
	}

	/** All of it is in the repository now. */
	synchronized void savedAs(BlobId tree) {
		stored = tree;
		base = tree;
		children = null;
	}

	/** The tree that holds exactly this; null if something was changed. */
	synchronized @Nullable BlobId storedTree() {
		return stored;
	}

	/** The tree that unchanged entries are in, or null. */
	synchronized @Nullable BlobId baseTree() {
		return base;
	}

	@Override
	public String name() {
		return name;
	}

	/** When it was made, in milliseconds since 1970. */
	long modified() {
		return modified;
	}

	@Override
	public TreeEntry told() {
		return new TreeEntry(name, Kind.DIRECTORY, 0, Entry.time(modified));
	}
}
