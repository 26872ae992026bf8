// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.DeviceChannel;

/** Where usbmuxd listens. */
sealed interface MuxAddress {

	/** The variable by which all clients of usbmuxd are told another place. */
	String VARIABLE = "USBMUXD_SOCKET_ADDRESS";

	/** A fresh connection. */
	DeviceChannel open() throws IOException;

	/**
	 * A TCP port, as on Windows.
	 *
	 * @param host name or address
	 * @param port in the usual byte order
	 */
	record Tcp(String host, int port) implements MuxAddress {

		private static final int PATIENCE_MILLIS = 10_000;

		@Override
		public DeviceChannel open() throws IOException {
			return connect(new InetSocketAddress(host, port));
		}

		static DeviceChannel connect(InetSocketAddress address) throws IOException {
			Socket socket = new Socket();
			boolean connected = false;
			try {
				socket.setTcpNoDelay(true);
				socket.setKeepAlive(true);
				socket.connect(address, PATIENCE_MILLIS);
				DeviceChannel channel = new SocketDeviceChannel(socket);
				connected = true;
				return channel;
			} finally {
				if (!connected) {
					socket.close();
				}
			}
		}

		@Override
		public String toString() {
			return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ':' + port;
		}
	}

	/**
	 * A Unix socket, as on Linux and macOS.
	 *
	 * @param path of the socket file
	 */
	record Unix(Path path) implements MuxAddress {

		@Override
		public DeviceChannel open() throws IOException {
			SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
			boolean connected = false;
			try {
				channel.connect(UnixDomainSocketAddress.of(path));
				DeviceChannel result = new UnixDeviceChannel(channel);
				connected = true;
				return result;
			} finally {
				if (!connected) {
					channel.close();
				}
			}
		}

		@Override
		public String toString() {
			return path.toString();
		}
	}

	/** Where usbmuxd listens on a system unless told otherwise. */
	static MuxAddress usual(String osName) {
		return osName.toLowerCase(Locale.ROOT).startsWith("windows") ? new Tcp("127.0.0.1", 27015)
				: new Unix(Path.of("/var/run/usbmuxd"));
	}

	/** Where usbmuxd listens here: what the variable says, if it can be understood, else the usual place. */
	static MuxAddress of(@Nullable String variable, String osName) {
		if (variable == null || variable.isBlank()) {
			return usual(osName);
		}
		return parse(variable.strip()).orElseGet(() -> usual(osName));
	}

	/**
	 * Understands what any client of usbmuxd does: {@code HOST:PORT}, {@code [v6]:PORT}, {@code tcp://HOST:PORT},
	 * {@code UNIX:/path}, {@code unix:///path} and a bare path.
	 */
	static Optional<MuxAddress> parse(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (lower.startsWith("unix://")) {
			return unix(text.substring("unix://".length()));
		}
		if (lower.startsWith("unix:")) {
			return unix(text.substring("unix:".length()));
		}
		if (lower.startsWith("tcp://")) {
			return tcp(text.substring("tcp://".length()));
		}
		Optional<MuxAddress> tcp = tcp(text);
		return tcp.isPresent() ? tcp : text.indexOf('/') >= 0 ? unix(text) : Optional.empty();
	}

	private static Optional<MuxAddress> unix(String path) {
		try {
			return path.isEmpty() ? Optional.empty() : Optional.of(new Unix(Path.of(path)));
		} catch (InvalidPathException e) {
			return Optional.empty();
		}
	}

	/** Host and port; the host in brackets if it has colons of its own. */
	Pattern HOST_PORT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^/:\\[\\]]+)):(\\d{1,5})/?");

	private static Optional<MuxAddress> tcp(String text) {
		Matcher matcher = HOST_PORT.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		int port = Integer.parseInt(matcher.group(3));
		String bracketed = matcher.group(1);
		String host = bracketed == null ? matcher.group(2) : bracketed;
		return port < 1 || port > 0xffff ? Optional.empty() : Optional.of(new Tcp(host, port));
	}
}
