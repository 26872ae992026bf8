// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * {@code Manifest.mbdb}, of iOS 4 to 9: records one after the other, big endian. Read in dunhamsteve/ios
 * {@code backup/backup.go} and matan1008/pyiosbackup {@code manifest_dbs/mbdb.py}.
 */
final class MbdbIndex implements Index {

	static final TreePath FILE = new TreePath("Manifest.mbdb");

	private static final byte[] MAGIC = { 'm', 'b', 'd', 'b', 5, 0 };
	private static final int ABSENT = 0xFFFF;
	private static final int DIGEST = 20;
	private static final byte[] NOTHING = {};

	/** Where records are. @param flaw why some are not known; null if all are */
	private record Lookup(MbdbTable table, @Nullable String flaw) {
	}

	/** Receives records with the place where each begins. */
	@FunctionalInterface
	private interface Placed {
		/** @return false to end the visit */
		boolean visit(IndexEntry entry, long offset) throws IOException;
	}

	private final BackupTree tree;
	private final Object lookupLock = new Object();
	private @Nullable Lookup lookup;

	MbdbIndex(BackupTree tree) {
		this.tree = tree;
	}

	@Override
	public String fileName() {
		return FILE.value();
	}

	@Override
	public void forEach(FileFilter filter, boolean checking, IndexEntry.Visitor visitor) throws IOException {
		Predicate<String> domain = predicate(filter.domain());
		Predicate<String> path = predicate(filter.path());
		try (InputStream in = Channels.newInputStream(tree.open(FILE))) {
			read(in, entry -> !domain.test(entry.file().domain()) || !path.test(entry.file().path())
					|| visitor.visit(entry));
		}
	}

	private static Predicate<String> predicate(@Nullable String glob) {
		return glob == null ? any -> true : new Glob(glob);
	}

	@Override
	public void check(JobMonitor monitor, Consumer<String> flaws) throws IOException {
		try {
			forEach(FileFilter.ALL, true, entry -> {
				monitor.throwIfCancelled();
				return true;
			});
		} catch (IndexException e) {
			flaws.accept(String.valueOf(e.getMessage()));
		}
	}

	@Override
	public @Nullable BackupFile find(String domain, String path, boolean thorough) throws IOException {
		Lookup records = lookup();
		for (long offset : records.table.offsets(FileIds.of(FileIds.sha1(), domain, path))) {
			BackupFile file = at(offset);
			if (file.domain().equals(domain) && file.path().equals(path)) {
				return file;
			}
		}
		if (records.flaw != null) {
			throw new IndexException(records.flaw, null);
		}
		return null;
	}

	private BackupFile at(long offset) throws IOException {
		try (SeekableByteChannel channel = tree.open(FILE)) {
			channel.position(offset);
			DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 512));
			return next(in, in.read(), FileIds.sha1()).file();
		}
	}

	private Lookup lookup() throws IOException {
		synchronized (lookupLock) {
			Lookup known = lookup;
			if (known == null) {
				known = build();
				lookup = known;
			}
			return known;
		}
	}

	private Lookup build() throws IOException {
		MbdbTable table = new MbdbTable();
		String flaw = null;
		try (InputStream in = Channels.newInputStream(tree.open(FILE))) {
			read(in, (entry, offset) -> {
				table.add(entry.file().fileId(), offset);
				return true;
			});
		} catch (IndexException e) {
			flaw = String.valueOf(e.getMessage());
		}
		table.sort();
		return new Lookup(table, flaw);
	}

	@Override
	public void close() {
		// The tree is its owner's.
	}

	/** Reads records until the end, or until the visitor has enough. */
	static void read(InputStream stream, IndexEntry.Visitor visitor) throws IOException {
		read(stream, (entry, offset) -> visitor.visit(entry));
	}

	private static void read(InputStream stream, Placed visitor) throws IOException {
		Counted counted = new Counted(new BufferedInputStream(stream, 64 << 10));
		DataInputStream in = new DataInputStream(counted);
		if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
			throw new IndexException(Texts.text("index.header", FILE.value()), null);
		}
		MessageDigest sha1 = FileIds.sha1();
		long offset = counted.count;
		for (int first = in.read(); first >= 0; first = in.read()) {
			if (!visitor.visit(next(in, first, sha1), offset)) {
				return;
			}
			offset = counted.count;
		}
	}

	/** Knows how many bytes were read. */
	private static final class Counted extends FilterInputStream {

		private long count;

		Counted(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int read = in.read();
			count += read < 0 ? 0 : 1;
			return read;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int read = in.read(target, offset, length);
			count += Math.max(0, read);
			return read;
		}
	}

	private static IndexEntry next(DataInputStream in, int first, MessageDigest sha1) throws IOException {
		try {
			return record(in, first, sha1);
		} catch (EOFException e) {
			throw new IndexException(Texts.text("index.truncated", FILE.value()), e);
		}
	}

	private static IndexEntry record(DataInputStream in, int first, MessageDigest sha1) throws IOException {
		byte[] domain = string(in, first << 8 | in.readUnsignedByte());
		byte[] path = string(in);
		byte[] target = string(in);
		byte[] digest = string(in);
		byte[] key = string(in);
		int mode = in.readUnsignedShort();
		in.readLong(); // inode
		in.readInt(); // user
		in.readInt(); // group
		long modified = in.readInt() & 0xFFFF_FFFFL;
		in.readInt(); // access
		in.readInt(); // change
		long length = in.readLong();
		int protectionClass = in.readUnsignedByte() & 0x1F;
		for (int properties = in.readUnsignedByte(); properties > 0; properties--) {
			string(in); // name
			string(in); // value
		}
		String flaw = flaw(length, digest.length, key.length);
		StoredContent content = flaw == null
				? StoredContent.of(key.length == 0 ? null : key, digest.length == 0 ? null : digest)
				: StoredContent.unreadable(flaw);
		BackupFile file = new BackupFile(text(domain), text(path), FileIds.of(sha1, domain, path), Modes.kind(mode),
				Math.max(0, length), mode, FileRecord.moment(modified), protectionClass,
				target.length == 0 ? null : text(target), content);
		return new IndexEntry(file, flaw != null || !file.domain().isEmpty() && file.domain().indexOf('/') < 0 ? flaw
				: Texts.text("entry.domain"));
	}

	private static @Nullable String flaw(long length, int digest, int key) {
		if (length < 0) {
			return Texts.text("entry.record", "a negative size");
		}
		if (digest != 0 && digest != DIGEST || key != 0 && key != ClassKeys.PREFIXED_KEY) {
			return Texts.text("entry.record", "data of another length");
		}
		return null;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] string(DataInputStream in) throws IOException {
		return string(in, in.readUnsignedShort());
	}

	private static byte[] string(DataInputStream in, int length) throws IOException {
		if (length == ABSENT || length == 0) {
			return NOTHING;
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return bytes;
	}
}
