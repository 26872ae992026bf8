// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.drill.DrillDevice;
import org.keepsake.core.drill.DrillDevice.Entry;
import org.keepsake.core.drill.DrillDevice.Kind;
import org.keepsake.ios.backup.FileFilter;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * The files of a device that was restored, as data sets see those of a backup. What is not a file, such as keys and
 * descriptions, is the backup's. Thread-safe.
 */
final class DrillContent implements BackupContent {

	private final DrillDevice device;
	private final BackupContent backup;
	private final Path folder;
	private final Map<Class<?>, Object> shared = new HashMap<>();
	private int copies;

	/** @param folder existing and private, for copies of databases, which its owner deletes */
	DrillContent(DrillDevice device, BackupContent backup, Path folder) {
		this.device = device;
		this.backup = backup;
		this.folder = folder;
	}

	@Override
	public BackupSummary summary() {
		return backup.summary();
	}

	@Override
	public Optional<ContentFile> find(String domain, String path) throws IOException {
		return device.find(domain, path).filter(entry -> entry.kind() == Kind.FILE).map(DrillContent::file);
	}

	private static ContentFile file(Entry entry) {
		return new ContentFile(entry.domain(), entry.path(), entry.sizeBytes(), entry.modified());
	}

	@Override
	public void forEach(@Nullable String domain, @Nullable String path, FileVisitor visitor) throws IOException {
		BiPredicate<String, String> chosen = new FileFilter(domain, path).matcher();
		device.forEach(entry -> entry.kind() != Kind.FILE || !chosen.test(entry.domain(), entry.path())
				|| visitor.visit(file(entry)));
	}

	@Override
	public InputStream open(ContentFile file) throws IOException {
		return device.open(new Entry(file.domain(), file.path(), Kind.FILE, file.sizeBytes(), file.modified(), null));
	}

	@Override
	public SeekableByteChannel channel(ContentFile file) throws IOException {
		return Files.newByteChannel(copy(file, newFolder().resolve("file")));
	}

	@Override
	public ContentDatabase database(ContentFile file) throws IOException {
		Path copy = copy(file, newFolder().resolve("database"));
		Optional<ContentFile> log = find(file.domain(), file.path() + "-wal");
		if (log.isPresent() && log.get().sizeBytes() > 0) {
			copy(log.get(), copy.resolveSibling("database-wal"));
		}
		try {
			SQLiteConfig config = new SQLiteConfig();
			Connection connection = JDBC.createConnection("jdbc:sqlite:" + copy, config.toProperties());
			try (Statement statement = connection.createStatement()) {
				statement.execute("PRAGMA trusted_schema=OFF");
				statement.execute("PRAGMA cell_size_check=ON");
				statement.execute("PRAGMA mmap_size=0");
				statement.execute("PRAGMA query_only=ON");
			} catch (SQLException e) {
				connection.close();
				throw e;
			}
			return new Copy(connection);
		} catch (SQLException e) {
			throw new IOException(file.domain() + '/' + file.path() + ": " + e.getMessage(), e);
		}
	}

	private record Copy(Connection connection) implements ContentDatabase {
		@Override
		public void close() throws IOException {
			try {
				connection.close();
			} catch (SQLException e) {
				throw new IOException(e);
			}
		}
	}

	private synchronized Path newFolder() throws IOException {
		return Files.createDirectory(folder.resolve(Integer.toString(++copies)));
	}

	private Path copy(ContentFile file, Path to) throws IOException {
		try (InputStream in = open(file)) {
			Files.copy(in, to);
		}
		return to;
	}

	@Override
	public Optional<InputStream> description(String name) throws IOException {
		return backup.description(name);
	}

	@Override
	public byte @Nullable [] unwrap(int protectionClass, byte[] wrapped) {
		return backup.unwrap(protectionClass, wrapped);
	}

	@Override
	public <T> T shared(Class<T> type, Maker<T> maker) throws IOException {
		synchronized (shared) {
			Object known = shared.get(type);
			if (known == null) {
				known = maker.make(this);
				shared.put(type, known);
			}
			return type.cast(known);
		}
	}
}
