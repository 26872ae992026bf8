// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.repository.ContentWriter;
import org.keepsake.repository.Saver;

/**
 * A file on its way in, which takes its name when it is whole. The lists at the top of a backup, which a device writes
 * anew and reads back, are held in memory while they are small; everything else is stored as it comes.
 */
final class Incoming extends OutputStream {

	private static final int MAX_HELD = 1 << 20;
	private static final long MAX_HELD_TOGETHER = 16L << 20;

	private final TreePath path;
	private final Saver saver;
	private final WorkTree tree;
	private final String location;
	private final ManifestCopy.@Nullable Writer copy;
	private @Nullable ByteArrayOutputStream held;
	private @Nullable ContentWriter writer;
	/** How many went to the writer. */
	private long bytes;
	private boolean failed;
	private boolean done;

	/** @param copy gets the same bytes; null for nobody */
	Incoming(TreePath path, Saver saver, WorkTree tree, String location, ManifestCopy.@Nullable Writer copy) {
		this.copy = copy;
		this.path = path;
		this.saver = saver;
		this.tree = tree;
		this.location = location;
		if (path.value().endsWith(".plist") && tree.heldBytes() < MAX_HELD_TOGETHER) {
			held = new ByteArrayOutputStream();
		} else {
			writer = saver.content(-1);
		}
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		try {
			ByteArrayOutputStream small = held;
			if (small != null && small.size() + (long) length <= MAX_HELD) {
				small.write(bytes, offset, length);
				return;
			}
			stored().write(bytes, offset, length);
			this.bytes += length;
			if (copy != null) {
				copy.write(bytes, offset, length);
			}
		} catch (IOException e) {
			failed = true;
			throw told(e);
		}
	}

	private ContentWriter stored() throws IOException {
		ContentWriter known = writer;
		if (known == null) {
			known = saver.content(-1);
			writer = known;
			ByteArrayOutputStream small = held;
			if (small != null) {
				small.writeTo(known);
				bytes = small.size();
				held = null;
			}
		}
		return known;
	}

	@Override
	public void close() throws IOException {
		if (done) {
			return;
		}
		done = true;
		ByteArrayOutputStream small = held;
		try (ContentWriter out = writer; ManifestCopy.Writer second = copy) {
			if (failed) {
				return;
			}
			long now = System.currentTimeMillis();
			if (out != null) {
				ContentWriter.Later content = out.finishLater();
				tree.put(path, FileEntry.coming(path.name(), now, bytes, content));
				if (second != null) {
					second.keep(content.get().blobs(), bytes);
				}
			} else if (small != null) {
				tree.put(path, FileEntry.held(path.name(), now, small.toByteArray()));
			}
		} catch (IOException e) {
			throw told(e);
		}
	}

	/** As a device and a person are to hear of it. */
	private IOException told(IOException e) {
		if (e instanceof TreeException) {
			return e;
		}
		boolean full = e instanceof ProblemException problem && problem.is(StorageProblems.FULL)
				|| e instanceof StorageException refused && refused.reason() == StorageException.Reason.NO_SPACE;
		if (full) {
			return new TreeException(Reason.NO_SPACE, location, e);
		}
		return e instanceof ProblemException ? e : new TreeException(Reason.IO, String.valueOf(e.getMessage()), e);
	}
}
