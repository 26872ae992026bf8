// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * Writes the files of one upload on a thread of its own, while the calling thread decrypts what comes next. What is to
 * be done is noted beside the buffer that holds the bytes, and both are handed over when the buffer is full; nothing is
 * copied, and memory is bounded by the number of buffers. After {@link #finish} all is written or has failed, and the
 * caller may use the files again: they have one user at a time.
 */
final class WriteBehind implements Wire.Exchange, Closeable {

	/** Buffers that wait or are being written, beside the one that is filled. */
	private static final int MOST_WAITING = 7;

	/** Something to be done, in order. */
	private sealed interface Step {
		/** A file comes. Nothing is made of it before it has data or is whole. */
		record Begin(TreePath path) implements Step {
		}

		record Data(int offset, int length) implements Step {
		}

		/** All of it has come. */
		record Complete() implements Step {
		}

		/** Nothing more of it is wanted; what was written is removed. */
		record Drop() implements Step {
		}
	}

	private static final Step COMPLETE = new Step.Complete();
	private static final Step DROP = new Step.Drop();

	private record Batch(byte[] buffer, List<Step> steps) {
	}

	private final HostFiles files;
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private final Deque<Batch> waiting = new ArrayDeque<>();
	private final Deque<byte[]> free = new ArrayDeque<>();
	private int handedOver;
	private boolean closed;
	private @Nullable Thread writer;
	private volatile @Nullable IOException failure;
	private volatile @Nullable Throwable defect;

	private List<Step> steps = new ArrayList<>();
	private boolean dropping;

	// Of the file that is being written: used by the thread that writes.
	private @Nullable TreePath path;
	private @Nullable OutputStream out;

	WriteBehind(HostFiles files) {
		this.files = files;
	}

	/** A file comes, under this path; null if it is only to be read over. */
	void begin(@Nullable TreePath where) {
		dropping = where == null;
		if (where != null) {
			steps.add(new Step.Begin(where));
		}
	}

	/** Bytes of the wire's buffer as it is now. */
	void data(int offset, int length) {
		if (!dropping) {
			steps.add(new Step.Data(offset, length));
		}
	}

	/** All of the file has come: it is empty if there was no data. */
	void complete() {
		if (!dropping) {
			steps.add(COMPLETE);
		}
	}

	/** Nothing more of the file is wanted; what was written is removed. */
	void drop() {
		if (!dropping) {
			steps.add(DROP);
		}
	}

	/** The first failure to write, as far as is known by now; nothing is written after it. */
	@Nullable
	IOException failure() {
		return failure;
	}

	@Override
	public byte[] exchange(byte[] read) {
		if (steps.isEmpty()) {
			return read;
		}
		lock.lock();
		try {
			while (handedOver >= MOST_WAITING) {
				changed.awaitUninterruptibly();
			}
			handedOver++;
			waiting.add(new Batch(read, steps));
			if (writer == null) {
				writer = Thread.ofPlatform().daemon().name("keepsake-writer").start(this::writeAll);
			}
			changed.signalAll();
			byte[] other = free.poll();
			steps = new ArrayList<>();
			return other != null ? other : new byte[read.length];
		} finally {
			lock.unlock();
		}
	}

	/** Waits until all is written. @param buffer the wire's, with the bytes of the last steps */
	void finish(byte[] buffer) {
		lock.lock();
		try {
			while (handedOver > 0) {
				changed.awaitUninterruptibly();
			}
		} finally {
			lock.unlock();
		}
		write(new Batch(buffer, steps));
		steps.clear();
		switch (defect) {
			case null -> {
				// all is well
			}
			case RuntimeException unexpected -> throw unexpected;
			case Error error -> throw error;
			case Throwable other -> throw new IllegalStateException(other);
		}
	}

	private void writeAll() {
		for (Batch batch = next(null); batch != null; batch = next(batch)) {
			write(batch);
		}
	}

	private @Nullable Batch next(@Nullable Batch written) {
		lock.lock();
		try {
			if (written != null) {
				handedOver--;
				free.push(written.buffer());
				changed.signalAll();
			}
			while (waiting.isEmpty() && !closed) {
				changed.awaitUninterruptibly();
			}
			return waiting.poll();
		} finally {
			lock.unlock();
		}
	}

	private void write(Batch batch) {
		try {
			for (Step step : batch.steps()) {
				write(step, batch.buffer());
			}
		} catch (RuntimeException | Error e) {
			defect = e;
			failed(new IOException(e));
		}
	}

	private void write(Step step, byte[] buffer) {
		try {
			switch (step) {
				case Step.Begin(TreePath where) -> path = failure == null ? where : null;
				case Step.Data(int offset, int length) -> {
					OutputStream opened = opened();
					if (opened != null) {
						opened.write(buffer, offset, length);
					}
				}
				case Step.Complete() -> {
					OutputStream opened = opened();
					out = null;
					if (opened != null) {
						opened.close();
					}
					path = null;
				}
				case Step.Drop() -> remove();
			}
		} catch (IOException e) {
			failed(e);
			remove();
		}
	}

	private @Nullable OutputStream opened() throws IOException {
		TreePath where = path;
		if (out == null && where != null) {
			out = files.write(where);
		}
		return out;
	}

	/** Ends the file, and removes what there is of it. */
	private void remove() {
		OutputStream opened = out;
		TreePath where = path;
		out = null;
		path = null;
		if (opened == null || where == null) {
			return;
		}
		try {
			opened.close();
		} catch (IOException e) {
			failed(e);
		}
		try {
			files.remove(where);
		} catch (IOException e) {
			failed(e);
		}
	}

	private void failed(IOException because) {
		if (failure == null) {
			failure = because;
		}
	}

	/** Ends the thread. Nothing may be waiting. */
	@Override
	public void close() {
		lock.lock();
		try {
			closed = true;
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}
}
