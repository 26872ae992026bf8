// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreePath;
import org.keepsake.disk.FullDisk;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.LocalFiles;
import org.keepsake.ios.backup.PrivateTemp;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * Finds and opens the index of a backup: {@code Manifest.db} where there is one, else {@code Manifest.mbdb}. A database
 * in clear on this computer is read where it is; any other is decrypted or copied to a {@link PrivateTemp}, as a
 * stream.
 */
final class Indexes {

	static final TreePath DATABASE = new TreePath("Manifest.db");

	private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
	private static final int HEADER = 100;

	private Indexes() {
	}

	/**
	 * Opens the index.
	 *
	 * @param keys of an encrypted backup that is unlocked, else null
	 * @throws ProblemException {@code PASSWORD_NEEDED}, {@code INCOMPLETE}, {@code DAMAGED} or {@code NO_SPACE}
	 */
	static Index open(BackupTree tree, Metadata metadata, @Nullable ClassKeys keys, JobMonitor monitor)
			throws IOException {
		if (metadata.hasDatabase()) {
			return database(tree, metadata, keys, monitor);
		}
		if (metadata.hasMbdb()) {
			return new MbdbIndex(tree);
		}
		throw metadata.isFinished() ? damaged("index.missing", null) : BackupProblems.INCOMPLETE.exception();
	}

	/** Whether the database is there and begins as one that is not encrypted. */
	static boolean isInClear(BackupTree tree) throws IOException {
		try (SeekableByteChannel channel = tree.open(DATABASE)) {
			return Arrays.equals(read(channel, SQLITE.length), SQLITE);
		}
	}

	/** The index as it lies there, to be read once from its beginning; null if it must be opened otherwise. */
	static @Nullable IndexStream stream(BackupTree tree, Metadata metadata, ClassKeys keys) throws IOException {
		byte[] wrapped = metadata.manifestKey();
		if (!metadata.hasDatabase() || wrapped == null || wrapped.length != ClassKeys.PREFIXED_KEY || isInClear(tree)) {
			return null;
		}
		BackupFile file = new BackupFile("", DATABASE.value(), "", BackupFile.Kind.FILE, metadata.databaseBytes(), 0,
				FileRecord.moment(0), 0, null, StoredContent.of(wrapped, null));
		try {
			return new IndexStream(new PayloadChannel(file, PayloadStream.over(tree.open(DATABASE), file, keys)));
		} catch (ProblemException e) {
			return null;
		}
	}

	private static Index database(BackupTree tree, Metadata metadata, @Nullable ClassKeys keys, JobMonitor monitor)
			throws IOException {
		if (isInClear(tree)) {
			Optional<Path> local = tree instanceof LocalFiles files ? files.localFile(DATABASE) : Optional.empty();
			return local.isPresent() ? new DatabaseIndex(local.get(), () -> {
			}) : copy(tree, null, null, monitor);
		}
		byte[] wrapped = metadata.manifestKey();
		if (!metadata.isEncrypted() || wrapped == null || wrapped.length != ClassKeys.PREFIXED_KEY) {
			throw damaged("index.no-database", null);
		}
		if (keys == null) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		byte[] key;
		try (ClassKeys.FileKeys fileKeys = keys.fileKeys()) {
			key = fileKeys.unwrap(wrapped);
		}
		if (key == null) {
			int protectionClass = ClassKeys.protectionClass(wrapped);
			throw keys.has(protectionClass) ? damaged("index.key", null)
					: BackupProblems.KEY_MISSING.exception(DATABASE.value(), String.valueOf(protectionClass));
		}
		try {
			return copy(tree, keys, key, monitor);
		} finally {
			Arrays.fill(key, (byte) 0);
		}
	}

	/* The padding behind the last page stays: SQLite goes by the number of pages in the header. */
	private static Index copy(BackupTree tree, @Nullable ClassKeys keys, byte @Nullable [] key, JobMonitor monitor)
			throws IOException {
		monitor.throwIfCancelled();
		PrivateTemp temp = PrivateTemp.create();
		try {
			Path copy = temp.file(DATABASE.value());
			long length = length(tree, keys, key);
			new IndexCopy(tree, DATABASE, keys, key, length, monitor).run(copy);
			return new DatabaseIndex(copy, temp);
		} catch (IOException | RuntimeException e) {
			temp.close();
			if (e instanceof IOException io && FullDisk.isToldBy(io)) {
				throw BackupProblems.NO_SPACE.exceptionBecause(e, PrivateTemp.base(), Texts.text("space.temporary"));
			}
			throw e;
		}
	}

	/** How much of the database to copy. @throws ProblemException {@code DAMAGED} if it does not begin as one */
	private static long length(BackupTree tree, @Nullable ClassKeys keys, byte @Nullable [] key) throws IOException {
		try (SeekableByteChannel in = tree.open(DATABASE); Workspace work = new Workspace(keys, Workspace.LEAST)) {
			long length = in.size();
			byte[] first = read(in, Workspace.BLOCK);
			if (key != null) {
				length -= length % Workspace.BLOCK;
				System.arraycopy(first, 0, work.stored, 0, Workspace.BLOCK);
				work.begin(key, null);
				work.decrypt(Workspace.BLOCK);
				first = Arrays.copyOf(work.plain, Workspace.BLOCK);
			}
			if (length < HEADER || !Arrays.equals(first, SQLITE)) {
				throw damaged("index.no-database", null);
			}
			return length;
		}
	}

	private static byte[] read(SeekableByteChannel channel, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
			// until full or at the end
		}
		return buffer.array();
	}

	private static ProblemException damaged(String text, @Nullable Throwable cause) {
		return new ProblemException(BackupProblems.DAMAGED.problem(DATABASE.value(), Texts.text(text)), cause);
	}
}
