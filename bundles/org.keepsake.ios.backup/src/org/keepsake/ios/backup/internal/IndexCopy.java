// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * Writes a file of the backup, decrypted, to a file on this computer, on several cores: a list of a million files has a
 * gigabyte, and nothing of it is seen before. CBC can be taken up at any block.
 */
final class IndexCopy {

	private static final int MAX_THREADS = 4;
	/** As much as a thread takes at a time. */
	private static final long SEGMENT = 4 << 20;

	private final BackupTree tree;
	private final TreePath source;
	private final @Nullable ClassKeys keys;
	private final byte @Nullable [] key;
	private final JobMonitor monitor;
	private final long length;
	private final AtomicLong next = new AtomicLong();
	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	/** @param key of the file; null if it is in clear @param length how much of it to copy; whole blocks with a key */
	IndexCopy(BackupTree tree, TreePath source, @Nullable ClassKeys keys, byte @Nullable [] key, long length,
			JobMonitor monitor) {
		this.tree = tree;
		this.source = source;
		this.keys = keys;
		this.key = key;
		this.length = length;
		this.monitor = monitor;
	}

	/** Copies to a file that exists. A source that turns out shorter leaves a hole. */
	void run(Path target) throws IOException {
		int count = Math.clamp(Math.min(Runtime.getRuntime().availableProcessors(), length / SEGMENT), 1,
				MAX_THREADS);
		try (FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
			List<Thread> threads = new ArrayList<>();
			for (int i = 1; i < count; i++) {
				threads.add(Thread.ofPlatform().daemon().name("index-" + i).start(() -> work(out)));
			}
			work(out);
			threads.forEach(this::join);
		}
		Throwable thrown = failure.get();
		if (thrown instanceof IOException e) {
			throw e;
		} else if (thrown instanceof RuntimeException e) {
			throw e;
		} else if (thrown instanceof Error e) {
			throw e;
		}
	}

	/** Waits for the end, whatever happens: the thread uses what the caller is about to close. */
	private void join(Thread thread) {
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				thread.join();
			} catch (InterruptedException e) {
				interrupted = true;
				failure.compareAndSet(null, new CancelledException());
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void work(FileChannel out) {
		try (SeekableByteChannel in = tree.open(source); Workspace work = new Workspace(keys, Workspace.CHUNK)) {
			for (long from = next.getAndAdd(SEGMENT); from < length; from = next.getAndAdd(SEGMENT)) {
				segment(in, out, work, from);
			}
		} catch (IOException | RuntimeException | Error e) {
			failure.compareAndSet(null, e);
		}
	}

	private void segment(SeekableByteChannel in, FileChannel out, Workspace work, long from) throws IOException {
		byte[] fileKey = key;
		if (fileKey != null) {
			byte[] previous = null;
			if (from > 0) {
				in.position(from - Workspace.BLOCK);
				fill(in, work.stored, Workspace.BLOCK);
				previous = Arrays.copyOf(work.stored, Workspace.BLOCK);
			}
			work.begin(fileKey, previous);
		}
		in.position(from);
		long end = Math.min(length, from + SEGMENT);
		for (long at = from; at < end && failure.get() == null;) {
			monitor.throwIfCancelled();
			int filled = fill(in, work.stored, (int) Math.min(work.stored.length, end - at));
			int whole = fileKey == null ? filled : filled - filled % Workspace.BLOCK;
			if (whole == 0) {
				return;
			}
			if (fileKey != null) {
				work.decrypt(whole);
			}
			ByteBuffer plain = ByteBuffer.wrap(fileKey == null ? work.stored : work.plain, 0, whole);
			while (plain.hasRemaining()) {
				at += out.write(plain, at);
			}
		}
	}

	private static int fill(SeekableByteChannel in, byte[] target, int count) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
		while (buffer.hasRemaining() && in.read(buffer) >= 0) {
			// until full or at the end
		}
		return buffer.position();
	}
}
