// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Content;

/** Cuts one file's content into chunks and hands them on. For one thread at a time. */
public final class ContentCutter {

	private static final int STEP = 1 << 18;
	private static final int FIRST = 1 << 16;
	private static final byte[] NONE = {};

	private final Pipeline pipeline;
	private final List<CompletableFuture<BlobId>> chunks = new ArrayList<>(1);
	private byte[] buffer = NONE;
	private int length;
	private int scanned;
	private long total;
	private boolean ended;

	/** @param expected about how many bytes will come; -1 if unknown */
	public ContentCutter(Pipeline pipeline, long expected) {
		this.pipeline = pipeline;
		if (expected > 0) {
			buffer = pipeline.buffers().take((int) Math.min(expected + 1, 2 << 20));
		}
	}

	/** Takes bytes. */
	public void write(byte[] bytes, int offset, int count) throws IOException {
		requireOpen();
		for (int done = 0; done < count;) {
			makeRoom();
			int n = Math.min(count - done, buffer.length - length);
			System.arraycopy(bytes, offset + done, buffer, length, n);
			done += n;
			took(n);
		}
	}

	/** Takes all of a stream. */
	public long readFrom(InputStream in) throws IOException {
		requireOpen();
		long before = total;
		while (true) {
			makeRoom();
			int n = in.read(buffer, length, Math.min(STEP, buffer.length - length));
			if (n < 0) {
				return total - before;
			}
			took(n);
		}
	}

	private void requireOpen() throws IOException {
		if (ended) {
			throw new IOException("The content has ended");
		}
		pipeline.throwIfFailed();
	}

	private void makeRoom() {
		if (length < buffer.length) {
			return;
		}
		int most = Chunker.MOST + Buffers.ROOM;
		byte[] larger = pipeline.buffers().take(Math.min(most, Math.max(FIRST, length * 2)));
		System.arraycopy(buffer, 0, larger, 0, length);
		pipeline.buffers().release(buffer);
		buffer = larger;
	}

	private void took(int n) {
		length += n;
		total += n;
		if (length >= Chunker.LEAST && (length - scanned >= STEP || length == buffer.length)) {
			cut();
		}
	}

	private void cut() {
		int end = pipeline.chunker().cut(buffer, 0, scanned, length);
		while (end >= 0) {
			int rest = length - end;
			byte[] next = pipeline.buffers().take(Math.max(rest + 1, 2 << 20));
			System.arraycopy(buffer, end, next, 0, rest);
			byte[] full = buffer;
			buffer = next;
			length = rest;
			scanned = 0;
			chunks.add(pipeline.storeLater(full, end));
			end = pipeline.chunker().cut(buffer, 0, 0, length);
		}
		scanned = length;
	}

	/** Ends the content. */
	public Content finish() throws IOException {
		requireOpen();
		if (chunks.isEmpty() && length > 0) {
			cut();
			if (chunks.isEmpty()) {
				BlobId only = pipeline.store(BlobType.DATA, buffer, 0, length);
				close();
				return new Content(List.of(only), total);
			}
		}
		return await(finishLater());
	}

	/** Ends the content, whose last chunk another thread may still be storing. */
	public CompletableFuture<Content> finishLater() throws IOException {
		requireOpen();
		cut();
		if (length > 0) {
			byte[] last = buffer;
			buffer = NONE;
			chunks.add(pipeline.storeLater(last, length));
		}
		close();
		List<CompletableFuture<BlobId>> all = List.copyOf(chunks);
		long bytes = total;
		return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
				.thenApply(_ -> new Content(all.stream().map(CompletableFuture::join).toList(), bytes));
	}

	/** What becomes of {@link #finishLater}. */
	public static Content await(CompletableFuture<Content> content) throws IOException {
		try {
			return content.get();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		} catch (ExecutionException e) {
			Parallel.rethrow(e.getCause());
			throw new IOException(e);
		}
	}

	/** Gives the content up, if it has not ended. */
	public void close() {
		ended = true;
		pipeline.buffers().release(buffer);
		buffer = NONE;
	}
}
