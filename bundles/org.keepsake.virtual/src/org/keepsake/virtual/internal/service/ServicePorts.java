// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.TrustedHost;

/** The device's ports of services that lockdownd started: each serves several connections. Thread-safe. */
public final class ServicePorts {

	private static final int FIRST = 49152;
	private static final int LAST = 62000;
	private static final int MOST_OPEN = 1000;

	/**
	 * What waits on a port.
	 *
	 * @param handler speaks the service's protocol
	 * @param host    whose certificate is expected in TLS, null for plaintext
	 * @param escrow  whether the client gave the escrow bag
	 */
	public record Waiting(ServiceHandler handler, @Nullable TrustedHost host, boolean escrow) {
	}

	private final Map<String, ServiceHandler> services;
	private final Map<Integer, Waiting> ports = new LinkedHashMap<>();
	private int next = FIRST;

	/** @param services handlers by the name that clients ask lockdownd for */
	public ServicePorts(Map<String, ServiceHandler> services) {
		this.services = Map.copyOf(services);
	}

	/** Whether there is such a service. */
	public boolean offers(String service) {
		return services.containsKey(service);
	}

	/** Opens a port for a service that is offered; the oldest is closed when there are too many. */
	public synchronized int open(String service, @Nullable TrustedHost host, boolean escrow) {
		ServiceHandler handler = services.get(service);
		if (handler == null) {
			throw new IllegalArgumentException(service);
		}
		int port = next;
		next = next == LAST ? FIRST : next + 1;
		ports.put(port, new Waiting(handler, host, escrow));
		if (ports.size() > MOST_OPEN) {
			ports.remove(ports.keySet().iterator().next());
		}
		return port;
	}

	/** What waits on the port, or null. */
	public synchronized @Nullable Waiting at(int port) {
		return ports.get(port);
	}

	/** Closes all ports. */
	public synchronized void close() {
		ports.clear();
	}
}
