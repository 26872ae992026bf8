// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * A kept backup, read only. Paths are relative to the backup's own folder: {@code Manifest.db}, {@code 00/00ab…}.
 * Thread-safe: many threads may read at once. Symbolic links are never followed.
 */
public interface BackupTree extends Closeable {

	/** The name of the backup's folder: the device's identifier, possibly with a date behind it. */
	String name();

	/** What is at the path, or empty if there is nothing. */
	Optional<TreeEntry> stat(TreePath path) throws IOException;

	/**
	 * The immediate children, in no particular order.
	 *
	 * @throws TreeException {@code NOT_FOUND} or {@code NOT_A_DIRECTORY}
	 */
	List<TreeEntry> list(TreePath directory) throws IOException;

	/**
	 * Opens a file at its beginning, for reading at any position.
	 *
	 * @throws TreeException {@code NOT_FOUND}, {@code IS_A_DIRECTORY}, {@code LINK} or {@code IO}
	 */
	SeekableByteChannel open(TreePath file) throws IOException;
}
