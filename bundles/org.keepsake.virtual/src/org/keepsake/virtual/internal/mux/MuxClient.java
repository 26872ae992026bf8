// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

import org.keepsake.virtual.internal.wire.PlistFrames;

/** A program connected to usbmuxd: asks, listens, or has become a connection to a device's port. */
final class MuxClient {

	private static final System.Logger LOG = System.getLogger(MuxClient.class.getName());

	private static final int OK = 0;
	private static final int BAD_COMMAND = 1;
	private static final int BAD_DEVICE = 2;
	private static final int CONNECTION_REFUSED = 3;
	private static final int BAD_VERSION = 6;

	private final MuxServer server;
	private final SocketChannel channel;
	private final LinkedBlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
	private final Object writing = new Object();
	private volatile boolean listening;
	private volatile String program = "";

	MuxClient(MuxServer server, SocketChannel channel) {
		this.server = server;
		this.channel = channel;
	}

	void serve() {
		try {
			boolean goesOn = true;
			while (goesOn) {
				MuxPacket packet = MuxPacket.read(channel);
				goesOn = packet != null && answer(packet);
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A client of usbmuxd left", e);
		} finally {
			server.left(this);
			cut();
		}
	}

	/** Whether this connection still asks usbmuxd. */
	private boolean answer(MuxPacket packet) throws IOException {
		if (packet.version() != MuxPacket.PLIST_VERSION) {
			send(packet.result(BAD_VERSION));
			return false;
		}
		Map<String, Object> request = packet.body();
		program = PlistFrames.text(request, "ProgName");
		switch (PlistFrames.text(request, "MessageType")) {
			case "Listen" -> listen(packet);
			case "ListDevices" -> send(packet.answer(Map.of("DeviceList", server.list())));
			case "ListListeners" -> send(packet.answer(Map.of("ListenerList", server.listeners())));
			case "ReadBUID" -> send(packet.answer(Map.of("BUID", server.records().buid())));
			case "ReadPairRecord", "SavePairRecord", "DeletePairRecord" -> pairRecord(packet);
			case "Connect" -> {
				return connect(packet);
			}
			default -> send(packet.result(BAD_COMMAND));
		}
		return true;
	}

	private void send(MuxPacket packet) throws IOException {
		synchronized (writing) {
			packet.write(channel);
		}
	}

	private void listen(MuxPacket packet) throws IOException {
		if (listening) {
			send(packet.result(BAD_COMMAND));
			return;
		}
		send(packet.result(OK));
		server.listen(this);
	}

	void startListening() {
		listening = true;
		Thread.ofVirtual().name("usbmuxd events").start(this::sendEvents);
	}

	boolean listens() {
		return listening;
	}

	Map<String, Object> describe() {
		Map<String, Object> listener = new LinkedHashMap<>();
		listener.put("Blacklisted", false);
		listener.put("ConnType", 0);
		listener.put("ID String", program);
		listener.put("ProgName", program);
		return listener;
	}

	/** Queues an event; never blocks. */
	void tell(Map<String, Object> event) {
		if (listening) {
			events.add(event);
		}
	}

	private void sendEvents() {
		try {
			while (listening) {
				Map<String, Object> event = events.take();
				if (!event.isEmpty()) {
					send(MuxPacket.event(event));
				}
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A listener left", e);
			cut();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	void cut() {
		listening = false;
		events.add(Map.of());
		try {
			channel.close();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "closing a client", e);
		}
	}

	private void pairRecord(MuxPacket packet) throws IOException {
		Map<String, Object> request = packet.body();
		String udid = PlistFrames.text(request, "PairRecordID");
		PairRecordFolder records = server.records();
		if (udid.isEmpty()) {
			send(packet.result(PairRecordFolder.INVALID));
			return;
		}
		switch (PlistFrames.text(request, "MessageType")) {
			case "ReadPairRecord" -> {
				byte[] record = records.read(udid);
				send(record == null ? packet.result(PairRecordFolder.NO_ENTRY)
						: packet.answer(Map.of("PairRecordData", record)));
			}
			case "SavePairRecord" -> {
				int number = records.save(udid, PlistFrames.data(request, "PairRecordData"));
				send(packet.result(number));
				if (number == PairRecordFolder.OK) {
					server.paired(udid);
				}
			}
			default -> send(packet.result(records.delete(udid)));
		}
	}

	private boolean connect(MuxPacket packet) throws IOException {
		Map<String, Object> request = packet.body();
		if (!(request.get("DeviceID") instanceof Integer number)
				|| !(request.get("PortNumber") instanceof Integer swapped)) {
			send(packet.result(BAD_COMMAND));
			return true;
		}
		MuxDevice device = server.device(number);
		int port = (swapped & 0xFF) << 8 | swapped >> 8 & 0xFF;
		if (device == null || !device.listens(port)) {
			send(packet.result(device == null ? BAD_DEVICE : CONNECTION_REFUSED));
			return true;
		}
		send(packet.result(OK));
		device.serve(channel, port);
		return false;
	}
}
