// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;

/**
 * Reads a part of a remote file with several requests on their way at once, as a far server needs it. What it holds is
 * at most its window. For one thread.
 *
 * @param <T> what stands for a request that is on its way
 */
public final class ReadAhead<T> extends InputStream {

	/** The file on the server. */
	public interface File<T> {

		/** Asks for bytes and does not wait for them. */
		T ask(long offset, int length) throws IOException;

		/** Waits for the answer: fewer bytes than asked for, or none at the end of the file. */
		ByteBuffer answer(T asked) throws IOException;

		/** Ends with the file. */
		void close(Collection<T> unanswered) throws IOException;
	}

	/** The file has fewer bytes than were wanted; not to be confused with a connection that ends. */
	public static final class TooShort extends EOFException {

		private static final long serialVersionUID = 1L;

		TooShort(long missing) {
			super("The file ends " + missing + " bytes too early");
		}
	}

	private record Request<T>(T asked, long offset, int length) {
	}

	private final File<T> file;
	private final int block;
	private final int window;
	private final long end;
	private final Deque<Request<T>> requests = new ArrayDeque<>();
	private ByteBuffer answer = ByteBuffer.allocate(0);
	private long toAsk;
	private long position;
	private boolean closed;

	/**
	 * Asks for nothing yet.
	 *
	 * @param file   closed with this
	 * @param length bytes wanted; the file ends too early if it has fewer
	 * @param block  bytes of one request
	 * @param window how many requests may be on their way
	 */
	public ReadAhead(File<T> file, long offset, long length, int block, int window) {
		this.file = file;
		this.block = block;
		this.window = window;
		this.toAsk = offset;
		this.position = offset;
		this.end = Math.addExact(offset, length);
	}

	@Override
	public int read() throws IOException {
		return await() ? answer.get() & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!await()) {
			return -1;
		}
		int n = Math.min(length, answer.remaining());
		answer.get(bytes, offset, n);
		return n;
	}

	/** @return whether there are bytes in the answer */
	private boolean await() throws IOException {
		while (!answer.hasRemaining()) {
			if (closed) {
				throw new IOException("Closed");
			}
			if (position == end) {
				return false;
			}
			while (requests.size() < window && toAsk < end) {
				int length = (int) Math.min(block, end - toAsk);
				requests.add(new Request<>(file.ask(toAsk, length), toAsk, length));
				toAsk += length;
			}
			take(requests.remove());
		}
		return true;
	}

	private void take(Request<T> request) throws IOException {
		ByteBuffer got = file.answer(request.asked());
		int n = got.remaining();
		if (n == 0) {
			throw new TooShort(end - request.offset());
		}
		if (n > request.length()) {
			throw new IOException("The server sent more than it was asked for");
		}
		if (n < request.length()) {
			long rest = request.offset() + n;
			requests.addFirst(new Request<>(file.ask(rest, request.length() - n), rest, request.length() - n));
		}
		position = request.offset() + n;
		answer = got;
	}

	@Override
	public void close() throws IOException {
		if (closed) {
			return;
		}
		closed = true;
		answer = ByteBuffer.allocate(0);
		Collection<T> unanswered = new ArrayList<>();
		requests.forEach(request -> unanswered.add(request.asked()));
		requests.clear();
		file.close(unanswered);
	}
}
