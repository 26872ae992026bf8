// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scripted usbmuxd, which shares no code with the client. */
final class FakeMux implements AutoCloseable {

	private static final Pattern ENTRY = Pattern
			.compile("<key>(\\w+)</key>\\s*<(string|integer|data)>\\s*([^<]*?)\\s*</");

	/** Devices by number: their properties as XML. */
	final Map<Integer, String> devices = new ConcurrentHashMap<>();
	final Map<String, String> records = new ConcurrentHashMap<>();
	final List<String> requests = new CopyOnWriteArrayList<>();
	final AtomicInteger listens = new AtomicInteger();
	volatile int connectResult;
	volatile int saveResult;
	volatile boolean withBuid = true;
	/** Whether a port tells its number before it echoes. */
	volatile boolean tellsPort = true;
	/** As it comes over the socket: bytes swapped. */
	volatile int refusedPort = -1;

	private final ServerSocketChannel server;
	private final Thread acceptor;
	private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
	private final Map<OutputStream, SocketChannel> listeners = new ConcurrentHashMap<>();
	private final Map<SocketChannel, Integer> tunnels = new ConcurrentHashMap<>();

	/** On any free loopback port. */
	FakeMux() throws IOException {
		this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	FakeMux(Path socket) throws IOException {
		this(UnixDomainSocketAddress.of(socket));
	}

	FakeMux(SocketAddress address) throws IOException {
		server = address instanceof UnixDomainSocketAddress
				? ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
				: ServerSocketChannel.open();
		server.bind(address);
		acceptor = Thread.ofPlatform().daemon().name("fake-usbmuxd").start(this::accept);
	}

	int port() {
		try {
			return ((InetSocketAddress) server.getLocalAddress()).getPort();
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	static String usb(int id, String serial) {
		return "<dict><key>ConnectionType</key><string>USB</string><key>DeviceID</key><integer>" + id
				+ "</integer><key>SerialNumber</key><string>" + serial + "</string></dict>";
	}

	static String network(int id, String serial, byte[] address) {
		return "<dict><key>ConnectionType</key><string>Network</string><key>DeviceID</key><integer>" + id
				+ "</integer><key>SerialNumber</key><string>" + serial + "</string><key>NetworkAddress</key><data>"
				+ Base64.getEncoder().encodeToString(address) + "</data></dict>";
	}

	void attach(int id, String properties) throws IOException {
		synchronized (listeners) {
			devices.put(id, properties);
			tell(attached(id, properties));
		}
	}

	private void tell(String event) {
		synchronized (listeners) {
			for (OutputStream listener : listeners.keySet()) {
				try {
					send(listener, 0, event);
				} catch (IOException e) {
					listeners.remove(listener);
				}
			}
		}
	}

	void detach(int id) throws IOException {
		synchronized (listeners) {
			devices.remove(id);
			tell("<key>MessageType</key><string>Detached</string><key>DeviceID</key><integer>" + id + "</integer>");
		}
		for (Map.Entry<SocketChannel, Integer> tunnel : tunnels.entrySet()) {
			if (tunnel.getValue() == id) {
				tunnel.getKey().close();
			}
		}
	}

	private static String attached(int id, String properties) {
		return "<key>MessageType</key><string>Attached</string><key>DeviceID</key><integer>" + id
				+ "</integer><key>Properties</key>" + properties;
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel connection = server.accept();
				connections.add(connection);
				Thread.ofVirtual().start(() -> serve(connection));
			}
		} catch (IOException e) {
			// closed
		}
	}

	private void serve(SocketChannel connection) {
		try (connection) {
			InputStream in = Channels.newInputStream(connection);
			OutputStream out = Channels.newOutputStream(connection);
			DataInputStream data = new DataInputStream(in);
			while (true) {
				byte[] header = new byte[16];
				data.readFully(header);
				ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
				byte[] payload = new byte[fields.getInt(0) - 16];
				data.readFully(payload);
				Map<String, String> request = new ConcurrentHashMap<>();
				Matcher matcher = ENTRY.matcher(new String(payload, StandardCharsets.UTF_8));
				while (matcher.find()) {
					request.put(matcher.group(1), matcher.group(3));
				}
				if (answer(fields.getInt(12), request, connection, in, out)) {
					return;
				}
			}
		} catch (IOException e) {
			// the client went away
		}
	}

	/** @return whether the connection is over */
	private boolean answer(int tag, Map<String, String> request, SocketChannel connection, InputStream in,
			OutputStream out) throws IOException {
		String type = request.getOrDefault("MessageType", "");
		requests.add(type);
		String id = request.getOrDefault("PairRecordID", "");
		switch (type) {
			case "ListDevices" -> {
				StringBuilder list = new StringBuilder("<key>DeviceList</key><array>");
				devices.forEach((number, properties) -> list.append("<dict>").append(attached(number, properties))
						.append("</dict>"));
				send(out, tag, list.append("</array>").toString());
			}
			case "Listen" -> {
				synchronized (listeners) {
					listeners.put(out, connection);
					listens.incrementAndGet();
					result(out, tag, 0);
					for (Map.Entry<Integer, String> device : devices.entrySet()) {
						send(out, 0, attached(device.getKey(), device.getValue()));
					}
				}
				in.transferTo(OutputStream.nullOutputStream());
				listeners.remove(out);
				return true;
			}
			case "Connect" -> {
				int device = Integer.parseInt(request.getOrDefault("DeviceID", "0"));
				int port = Integer.parseInt(request.getOrDefault("PortNumber", "0"));
				int result = port == refusedPort ? 3 : !devices.containsKey(device) ? 2 : connectResult;
				result(out, tag, result);
				if (result == 0) {
					tunnels.put(connection, device);
					if (tellsPort) {
						out.write(("port " + port).getBytes(StandardCharsets.UTF_8));
					}
					in.transferTo(out);
					return true;
				}
			}
			case "ReadBUID" -> {
				if (withBuid) {
					send(out, tag, "<key>BUID</key><string>THE-BUID</string>");
				} else {
					result(out, tag, 1);
				}
			}
			case "ReadPairRecord" -> {
				if (records.containsKey(id)) {
					send(out, tag, "<key>PairRecordData</key><data>" + records.get(id) + "</data>");
				} else {
					result(out, tag, 2);
				}
			}
			case "SavePairRecord" -> {
				if (saveResult == 0) {
					records.put(id, request.getOrDefault("PairRecordData", ""));
				}
				result(out, tag, saveResult);
			}
			case "DeletePairRecord" -> result(out, tag, records.remove(id) == null ? 2 : 0);
			default -> result(out, tag, 1);
		}
		return false;
	}

	private static void result(OutputStream out, int tag, int number) throws IOException {
		send(out, tag,
				"<key>MessageType</key><string>Result</string><key>Number</key><integer>" + number + "</integer>");
	}

	private static void send(OutputStream out, int tag, String entries) throws IOException {
		byte[] plist = ("<?xml version=\"1.0\"?><plist version=\"1.0\"><dict>" + entries + "</dict></plist>")
				.getBytes(StandardCharsets.UTF_8);
		out.write(ByteBuffer.allocate(16 + plist.length).order(ByteOrder.LITTLE_ENDIAN).putInt(16 + plist.length)
				.putInt(1).putInt(8).putInt(tag).put(plist).array());
	}

	/** When it returns, nobody is accepted any more. */
	@Override
	public void close() throws IOException {
		server.close();
		try {
			acceptor.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		for (SocketChannel connection : connections) {
			connection.close();
		}
	}
}
