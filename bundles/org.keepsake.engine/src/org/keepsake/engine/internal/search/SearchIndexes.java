// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.RecordValues;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Human;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.Texts;
import org.keepsake.ios.backup.PrivateTemp;

/**
 * The search indexes in {@code cache/search} of the state folder, one a version of a backup: {@code ID-FINGERPRINT.index},
 * sealed if the backup is encrypted. The fingerprint is that of the data sets there are, so that a new one, or one that
 * reads more, makes a new index. A sealed index is used as a copy in clear in a private folder, which is deleted when the
 * backup is closed, or after a crash by the next search. Thread-safe.
 */
public final class SearchIndexes {

	/** What the key of a sealed index is derived for. */
	public static final String PURPOSE = "org.keepsake search index";

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.search");
	private static final String EXTENSION = ".index";
	private static final int FULL = 13;

	private final Home home;

	/** Looks at nothing yet. */
	public SearchIndexes(Home home) {
		this.home = home;
	}

	private Path folder() {
		return home.resolve("cache").resolve("search");
	}

	/**
	 * Deletes what a crash left in clear: of an index, or of a rehearsed restore. Cheap where there is nothing; what
	 * cannot be deleted now is left to the next time.
	 */
	public static void sweep(Home home) {
		for (Path folder : List.of(home.resolve("cache").resolve("search"), home.resolve("scratch"))) {
			if (Files.isDirectory(folder)) {
				try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".keepsake-temp-*")) {
					if (left.iterator().hasNext()) {
						// Making one deletes what processes that are gone left beside it.
						PrivateTemp.create(folder).close();
					}
				} catch (IOException | java.nio.file.DirectoryIteratorException e) {
					LOG.log(System.Logger.Level.DEBUG, "Looking for what a crash left", e);
				}
			}
		}
	}

	/** Deletes all indexes. @return how many bytes they took */
	public long clear() throws IOException {
		return delete("");
	}

	/** Deletes those of a version; what cannot be deleted now is no fault of who deletes the version. */
	public void forget(SnapshotId snapshot) {
		try {
			delete(snapshot.value() + '-');
		} catch (IOException | java.nio.file.DirectoryIteratorException e) {
			LOG.log(System.Logger.Level.WARNING, "A search index cannot be deleted", e);
		}
	}

	private long delete(String prefix) throws IOException {
		long bytes = 0;
		if (Files.isDirectory(folder())) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), prefix + "*" + EXTENSION)) {
				for (Path file : files) {
					bytes += Files.size(file);
					Files.deleteIfExists(file);
				}
			}
		}
		return bytes;
	}

	/**
	 * Opens the index of a backup; makes it first if there is none, or none that is sound.
	 *
	 * @param key to seal it with, wiped by the time it is closed; null to leave it in clear
	 */
	public Open open(OpenedBackup backup, byte @Nullable [] key, JobMonitor monitor) throws IOException {
		home.make(folder());
		Open open = new Open(backup, key);
		boolean opened = false;
		try {
			open.connect(monitor);
			opened = true;
			return open;
		} finally {
			if (!opened) {
				open.close();
			}
		}
	}

	private Path file(OpenedBackup backup, String fingerprint) {
		return folder().resolve(backup.backup().snapshot().id().value() + '-' + fingerprint + EXTENSION);
	}

	private static String fingerprint(OpenedBackup backup) {
		StringBuilder all = new StringBuilder(IndexFile.FORMAT);
		for (DataSet dataSet : backup.dataSets()) {
			all.append('\n').append(dataSet.id()).append(' ').append(dataSet.getClass().getName()).append(' ')
					.append(RecordValues.names(dataSet.recordType()));
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
					.digest(all.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every JDK has SHA-256", e);
		}
	}

	/** An index that is open. For one thread at a time. */
	public final class Open implements Closeable {

		private final OpenedBackup backup;
		private final byte @Nullable [] key;
		private final String fingerprint;
		private final Path file;
		private @Nullable Connection connection;
		private @Nullable PrivateTemp temp;

		Open(OpenedBackup backup, byte @Nullable [] key) {
			this.backup = backup;
			this.key = key;
			fingerprint = SearchIndexes.fingerprint(backup);
			file = SearchIndexes.this.file(backup, fingerprint);
		}

		/** Searches. */
		public SearchResult search(SearchRequest request, JobMonitor monitor) throws IOException {
			String query = Words.query(request.text());
			if (query.isEmpty()) {
				throw EngineProblems.SEARCH_EMPTY.exception();
			}
			for (int attempt = 1;; attempt++) {
				try {
					return new IndexReader(connection(), monitor).search(query, request);
				} catch (SQLException e) {
					monitor.throwIfCancelled();
					if (attempt > 1) {
						throw new IOException("The search index does not work", e);
					}
					LOG.log(System.Logger.Level.WARNING, "The search index is damaged and made anew", e);
					disconnect();
					Files.deleteIfExists(file);
					connect(monitor);
				}
			}
		}

		private Connection connection() throws SQLException {
			Connection open = connection;
			if (open == null) {
				throw new SQLException("The index is closed");
			}
			return open;
		}

		void connect(JobMonitor monitor) throws IOException {
			Optional<Connection> there = existing(monitor);
			connection = there.isPresent() ? there.get() : build(monitor);
		}

		/** The index that is there, if it is sound and of this backup. */
		private Optional<Connection> existing(JobMonitor monitor) throws IOException {
			if (!Files.isRegularFile(file)) {
				return Optional.empty();
			}
			try {
				Connection opened = IndexFile.open(key == null ? file : unsealed(key, monitor));
				if (isMine(opened)) {
					return Optional.of(opened);
				}
				opened.close();
			} catch (SQLException | SealedFile.BrokenException e) {
				LOG.log(System.Logger.Level.WARNING, "The search index is damaged and made anew", e);
			}
			disconnect();
			return Optional.empty();
		}

		private boolean isMine(Connection opened) {
			try (PreparedStatement about = opened
					.prepareStatement("SELECT value FROM about WHERE name = 'fingerprint'");
					ResultSet rows = about.executeQuery()) {
				return rows.next() && fingerprint.equals(rows.getString(1));
			} catch (SQLException e) {
				LOG.log(System.Logger.Level.WARNING, "The search index is damaged and made anew", e);
				return false;
			}
		}

		private Path unsealed(byte[] opener, JobMonitor monitor) throws IOException {
			monitor.report(new JobEvent.Phase("opening-index", Texts.of("phase.opening-index")));
			Path clear = temp().file("index");
			SealedFile.unseal(file, clear, opener, monitor);
			return clear;
		}

		private PrivateTemp temp() throws IOException {
			PrivateTemp place = temp;
			if (place == null) {
				place = PrivateTemp.create(folder());
				temp = place;
			}
			return place;
		}

		private Connection build(JobMonitor monitor) throws IOException {
			try {
				Path fresh = temp().folder().resolve("new");
				new IndexWriter(backup, monitor).write(fresh, fingerprint);
				forget(backup.backup().snapshot().id());
				byte[] sealing = key;
				if (sealing == null) {
					Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
					return IndexFile.open(file);
				}
				Path sealed = temp().file("sealed");
				SealedFile.seal(fresh, sealed, sealing, monitor);
				Files.move(sealed, file, StandardCopyOption.REPLACE_EXISTING);
				return IndexFile.open(fresh);
			} catch (SQLException e) {
				monitor.throwIfCancelled();
				if (e.getErrorCode() == FULL) {
					throw EngineProblems.CACHE_FULL.exceptionBecause(e, folder().toString(),
							Human.bytes(Files.getFileStore(folder()).getUsableSpace()), Texts.of("cache.some"));
				}
				throw new IOException("The search index cannot be made: " + e.getMessage(), e);
			}
		}

		private void disconnect() throws IOException {
			Connection open = connection;
			connection = null;
			PrivateTemp place = temp;
			temp = null;
			try (PrivateTemp _ = place) {
				if (open != null) {
					open.close();
				}
			} catch (SQLException e) {
				throw new IOException("The search index cannot be closed", e);
			}
		}

		@Override
		public void close() throws IOException {
			byte[] known = key;
			if (known != null) {
				Arrays.fill(known, (byte) 0);
			}
			disconnect();
		}
	}
}
