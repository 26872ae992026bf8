// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;
import org.sqlite.SQLiteConfig;

/**
 * A backup's content for tests of data sets: a folder that holds each file as {@code <domain>/<path>}, filled by the test.
 */
public final class FolderContent implements BackupContent {

	private final Path folder;
	private final IosVersion ios;
	private final boolean encrypted;
	private final Map<String, byte[]> descriptions = new HashMap<>();
	private final Map<Class<?>, Object> shared = new HashMap<>();
	private Unwrapper unwrapper = (protectionClass, wrapped) -> null;

	/** Content below the folder, of a backup of the iOS. */
	public FolderContent(Path folder, IosVersion ios, boolean encrypted) {
		this.folder = folder;
		this.ios = ios;
		this.encrypted = encrypted;
	}

	/** Puts a file there. */
	public Path put(String domain, String path, byte[] bytes) throws IOException {
		Path file = place(domain, path);
		Files.write(file, bytes);
		return file;
	}

	/** Puts a text file there. */
	public Path put(String domain, String path, String text) throws IOException {
		return put(domain, path, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Runs SQL statements, separated by {@code ;} at the end of a line, in a database that is made if need be. */
	public void sql(String domain, String path, String statements) throws IOException {
		try (Connection connection = writable(domain, path); Statement statement = connection.createStatement()) {
			for (String one : statements.split(";\\s*(\\R|$)")) {
				if (!one.isBlank()) {
					statement.executeUpdate(one);
				}
			}
		} catch (SQLException e) {
			throw new IOException(e);
		}
	}

	/** Opens a database for writing, which is made if need be. */
	public Connection writable(String domain, String path) throws IOException, SQLException {
		return new SQLiteConfig().createConnection("jdbc:sqlite:" + place(domain, path));
	}

	/** Puts {@code Info.plist} or the like there. */
	public void describe(String name, byte[] bytes) {
		descriptions.put(name, bytes.clone());
	}

	/** Who opens wrapped keys from now on. */
	public void unwrapper(Unwrapper opener) {
		unwrapper = opener;
	}

	private Path place(String domain, String path) throws IOException {
		Path file = folder.resolve(domain).resolve(path);
		Files.createDirectories(file.getParent());
		return file;
	}

	@Override
	public BackupSummary summary() {
		return new BackupSummary(new Udid("00008120-0017B8135B567042"), "Test Phone", "iPhone15,2", ios,
				Instant.parse("2026-11-01T10:00:00Z"), 0, 0, encrypted, true);
	}

	@Override
	public Optional<ContentFile> find(String domain, String path) throws IOException {
		Path file;
		try {
			file = folder.resolve(domain).resolve(path);
		} catch (InvalidPathException e) {
			// A name out of a damaged database, which no backup has a file of.
			return Optional.empty();
		}
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file(file)) : Optional.empty();
	}

	private ContentFile file(Path file) throws IOException {
		Path relative = folder.relativize(file);
		return new ContentFile(relative.getName(0).toString(),
				relative.subpath(1, relative.getNameCount()).toString().replace('\\', '/'), Files.size(file),
				Files.getLastModifiedTime(file).toInstant());
	}

	@Override
	public void forEach(@Nullable String domain, @Nullable String path, FileVisitor visitor) throws IOException {
		PathMatcher domains = glob(domain);
		PathMatcher paths = glob(path);
		if (!Files.isDirectory(folder)) {
			return;
		}
		List<Path> files;
		try (Stream<Path> walk = Files.walk(folder)) {
			files = walk.filter(Files::isRegularFile).filter(file -> file.getNameCount() - folder.getNameCount() > 1)
					.sorted().toList();
		} catch (UncheckedIOException e) {
			throw e.getCause();
		}
		for (Path file : files) {
			Path relative = folder.relativize(file);
			if (domains.matches(relative.getName(0)) && paths.matches(relative.subpath(1, relative.getNameCount()))
					&& !visitor.visit(file(file))) {
				return;
			}
		}
	}

	private static PathMatcher glob(@Nullable String glob) {
		return glob == null ? any -> true : FileSystems.getDefault().getPathMatcher("glob:" + glob);
	}

	@Override
	public InputStream open(ContentFile file) throws IOException {
		return Files.newInputStream(folder.resolve(file.domain()).resolve(file.path()));
	}

	@Override
	public SeekableByteChannel channel(ContentFile file) throws IOException {
		return Files.newByteChannel(folder.resolve(file.domain()).resolve(file.path()));
	}

	@Override
	public ContentDatabase database(ContentFile file) throws IOException {
		Path source = folder.resolve(file.domain()).resolve(file.path());
		Path copies = Files.createTempDirectory(folder.getParent(), "copy");
		for (String suffix : List.of("", "-wal")) {
			Path part = source.resolveSibling(source.getFileName() + suffix);
			if (Files.exists(part)) {
				Files.copy(part, copies.resolve(part.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		try {
			SQLiteConfig config = new SQLiteConfig();
			Connection connection = config.createConnection("jdbc:sqlite:" + copies.resolve(source.getFileName()));
			try (Statement statement = connection.createStatement()) {
				statement.execute("PRAGMA query_only = 1");
			} catch (SQLException e) {
				connection.close();
				throw e;
			}
			return new Opened(connection);
		} catch (SQLException e) {
			throw new IOException(e);
		}
	}

	@Override
	public Optional<InputStream> description(String name) {
		byte[] bytes = descriptions.get(name);
		return bytes == null ? Optional.empty() : Optional.of(new java.io.ByteArrayInputStream(bytes));
	}

	@Override
	public byte @Nullable [] unwrap(int protectionClass, byte[] wrapped) {
		return unwrapper.unwrap(protectionClass, wrapped);
	}

	@Override
	public synchronized <T> T shared(Class<T> type, Maker<T> maker) throws IOException {
		Object known = shared.get(type);
		if (known == null) {
			known = maker.make(this);
			shared.put(type, known);
		}
		return type.cast(known);
	}

	/** Opens wrapped keys. */
	@FunctionalInterface
	public interface Unwrapper {
		/** @return null if it does not open */
		byte @Nullable [] unwrap(int protectionClass, byte[] wrapped);
	}

	private record Opened(Connection connection) implements ContentDatabase {
		@Override
		public void close() throws IOException {
			try {
				connection.close();
			} catch (SQLException e) {
				throw new IOException(e);
			}
		}
	}
}
