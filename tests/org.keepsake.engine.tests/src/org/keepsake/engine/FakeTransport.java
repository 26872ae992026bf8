// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.core.transport.Transport;

/** A transport whose devices a test attaches and detaches. */
final class FakeTransport implements Transport {

	private final String id;
	private final ConnectionType connection;
	private final List<AttachedDevice> attached = new ArrayList<>();
	private final List<DeviceListener> listeners = new ArrayList<>();
	private Problem problem;
	boolean closed;

	FakeTransport(String id, ConnectionType connection) {
		this.id = id;
		this.connection = connection;
	}

	static FakeTransport usb(String... udids) {
		FakeTransport transport = new FakeTransport("usb", ConnectionType.USB);
		for (String udid : udids) {
			transport.attach(udid);
		}
		return transport;
	}

	synchronized void attach(String udid) {
		AttachedDevice device = new AttachedDevice(id, id + '-' + udid, new Udid(udid), connection);
		attached.add(device);
		listeners.forEach(listener -> listener.attached(device));
	}

	synchronized void detach(String udid) {
		AttachedDevice device = attached.stream().filter(each -> each.udid().equals(new Udid(udid))).findFirst()
				.orElseThrow();
		attached.remove(device);
		listeners.forEach(listener -> listener.detached(device));
	}

	/** The transport stops working, or works again with null. */
	synchronized void trouble(String code) {
		problem = code == null ? null : new Problem(code, "No service", "", "Start it", Retry.AFTER_REMEDY);
		if (problem == null) {
			listeners.forEach(DeviceListener::available);
		} else {
			listeners.forEach(listener -> listener.unavailable(problem));
		}
	}

	synchronized int watches() {
		return listeners.size();
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public synchronized List<AttachedDevice> devices() throws ProblemException {
		if (problem != null) {
			throw new ProblemException(problem, null);
		}
		return List.copyOf(attached);
	}

	@Override
	public synchronized Watch watch(DeviceListener listener) {
		listeners.add(listener);
		attached.forEach(listener::attached);
		return () -> {
			synchronized (this) {
				listeners.remove(listener);
			}
		};
	}

	@Override
	public DeviceChannel connect(AttachedDevice device, int port) {
		throw new AssertionError("The engine itself opens no channels");
	}

	@Override
	public PairRecords pairRecords() {
		throw new AssertionError("The engine itself reads no pair records, " + Optional.empty());
	}

	@Override
	public void close() {
		closed = true;
	}
}
