// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.SSLException;

import org.keepsake.virtual.internal.lockdown.DeviceTls;
import org.keepsake.virtual.internal.lockdown.LockdownConnection;
import org.keepsake.virtual.internal.phone.TrustedHost;
import org.keepsake.virtual.internal.phone.VirtualPhone;
import org.keepsake.virtual.internal.service.ServicePorts;
import org.keepsake.virtual.internal.wire.DeviceConnection;
import org.keepsake.virtual.internal.wire.Traffic;

/** A phone on the cable: its number and place on the bus, and its ports. Thread-safe. */
final class MuxDevice {

	private static final System.Logger LOG = System.getLogger(MuxDevice.class.getName());
	private static final int PRODUCT_ID = 0x12A8;

	private final int number;
	private final VirtualPhone phone;
	private final ServicePorts ports;
	private final DeviceTls tls;
	private volatile boolean gone;

	MuxDevice(int number, VirtualPhone phone, ServicePorts ports) {
		this.number = number;
		this.phone = phone;
		this.ports = ports;
		tls = new DeviceTls(phone);
	}

	/** The cable is pulled: connections that are just being made break too. */
	void leave() {
		gone = true;
		phone.cutConnections();
	}

	int number() {
		return number;
	}

	VirtualPhone phone() {
		return phone;
	}

	/** What usbmuxd tells of it on arrival and in its list. */
	Map<String, Object> attached() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("ConnectionSpeed", 480_000_000);
		properties.put("ConnectionType", "USB");
		properties.put("DeviceID", number);
		properties.put("LocationID", 0x0014_0000 + number);
		properties.put("ProductID", PRODUCT_ID);
		boolean undashed = phone.faults().has("undashed-serial");
		properties.put("SerialNumber", undashed ? phone.udid().replace("-", "") : phone.udid());
		Map<String, Object> attached = new LinkedHashMap<>();
		attached.put("DeviceID", number);
		attached.put("MessageType", "Attached");
		attached.put("Properties", properties);
		return attached;
	}

	Map<String, Object> event(String type) {
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("DeviceID", number);
		event.put("MessageType", type);
		return event;
	}

	/** Whether something listens on the device's port. */
	boolean listens(int port) {
		return port == LockdownConnection.PORT || ports.at(port) != null;
	}

	/** Is the device's side of the connection until that ends. */
	void serve(SocketChannel channel, int port) {
		ServicePorts.Waiting waiting = ports.at(port);
		DeviceConnection connection = new DeviceConnection(channel, waiting == null ? Traffic.FREE : phone.traffic());
		phone.opened(connection);
		try {
			if (gone) {
				return;
			}
			if (waiting == null) {
				new LockdownConnection(phone, tls, ports, connection).serve();
			} else {
				serve(waiting, connection);
			}
		} catch (ClosedChannelException | EOFException | SSLException e) {
			LOG.log(System.Logger.Level.DEBUG, "A client left", e);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A connection broke", e);
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The virtual iPhone failed", e);
		} finally {
			phone.ended(connection);
			connection.cut();
		}
	}

	private void serve(ServicePorts.Waiting waiting, DeviceConnection connection) throws IOException {
		TrustedHost host = waiting.host();
		if (host != null) {
			connection.startTls(tls.engine(host));
		}
		if (waiting.escrow()) {
			connection.giveEscrowBag();
		}
		waiting.handler().serve(phone, connection);
		connection.output().flush();
	}
}
