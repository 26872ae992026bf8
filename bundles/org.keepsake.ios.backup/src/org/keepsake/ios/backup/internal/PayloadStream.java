// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * The content of one file, decrypted chunk by chunk. Length and digest are proven before the last chunk is handed out,
 * so that a reader who takes just as many bytes as there are learns of damage too; whoever skips does without the
 * digest. Skipping costs one seek, whatever the distance. Not thread-safe.
 *
 * <p>
 * Content is AES-256-CBC with an initial value of zeros, padded as PKCS#7. Files that changed while they were backed up
 * have a stale size, and some are stored without padding: the padding is believed before the size.
 */
final class PayloadStream extends InputStream {

	private final BackupFile file;
	private final SeekableByteChannel channel;
	private final Workspace work;
	private final boolean ownsWorkspace;
	private final byte @Nullable [] key;
	private final byte @Nullable [] digest;
	/** As stored. */
	private final long length;
	/** Decrypted, without padding. */
	private final long plainLength;
	/** What is wrong with the length; told at the end. */
	private final @Nullable String lengthFlaw;
	private boolean digesting;
	/** Whether all of a small file is in memory already, decrypted: its end was asked for, and that is most of it. */
	private boolean loaded;
	/** Of the stored bytes: those up to here were read. */
	private long position;
	/** Where the chunk in memory begins. */
	private long chunkStart;
	/* The part of the chunk in memory that was not handed out yet. */
	private int from;
	private int to;

	private PayloadStream(BackupFile file, SeekableByteChannel channel, @Nullable Workspace lent,
			@Nullable ClassKeys keys) throws IOException {
		this.file = file;
		this.channel = channel;
		length = channel.size();
		ownsWorkspace = lent == null;
		work = lent == null ? new Workspace(keys, bufferSize(length)) : lent;
		digest = file.content().digest();
		digesting = digest != null;
		byte[] wrapped = file.content().wrappedKey();
		ClassKeys.FileKeys fileKeys = work.keys;
		byte[] unwrapped = wrapped == null || fileKeys == null ? null : unwrap(wrapped, fileKeys, keys);
		key = unwrapped;
		if (unwrapped == null) {
			plainLength = length;
			lengthFlaw = length == file.sizeBytes() ? null : wrongLength();
		} else {
			plainLength = plainLength(unwrapped);
			lengthFlaw = plainLength >= 0 ? null : wrongLength();
		}
		if (digesting) {
			work.sha1.reset();
		}
		if (!loaded) {
			begin(0);
		}
	}

	private static int bufferSize(long length) {
		return Math.clamp((length + Workspace.BLOCK - 1) / Workspace.BLOCK * Workspace.BLOCK, Workspace.LEAST,
				Workspace.CHUNK);
	}

	/**
	 * Opens a file's content.
	 *
	 * @param keys of an encrypted backup that is unlocked, else null
	 * @param lent buffers to use until the stream is closed; null to make its own
	 * @throws ProblemException {@code FILE_MISSING}, {@code FILE_DAMAGED} or {@code KEY_MISSING}
	 */
	static PayloadStream open(Payloads payloads, BackupFile file, @Nullable ClassKeys keys, @Nullable Workspace lent)
			throws IOException {
		String flaw = file.content().flaw();
		if (flaw != null || !FileIds.isValid(file.fileId())) {
			throw damaged(file, flaw == null ? Texts.text("entry.id-form") : flaw, null);
		}
		SeekableByteChannel channel;
		try {
			channel = payloads.open(file.fileId());
		} catch (TreeException e) {
			throw switch (e.reason()) {
				case NOT_FOUND -> BackupProblems.FILE_MISSING.exceptionBecause(e, name(file));
				case IS_A_DIRECTORY, LINK, NOT_A_DIRECTORY -> damaged(file, Texts.text("file.no-file"), e);
				default -> damaged(file, Texts.text("file.unreadable"), e);
			};
		}
		try {
			return new PayloadStream(file, channel, lent, keys);
		} catch (IOException | RuntimeException e) {
			channel.close();
			throw e;
		}
	}

	/** Content that lies somewhere else. @param channel closed with the stream, and if opening it fails */
	static PayloadStream over(SeekableByteChannel channel, BackupFile file, ClassKeys keys) throws IOException {
		try {
			return new PayloadStream(file, channel, null, keys);
		} catch (IOException | RuntimeException e) {
			channel.close();
			throw e;
		}
	}

	private byte[] unwrap(byte[] wrapped, ClassKeys.FileKeys fileKeys, @Nullable ClassKeys keys) throws IOException {
		byte[] unwrapped = wrapped.length == ClassKeys.PREFIXED_KEY ? fileKeys.unwrap(wrapped) : null;
		if (unwrapped != null) {
			return unwrapped;
		}
		int protectionClass = wrapped.length < 4 ? 0 : ClassKeys.protectionClass(wrapped);
		if (keys != null && !keys.has(protectionClass)) {
			throw BackupProblems.KEY_MISSING.exception(name(file), String.valueOf(protectionClass));
		}
		throw damaged(file, Texts.text("file.key"), null);
	}

	/**
	 * The length without padding; -1 if padding, size and length do not agree. Of a small file all is decrypted for it, of
	 * any other the last block alone: with the one before, which comes out as nonsense.
	 */
	private long plainLength(byte[] fileKey) throws IOException {
		if (length == 0 || length % Workspace.BLOCK != 0) {
			return length == 0 && file.sizeBytes() == 0 ? 0 : -1;
		}
		loaded = length <= work.stored.length;
		int end = loaded ? (int) length : Workspace.LEAST;
		if (!loaded) {
			channel.position(length - end);
		}
		fill(end);
		work.begin(fileKey, null);
		work.decrypt(end);
		int padding = padding(work.plain, end);
		if (padding > 0) {
			return length - padding;
		}
		return file.sizeBytes() <= length ? file.sizeBytes() : -1;
	}

	private static int padding(byte[] content, int end) {
		int padding = content[end - 1];
		if (padding < 1 || padding > Workspace.BLOCK) {
			return 0;
		}
		for (int i = end - padding; i < end; i++) {
			if (content[i] != padding) {
				return 0;
			}
		}
		return padding;
	}

	/** Length as stored. */
	long storedBytes() {
		return length;
	}

	/** Whether the content is sound but not of the recorded size: it changed while it was backed up. */
	boolean isSizeStale() {
		return lengthFlaw == null && plainLength != file.sizeBytes();
	}

	/** The flaw that the length alone shows, without reading the content; null if there is none. */
	@Nullable
	String lengthFlaw() {
		return lengthFlaw;
	}

	/**
	 * Decrypts the next chunk into {@link #chunk()}.
	 *
	 * @return its length, -1 at the end
	 * @throws ProblemException {@code FILE_DAMAGED}
	 */
	int nextChunk() throws IOException {
		from = 0;
		to = 0;
		chunkStart = position;
		while (to == 0 && position < length) {
			load();
		}
		if (position == length) {
			prove();
		}
		int told = to;
		return told == 0 ? -1 : told;
	}

	/** What {@link #nextChunk} filled from its beginning; valid until the next call. */
	byte[] chunk() {
		return key == null ? work.stored : work.plain;
	}

	private void load() throws IOException {
		int chunk = (int) Math.min(work.stored.length, length - position);
		chunkStart = position;
		if (!loaded) {
			fill(chunk);
		}
		if (digesting) {
			work.sha1.update(work.stored, 0, chunk);
		}
		if (key != null && !loaded) {
			work.decrypt(chunk - chunk % Workspace.BLOCK);
		}
		loaded = false;
		long left = (plainLength < 0 ? length - length % Workspace.BLOCK : plainLength) - position;
		to = Math.clamp(left, 0, chunk);
		position += chunk;
	}

	/* At the end: what does not agree is told once all was read. */
	private void prove() throws ProblemException {
		String flaw = lengthFlaw;
		if (flaw != null) {
			throw damaged(file, flaw, null);
		}
		if (digesting) {
			digesting = false;
			if (!MessageDigest.isEqual(work.sha1.digest(), digest)) {
				throw damaged(file, Texts.text("file.digest"), null);
			}
		}
	}

	/** Reads exactly so many stored bytes. */
	private void fill(int count) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(work.stored, 0, count);
		try {
			while (buffer.hasRemaining()) {
				if (channel.read(buffer) < 0) {
					throw damaged(file, Texts.text("file.shrunk"), null);
				}
			}
		} catch (ProblemException e) {
			throw e;
		} catch (IOException e) {
			throw damaged(file, Texts.text("file.unreadable"), e);
		}
	}

	/** Prepares to read from a stored position, a multiple of the block. */
	private void begin(long at) throws IOException {
		byte[] fileKey = key;
		if (fileKey != null) {
			byte[] previous = null;
			if (at > 0) {
				channel.position(at - Workspace.BLOCK);
				fill(Workspace.BLOCK);
				previous = Arrays.copyOf(work.stored, Workspace.BLOCK);
			}
			work.begin(fileKey, previous);
		}
		channel.position(at);
		loaded = false;
		position = at;
		chunkStart = at;
		from = 0;
		to = 0;
	}

	@Override
	public int read() throws IOException {
		return from == to && nextChunk() < 0 ? -1 : chunk()[from++] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int count) throws IOException {
		Objects.checkFromIndexSize(offset, count, target.length);
		if (count == 0) {
			return 0;
		}
		if (from == to && nextChunk() < 0) {
			return -1;
		}
		int taken = Math.min(count, to - from);
		System.arraycopy(chunk(), from, target, offset, taken);
		from += taken;
		return taken;
	}

	@Override
	public int available() {
		return to - from;
	}

	@Override
	public long skip(long count) throws IOException {
		if (count <= to - from) {
			int skipped = (int) Math.max(0, count);
			from += skipped;
			return skipped;
		}
		long here = tell();
		long target = Math.min(Math.max(plainLength, 0), here + Math.min(count, Long.MAX_VALUE - here));
		if (target <= here) {
			return 0;
		}
		long block = target - target % Workspace.BLOCK;
		if (block >= position) {
			digesting = false;
			begin(Math.min(block, length - length % Workspace.BLOCK));
		}
		while (tell() < target && (from < to || nextChunk() >= 0)) {
			from += (int) Math.min(to - from, target - tell());
		}
		return tell() - here;
	}

	/** Length of the content, without padding. */
	long size() {
		return Math.max(plainLength, 0);
	}

	/**
	 * Goes to any position; to where it is, or near it, for nothing. The digest is compared only if all is read in order,
	 * from the beginning or after coming back to it.
	 */
	void seek(long target) throws IOException {
		long wanted = Math.min(target, size());
		if (wanted >= chunkStart && wanted <= Math.min(chunkStart + to, size()) && (to > 0 || wanted == tell())) {
			from = (int) (wanted - chunkStart);
			return;
		}
		if (wanted == size()) {
			from = 0;
			to = 0;
			chunkStart = wanted;
			position = length;
			digesting = false;
			return;
		}
		long block = wanted - wanted % Workspace.BLOCK;
		digesting = block == 0 && digest != null;
		work.sha1.reset();
		begin(block);
		if (wanted > block && nextChunk() > 0) {
			from = (int) (wanted - block);
		}
	}

	/** Reads what is in memory, or the next chunk. @return the number of bytes, -1 at the end */
	int read(ByteBuffer target) throws IOException {
		if (from == to && nextChunk() < 0) {
			return -1;
		}
		int taken = Math.min(target.remaining(), to - from);
		target.put(chunk(), from, taken);
		from += taken;
		return taken;
	}

	/** How many bytes of the content come before the next one. */
	private long tell() {
		return Math.min(chunkStart + from, Math.max(plainLength, 0));
	}

	@Override
	public void close() throws IOException {
		byte[] fileKey = key;
		if (fileKey != null) {
			Arrays.fill(fileKey, (byte) 0);
		}
		from = 0;
		to = 0;
		if (ownsWorkspace) {
			work.close();
		}
		channel.close();
	}

	private String wrongLength() {
		return Texts.text("file.length", length, file.sizeBytes());
	}

	static ProblemException damaged(BackupFile file, String flaw, @Nullable Throwable cause) {
		return new ProblemException(BackupProblems.FILE_DAMAGED.problem(name(file), flaw), cause);
	}

	private static String name(BackupFile file) {
		return file.domain() + '/' + file.path();
	}
}
