// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/** Connects to one server and to no other, wherever the server's answers point. */
final class OnlyThere extends SocketFactory {

	private static final int CONNECT_MILLIS = 20_000;

	private final String host;
	private final int port;

	OnlyThere(String host, int port) {
		this.host = host;
		this.port = port;
	}

	@Override
	public Socket createSocket(String address, int number) throws IOException {
		if (!address.equals(host) || number != port) {
			throw new IOException("The server points to another one");
		}
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setKeepAlive(true);
			socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
			return socket;
		} catch (IOException e) {
			socket.close();
			throw e;
		}
	}

	@Override
	public Socket createSocket(String address, int number, InetAddress local, int localPort) throws IOException {
		return createSocket(address, number);
	}

	@Override
	public Socket createSocket(InetAddress address, int number) throws IOException {
		throw new IOException("The server points to another one");
	}

	@Override
	public Socket createSocket(InetAddress address, int number, InetAddress local, int localPort) throws IOException {
		throw new IOException("The server points to another one");
	}
}
