// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;

/**
 * The files of one virtual iPhone in its state folder: entries and small contents in an SQLite database, larger contents
 * as files beside it, generated contents as a seed. Other processes may read while a device runs, and write between its
 * transactions. Thread-safe; {@link #batch} keeps other writers out until it ends.
 */
public final class FileStore implements VirtualFiles, Closeable {

	private static final int INLINE_BYTES = 64 * 1024;
	private static final int COPY_BYTES = 256 * 1024;
	private static final long GARBAGE_MILLIS = 3_600_000;

	private final Path database;
	private final Path blobs;
	private final EntryTable writer;
	private final ReentrantLock writing = new ReentrantLock();
	private final ConcurrentLinkedDeque<EntryTable> readers = new ConcurrentLinkedDeque<>();
	private final List<Path> newBlobs = new ArrayList<>();
	private long nextInode;
	private long nextContent;

	private FileStore(Path folder) throws IOException, SQLException {
		Files.createDirectories(folder);
		database = folder.resolve("files.db");
		blobs = Files.createDirectories(folder.resolve("blobs"));
		writer = new EntryTable(database);
		writer.create();
	}

	/** Opens the store in a device's state folder, made if it is not there. */
	public static FileStore open(Path stateFolder) throws IOException {
		try {
			FileStore store = new FileStore(stateFolder.resolve("files"));
			store.batch(files -> store.collectGarbage());
			return store;
		} catch (SQLException e) {
			throw new IOException("opening the file store in " + stateFolder, e);
		}
	}

	private void collectGarbage() throws IOException {
		long before = System.currentTimeMillis() - GARBAGE_MILLIS;
		sql(() -> {
			PreparedStatement select = writer.prepared("SELECT blob FROM garbage WHERE since < " + before);
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					Files.deleteIfExists(blob(row.getLong(1)));
				}
			}
			writer.execute("DELETE FROM garbage WHERE since < " + before);
			return null;
		});
	}

	private Path blob(long id) {
		return blobs.resolve("%02x".formatted(id & 0xFF)).resolve(Long.toHexString(id));
	}

	@Override
	public void forEach(Consumer<VirtualFile> visitor) throws IOException {
		reading(table -> {
			visitAll(table, (file, content) -> visitor.accept(file));
			return null;
		});
	}

	private void visitAll(EntryTable table, Visitor visitor) throws SQLException, IOException {
		PreparedStatement select = table.prepared("SELECT " + EntryTable.COLUMNS + " FROM entry ORDER BY domain, path");
		select.setFetchSize(256);
		try (ResultSet row = select.executeQuery()) {
			while (row.next()) {
				EntryTable.Stored stored = EntryTable.stored(row);
				visitor.visit(stored.file(), () -> content(table, stored));
			}
		}
	}

	@Override
	public @Nullable VirtualFile find(String domain, String path) throws IOException {
		return reading(table -> {
			EntryTable.Stored stored = table.find(domain, path);
			return stored == null ? null : stored.file();
		});
	}

	@Override
	public InputStream open(VirtualFile file) throws IOException {
		return reading(table -> {
			EntryTable.Stored stored = table.find(file.domain(), file.path());
			if (stored == null) {
				throw new java.nio.file.NoSuchFileException(file.domain() + "-" + file.path());
			}
			return content(table, stored);
		});
	}

	private InputStream content(EntryTable table, EntryTable.Stored stored) throws IOException {
		return switch (stored.place()) {
			case EntryTable.ROW -> sql(() -> new ByteArrayInputStream(table.content(stored.content())));
			case EntryTable.BLOB -> Files.newInputStream(blob(stored.content()));
			case EntryTable.RECIPE -> new GeneratedStream(stored.content(), stored.file().sizeBytes());
			default -> InputStream.nullInputStream();
		};
	}

	@Override
	public VirtualFile write(VirtualFile file, InputStream content) throws IOException {
		VirtualFile[] written = new VirtualFile[1];
		batch(files -> written[0] = store(file, content));
		return written[0];
	}

	private VirtualFile store(VirtualFile file, InputStream content) throws IOException {
		byte[] head = content.readNBytes(INLINE_BYTES + 1);
		long id = nextContent++;
		if (head.length <= INLINE_BYTES) {
			VirtualFile sized = sized(file, head.length);
			sql(() -> {
				if (head.length > 0) {
					writer.putContent(id, head);
				}
				writer.put(sized, head.length > 0 ? EntryTable.ROW : EntryTable.NOWHERE, id);
				return null;
			});
			return sized;
		}
		Path path = blob(id);
		Files.createDirectories(path.getParent());
		newBlobs.add(path);
		long size = 0;
		try (OutputStream out = Files.newOutputStream(path)) {
			InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), content);
			byte[] buffer = new byte[COPY_BYTES];
			for (int n = all.read(buffer); n >= 0; n = all.read(buffer)) {
				out.write(buffer, 0, n);
				size += n;
			}
		}
		VirtualFile sized = sized(file, size);
		sql(() -> {
			writer.put(sized, EntryTable.BLOB, id);
			return null;
		});
		return sized;
	}

	@Override
	public VirtualFile generate(VirtualFile file, long seed, long sizeBytes) throws IOException {
		if (sizeBytes < 0) {
			throw new IllegalArgumentException("a file of " + sizeBytes + " bytes");
		}
		VirtualFile[] made = new VirtualFile[1];
		batch(files -> {
			made[0] = sized(file, sizeBytes);
			sql(() -> {
				writer.put(made[0], sizeBytes == 0 ? EntryTable.NOWHERE : EntryTable.RECIPE, seed);
				return null;
			});
		});
		return made[0];
	}

	@Override
	public void put(VirtualFile file) throws IOException {
		if (file.kind() == Kind.FILE) {
			throw new IllegalArgumentException("a regular file needs content: " + file.path());
		}
		batch(files -> sql(() -> {
			writer.put(sized(file, 0), EntryTable.NOWHERE, 0);
			return null;
		}));
	}

	private VirtualFile sized(VirtualFile file, long sizeBytes) {
		long inode = file.inode() != 0 ? file.inode() : nextInode++;
		return new VirtualFile(file.domain(), file.path(), file.kind(), file.mode(), file.uid(), file.gid(), inode,
				file.modified(), file.changed(), file.born(), sizeBytes, file.protectionClass(), file.linkTarget(),
				file.extendedAttributes());
	}

	@Override
	public void remove(String domain, String path) throws IOException {
		batch(files -> sql(() -> {
			writer.remove(domain, path);
			return null;
		}));
	}

	@Override
	public void batch(Change change) throws IOException {
		writing.lock();
		try {
			if (writing.getHoldCount() > 1) {
				change.apply(this);
				return;
			}
			begin();
			boolean done = false;
			try {
				change.apply(this);
				commit();
				done = true;
			} finally {
				if (!done) {
					rollback();
				}
			}
		} finally {
			writing.unlock();
		}
	}

	private void begin() throws IOException {
		sql(() -> {
			writer.execute("BEGIN IMMEDIATE");
			nextInode = Math.max(1000, writer.number("SELECT value FROM counter WHERE name = 'inode'"));
			nextContent = Math.max(1, writer.number("SELECT value FROM counter WHERE name = 'content'"));
			return null;
		});
		newBlobs.clear();
	}

	private void commit() throws IOException {
		sql(() -> {
			writer.execute("INSERT OR REPLACE INTO counter VALUES('inode', " + nextInode + "), ('content', "
					+ nextContent + ")");
			writer.execute("COMMIT");
			return null;
		});
	}

	private void rollback() throws IOException {
		sql(() -> {
			writer.execute("ROLLBACK");
			return null;
		});
		for (Path path : newBlobs) {
			Files.deleteIfExists(path);
		}
	}

	@Override
	public long count() throws IOException {
		return reading(table -> table.number("SELECT count(*) FROM entry"));
	}

	@Override
	public long totalBytes() throws IOException {
		return reading(table -> table.number("SELECT sum(size) FROM entry WHERE kind = " + Kind.FILE.ordinal()));
	}

	@Override
	public Snapshot snapshot() throws IOException {
		EntryTable table = sql(() -> {
			EntryTable fresh = new EntryTable(database);
			fresh.execute("BEGIN");
			fresh.number("SELECT count(*) FROM counter");
			return fresh;
		});
		return new Snapshot() {
			@Override
			public void forEach(Visitor visitor) throws IOException {
				sql(() -> {
					visitAll(table, visitor);
					return null;
				});
			}

			@Override
			public @Nullable VirtualFile find(String domain, String path) throws IOException {
				EntryTable.Stored stored = sql(() -> table.find(domain, path));
				return stored == null ? null : stored.file();
			}

			@Override
			public void close() {
				try {
					table.close();
				} catch (IOException e) {
					System.getLogger(FileStore.class.getName()).log(System.Logger.Level.DEBUG, "closing a snapshot", e);
				}
			}
		};
	}

	/** Work on the database. */
	private interface Work<T> {
		T run() throws SQLException, IOException;
	}

	/** Reading with a connection of its own, or the writer's inside a batch, which must see what it wrote. */
	private interface Reading<T> {
		T run(EntryTable table) throws SQLException, IOException;
	}

	private static <T> T sql(Work<T> work) throws IOException {
		try {
			return work.run();
		} catch (SQLException e) {
			throw new IOException("the file store: " + e.getMessage(), e);
		}
	}

	private <T> T reading(Reading<T> work) throws IOException {
		if (writing.isHeldByCurrentThread()) {
			return sql(() -> work.run(writer));
		}
		EntryTable pooled = readers.poll();
		EntryTable table = pooled != null ? pooled : sql(() -> new EntryTable(database));
		try {
			return sql(() -> work.run(table));
		} finally {
			readers.push(table);
		}
	}

	@Override
	public void close() throws IOException {
		for (EntryTable table = readers.poll(); table != null; table = readers.poll()) {
			table.close();
		}
		writer.close();
	}
}
