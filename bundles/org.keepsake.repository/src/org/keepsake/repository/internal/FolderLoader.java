// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.disk.NewFile;
import org.keepsake.disk.PastCache;
import org.keepsake.disk.WriteBuffer;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Node;

/**
 * Writes files from packs. Files are gathered until there is enough to do, then the packs that hold their blobs are read
 * in order, each once, and each blob goes to all the places that want it. Links are made last, so that nothing is ever
 * written through one.
 */
public final class FolderLoader {

	private static final int MAX_FILES = 16_384;
	private static final long MAX_BYTES = 512L << 20;
	private static final int RUN = 4 << 20;
	private static final int GAP = 256 << 10;
	private static final int MAX_DEPTH = 1000;
	private static final int BUFFER = 1 << 19;
	/** What is smaller goes through the system's cache faster. */
	private static final int LEAST_PAST_CACHE = 1 << 16;

	private final Vault vault;
	private final JobMonitor monitor;
	private final List<FileJob> batch = new ArrayList<>();
	private long batchBytes;
	private final List<Late> late = new ArrayList<>();
	private final List<String> failed = new ArrayList<>();
	private final LongAdder files = new LongAdder();
	private final LongAdder bytes = new LongAdder();
	private final Facts facts = new Facts();
	private int block;
	private final Queue<WriteBuffer> buffers = new ConcurrentLinkedQueue<>();

	/** A folder's facts, or a link, which are set when all files are there. */
	private record Late(Path path, Node node) {
	}

	/** Where a blob goes. */
	private record Piece(PackedBlob blob, FileJob file, long position) {
	}

	/** A file that is being written. */
	private final class FileJob {
		private final Path path;
		private final Node node;
		private final AtomicInteger missing;
		private @Nullable FileChannel channel;
		private boolean broken;

		FileJob(Path path, Node node, int blobs) {
			this.path = path;
			this.node = node;
			this.missing = new AtomicInteger(blobs);
		}

		synchronized void write(byte[] content, int length, long position) throws IOException {
			if (broken) {
				return;
			}
			List<BlobId> blobs = node.content();
			if (blobs != null && blobs.size() == 1) {
				writeWhole(content, length);
			} else {
				writePart(content, length, position);
			}
			bytes.add(length);
			arrived();
		}

		private void writeWhole(byte[] content, int length) throws IOException {
			WriteBuffer lent = buffers.poll();
			WriteBuffer buffer = lent == null ? new WriteBuffer(BUFFER, block, LEAST_PAST_CACHE) : lent;
			try (NewFile out = new NewFile(path, buffer)) {
				out.write(content, 0, length);
				out.finish(false);
			} finally {
				buffers.add(buffer);
			}
		}

		private void writePart(byte[] content, int length, long position) throws IOException {
			FileChannel out = channel;
			if (out == null) {
				out = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
				channel = out;
			}
			ByteBuffer buffer = ByteBuffer.wrap(content, 0, length);
			while (buffer.hasRemaining()) {
				out.write(buffer, position + buffer.position());
			}
		}

		synchronized void arrived() throws IOException {
			if (missing.decrementAndGet() <= 0) {
				finish();
			}
		}

		private void finish() throws IOException {
			close();
			if (!broken) {
				facts.set(path, node);
				files.increment();
			}
		}

		synchronized void fail(String why) throws IOException {
			if (!broken) {
				broken = true;
				FolderLoader.this.fail(path, why);
				close();
				Files.deleteIfExists(path);
			}
		}

		synchronized void close() throws IOException {
			FileChannel out = channel;
			if (out != null) {
				out.close();
				channel = null;
			}
		}
	}

	/** Begins; nothing is written yet. */
	public FolderLoader(Vault vault, JobMonitor monitor) {
		this.vault = vault;
		this.monitor = monitor;
		Seal.warmUp();
	}

	/** Writes all below a tree into a folder that is there. */
	public void load(BlobId tree, Path folder) throws IOException {
		block = PastCache.blockSizeForManyFiles(folder);
		try {
			visit(tree, folder, 0);
			writeBatch();
		} finally {
			for (WriteBuffer buffer = buffers.poll(); buffer != null; buffer = buffers.poll()) {
				buffer.close();
			}
		}
		for (int i = late.size() - 1; i >= 0; i--) {
			Late each = late.get(i);
			if (each.node().type() == Node.Type.SYMLINK) {
				link(each);
			}
		}
		for (int i = late.size() - 1; i >= 0; i--) {
			Late each = late.get(i);
			if (each.node().type() == Node.Type.DIR) {
				facts.set(each.path(), each.node());
			}
		}
	}

	private void link(Late each) throws IOException {
		try {
			Files.createSymbolicLink(each.path(), Path.of(each.node().linkTarget()));
			Files.getFileAttributeView(each.path(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(FileTime.from(each.node().modified()), null, null);
		} catch (IOException | UnsupportedOperationException | InvalidPathException e) {
			if (!Files.isSymbolicLink(each.path())) {
				fail(each.path(), "the link cannot be made here");
			}
		}
	}

	private void visit(BlobId tree, Path folder, int depth) throws IOException {
		TreeText.Entries entries;
		try {
			entries = new TreeText.Entries(vault.loadBlob(tree, BlobType.TREE));
			for (Node node = entries.next(); node != null; node = entries.next()) {
				monitor.throwIfCancelled();
				Path path = below(folder, node.name());
				if (path != null) {
					take(node, path, depth);
				}
			}
		} catch (JsonReader.JsonException e) {
			fail(folder, "the folder's list is damaged");
		} catch (ProblemException e) {
			fail(folder, e.problem().title());
		}
	}

	/** The path of an entry, which is directly in the folder whatever its name; null if this system has no such name. */
	private @Nullable Path below(Path folder, String name) {
		try {
			Path path = folder.resolve(name);
			if (folder.equals(path.getParent()) && path.equals(path.normalize())) {
				return path;
			}
		} catch (InvalidPathException e) {
			// Told below.
		}
		fail(folder, "this system has no names such as one in it");
		return null;
	}

	private void take(Node node, Path path, int depth) throws IOException {
		switch (node.type()) {
			case DIR -> {
				BlobId subtree = node.subtree();
				if (subtree == null || depth > MAX_DEPTH) {
					fail(path, "the folders are too deep");
					return;
				}
				Files.createDirectory(path);
				late.add(new Late(path, node));
				visit(subtree, path, depth + 1);
			}
			case FILE -> addFile(node, path);
			case SYMLINK -> late.add(new Late(path, node));
			default -> fail(path, "devices and sockets are left out");
		}
	}

	private void addFile(Node node, Path path) throws IOException {
		List<BlobId> content = node.content();
		if (content == null || content.isEmpty()) {
			Files.createFile(path);
			facts.set(path, node);
			files.increment();
			return;
		}
		batch.add(new FileJob(path, node, content.size()));
		batchBytes += node.sizeBytes();
		if (batch.size() >= MAX_FILES || batchBytes >= MAX_BYTES) {
			writeBatch();
		}
	}

	private void writeBatch() throws IOException {
		TreeMap<BlobId, List<Piece>> packs = new TreeMap<>();
		for (FileJob file : batch) {
			plan(file, packs);
		}
		try {
			int threads = Math.max(2 * Parallel.threads(), vault.readers());
			Parallel.forEach("export", threads, List.copyOf(packs.entrySet()), pack -> {
				monitor.throwIfCancelled();
				readPack(pack.getKey(), pack.getValue());
				monitor.report(new JobEvent.Progress(-1, bytes.sum(), -1, files.sum(), -1));
			});
		} finally {
			for (FileJob file : batch) {
				file.close();
			}
			batch.clear();
			batchBytes = 0;
		}
	}

	private void plan(FileJob file, TreeMap<BlobId, List<Piece>> packs) throws IOException {
		List<BlobId> content = file.node.content();
		if (content == null) {
			return;
		}
		List<Listing.Place> places = new ArrayList<>(content.size());
		try {
			for (BlobId id : content) {
				places.add(vault.listing().locate(id, BlobType.DATA));
			}
		} catch (ProblemException e) {
			file.fail(e.problem().title());
			return;
		}
		long position = 0;
		for (Listing.Place place : places) {
			packs.computeIfAbsent(place.pack(), p -> new ArrayList<>()).add(new Piece(place.blob(), file, position));
			position += place.plainLength();
		}
	}

	private void readPack(BlobId pack, List<Piece> pieces) throws IOException {
		pieces.sort(Comparator.comparingInt(p -> p.blob().offset()));
		for (int first = 0; first < pieces.size();) {
			long from = pieces.get(first).blob().offset();
			long end = from + pieces.get(first).blob().length();
			int last = first + 1;
			while (last < pieces.size()) {
				PackedBlob next = pieces.get(last).blob();
				long nextEnd = (long) next.offset() + next.length();
				if (next.offset() - end > GAP || nextEnd - from > RUN) {
					break;
				}
				end = Math.max(end, nextEnd);
				last++;
			}
			readRun(pack, pieces.subList(first, last), from, (int) (end - from));
			first = last;
		}
	}

	private void readRun(BlobId pack, List<Piece> pieces, long from, int length) throws IOException {
		Codec codec = vault.codecs().take();
		try {
			byte[] sealed = codec.room(length);
			try {
				vault.blobs().readStored(pack, from, length, sealed);
			} catch (ProblemException | EOFException e) {
				for (Piece piece : pieces) {
					fromElsewhere(piece);
				}
				return;
			}
			@Nullable
			PackedBlob opened = null;
			int size = -1;
			for (Piece piece : pieces) {
				PackedBlob blob = piece.blob();
				if (opened == null || !blob.equals(opened)) {
					size = codec.decode(sealed, (int) (blob.offset() - from), blob.length(), blob.uncompressed());
					if (size >= 0 && !codec.hash(codec.plain(), 0, size).equals(blob.id())) {
						size = -1;
					}
					opened = blob;
				}
				if (size < 0) {
					fromElsewhere(piece);
				} else {
					write(piece, codec.plain(), size);
				}
			}
		} finally {
			vault.codecs().release(codec);
		}
	}

	private void write(Piece piece, byte[] content, int length) throws IOException {
		piece.file().write(content, length, piece.position());
	}

	/** A blob that cannot be read from this pack may be in another. */
	private void fromElsewhere(Piece piece) throws IOException {
		try {
			byte[] content = vault.loadBlob(piece.blob().id(), BlobType.DATA);
			write(piece, content, content.length);
		} catch (ProblemException e) {
			piece.file().fail(e.problem().title());
		}
	}

	private void fail(Path path, String why) {
		synchronized (failed) {
			failed.add(path + ": " + why);
		}
	}

	/** Files that were written whole. */
	public long files() {
		return files.sum();
	}

	/** Bytes that were written. */
	public long bytes() {
		return bytes.sum();
	}

	/** What could not be written. */
	public List<String> failed() {
		synchronized (failed) {
			return List.copyOf(failed);
		}
	}
}
