// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.internal.lockdown.Lockdown;
import org.keepsake.ios.protocol.internal.lockdown.LockdownException;
import org.keepsake.ios.protocol.internal.pairing.PairRecord;
import org.keepsake.ios.protocol.internal.wire.PlistWire;
import org.keepsake.ios.protocol.internal.wire.TlsFailedException;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * Reaches the services of one paired device. Keeps one lockdown session, and opens it anew when the device closed it
 * for idleness. Used by one thread; {@link #abort} from any.
 */
public final class Services implements Closeable {

	private final Transport transport;
	private final AttachedDevice device;
	private final PairRecord record;
	private final Timing timing;
	private final Map<DeviceChannel, Use> open = new ConcurrentHashMap<>();
	private volatile @Nullable Lockdown lockdown;

	/** Connects to nothing yet. */
	public Services(Transport transport, AttachedDevice device, PairRecord record, Timing timing) {
		this.transport = transport;
		this.device = device;
		this.record = record;
		this.timing = timing;
	}

	/** How long to wait for what. */
	public Timing timing() {
		return timing;
	}

	/** Whether the pairing lets services work while the device is locked. */
	public boolean hasEscrowBag() {
		return record.escrowBag() != null;
	}

	/** The device these services are of. */
	public AttachedDevice device() {
		return device;
	}

	/** Through which the device is reached. */
	public Transport transport() {
		return transport;
	}

	/** Something to ask lockdown. */
	public interface Question<T> {
		/** Asks; may be called twice. */
		T ask(Lockdown lockdown) throws IOException;
	}

	/** Asks in a session; once more in a new one if the kept one has ended. */
	public <T> T ask(Question<T> question) throws IOException {
		Lockdown session = lockdown;
		if (session != null) {
			try {
				return question.ask(session);
			} catch (LockdownException | TlsFailedException | SocketTimeoutException e) {
				throw e;
			} catch (IOException e) {
				session.abort();
				lockdown = null;
			}
		}
		return question.ask(session());
	}

	/** Opens the session if there is none: proves that the device trusts this computer. */
	public Lockdown session() throws IOException {
		Lockdown known = lockdown;
		if (known != null) {
			return known;
		}
		Lockdown fresh = Lockdown.open(transport.connect(device, Lockdown.PORT), timing.answer());
		lockdown = fresh;
		boolean started = false;
		try {
			fresh.startSession(record);
			started = true;
			return fresh;
		} finally {
			if (!started) {
				lockdown = null;
				fresh.abort();
			}
		}
	}

	/** What a connection to a service is for. */
	public enum Use {
		/** Questions and answers. */
		ASKING,
		/** Tidying up after a failure too: {@link #abort} may spare it. */
		TIDYING,
		/** A backup or restore: large buffers, and the escrow bag. */
		FILES
	}

	/** Starts a service and connects to it. */
	public Wire open(String name, Use use) throws IOException {
		return ask(session -> {
			Lockdown.Service service = session.startService(name, use == Use.FILES ? record.escrowBag() : null);
			return connect(session, service, use);
		});
	}

	private Wire connect(Lockdown session, Lockdown.Service service, Use use) throws IOException {
		DeviceChannel channel = track(transport.connect(device, service.port()), use);
		boolean connected = false;
		try {
			channel.readTimeout(timing.answer());
			Wire wire = new Wire(channel, use == Use.FILES ? Wire.LARGE : Wire.SMALL);
			session.secure(service, wire, use == Use.FILES);
			connected = true;
			return wire;
		} finally {
			if (!connected) {
				channel.close();
			}
		}
	}

	private DeviceChannel track(DeviceChannel channel, Use use) {
		open.put(channel, use);
		return new DeviceChannel() {
			@Override
			public java.io.InputStream input() {
				return channel.input();
			}

			@Override
			public java.io.OutputStream output() {
				return channel.output();
			}

			@Override
			public void readTimeout(Duration timeout) {
				channel.readTimeout(timeout);
			}

			@Override
			public void close() throws IOException {
				open.remove(channel);
				channel.close();
			}
		};
	}

	/** Starts a service that speaks property lists and connects to it. */
	public PlistWire openPlists(String name) throws IOException {
		return new PlistWire(open(name, Use.ASKING));
	}

	/** Breaks lockdown's and these connections, so that nothing waits any longer. Later calls open new ones. */
	public void abort(Use... uses) {
		Lockdown session = lockdown;
		lockdown = null;
		if (session != null) {
			session.abort();
		}
		open.forEach((channel, use) -> {
			if (Arrays.asList(uses).contains(use)) {
				open.remove(channel);
				try {
					channel.close();
				} catch (IOException e) {
					// it is gone either way
				}
			}
		});
	}

	@Override
	public void close() throws IOException {
		Lockdown session = lockdown;
		lockdown = null;
		if (session != null) {
			session.close();
		}
		abort(Use.values());
	}
}
