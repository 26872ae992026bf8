// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The files a virtual iPhone holds, by backup domain: a place that several connections read and one writes. Kept in the
 * state folder. Large generated files are kept as a recipe (seed and size), not as bytes. Thread-safe.
 */
public interface VirtualFiles extends AutoCloseable {

	/** Visits all entries ordered by domain, then path; streaming. */
	void forEach(Consumer<VirtualFile> visitor) throws IOException;

	/** The entry, or null. */
	@Nullable
	VirtualFile find(String domain, String path) throws IOException;

	/** The content of a regular file. */
	InputStream open(VirtualFile file) throws IOException;

	/** Writes a regular file, in place of what was there; size is taken from the content. */
	VirtualFile write(VirtualFile file, InputStream content) throws IOException;

	/** Adds a regular file whose content is generated from a seed whenever it is read. */
	VirtualFile generate(VirtualFile file, long seed, long sizeBytes) throws IOException;

	/** Adds or replaces a directory or a link. */
	void put(VirtualFile file) throws IOException;

	/** Removes the entry, and everything below it if it is a directory. */
	void remove(String domain, String path) throws IOException;

	/** Runs changes as one transaction; many small writes want this. */
	void batch(Change change) throws IOException;

	/** How many entries there are. */
	long count() throws IOException;

	/** Bytes of all regular files. */
	long totalBytes() throws IOException;

	/** Ends the use of them; what is kept stays. Only for who opened them. */
	@Override
	void close() throws IOException;

	/** The files as they are now, whatever is changed later; close it soon. */
	Snapshot snapshot() throws IOException;

	/** A view of the files that stands still, as the device's own file system makes one for a backup. One thread. */
	interface Snapshot extends Closeable {

		/** Visits all entries ordered by domain, then path (as bytes of UTF-8); streaming. */
		void forEach(Visitor visitor) throws IOException;

		/** The entry, or null. */
		@Nullable
		VirtualFile find(String domain, String path) throws IOException;

		@Override
		void close();
	}

	/** Is shown an entry and, for a regular file, a way to its content. */
	@FunctionalInterface
	interface Visitor {
		/** Called once for each entry. */
		void visit(VirtualFile file, Content content) throws IOException;
	}

	/** The content of one regular file. */
	@FunctionalInterface
	interface Content {
		/** Opens the content; empty for what is not a regular file. */
		InputStream open() throws IOException;
	}

	/** Changes to the files. */
	@FunctionalInterface
	interface Change {
		/** Makes the changes. */
		void apply(VirtualFiles files) throws IOException;
	}
}
