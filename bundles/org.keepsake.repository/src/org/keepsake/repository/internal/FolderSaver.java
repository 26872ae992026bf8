// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Content;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.Saver;
import org.keepsake.repository.TreeBuilder;
import org.keepsake.repository.TreeReader;

/**
 * Stores a folder of files. One thread lists, some read and store; a folder is stored by whoever finishes the last of
 * its entries.
 */
public final class FolderSaver implements AutoCloseable {

	private static final int WAITING = 512;
	/** Small files wait for the disk, so more are read at once than there are processors; of large ones, no more. */
	private static final int READERS = 4;
	private static final long LARGE = 1 << 20;

	private final Repository repository;
	private final Saver saver;
	private final JobMonitor monitor;
	private final FileFacts facts = new FileFacts();
	private final Semaphore large = new Semaphore(Parallel.threads());
	private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(WAITING);
	private final List<Thread> workers = new ArrayList<>();
	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
	private final List<String> skipped = new ArrayList<>();
	private final LongAdder newFiles = new LongAdder();
	private final LongAdder changedFiles = new LongAdder();
	private final LongAdder unmodifiedFiles = new LongAdder();
	private final LongAdder bytes = new LongAdder();
	private volatile long reported;

	/** A file that is to be stored; without a folder, the end. */
	private record Task(@Nullable Folder folder, int place, Path path, @Nullable Node before) {
	}

	/** Begins; nothing is read yet. */
	public FolderSaver(Repository repository, Saver saver, JobMonitor monitor) {
		this.repository = repository;
		this.saver = saver;
		this.monitor = monitor;
		for (int i = 0; i < READERS * Parallel.threads(); i++) {
			workers.add(Thread.ofPlatform().daemon().name("repository import " + i).start(this::work));
		}
	}

	/** A folder whose entries come in. */
	private final class Folder {
		private final Node node;
		private final @Nullable Folder parent;
		private final int place;
		private final @Nullable Node[] entries;
		/** Entries that are missing, and one for the listing itself. */
		private final AtomicInteger missing;
		private final CompletableFuture<Node> done = new CompletableFuture<>();

		Folder(Node node, @Nullable Folder parent, int place, int size) {
			this.node = node;
			this.parent = parent;
			this.place = place;
			this.entries = new @Nullable Node[size];
			this.missing = new AtomicInteger(size + 1);
		}

		void put(int at, @Nullable Node entry) throws IOException {
			entries[at] = entry;
			arrived();
		}

		void arrived() throws IOException {
			if (missing.decrementAndGet() > 0) {
				return;
			}
			TreeBuilder tree = saver.tree();
			for (@Nullable
			Node entry : entries) {
				if (entry != null) {
					tree.add(entry);
				}
			}
			Node finished = node.withSubtree(tree.finish());
			Folder above = parent;
			if (above != null) {
				above.put(place, finished);
			} else {
				done.complete(finished);
			}
		}
	}

	/**
	 * Stores a folder with all in it.
	 *
	 * @param before the same folder's tree in an earlier snapshot, or null
	 */
	public Node save(Path root, String name, @Nullable BlobId before) throws IOException {
		Folder folder = list(root, name, null, 0, before);
		throwIfFailed();
		CompletableFuture<Node> done = folder.done;
		try {
			return done.get();
		} catch (InterruptedException e) {
			throw interrupted(e);
		} catch (ExecutionException e) {
			throwIfFailed();
			throw new IOException(e);
		}
	}

	private static IOException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		InterruptedIOException end = new InterruptedIOException("Interrupted");
		end.initCause(cause);
		return end;
	}

	private Folder list(Path path, String name, @Nullable Folder parent, int place, @Nullable BlobId before)
			throws IOException {
		List<Path> children = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
			stream.forEach(children::add);
		} catch (IOException e) {
			skip(path, e);
		}
		children.sort((a, b) -> GoQuote.compare(nameOf(a), nameOf(b)));
		Map<String, Node> known = known(before);
		Folder folder = new Folder(facts.read(path).node(name), parent, place, children.size());
		for (int i = 0; i < children.size(); i++) {
			monitor.throwIfCancelled();
			throwIfFailed();
			Path child = children.get(i);
			Node old = known.get(nameOf(child));
			if (Files.isDirectory(child, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
				list(child, nameOf(child), folder, i, old == null ? null : old.subtree());
			} else {
				put(new Task(folder, i, child, old));
			}
		}
		folder.arrived();
		return folder;
	}

	private static String nameOf(Path path) {
		return String.valueOf(path.getFileName());
	}

	private Map<String, Node> known(@Nullable BlobId tree) throws IOException {
		Map<String, Node> known = new HashMap<>();
		if (tree != null) {
			TreeReader reader = repository.tree(tree);
			for (Node node = reader.next(); node != null; node = reader.next()) {
				known.put(node.name(), node);
			}
		}
		return known;
	}

	private void put(Task task) throws IOException {
		try {
			while (!tasks.offer(task, 1, java.util.concurrent.TimeUnit.SECONDS)) {
				throwIfFailed();
			}
		} catch (InterruptedException e) {
			throw interrupted(e);
		}
	}

	private void work() {
		try {
			while (true) {
				Task task = tasks.take();
				Folder folder = task.folder();
				if (folder == null) {
					return;
				}
				if (failure.get() == null) {
					try {
						folder.put(task.place(), store(task.path(), task.before()));
					} catch (IOException | RuntimeException | Error e) {
						fail(folder, e);
					}
				}
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void fail(Folder folder, Throwable e) {
		failure.compareAndSet(null, e);
		for (Folder f = folder; f != null; f = f.parent) {
			f.done.completeExceptionally(e);
		}
	}

	private @Nullable Node store(Path path, @Nullable Node before) throws IOException {
		monitor.throwIfCancelled();
		FileFacts.Facts found;
		try {
			found = facts.read(path);
		} catch (IOException e) {
			skip(path, e);
			return null;
		}
		Node node = found.node(nameOf(path));
		return switch (found.type()) {
			case FILE -> file(path, found, node, before);
			case SYMLINK -> link(path, node);
			default -> {
				skip(path, new IOException("Neither a file, a folder nor a link"));
				yield null;
			}
		};
	}

	private @Nullable Node link(Path path, Node node) {
		try {
			String target = Files.readSymbolicLink(path).toString();
			return new Node(node.name(), node.type(), node.mode(), node.modified(), node.accessed(), node.changed(),
					node.owner(), 0, target, null, null, "");
		} catch (IOException e) {
			skip(path, e);
			return null;
		}
	}

	private @Nullable Node file(Path path, FileFacts.Facts found, Node node, @Nullable Node before) throws IOException {
		List<BlobId> same = before == null ? null : unchanged(node, before);
		Content content;
		if (same != null) {
			content = new Content(same, found.size());
			unmodifiedFiles.increment();
		} else {
			FileChannel channel;
			try {
				channel = FileChannel.open(path, StandardOpenOption.READ, java.nio.file.LinkOption.NOFOLLOW_LINKS);
			} catch (IOException e) {
				skip(path, e);
				return null;
			}
			content = save(channel, found.size());
			(before == null ? newFiles : changedFiles).increment();
		}
		bytes.add(content.sizeBytes());
		report();
		return new Node(node.name(), node.type(), node.mode(), node.modified(), node.accessed(), node.changed(),
				node.owner(), content.sizeBytes(), "", content.blobs(), null, "");
	}

	private Content save(FileChannel channel, long size) throws IOException {
		boolean waits = size > LARGE;
		try (InputStream in = new ChannelInput(channel)) {
			if (waits) {
				large.acquire();
			}
			try {
				return saver.save(in, size);
			} finally {
				if (waits) {
					large.release();
				}
			}
		} catch (InterruptedException e) {
			throw interrupted(e);
		}
	}

	/** The content of the file as it was, if nothing says that it changed and all of it is stored. */
	private @Nullable List<BlobId> unchanged(Node node, Node before) throws IOException {
		List<BlobId> content = before.content();
		if (content == null || before.type() != Node.Type.FILE || before.sizeBytes() != node.sizeBytes()
				|| !before.modified().equals(node.modified()) || !before.changed().equals(node.changed())
				|| before.owner().inode() != node.owner().inode()) {
			return null;
		}
		for (BlobId id : content) {
			if (!saver.has(id, BlobType.DATA)) {
				return null;
			}
		}
		return content;
	}

	private void skip(Path path, IOException why) {
		synchronized (skipped) {
			skipped.add(path + ": " + why.getClass().getSimpleName());
		}
	}

	private void report() {
		long now = System.nanoTime();
		if (now - reported > 100_000_000L) {
			reported = now;
			monitor.report(new JobEvent.Progress(-1, bytes.sum(), -1, files(), -1));
		}
	}

	private void throwIfFailed() throws IOException {
		Parallel.rethrow(failure.get());
	}

	/** Files stored or found stored. */
	public long files() {
		return newFiles.sum() + changedFiles.sum() + unmodifiedFiles.sum();
	}

	/** Files that the earlier snapshot did not have. */
	public long newFiles() {
		return newFiles.sum();
	}

	/** Files that the earlier snapshot had otherwise. */
	public long changedFiles() {
		return changedFiles.sum();
	}

	/** Files as the earlier snapshot had them. */
	public long unmodifiedFiles() {
		return unmodifiedFiles.sum();
	}

	/** Bytes of all files. */
	public long bytes() {
		return bytes.sum();
	}

	/** Files that could not be read. */
	public List<String> skipped() {
		synchronized (skipped) {
			return List.copyOf(skipped);
		}
	}

	@Override
	public void close() throws IOException {
		tasks.clear();
		try {
			for (int i = 0; i < workers.size(); i++) {
				tasks.put(new Task(null, 0, Path.of(""), null));
			}
			for (Thread worker : workers) {
				worker.join();
			}
		} catch (InterruptedException e) {
			throw interrupted(e);
		}
	}
}
