// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

import org.keepsake.virtual.fault.Faults;

/**
 * One or several virtual iPhones behind one usbmuxd on a loopback port. Thread-safe.
 */
public final class VirtualIPhones implements Closeable {

	/**
	 * Starts the usbmuxd and attaches the devices.
	 *
	 * @param port 0 for any free port
	 */
	public static VirtualIPhones start(int port, List<VirtualOptions> devices) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Where the usbmuxd listens: what {@code USBMUXD_SOCKET_ADDRESS} names. */
	public InetSocketAddress address() {
		throw new UnsupportedOperationException("seam");
	}

	/** The devices' identifiers, in the order given. */
	public List<String> udids() {
		throw new UnsupportedOperationException("seam");
	}

	/** Pulls the cable: all connections break, the device is announced as gone. */
	public void unplug(String udid) {
		throw new UnsupportedOperationException("seam");
	}

	/** Plugs it in again. */
	public void plug(String udid) {
		throw new UnsupportedOperationException("seam");
	}

	/** Answers a pending trust dialog. */
	public void answerTrust(String udid, boolean trust) {
		throw new UnsupportedOperationException("seam");
	}

	/** Locks or unlocks the screen. */
	public void lock(String udid, boolean locked) {
		throw new UnsupportedOperationException("seam");
	}

	/** Makes the device misbehave from now on. */
	public void faults(String udid, Faults faults) {
		throw new UnsupportedOperationException("seam");
	}

	/** The device's files, for tests to compare and to change. */
	public VirtualFiles files(String udid) {
		throw new UnsupportedOperationException("seam");
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException("seam");
	}
}
