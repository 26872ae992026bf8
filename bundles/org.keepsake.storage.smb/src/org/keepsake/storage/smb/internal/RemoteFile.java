// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Future;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2Packet;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.mssmb2.messages.SMB2ReadRequest;
import com.hierynomus.mssmb2.messages.SMB2ReadResponse;
import com.hierynomus.mssmb2.messages.SMB2WriteRequest;
import com.hierynomus.mssmb2.messages.SMB2WriteResponse;
import com.hierynomus.smbj.io.ArrayByteChunkProvider;
import com.hierynomus.smbj.share.File;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.storage.base.Content;
import org.keepsake.storage.base.RateLimit;
import org.keepsake.storage.base.ReadAhead;

/**
 * A file that is open on the share, with several requests on their way at once; the library's own streams have one.
 * Source: [MS-SMB2] sections 2.2.19 to 2.2.22. If the server grants few credits, the library makes requests smaller,
 * and the rest is asked for, or sent, once more.
 */
final class RemoteFile implements ReadAhead.File<Future<SMB2ReadResponse>> {

	/** Bytes of one request, if the server takes so many. */
	static final int BLOCK = 1 << 18;
	static final int WINDOW = 8;

	private final Link link;
	private final File file;
	private final Closeable lease;

	/** @param lease closed with this */
	RemoteFile(Link link, File file, Closeable lease) {
		this.link = link;
		this.file = file;
		this.lease = lease;
	}

	private record Sent(Future<SMB2WriteResponse> answer, long offset, byte[] bytes, int start, int length) {
	}

	@Override
	public Future<SMB2ReadResponse> ask(long offset, int length) throws IOException {
		return link.send(new SMB2ReadRequest(link.session().getConnection().getNegotiatedProtocol().getDialect(),
				file.getFileId(), link.session().getSessionId(), link.share().getTreeConnect().getTreeId(), offset,
				length));
	}

	@Override
	public ByteBuffer answer(Future<SMB2ReadResponse> asked) throws IOException {
		SMB2ReadResponse answer = link.receive(asked);
		long status = answer.getHeader().getStatusCode();
		if (status == NtStatus.STATUS_END_OF_FILE.getValue()) {
			return ByteBuffer.allocate(0);
		}
		requireSuccess(answer, "Read");
		return ByteBuffer.wrap(answer.getData());
	}

	private static void requireSuccess(SMB2Packet answer, String what) throws IOException {
		if (answer.getHeader().getStatusCode() != NtStatus.STATUS_SUCCESS.getValue()) {
			throw new IOException(new SMBApiException(answer.getHeader(), what));
		}
	}

	/** After reading: what was read is read, so that a connection that breaks now is no trouble. */
	@Override
	public void close(Collection<Future<SMB2ReadResponse>> unanswered) throws IOException {
		try (lease) {
			file.closeSilently();
		}
	}

	/** Writes a whole content from the beginning; each byte is confirmed by the server when this returns. */
	void write(BlobSource source, RateLimit limit) throws IOException {
		Deque<Sent> unanswered = new ArrayDeque<>();
		Deque<byte[]> spare = new ArrayDeque<>();
		int size = (int) Math.min(Math.min(BLOCK, link.largestWrite()), Math.max(1, source.sizeBytes()));
		try (Content content = new Content(source)) {
			long offset = 0;
			byte[] block = new byte[size];
			for (int n = content.read(block); n > 0; n = content.read(block)) {
				limit.take(n);
				unanswered.add(send(offset, block, 0, n));
				offset += n;
				while (unanswered.size() == WINDOW) {
					confirm(unanswered, spare);
				}
				block = spare.isEmpty() ? new byte[size] : spare.remove();
			}
			while (!unanswered.isEmpty()) {
				confirm(unanswered, spare);
			}
		}
	}

	private Sent send(long offset, byte[] bytes, int start, int length) throws IOException {
		return new Sent(link.send(
				new SMB2WriteRequest(link.session().getConnection().getNegotiatedProtocol().getDialect(),
						file.getFileId(), link.session().getSessionId(), link.share().getTreeConnect().getTreeId(),
						new ArrayByteChunkProvider(bytes, start, length, offset), length)),
				offset, bytes, start, length);
	}

	/** Waits for the oldest answer; what was not written is sent again. */
	private void confirm(Deque<Sent> unanswered, Deque<byte[]> spare) throws IOException {
		Sent sent = unanswered.remove();
		SMB2WriteResponse answer = link.receive(sent.answer());
		requireSuccess(answer, "Write");
		long written = answer.getBytesWritten();
		if (written <= 0 || written > sent.length()) {
			throw new IOException("The server wrote " + written + " bytes of " + sent.length());
		}
		if (written < sent.length()) {
			int n = (int) written;
			unanswered.addFirst(send(sent.offset() + n, sent.bytes(), sent.start() + n, sent.length() - n));
		} else {
			spare.add(sent.bytes());
		}
	}
}
