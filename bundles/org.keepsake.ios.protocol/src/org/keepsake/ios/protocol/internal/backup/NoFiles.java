// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;

/** For requests that need no files: there are none, and none can be made. */
final class NoFiles implements HostFiles {

	@Override
	public Optional<TreeEntry> stat(TreePath path) {
		return Optional.empty();
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws TreeException {
		throw missing();
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws TreeException {
		throw missing();
	}

	@Override
	public OutputStream write(TreePath file) throws TreeException {
		throw refused();
	}

	@Override
	public void createDirectory(TreePath directory) throws TreeException {
		throw refused();
	}

	@Override
	public void move(TreePath from, TreePath to) throws TreeException {
		throw missing();
	}

	@Override
	public void copy(TreePath from, TreePath to) throws TreeException {
		throw missing();
	}

	@Override
	public void remove(TreePath path) {
		// it is not there
	}

	@Override
	public long freeBytes() {
		return 0;
	}

	private static TreeException missing() {
		return new TreeException(TreeException.Reason.NOT_FOUND, "There are no files", null);
	}

	private static TreeException refused() {
		return new TreeException(TreeException.Reason.OTHER, "No files are kept", null);
	}
}
