// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.LocalFiles;
import org.keepsake.ios.backup.internal.crypto.Pbkdf2;

/**
 * What {@code benchmarks/reading} measures of Keepsake's reader, on the bundles of the product. Prints one figure a line:
 * its name and seconds. The password comes from {@code KEEPSAKE_BACKUP_PASSWORD}.
 */
public final class Reading {

	private Reading() {
	}

	public static void main(String[] arguments) throws Exception {
		switch (arguments[0]) {
			case "key" -> key();
			case "extract" -> extract(Path.of(arguments[1]), Path.of(arguments[2]));
			case "list" -> list(Path.of(arguments[1]));
			default -> throw new IllegalArgumentException(arguments[0]);
		}
	}

	private static double since(long nanoTime) {
		return (System.nanoTime() - nanoTime) / 1e9;
	}

	/** As a key bag of iOS 10.2 and later has it: ten million rounds, and ten thousand. */
	private static void key() throws IOException {
		byte[] salt = new byte[20];
		long begin = System.nanoTime();
		byte[] first = Pbkdf2.derive("SHA-256", "secret".getBytes(StandardCharsets.UTF_8), salt, 10_000_000, 32,
				done -> {
				});
		Pbkdf2.derive("SHA-1", first, salt, 10_000, 32, done -> {
		});
		System.out.printf("key %.3f%n", since(begin));
	}

	private static Backup open(Path folder) throws IOException {
		Backup backup = Backup.open(new Folder(folder));
		long begin = System.nanoTime();
		try (Secret password = Secret.of(System.getenv("KEEPSAKE_BACKUP_PASSWORD"))) {
			backup.unlock(password, JobMonitor.NONE);
		}
		System.out.printf("unlock %.3f%n", since(begin));
		return backup;
	}

	private static void extract(Path folder, Path target) throws IOException {
		try (Backup backup = open(folder)) {
			long begin = System.nanoTime();
			ExtractReport report = backup.extract(FileFilter.ALL, target, JobMonitor.NONE);
			System.out.printf("extract %.3f%n", since(begin));
			if (!report.damaged().isEmpty()) {
				throw new IOException("damaged: " + report.damaged().getFirst());
			}
		}
	}

	private static void list(Path folder) throws IOException {
		try (Backup backup = open(folder)) {
			long begin = System.nanoTime();
			long[] files = new long[1];
			backup.forEach(FileFilter.ALL, file -> {
				if (files[0]++ == 0) {
					System.out.printf("first-line %.3f%n", since(begin));
				}
				return true;
			});
			System.out.printf("all-lines %.3f%nlines %d%n", since(begin), files[0]);
		}
	}

	/** A backup's folder on this computer. */
	private record Folder(Path root) implements BackupTree, LocalFiles {

		@Override
		public String name() {
			return root.getFileName().toString();
		}

		private static TreeEntry entry(Path file) throws IOException {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return new TreeEntry(file.getFileName().toString(),
					attributes.isDirectory() ? TreeEntry.Kind.DIRECTORY : TreeEntry.Kind.FILE,
					attributes.isDirectory() ? 0 : attributes.size(), attributes.lastModifiedTime().toInstant());
		}

		@Override
		public Optional<TreeEntry> stat(TreePath path) throws IOException {
			Path file = root.resolve(path.value());
			return Files.exists(file) ? Optional.of(entry(file)) : Optional.empty();
		}

		@Override
		public List<TreeEntry> list(TreePath directory) throws IOException {
			List<TreeEntry> entries = new ArrayList<>();
			try (var files = Files.newDirectoryStream(root.resolve(directory.value()))) {
				for (Path file : files) {
					entries.add(entry(file));
				}
			}
			return entries;
		}

		@Override
		public SeekableByteChannel open(TreePath file) throws IOException {
			try {
				return FileChannel.open(root.resolve(file.value()));
			} catch (NoSuchFileException e) {
				throw new TreeException(TreeException.Reason.NOT_FOUND, "No such file", e);
			}
		}

		@Override
		public Optional<Path> localFile(TreePath file) {
			Path path = root.resolve(file.value());
			return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
		}

		@Override
		public void close() {
			// nothing is open
		}
	}
}
