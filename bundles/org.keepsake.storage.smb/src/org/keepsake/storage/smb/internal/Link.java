// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.hierynomus.mssmb2.SMB2Packet;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;

import org.keepsake.storage.base.SharedConnections;

/** A connection with one session on one share; calls of many threads share it. */
final class Link implements SharedConnections.Peer {

	/** How long a server may take for an answer: a disk that has to wake up takes some seconds. */
	static final int ANSWER_SECONDS = 60;

	private final SMBClient client;
	private final Connection connection;
	private final Session session;
	private final DiskShare share;
	private volatile boolean broken;

	Link(SMBClient client, Connection connection, Session session, DiskShare share) {
		this.client = client;
		this.connection = connection;
		this.session = session;
		this.share = share;
	}

	DiskShare share() {
		return share;
	}

	Session session() {
		return session;
	}

	/** What one request may read at most. */
	int largestRead() {
		return connection.getNegotiatedProtocol().getMaxReadSize();
	}

	/** What one request may write at most. */
	int largestWrite() {
		return connection.getNegotiatedProtocol().getMaxWriteSize();
	}

	/** Sends a request, signed or encrypted as the session wants it, and does not wait for the answer. */
	<T extends SMB2Packet> Future<T> send(SMB2Packet request) throws IOException {
		return session.send(request);
	}

	/** Waits for an answer. */
	<T> T receive(Future<T> asked) throws IOException {
		try {
			return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		} catch (ExecutionException | TimeoutException e) {
			throw new IOException("No answer", e);
		}
	}

	@Override
	public boolean isOpen() {
		return !broken && connection.isConnected();
	}

	@Override
	public void close() {
		broken = true;
		try {
			connection.close(true);
		} catch (IOException | RuntimeException e) {
			System.getLogger(Link.class.getName()).log(System.Logger.Level.DEBUG, "Broken already", e);
		}
		client.close();
	}
}
