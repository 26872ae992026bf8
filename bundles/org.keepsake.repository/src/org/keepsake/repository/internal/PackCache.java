// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.ReadAhead;

/**
 * Packs of a store far away, kept on this computer as they are stored. A pack with folders comes wholly when something
 * of it is first asked for; one with data when it is asked for the third time, or ahead of its reader, so that one
 * photo costs no more than itself and a thousand small files cost their pack once. Thread-safe.
 *
 * <p>
 * What comes from here is proven by its reader as what comes from the store is: by the digest of each blob.
 */
final class PackCache implements AutoCloseable {

	static final String TREES = "trees";
	static final String PACKS = "packs";

	/** Times that parts of a pack are asked for before all of it comes. */
	private static final int PATIENCE = 2;
	private static final int REMEMBERED = 10_000;
	/** Larger packs are never kept: restic makes none of more than 128 MiB and a blob. */
	private static final long LARGEST = 160L << 20;
	private static final long TOUCH_EVERY = TimeUnit.MINUTES.toNanos(1);
	private static final System.Logger LOG = System.getLogger(PackCache.class.getName());

	private final CacheFolder folder;
	private final Storage storage;
	private final long mostBytes;
	private final Semaphore connections;
	private final int requests;
	private final Map<BlobId, CompletableFuture<Boolean>> coming = new ConcurrentHashMap<>();
	private final AtomicLong bytes = new AtomicLong(-1);
	private final Map<BlobId, Integer> asked = new LinkedHashMap<>(16, 0.75f, true) {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.@Nullable Entry<BlobId, Integer> eldest) {
			return size() > REMEMBERED;
		}
	};
	private final Map<BlobId, Long> touched = new ConcurrentHashMap<>();
	private final Deque<Ahead> readers = new ArrayDeque<>();
	/** The folder is full, or cannot be written to. */
	private volatile boolean full;

	/** @param mostBytes of packs with data */
	PackCache(CacheFolder folder, Storage storage, long mostBytes, int requests) {
		this.folder = folder;
		this.storage = storage;
		this.mostBytes = mostBytes;
		this.requests = requests;
		this.connections = new Semaphore(requests);
	}

	/**
	 * Reads a part of a pack from the cache, and perhaps brings all of it there before.
	 *
	 * @return whether the buffer has it now
	 */
	boolean read(BlobId pack, BlobType type, long offset, int length, byte[] buffer) throws IOException {
		String kind = type == BlobType.TREE ? TREES : PACKS;
		if (type == BlobType.DATA && mostBytes == 0) {
			return false;
		}
		boolean wanted = type == BlobType.TREE || tellReaders(pack);
		CompletableFuture<Boolean> underWay = coming.get(pack);
		if (underWay != null) {
			join(underWay);
		}
		if (readKept(kind, pack, offset, length, buffer)) {
			return true;
		}
		if (full || !wanted && !isDue(pack)) {
			return false;
		}
		return bring(kind, pack) && readKept(kind, pack, offset, length, buffer);
	}

	private boolean isDue(BlobId pack) {
		synchronized (asked) {
			return asked.merge(pack, 1, Integer::sum) > PATIENCE;
		}
	}

	private boolean readKept(String kind, BlobId pack, long offset, int length, byte[] buffer) {
		try (FileChannel channel = FileChannel.open(folder.file(kind, pack), StandardOpenOption.READ)) {
			ByteBuffer into = ByteBuffer.wrap(buffer, 0, length);
			while (into.hasRemaining()) {
				if (channel.read(into, offset + into.position()) < 0) {
					folder.drop(kind, pack);
					return false;
				}
			}
		} catch (IOException e) {
			return false;
		}
		long now = System.nanoTime();
		Long before = touched.get(pack);
		if (kind.equals(PACKS) && (before == null || now - before > TOUCH_EVERY)) {
			touched.put(pack, now);
			folder.touch(kind, pack);
		}
		return true;
	}

	/** What was read of a pack was not what it should be: it is not read from the cache again. */
	void distrust(BlobId pack) {
		folder.drop(TREES, pack);
		folder.drop(PACKS, pack);
	}

	/** Keeps a pack with folders that was just stored. */
	void keepTrees(BlobId pack, BlobSource content) {
		if (full) {
			return;
		}
		try {
			folder.keep(TREES, pack, out -> {
				try (InputStream in = content.open()) {
					in.transferTo(out);
				}
				return true;
			});
		} catch (IOException e) {
			giveUp(e);
		}
	}

	private void giveUp(IOException e) {
		full = true;
		LOG.log(Level.WARNING, "The cache cannot be written to; the repository is read without", e);
	}

	/** Drops packs that the repository has no longer. */
	void retain(IndexTable table) {
		folder.retain(TREES, pack -> table.packNumber(pack) != IndexTable.NONE);
		folder.retain(PACKS, pack -> table.packNumber(pack) != IndexTable.NONE);
	}

	/** Fetches a pack, or waits until somebody else who does has it; false if it cannot be kept. */
	private boolean bring(String kind, BlobId pack) throws IOException {
		CompletableFuture<Boolean> mine = new CompletableFuture<>();
		CompletableFuture<Boolean> others = coming.putIfAbsent(pack, mine);
		if (others != null) {
			return join(others);
		}
		boolean there = false;
		try {
			there = fetch(kind, pack);
			return there;
		} finally {
			coming.remove(pack);
			mine.complete(there);
		}
	}

	private static boolean join(CompletableFuture<Boolean> other) {
		try {
			return other.join();
		} catch (CompletionException e) {
			return false;
		}
	}

	private boolean fetch(String kind, BlobId pack) throws IOException {
		acquire();
		try {
			long[] size = new long[1];
			boolean kept = folder.keep(kind, pack, out -> {
				try (InputStream in = storage.get(Vault.name(Vault.DATA, pack), 0, -1)) {
					size[0] = copy(in, out, pack);
				}
				return size[0] >= 0;
			});
			if (kept && kind.equals(PACKS)) {
				count(size[0]);
			}
			return kept;
		} catch (CacheFolder.NotKeptException e) {
			giveUp(e);
			return false;
		} finally {
			connections.release();
		}
	}

	private void acquire() throws InterruptedIOException {
		try {
			connections.acquire();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}

	/** Copies a pack; its length, or -1 if it is not what its name says. */
	private static long copy(InputStream in, OutputStream out, BlobId pack) throws IOException {
		MessageDigest digest = Vault.sha256();
		byte[] block = new byte[1 << 16];
		long total = 0;
		for (int n = in.read(block); n >= 0; n = in.read(block)) {
			total += n;
			if (total > LARGEST) {
				return -1;
			}
			digest.update(block, 0, n);
			out.write(block, 0, n);
		}
		return BlobId.of(digest.digest(), 0).equals(pack) ? total : -1;
	}

	private synchronized void count(long added) {
		if (bytes.get() < 0 || bytes.addAndGet(added) > mostBytes) {
			// Others use the folder as well: only a look says how much there is.
			bytes.set(folder.shrink(PACKS, mostBytes, mostBytes - mostBytes / 8));
		}
	}

	/** Brings packs in their order, and waits while much of what it brought was not read yet. */
	ReadAhead readAhead(Collection<BlobId> packs) {
		Ahead ahead = new Ahead(packs);
		synchronized (readers) {
			readers.add(ahead);
		}
		ahead.start();
		return ahead;
	}

	/** Whether all of a pack will be read: somebody has said so. */
	private boolean tellReaders(BlobId pack) {
		boolean wanted = false;
		synchronized (readers) {
			for (Ahead ahead : readers) {
				wanted |= ahead.wasRead(pack);
			}
		}
		return wanted;
	}

	/** One reader's packs. */
	private final class Ahead implements ReadAhead {

		private final LinkedHashSet<BlobId> packs;
		private final Set<BlobId> begun = new HashSet<>();
		private final Map<BlobId, Long> unread = new HashMap<>();
		private final Deque<Thread> threads = new ArrayDeque<>();
		private long unreadBytes;
		private boolean closed;

		Ahead(Collection<BlobId> packs) {
			this.packs = new LinkedHashSet<>(packs);
		}

		void start() {
			for (int i = 0; i < Math.min(requests, packs.size()); i++) {
				threads.add(Thread.ofVirtual().name("repository read ahead " + i).start(this::run));
			}
		}

		private void run() {
			try {
				for (BlobId pack = next(); pack != null && !full; pack = next()) {
					ended(pack, bring(pack) ? Files.size(folder.file(PACKS, pack)) : 0);
				}
			} catch (IOException e) {
				// The reader meets it as well, and tells.
				LOG.log(Level.DEBUG, "Reading ahead has ended", e);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}

		private boolean bring(BlobId pack) throws IOException {
			if (Files.exists(folder.file(PACKS, pack))) {
				return false;
			}
			return PackCache.this.bring(PACKS, pack);
		}

		private synchronized @Nullable BlobId next() throws InterruptedException {
			while (!closed && unreadBytes > mostBytes / 2) {
				wait();
			}
			if (packs.isEmpty()) {
				return null;
			}
			BlobId pack = packs.removeFirst();
			begun.add(pack);
			return pack;
		}

		private synchronized void ended(BlobId pack, long size) {
			if (begun.remove(pack) && size > 0) {
				unread.put(pack, size);
				unreadBytes += size;
			}
		}

		/** Whether it was still to come. */
		synchronized boolean wasRead(BlobId pack) {
			Long size = unread.remove(pack);
			if (size != null) {
				unreadBytes -= size;
				notifyAll();
			}
			return packs.remove(pack) | begun.remove(pack);
		}

		@Override
		public void close() {
			synchronized (this) {
				closed = true;
				packs.clear();
				notifyAll();
			}
			synchronized (readers) {
				readers.remove(this);
			}
			threads.forEach(Thread::interrupt);
		}
	}

	@Override
	public void close() {
		while (true) {
			Ahead ahead;
			synchronized (readers) {
				ahead = readers.peekFirst();
			}
			if (ahead == null) {
				return;
			}
			ahead.close();
		}
	}
}
