// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.time.Instant;

/**
 * A file or folder in a tree.
 *
 * @param name      its last path component
 * @param kind      what it is
 * @param sizeBytes length of a regular file, else 0
 * @param modified  when its content last changed
 */
public record TreeEntry(String name, Kind kind, long sizeBytes, Instant modified) {

	/** What an entry is. */
	public enum Kind {
		/** A regular file. */
		FILE,
		/** A folder. */
		DIRECTORY,
		/** Anything else, such as a symbolic link, which is never followed. */
		OTHER
	}

	/** Whether this is a regular file. */
	public boolean isFile() {
		return kind == Kind.FILE;
	}

	/** Whether this is a folder. */
	public boolean isDirectory() {
		return kind == Kind.DIRECTORY;
	}
}
