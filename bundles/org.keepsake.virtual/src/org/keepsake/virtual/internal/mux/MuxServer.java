// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.VirtualPhone;
import org.keepsake.virtual.internal.service.ServicePorts;

/** A usbmuxd on a loopback port: one virtual thread for each client. Thread-safe. */
public final class MuxServer implements Closeable {

	private static final System.Logger LOG = System.getLogger(MuxServer.class.getName());

	private final ServerSocketChannel server;
	private final PairRecordFolder records;
	private final Map<Integer, MuxDevice> devices = new TreeMap<>();
	private final Set<MuxClient> clients = ConcurrentHashMap.newKeySet();
	private int nextNumber = 1;

	/**
	 * Starts to listen.
	 *
	 * @param port       0 for any free port
	 * @param hostFolder where the computer keeps its pair records
	 */
	public MuxServer(int port, Path hostFolder) throws IOException {
		records = new PairRecordFolder(hostFolder);
		server = ServerSocketChannel.open();
		boolean bound = false;
		try {
			server.setOption(java.net.StandardSocketOptions.SO_REUSEADDR, true);
			server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port), 128);
			bound = true;
		} finally {
			if (!bound) {
				server.close();
			}
		}
		Thread.ofVirtual().name("usbmuxd").start(this::accept);
	}

	/** Where it listens. */
	public InetSocketAddress address() throws IOException {
		return (InetSocketAddress) server.getLocalAddress();
	}

	private void accept() {
		while (server.isOpen()) {
			try {
				SocketChannel channel = server.accept();
				channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
				MuxClient client = new MuxClient(this, channel);
				clients.add(client);
				Thread.ofVirtual().name("usbmuxd client").start(client::serve);
			} catch (IOException e) {
				LOG.log(System.Logger.Level.DEBUG, "usbmuxd stops listening", e);
			}
		}
	}

	void left(MuxClient client) {
		clients.remove(client);
	}

	PairRecordFolder records() {
		return records;
	}

	/** Plugs a phone in, as a new number on the bus. */
	public void plug(VirtualPhone phone, ServicePorts ports) {
		MuxDevice device;
		synchronized (devices) {
			if (find(phone) != null) {
				return;
			}
			device = new MuxDevice(nextNumber++, phone, ports);
			devices.put(device.number(), device);
			tell(device.attached());
		}
	}

	/** Pulls a phone's cable: it is gone from the list, and all its connections break. */
	public void unplug(VirtualPhone phone) {
		MuxDevice device;
		synchronized (devices) {
			device = find(phone);
			if (device == null) {
				return;
			}
			devices.remove(device.number());
			tell(device.event("Detached"));
		}
		device.leave();
	}

	private @Nullable MuxDevice find(VirtualPhone phone) {
		for (MuxDevice device : devices.values()) {
			if (device.phone() == phone) {
				return device;
			}
		}
		return null;
	}

	/** Sends an event to whoever listens; called in the order of the events. */
	private void tell(Map<String, Object> event) {
		clients.forEach(client -> client.tell(event));
	}

	/** Tells that a device was paired. */
	void paired(String udid) {
		synchronized (devices) {
			devices.values().stream().filter(device -> device.phone().udid().equalsIgnoreCase(udid))
					.forEach(device -> tell(device.event("Paired")));
		}
	}

	@Nullable
	MuxDevice device(int number) {
		synchronized (devices) {
			return devices.get(number);
		}
	}

	/** The devices that are plugged in, as they are listed. */
	List<Map<String, Object>> list() {
		synchronized (devices) {
			return devices.values().stream().map(MuxDevice::attached).toList();
		}
	}

	/** Makes a client a listener: those present first, then what comes, with nothing lost between. */
	void listen(MuxClient client) {
		synchronized (devices) {
			client.startListening();
			list().forEach(client::tell);
		}
	}

	List<Map<String, Object>> listeners() {
		return clients.stream().filter(MuxClient::listens).map(MuxClient::describe).toList();
	}

	@Override
	public void close() throws IOException {
		server.close();
		clients.forEach(MuxClient::cut);
	}
}
