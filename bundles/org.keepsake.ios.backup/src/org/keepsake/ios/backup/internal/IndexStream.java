// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.FileFilter;

/**
 * One visit to the rows of an encrypted {@code Manifest.db} as it lies in the backup, without a copy in clear. What is
 * odd about the database is left to {@link DatabaseIndex}, which goes on behind the last row. Not thread-safe.
 */
final class IndexStream implements Closeable {

	private final SeekableByteChannel channel;
	private long last = Long.MIN_VALUE;

	/** @param channel the database in clear; closed with this */
	IndexStream(SeekableByteChannel channel) {
		this.channel = channel;
	}

	/** The number of the row that was visited last. */
	long last() {
		return last;
	}

	/** @return false if there may be more rows behind the last one, which SQLite must read */
	boolean visit(FileFilter filter, Backup.FileVisitor visitor) throws IOException {
		Predicate<String> domain = predicate(filter.domain());
		Predicate<String> path = predicate(filter.path());
		try {
			TableReader reader = new TableReader(new Damage(channel));
			long root = reader.root("Files", "fileid", "domain", "relativepath", "flags", "file");
			reader.visit(root, (number, row) -> {
				if (number <= last) {
					throw new IndexException("rows out of order", null);
				}
				String rowDomain = row.text(1);
				String rowPath = row.text(2);
				IndexEntry entry = IndexRows.entry(row.text(0), rowDomain, rowPath, (int) row.integer(3), row.blob(4));
				boolean wanted = domain.test(rowDomain) && path.test(rowPath);
				last = number;
				return !wanted || visitor.visit(entry.file());
			});
			return true;
		} catch (IndexException e) {
			return false;
		}
	}

	private static Predicate<String> predicate(@Nullable String glob) {
		return glob == null ? any -> true : new Glob(glob);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}

	/** Tells damage of the database from what a visitor throws. */
	private record Damage(SeekableByteChannel of) implements SeekableByteChannel {

		@Override
		public int read(ByteBuffer target) throws IOException {
			try {
				return of.read(target);
			} catch (ProblemException e) {
				throw new IndexException("not readable", e);
			}
		}

		@Override
		public int write(ByteBuffer source) throws IOException {
			return of.write(source);
		}

		@Override
		public long position() throws IOException {
			return of.position();
		}

		@Override
		public SeekableByteChannel position(long newPosition) throws IOException {
			of.position(newPosition);
			return this;
		}

		@Override
		public long size() throws IOException {
			return of.size();
		}

		@Override
		public SeekableByteChannel truncate(long size) throws IOException {
			of.truncate(size);
			return this;
		}

		@Override
		public boolean isOpen() {
			return of.isOpen();
		}

		@Override
		public void close() throws IOException {
			of.close();
		}
	}
}
