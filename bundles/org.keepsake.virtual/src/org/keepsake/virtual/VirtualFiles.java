// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The files a virtual iPhone holds, by backup domain: a place that several connections read and one writes. Kept in the
 * state folder. Large generated files are kept as a recipe (seed and size), not as bytes. Thread-safe.
 */
public interface VirtualFiles {

	/** Visits all entries ordered by domain, then path; streaming. */
	void forEach(Consumer<VirtualFile> visitor) throws IOException;

	/** The entry, or null. */
	@org.eclipse.jdt.annotation.Nullable
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

	/** Changes to the files. */
	@FunctionalInterface
	interface Change {
		/** Makes the changes. */
		void apply(VirtualFiles files) throws IOException;
	}
}
