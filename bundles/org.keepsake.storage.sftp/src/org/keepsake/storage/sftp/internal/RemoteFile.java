// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.storage.base.Content;
import org.keepsake.storage.base.RateLimit;
import org.keepsake.storage.base.ReadAhead;

/**
 * A file that is open on the server, with many requests on their way at once: one at a time, each 32 KiB would take the
 * way there and back. Source: draft-ietf-secsh-filexfer-02, sections 6.4 and 7.
 */
final class RemoteFile implements ReadAhead.File<Integer> {

	/** What every server takes in one request (section 3). */
	static final int BLOCK = 32 * 1024;
	/** So many requests are on their way, as OpenSSH's own client has it. */
	static final int WINDOW = 64;

	private final Connection connection;
	private final CloseableHandle handle;
	private final Closeable lease;

	/** @param lease closed with this */
	RemoteFile(Connection connection, CloseableHandle handle, Closeable lease) {
		this.connection = connection;
		this.handle = handle;
		this.lease = lease;
	}

	@Override
	public Integer ask(long offset, int length) throws IOException {
		byte[] id = handle.getIdentifier();
		Buffer request = Connection.request(Integer.BYTES + id.length + Long.BYTES + Integer.BYTES);
		request.putBytes(id);
		request.putLong(offset);
		request.putInt(length);
		return connection.send(SftpConstants.SSH_FXP_READ, request);
	}

	@Override
	public ByteBuffer answer(Integer asked) throws IOException {
		Connection.Answer answer = connection.receive(asked);
		Buffer content = answer.content();
		if (answer.kind() != SftpConstants.SSH_FXP_DATA) {
			SftpException failed = Connection.failure(answer);
			if (failed == null || failed.getStatus() == SftpConstants.SSH_FX_EOF) {
				return ByteBuffer.allocate(0);
			}
			throw failed;
		}
		int length = content.getInt();
		if (length < 0 || length > content.available()) {
			throw new IOException("An answer is shorter than it says");
		}
		return ByteBuffer.wrap(content.array(), content.rpos(), length);
	}

	/** After reading: what was read is read, so that a connection that breaks now is no trouble. */
	@Override
	public void close(Collection<Integer> unanswered) throws IOException {
		try (lease) {
			fetch(unanswered);
			close();
		} catch (IOException e) {
			if (e instanceof InterruptedIOException) {
				throw e;
			}
			System.getLogger(RemoteFile.class.getName()).log(System.Logger.Level.TRACE, "Broken already", e);
		}
	}

	/** After writing. */
	void close() throws IOException {
		handle.close();
	}

	/** Answers that nobody waits for are fetched, since the library would keep them for ever. */
	private void fetch(Collection<Integer> unanswered) throws IOException {
		for (Integer each : unanswered) {
			connection.receive(each);
		}
	}

	/** Writes a whole content from the beginning; each byte is confirmed by the server when this returns. */
	void write(BlobSource content, RateLimit limit) throws IOException {
		Deque<Integer> unanswered = new ArrayDeque<>();
		try {
			write(content, limit, unanswered);
		} catch (IOException e) {
			try {
				fetch(unanswered);
			} catch (IOException again) {
				e.addSuppressed(again);
			}
			throw e;
		}
	}

	private void write(BlobSource source, RateLimit limit, Deque<Integer> unanswered) throws IOException {
		try (Content content = new Content(source)) {
			long offset = 0;
			byte[] block = new byte[BLOCK];
			for (int n = content.read(block); n > 0; n = content.read(block)) {
				if (unanswered.size() == WINDOW) {
					connection.expectOk(unanswered.remove());
				}
				limit.take(n);
				unanswered.add(sendBlock(offset, block, n));
				offset += n;
			}
			while (!unanswered.isEmpty()) {
				connection.expectOk(unanswered.remove());
			}
		}
	}

	private int sendBlock(long offset, byte[] block, int length) throws IOException {
		byte[] id = handle.getIdentifier();
		Buffer request = Connection.request(Integer.BYTES + id.length + Long.BYTES + Integer.BYTES + length);
		request.putBytes(id);
		request.putLong(offset);
		request.putBytes(block, 0, length);
		return connection.send(SftpConstants.SSH_FXP_WRITE, request);
	}
}
