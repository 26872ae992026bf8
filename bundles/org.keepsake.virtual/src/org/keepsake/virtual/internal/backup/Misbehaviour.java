// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.service.ServiceConnection;

/**
 * Where the faults that concern the connection strike: it counts the messages and bytes of an operation, and cuts,
 * stalls, slows or cancels when the time has come. One thread.
 */
final class Misbehaviour {

	private static final String CANCEL_REQUEST = "com.apple.itunes-client.syncCancelRequest";

	private final Phone phone;
	private final ServiceConnection connection;
	private Faults faults = Faults.NONE;
	private long messages;
	private long bytes;
	private long cutAfter = Long.MAX_VALUE;
	private long stallAfter = Long.MAX_VALUE;
	private long bytesPerSecond;
	private long started;

	Misbehaviour(Phone phone, ServiceConnection connection) {
		this.phone = phone;
		this.connection = connection;
	}

	/** Begins to count: the next message is the operation's first. */
	void begin() {
		faults = phone.faults();
		messages = 0;
		bytes = 0;
		cutAfter = faults.has("cut-after-bytes") ? faults.number("cut-after-bytes", 0) : Long.MAX_VALUE;
		String stall = faults.text("stall", "");
		stallAfter = stall.startsWith("bytes:") ? Long.parseLong(stall.substring(6)) : Long.MAX_VALUE;
		bytesPerSecond = faults.number("slow", 0);
		started = System.nanoTime();
	}

	Faults faults() {
		return faults;
	}

	/** Called before each message of an operation that wants an answer. */
	void message() throws IOException {
		messages++;
		if (faults.has("cut-at-message") && messages >= faults.number("cut-at-message", 1)) {
			cut("at message " + messages);
		}
		String stall = faults.text("stall", "");
		if (faults.has("stall") && !stall.startsWith("bytes:") && messages >= faults.number("stall", 1)) {
			stall();
		}
		if (faults.has("device-cancel") && messages >= faults.number("device-cancel", 1)) {
			phone.post(CANCEL_REQUEST);
			throw new BackupFailure(BackupFailure.CANCELLED, "Cancelled by user on device");
		}
	}

	private void cut(String when) throws IOException {
		connection.cut();
		throw new IOException("the connection was cut " + when);
	}

	/** Says nothing any more, until the host closes. */
	private void stall() throws IOException {
		connection.output().flush();
		while (connection.input().read() >= 0) {
			// what the host says falls on deaf ears
		}
		throw new IOException("the host gave up waiting");
	}

	/** How many of the bytes about to be moved may still pass. */
	private int pass(int length) throws IOException {
		long left = Math.min(cutAfter, stallAfter) - bytes;
		if (left <= 0) {
			if (cutAfter <= stallAfter) {
				connection.output().flush();
				cut("after " + bytes + " bytes");
			}
			stall();
		}
		int part = (int) Math.min(length, left);
		bytes += part;
		if (bytesPerSecond > 0) {
			keepPace();
		}
		return part;
	}

	private void keepPace() {
		long due = dueNanos(bytes, bytesPerSecond);
		for (long left = due; left > 0 && !Thread.currentThread().isInterrupted();) {
			left = started + due - System.nanoTime();
			LockSupport.parkNanos(left);
		}
	}

	/** When so many bytes may have passed, after the operation's begin. */
	static long dueNanos(long bytes, long bytesPerSecond) {
		return (long) (bytes * 1e9 / bytesPerSecond);
	}

	private boolean strikes() {
		return cutAfter != Long.MAX_VALUE || stallAfter != Long.MAX_VALUE || bytesPerSecond > 0;
	}

	/** The connection's output, under these faults. */
	OutputStream output() {
		return new FilterOutputStream(connection.output()) {
			@Override
			public void write(int b) throws IOException {
				write(new byte[] { (byte) b }, 0, 1);
			}

			@Override
			public void write(byte[] buffer, int offset, int length) throws IOException {
				int at = offset;
				int end = offset + length;
				while (at < end) {
					int part = strikes() ? pass(Math.min(end - at, bytesPerSecond > 0 ? 16384 : end - at)) : end - at;
					out.write(buffer, at, part);
					at += part;
				}
			}
		};
	}

	/** The connection's input, under these faults. */
	InputStream input() {
		return new FilterInputStream(connection.input()) {
			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				int count = in.read(buffer, offset, length);
				if (count > 0 && strikes()) {
					for (int left = count; left > 0;) {
						left -= pass(left);
					}
				}
				return count;
			}
		};
	}
}
