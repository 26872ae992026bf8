// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;

import org.keepsake.core.JobMonitor;

/**
 * How much a backup holds. Counting takes seconds for a million files, so the result is kept beside the backups, one
 * small file for each, under the backup's id. It counts as long as the files that change with every run have the length
 * and date they had. Where the folder cannot be written, everything is counted each time.
 */
final class Sizes {

	/**
	 * A backup's size.
	 *
	 * @param bytes of all its files
	 * @param files how many they are
	 */
	record Size(long bytes, long files) {
	}

	private final Path folder;

	/** @param folder where results are kept; need not exist, and then nothing is kept */
	Sizes(Path folder) {
		this.folder = folder;
	}

	/** The size, remembered or counted. @param settled whether nobody is writing it, so that it may be remembered */
	Size of(BackupFolder backup, boolean settled) throws IOException {
		if (!settled) {
			return count(backup, JobMonitor.NONE);
		}
		Optional<Size> known = known(backup);
		return known.isPresent() ? known.get() : measure(backup, JobMonitor.NONE);
	}

	/** Counts, and remembers. */
	Size measure(BackupFolder backup, JobMonitor monitor) throws IOException {
		Size size = count(backup, monitor);
		if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			try {
				Properties properties = new Properties();
				properties.setProperty("stamp", stamp(backup));
				properties.setProperty("bytes", Long.toString(size.bytes()));
				properties.setProperty("files", Long.toString(size.files()));
				SmallFile.writeLoosely(file(backup), properties);
			} catch (IOException _) {
				// a folder that cannot be written: counted again next time
			}
		}
		return size;
	}

	private Optional<Size> known(BackupFolder backup) throws IOException {
		Optional<Properties> found = SmallFile.properties(file(backup));
		if (found.isEmpty() || !stamp(backup).equals(found.get().getProperty("stamp"))) {
			return Optional.empty();
		}
		String bytes = found.get().getProperty("bytes", "");
		String files = found.get().getProperty("files", "");
		return bytes.matches("\\d{1,18}") && files.matches("\\d{1,18}")
				? Optional.of(new Size(Long.parseLong(bytes), Long.parseLong(files)))
				: Optional.empty();
	}

	private Path file(BackupFolder backup) throws IOException {
		return folder.resolve(backup.id().value());
	}

	private static String stamp(BackupFolder backup) throws IOException {
		StringBuilder stamp = new StringBuilder();
		for (String name : new String[] { "Info.plist", "Status.plist", "Manifest.plist", "Manifest.db",
				"Manifest.mbdb" }) {
			Path file = backup.path().resolve(name);
			if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
				BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
						LinkOption.NOFOLLOW_LINKS);
				stamp.append(attributes.size()).append('@').append(attributes.lastModifiedTime().toMillis());
			}
			stamp.append(' ');
		}
		return stamp.toString().strip();
	}

	private static Size count(BackupFolder backup, JobMonitor monitor) throws IOException {
		LongAdder bytes = new LongAdder();
		LongAdder files = new LongAdder();
		Walk.over(backup.path(), (_, attributes) -> {
			if (attributes.isRegularFile()) {
				bytes.add(attributes.size());
				files.increment();
			}
		}, monitor);
		return new Size(bytes.sum(), files.sum());
	}
}
