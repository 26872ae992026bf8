// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.disk.FullDisk;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.PrivateTemp;

/**
 * The SQLite databases of a backup, each as one file in clear that all who open it share. One that lies in clear on this
 * computer and has no write-ahead log is used where it is; of any other a copy is made, checked as it is read, with its
 * log brought in. A rollback journal is left out: SQLite would delete whatever file such a journal names. Thread-safe.
 */
final class Databases implements Closeable {

	/** A database that was asked for; whoever holds its monitor makes the file. */
	private static final class Prepared {
		private @Nullable Path file;
	}

	private final Reader reader;
	private final Map<String, Prepared> prepared = new HashMap<>();
	private final Set<Opened> open = ConcurrentHashMap.newKeySet();
	private @Nullable PrivateTemp temp;
	private int copies;
	private boolean closed;

	Databases(Reader reader) {
		this.reader = reader;
	}

	/**
	 * Opens a database.
	 *
	 * @param log its write-ahead log; null if there is none
	 * @throws ProblemException as for reading the files; {@code FILE_DAMAGED} if it is no database; {@code NO_SPACE}
	 */
	ContentDatabase open(BackupFile file, @Nullable BackupFile log) throws IOException {
		Path path = path(file, log);
		try {
			Opened opened = new Opened(connect(path), open);
			open.add(opened);
			synchronized (this) {
				if (!closed) {
					return opened;
				}
			}
			opened.close();
			throw closed();
		} catch (SQLException e) {
			throw PayloadStream.damaged(file, Texts.text("file.no-database"), e);
		}
	}

	private static IOException closed() {
		return new IOException("The backup was closed");
	}

	/* SQLite looks at a file when it is first asked for something. */
	private static Connection connect(Path path) throws SQLException {
		Connection connection = Sqlite.read(path, Sqlite.MAX_VALUE);
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
			rows.next();
			return connection;
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}

	private Path path(BackupFile file, @Nullable BackupFile log) throws IOException {
		Prepared one;
		synchronized (this) {
			if (closed) {
				throw closed();
			}
			one = prepared.computeIfAbsent(file.fileId(), id -> new Prepared());
		}
		synchronized (one) {
			Path path = one.file;
			if (path == null) {
				path = prepare(file, log);
				one.file = path;
			}
			return path;
		}
	}

	private Path prepare(BackupFile file, @Nullable BackupFile log) throws IOException {
		if (log == null || log.sizeBytes() == 0) {
			Optional<Path> local = reader.localFile(file);
			if (local.isPresent()) {
				check(file);
				return local.get();
			}
		}
		Path folder = folder();
		Path copy = folder.resolve("database");
		Path copiedLog = folder.resolve("database-wal");
		try {
			copy(file, copy);
			if (log != null && log.sizeBytes() > 0) {
				copy(log, copiedLog);
				Sqlite.mergeLog(copy);
			}
			return copy;
		} catch (SQLException e) {
			discard(folder, copy, copiedLog);
			throw PayloadStream.damaged(file, Texts.text("file.no-database"), e);
		} catch (IOException e) {
			discard(folder, copy, copiedLog);
			throw FullDisk.isToldBy(e) ? BackupProblems.NO_SPACE.exceptionBecause(e, PrivateTemp.base(),
					Texts.text("space.database")) : e;
		}
	}

	/** What a copy would have told of damage, for a file that is used where it is. */
	private void check(BackupFile file) throws IOException {
		try (PayloadStream content = reader.content(file)) {
			String flaw = content.lengthFlaw();
			if (flaw != null) {
				throw PayloadStream.damaged(file, flaw, null);
			}
			if (file.content().digest() != null) {
				while (content.nextChunk() >= 0) {
					// the digest is compared at the end
				}
			}
		}
	}

	private synchronized Path folder() throws IOException {
		if (closed) {
			throw closed();
		}
		PrivateTemp place = temp;
		if (place == null) {
			place = PrivateTemp.create();
			temp = place;
		}
		return Files.createDirectory(place.folder().resolve(String.valueOf(++copies)));
	}

	private void copy(BackupFile file, Path to) throws IOException {
		try (PayloadStream content = reader.content(file);
				FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			for (int length = content.nextChunk(); length >= 0; length = content.nextChunk()) {
				ByteBuffer chunk = ByteBuffer.wrap(content.chunk(), 0, length);
				while (chunk.hasRemaining()) {
					out.write(chunk);
				}
			}
		}
	}

	private static void discard(Path folder, Path... files) throws IOException {
		for (Path file : files) {
			Files.deleteIfExists(file);
		}
		Files.deleteIfExists(folder);
	}

	/** Closes what is still open, and deletes the copies. */
	@Override
	public void close() throws IOException {
		PrivateTemp place;
		synchronized (this) {
			closed = true;
			place = temp;
			temp = null;
			prepared.clear();
		}
		try {
			for (Opened each : List.copyOf(open)) {
				each.close();
			}
		} finally {
			if (place != null) {
				place.close();
			}
		}
	}

	/** One who reads a database. */
	private record Opened(Connection connection, Set<Opened> among) implements ContentDatabase {

		@Override
		public void close() throws IOException {
			among.remove(this);
			try {
				connection.close();
			} catch (SQLException e) {
				throw new IOException("The database could not be closed", e);
			}
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(connection);
		}
	}
}
