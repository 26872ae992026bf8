// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.time.Duration;

import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.storage.base.SharedConnections;

/** A session with one channel of SFTP; calls of many threads share it, answers find their requests by a number. */
final class Connection implements SharedConnections.Peer {

	/** How long a server may take for an answer: a disk that has to wake up takes some seconds. */
	private static final Duration ANSWER = Duration.ofSeconds(60);
	/** Length, kind and number in front of each message. */
	private static final int HEAD = Integer.BYTES + 1 + Integer.BYTES;

	private final ClientSession session;
	private final SftpClient client;
	private final RawSftpClient raw;

	Connection(ClientSession session, SftpClient client) {
		this.session = session;
		this.client = client;
		this.raw = (RawSftpClient) client;
	}

	/** What an answer is about. */
	record Answer(int kind, Buffer content) {
	}

	SftpClient client() {
		return client;
	}

	@Override
	public boolean isOpen() {
		return session.isOpen() && client.isOpen() && !client.isClosing();
	}

	/** A buffer for a request of so many bytes, with room for what goes in front. */
	static Buffer request(int bytes) {
		Buffer buffer = new ByteArrayBuffer(new byte[HEAD + bytes], false);
		buffer.wpos(HEAD);
		buffer.rpos(HEAD);
		return buffer;
	}

	/** Sends a request and does not wait for the answer. */
	int send(int command, Buffer request) throws IOException {
		return raw.write(command, request).getId();
	}

	/** Waits for the answer to a request. */
	Answer receive(int id) throws IOException {
		Buffer buffer = raw.receive(id, ANSWER);
		if (buffer == null) {
			close();
			throw new IOException("No answer within " + ANSWER.toSeconds() + " s");
		}
		int length = buffer.getInt();
		int kind = buffer.getUByte();
		buffer.getInt();
		if (length - 1 - Integer.BYTES > buffer.available()) {
			throw new IOException("An answer is shorter than it says");
		}
		return new Answer(kind, buffer);
	}

	/** Waits for an answer that can only be a status. */
	void expectOk(int id) throws IOException {
		SftpException failed = failure(receive(id));
		if (failed != null) {
			throw failed;
		}
	}

	/** The failure that an answer tells; null if it says that all went well. */
	static @Nullable SftpException failure(Answer answer) throws IOException {
		if (answer.kind() != SftpConstants.SSH_FXP_STATUS) {
			throw new IOException("A status was expected, and this is " + answer.kind());
		}
		int status = answer.content().getInt();
		String message = answer.content().available() > 0 ? answer.content().getString() : "";
		return status == SftpConstants.SSH_FX_OK ? null : new SftpException(status, message);
	}

	@Override
	public void close() {
		session.close(true);
	}
}
