// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.keepsake.core.storage.Storage;

/**
 * Lists the folders of a kind some at a time, so that 256 folders on a server far away do not take 256 times the way
 * there and back. The visitor is called in the caller's thread alone.
 */
public final class FolderListing {

	/** How many folders are asked for before the first of them is answered. */
	private static final int AHEAD = 8;

	/** One blob of a folder. */
	public record Entry(String fileName, long sizeBytes) {
	}

	/** Lists the blobs in one folder; called from several threads. */
	@FunctionalInterface
	public interface Lister {
		/** @return nothing if there is no such folder */
		List<Entry> list(String folder) throws IOException;
	}

	private FolderListing() {
	}

	/** @param kind such as {@code data} */
	public static void visit(String kind, Lister lister, Storage.Visitor visitor) throws IOException {
		Iterator<String> folders = FolderLayout.folders(kind).iterator();
		Deque<Future<List<Entry>>> asked = new ArrayDeque<>();
		ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
		try {
			while (folders.hasNext() || !asked.isEmpty()) {
				while (folders.hasNext() && asked.size() < AHEAD) {
					String folder = folders.next();
					asked.add(executor.submit(() -> lister.list(folder)));
				}
				for (Entry entry : answer(asked.remove())) {
					if (!visitor.visit(kind + '/' + entry.fileName(), entry.sizeBytes())) {
						return;
					}
				}
			}
		} finally {
			executor.shutdownNow();
			executor.close();
		}
	}

	private static List<Entry> answer(Future<List<Entry>> asked) throws IOException {
		try {
			return asked.get();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		} catch (ExecutionException e) {
			switch (e.getCause()) {
				case IOException told -> throw told;
				case RuntimeException broken -> throw broken;
				case null, default -> throw new IllegalStateException(e);
			}
		}
	}
}
