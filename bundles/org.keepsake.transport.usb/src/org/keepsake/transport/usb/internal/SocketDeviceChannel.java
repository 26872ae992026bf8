// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

import org.keepsake.core.transport.DeviceChannel;

/** A channel over TCP. */
final class SocketDeviceChannel implements DeviceChannel {

	private final Socket socket;
	private final InputStream input;
	private final OutputStream output;

	SocketDeviceChannel(Socket socket) throws IOException {
		this.socket = socket;
		this.input = socket.getInputStream();
		this.output = socket.getOutputStream();
	}

	@Override
	public InputStream input() {
		return input;
	}

	@Override
	public OutputStream output() {
		return output;
	}

	@Override
	public void readTimeout(Duration timeout) {
		try {
			long millis = timeout.isZero() ? 0 : Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
			socket.setSoTimeout((int) millis);
		} catch (SocketException e) {
			// it is closed: the next read says so
		}
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
