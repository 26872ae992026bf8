// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/**
 * Asks usbmuxd. Every request takes a connection of its own, as all clients do; listening and connecting keep theirs.
 * Source: {@code libimobiledevice/libusbmuxd: src/libusbmuxd.c}. Thread-safe; calls block. What the daemon refuses is a
 * {@link MuxException}.
 */
public final class MuxClient {

	private static final Duration PATIENCE = Duration.ofSeconds(20);
	private static final int TAG = 1;

	private final Opener opener;

	/** Connects to the daemon. */
	@FunctionalInterface
	public interface Opener {
		/** A fresh connection to the daemon. */
		DeviceChannel open() throws IOException;
	}

	/** Connects to nothing yet. */
	public MuxClient(Opener opener) {
		this.opener = opener;
	}

	private static Map<String, Object> request(String type) {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("BundleID", "org.keepsake");
		request.put("ClientVersionString", "keepsake");
		request.put("MessageType", type);
		request.put("ProgName", "keepsake");
		request.put("kLibUSBMuxVersion", 3L);
		return request;
	}

	private Dict ask(Map<String, Object> request) throws IOException {
		try (DeviceChannel channel = opener.open()) {
			channel.readTimeout(PATIENCE);
			return exchange(channel, request);
		}
	}

	/** Sends the request and reads up to its answer; what carries another tag is somebody else's. */
	private static Dict exchange(DeviceChannel channel, Map<String, Object> request) throws IOException {
		channel.output().write(MuxPacket.request(TAG, request));
		for (int i = 0; i < 100; i++) {
			MuxPacket packet = MuxPacket.read(channel.input());
			String type = packet.content().string("MessageType", "");
			if (packet.tag() == TAG || type.equals("Result")) {
				return packet.content();
			}
		}
		throw new PlistException("usbmuxd does not answer the request");
	}

	/** @throws MuxException unless the answer is a result of 0 */
	private static void check(String request, Dict answer) throws IOException {
		Long number = answer.integer("Number");
		if (number == null) {
			throw new PlistException("usbmuxd answered " + request + " without a result");
		}
		if (number != 0) {
			throw new MuxException(request, number);
		}
	}

	/** The devices there are; entries that name none are left out. */
	public List<MuxDevice> devices() throws IOException {
		Dict answer = ask(request("ListDevices"));
		if (answer.has("Number") && !answer.has("DeviceList")) {
			check("ListDevices", answer);
		}
		List<MuxDevice> devices = new ArrayList<>();
		for (Dict entry : answer.dicts("DeviceList")) {
			MuxDevice device = MuxDevice.of(entry);
			if (device != null) {
				devices.add(device);
			}
		}
		return devices;
	}

	/**
	 * Connects to a port of a device; the result is the connection itself.
	 *
	 * @param port in the usual byte order; the daemon wants its bytes swapped
	 */
	public DeviceChannel connect(long deviceId, int port) throws IOException {
		Map<String, Object> request = request("Connect");
		request.put("DeviceID", deviceId);
		request.put("PortNumber", (long) ((port & 0xff) << 8 | port >> 8 & 0xff));
		DeviceChannel channel = opener.open();
		boolean connected = false;
		try {
			channel.readTimeout(PATIENCE);
			check("Connect", exchange(channel, request));
			channel.readTimeout(Duration.ZERO);
			connected = true;
			return channel;
		} finally {
			if (!connected) {
				channel.close();
			}
		}
	}

	/** The host's identifier, kept by the daemon. */
	public String hostIdentifier() throws IOException {
		Dict answer = ask(request("ReadBUID"));
		String buid = answer.string("BUID");
		if (buid == null) {
			check("ReadBUID", answer);
			throw new PlistException("usbmuxd gave no host identifier");
		}
		return buid;
	}

	/** A pair record, if there is one. */
	public Optional<byte[]> pairRecord(String udid) throws IOException {
		Map<String, Object> request = request("ReadPairRecord");
		request.put("PairRecordID", udid);
		Dict answer = ask(request);
		byte[] record = answer.data("PairRecordData");
		if (record != null) {
			return Optional.of(record);
		}
		if (answer.integer("Number", 0) != MuxException.BAD_DEVICE) {
			check("ReadPairRecord", answer);
		}
		return Optional.empty();
	}

	/** Keeps a pair record. */
	public void savePairRecord(String udid, @Nullable Long deviceId, byte[] record) throws IOException {
		Map<String, Object> request = request("SavePairRecord");
		request.put("PairRecordID", udid);
		request.put("PairRecordData", record);
		if (deviceId != null) {
			request.put("DeviceID", deviceId);
		}
		check("SavePairRecord", ask(request));
	}

	/** Forgets a pair record; without effect if there is none. */
	public void deletePairRecord(String udid) throws IOException {
		Map<String, Object> request = request("DeletePairRecord");
		request.put("PairRecordID", udid);
		try {
			check("DeletePairRecord", ask(request));
		} catch (MuxException e) {
			if (e.number() != MuxException.BAD_DEVICE) {
				throw e;
			}
		}
	}

	/** Listens: every present device is announced at once, then what happens. */
	public Listening listen() throws IOException {
		DeviceChannel channel = opener.open();
		boolean listening = false;
		try {
			channel.readTimeout(PATIENCE);
			channel.output().write(MuxPacket.request(TAG, request("Listen")));
			Listening result = new Listening(channel);
			result.begin();
			channel.readTimeout(Duration.ZERO);
			listening = true;
			return result;
		} finally {
			if (!listening) {
				channel.close();
			}
		}
	}

	/** A connection that carries events. One thread waits; closing it from another ends the wait. */
	public static final class Listening implements Closeable {
		private final DeviceChannel channel;
		private final List<MuxEvent> early = new ArrayList<>();

		Listening(DeviceChannel channel) {
			this.channel = channel;
		}

		/** Reads up to the result; a daemon may announce devices before. */
		private void begin() throws IOException {
			for (int i = 0; i < 1000; i++) {
				Dict content = MuxPacket.read(channel.input()).content();
				if (content.string("MessageType", "").equals("Result")) {
					check("Listen", content);
					return;
				}
				early.add(event(content));
			}
			throw new PlistException("usbmuxd does not answer the request to listen");
		}

		/** The next event; blocks. */
		public MuxEvent next() throws IOException {
			return early.isEmpty() ? event(MuxPacket.read(channel.input()).content()) : early.removeFirst();
		}

		private static MuxEvent event(Dict content) {
			switch (content.string("MessageType", "")) {
				case "Attached" -> {
					MuxDevice device = MuxDevice.of(content);
					return device == null ? new MuxEvent.Other() : new MuxEvent.Attached(device);
				}
				case "Detached" -> {
					Long id = content.integer("DeviceID");
					id = id == null ? content.dictOrEmpty("Properties").integer("DeviceID") : id;
					return id == null ? new MuxEvent.Other() : new MuxEvent.Detached(id);
				}
				default -> {
					return new MuxEvent.Other();
				}
			}
		}

		@Override
		public void close() throws IOException {
			channel.close();
		}
	}

	/** The host identifier in a {@code SystemConfiguration.plist}, which daemons keep beside the pair records. */
	public static Optional<String> hostIdentifier(byte[] systemConfiguration) throws IOException {
		String identifier = Plist.parseDict(systemConfiguration).string("SystemBUID");
		return identifier == null ? Optional.empty() : Optional.of(identifier);
	}

	/** A {@code SystemConfiguration.plist} with the host identifier. */
	public static byte[] systemConfiguration(String hostIdentifier) {
		return Plist.xml(Map.of("SystemBUID", hostIdentifier));
	}
}
