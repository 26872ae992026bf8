// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;

/** Puts content onto a virtual iPhone as its system would: with parent directories, owners and protection classes. */
final class Shelf {

	/** NSFileProtectionCompleteUntilFirstUserAuthentication, which most data has. */
	static final int AFTER_FIRST_UNLOCK = 3;
	/** NSFileProtectionComplete. */
	static final int WHILE_UNLOCKED = 1;

	private static final int MOBILE = 501;

	private final VirtualFiles files;
	private final Path scratch;
	private final Set<String> directories = new HashSet<>();

	/** @param scratch an existing folder for databases under construction */
	Shelf(VirtualFiles files, Path scratch) {
		this.files = files;
		this.scratch = scratch;
	}

	/** Writes a small file. */
	void file(String domain, String path, byte[] content, Instant modified, int protectionClass) throws IOException {
		parents(domain, path, modified);
		files.write(entry(domain, path, Kind.FILE, 0644, modified, protectionClass, null),
				new ByteArrayInputStream(content));
	}

	/** Makes a directory with its parents. */
	void directory(String domain, String path, Instant modified) throws IOException {
		parents(domain, path, modified);
		if (directories.add(domain + '-' + path)) {
			files.put(entry(domain, path, Kind.DIRECTORY, 0755, modified, 0, null));
		}
	}

	/** Makes a symbolic link. */
	void link(String domain, String path, String target, Instant modified) throws IOException {
		parents(domain, path, modified);
		files.put(entry(domain, path, Kind.LINK, 0755, modified, 0, target));
	}

	/** Builds an SQLite database and writes it. */
	void database(String domain, String path, Instant modified, Script script) throws IOException {
		Path file = Files.createTempFile(scratch, "db", ".sqlite");
		try {
			try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
				connection.setAutoCommit(false);
				script.run(new Database(connection));
				connection.commit();
			}
			parents(domain, path, modified);
			try (InputStream content = Files.newInputStream(file)) {
				files.write(entry(domain, path, Kind.FILE, 0644, modified, AFTER_FIRST_UNLOCK, null), content);
			}
		} catch (SQLException e) {
			throw new IOException("Cannot build the database " + path, e);
		} finally {
			Files.deleteIfExists(file);
		}
	}

	private void parents(String domain, String path, Instant modified) throws IOException {
		for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
			String parent = path.substring(0, slash);
			if (directories.add(domain + '-' + parent)) {
				files.put(entry(domain, parent, Kind.DIRECTORY, 0755, modified, 0, null));
			}
		}
	}

	private static VirtualFile entry(String domain, String path, Kind kind, int mode, Instant modified,
			int protectionClass, @org.eclipse.jdt.annotation.Nullable String target) {
		long inode = (domain + '-' + path).hashCode() & 0xffff_ffffL;
		return new VirtualFile(domain, path, kind, mode, MOBILE, MOBILE, inode, modified, modified, modified, 0,
				protectionClass, target, null);
	}

	/** Fills a database. */
	@FunctionalInterface
	interface Script {
		/** Makes tables and rows. */
		void run(Database database) throws SQLException, IOException;
	}
}
