// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;

/**
 * Visits all of a folder, many of its sub-folders at once, level by level: a backup has 256 folders of thousands of
 * files. Links are not followed. Memory grows with the number of folders, not with that of files.
 */
final class Walk {

	/** Told what is there; called by several threads at once. */
	interface Visitor {
		/** A folder, before anything in it; not called for the folder where the walk begins. */
		default void directory(Path directory) throws IOException {
			// descends
		}

		/** Anything else: a file, a link or a special file. */
		void file(Path file, BasicFileAttributes attributes) throws IOException;
	}

	private static final int AT_ONCE = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

	private final Visitor visitor;
	private final JobMonitor monitor;
	private final Semaphore permits = new Semaphore(AT_ONCE);

	private Walk(Visitor visitor, JobMonitor monitor) {
		this.visitor = visitor;
		this.monitor = monitor;
	}

	/**
	 * Walks.
	 *
	 * @return the folders below the root, those above before those below
	 * @throws CancelledException if the job is cancelled meanwhile; at most a few hundred files later
	 */
	static List<Path> over(Path root, Visitor visitor, JobMonitor monitor) throws IOException {
		Walk walk = new Walk(visitor, monitor);
		List<Path> all = new ArrayList<>();
		try (ExecutorService threads = Executors
				.newThreadPerTaskExecutor(Thread.ofVirtual().name("walk-", 0).factory())) {
			List<Path> level = walk.visit(root);
			while (!level.isEmpty()) {
				all.addAll(level);
				level = walk.visit(level, threads);
			}
		}
		return all;
	}

	private List<Path> visit(List<Path> level, ExecutorService threads) throws IOException {
		List<Future<List<Path>>> running = new ArrayList<>(level.size());
		for (Path directory : level) {
			permits.acquireUninterruptibly();
			running.add(threads.submit(() -> {
				try {
					return visit(directory);
				} finally {
					permits.release();
				}
			}));
		}
		List<Path> below = new ArrayList<>();
		IOException failure = null;
		for (Future<List<Path>> one : running) {
			try {
				below.addAll(one.get());
			} catch (ExecutionException e) {
				failure = first(failure, e.getCause());
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new CancelledException();
			}
		}
		if (failure != null) {
			throw failure;
		}
		return below;
	}

	private static IOException first(@org.eclipse.jdt.annotation.Nullable IOException earlier, Throwable next) {
		if (earlier != null) {
			return earlier;
		}
		return switch (next) {
			case IOException io -> io;
			case RuntimeException unexpected -> throw unexpected;
			case Error error -> throw error;
			default -> new IOException(next);
		};
	}

	private List<Path> visit(Path directory) throws IOException {
		monitor.throwIfCancelled();
		List<Path> below = new ArrayList<>();
		int seen = 0;
		try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
			for (Path child : children) {
				if (++seen % 256 == 0) {
					monitor.throwIfCancelled();
				}
				visit(child, below);
			}
		} catch (DirectoryIteratorException e) {
			throw e.getCause();
		}
		return below;
	}

	private void visit(Path child, List<Path> below) throws IOException {
		BasicFileAttributes attributes;
		try {
			attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		} catch (NoSuchFileException _) {
			return;
		}
		if (attributes.isDirectory()) {
			visitor.directory(child);
			below.add(child);
		} else {
			visitor.file(child, attributes);
		}
	}
}
