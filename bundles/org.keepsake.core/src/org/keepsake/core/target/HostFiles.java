// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * The files a host serves to a device during backup and restore. Paths begin with the name of the backup's folder, as
 * the device spells them: {@code <UDID>/Status.plist}. Used by one thread at a time. All operations throw
 * {@link TreeException} with the reason.
 */
public interface HostFiles {

	/** What is at the path, or empty if there is nothing. */
	Optional<TreeEntry> stat(TreePath path) throws IOException;

	/** The immediate children of a folder; {@code NOT_FOUND}, {@code NOT_A_DIRECTORY}. */
	List<TreeEntry> list(TreePath directory) throws IOException;

	/** Opens a file for reading; {@code NOT_FOUND}, {@code IS_A_DIRECTORY}. */
	SeekableByteChannel read(TreePath file) throws IOException;

	/**
	 * Creates a file, in place of any older one, with its parent folders. An older version that shares its bytes with
	 * a kept backup leaves that backup untouched. Not buffered: write in blocks. {@code IS_A_DIRECTORY},
	 * {@code NO_SPACE}.
	 */
	OutputStream write(TreePath file) throws IOException;

	/** Creates a folder with its parents; without effect if it is there. {@code NOT_A_DIRECTORY}. */
	void createDirectory(TreePath directory) throws IOException;

	/** Moves a file or folder in place of whatever is at the destination, making its parents. {@code NOT_FOUND}. */
	void move(TreePath from, TreePath to) throws IOException;

	/** Copies a file, or a folder with all in it; may share bytes. {@code NOT_FOUND}, {@code NO_SPACE}. */
	void copy(TreePath from, TreePath to) throws IOException;

	/** Removes a file, or a folder with all in it; without effect if it is not there. */
	void remove(TreePath path) throws IOException;

	/** Bytes that can still be written here by this user. */
	long freeBytes() throws IOException;
}
