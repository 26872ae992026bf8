// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A part of a blob that goes on where it was if the connection breaks: blobs never change, so the rest of one is the
 * rest of the same. Gives exactly the bytes that are wanted, or an {@link EOFException}. Not thread-safe.
 */
public final class ResumingInput extends InputStream {

	private final Opener opener;
	private final Retries retries;
	private final Predicate<? super IOException> passes;
	private final UnaryOperator<IOException> explained;
	private final boolean toEnd;
	private @Nullable InputStream open;
	private long offset;
	private long left;
	private boolean closed;

	/** Opens the blob at a place. */
	@FunctionalInterface
	public interface Opener {
		/**
		 * @param length -1 for all to the end
		 * @return ends early only if the blob does; a broken connection is an exception
		 */
		InputStream open(long offset, long length) throws IOException;
	}

	/** As the other, but failures are thrown as they come. */
	public ResumingInput(Opener opener, long offset, long length, Retries retries,
			Predicate<? super IOException> passes) throws IOException {
		this(opener, offset, length, retries, passes, e -> e);
	}

	/**
	 * Opens it, so that what is not there is told now.
	 *
	 * @param length    -1 for all to the end
	 * @param passes    whether a failure can pass
	 * @param explained what a person is told of one that did not
	 */
	public ResumingInput(Opener opener, long offset, long length, Retries retries,
			Predicate<? super IOException> passes, UnaryOperator<IOException> explained) throws IOException {
		this.opener = opener;
		this.retries = retries;
		this.passes = passes;
		this.offset = offset;
		this.toEnd = length < 0;
		this.left = toEnd ? Long.MAX_VALUE : length;
		this.explained = explained;
		try {
			this.open = retries.call(passes, number -> opener.open(offset, length));
		} catch (IOException e) {
			throw explained.apply(e);
		}
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int start, int length) throws IOException {
		if (closed) {
			throw new IOException("The stream is closed");
		}
		if (length == 0) {
			return 0;
		}
		if (left == 0) {
			return -1;
		}
		int most = (int) Math.min(length, left);
		int n;
		try {
			n = readOrResume(bytes, start, most);
		} catch (IOException e) {
			throw explained.apply(e);
		}
		if (n < 0) {
			if (toEnd) {
				left = 0;
				return -1;
			}
			throw new EOFException("The blob ends " + left + " bytes too early");
		}
		offset += n;
		left -= toEnd ? 0 : n;
		return n;
	}

	private int readOrResume(byte[] bytes, int start, int most) throws IOException {
		InputStream in = open;
		if (in != null) {
			try {
				return in.read(bytes, start, most);
			} catch (IOException e) {
				drop();
				if (!passes.test(e)) {
					throw e;
				}
			}
		}
		// An attempt counts as one only with a byte read: who opens and breaks again and again is given up.
		return retries.<Integer>call(passes, number -> {
			drop();
			InputStream again = opener.open(offset, toEnd ? -1 : left);
			open = again;
			return again.read(bytes, start, most);
		});
	}

	private void drop() throws IOException {
		InputStream in = open;
		open = null;
		if (in != null) {
			in.close();
		}
	}

	@Override
	public void close() throws IOException {
		closed = true;
		drop();
	}
}
