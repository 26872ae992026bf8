// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import java.io.Closeable;
import java.util.List;

import org.keepsake.core.ProblemException;

/**
 * A way to find and reach devices. Contributed through the extension point {@code org.keepsake.core.transports}.
 * Thread-safe; calls may block, so they are made from virtual threads. {@link #close()} ends all watches and channels.
 */
public interface Transport extends Closeable {

	/** The transport's stable name, such as {@code usb}. */
	String id();

	/**
	 * The devices that can be reached now; empty if there are none.
	 *
	 * @throws ProblemException if the transport itself cannot work, such as when usbmuxd is not running
	 */
	List<AttachedDevice> devices() throws ProblemException;

	/**
	 * Announces every present device, then each arrival and departure, until the result is closed. Never fails: it
	 * reports trouble to {@link DeviceListener#unavailable} and goes on trying, so it survives a restart of usbmuxd.
	 */
	Watch watch(DeviceListener listener);

	/**
	 * Opens a channel to a TCP port of the device.
	 *
	 * @param port 1 to 65535, in the usual byte order
	 * @throws ProblemException if the device is gone or refuses the port
	 */
	DeviceChannel connect(AttachedDevice device, int port) throws ProblemException;

	/** Where the pair records of this transport's devices are kept. */
	PairRecords pairRecords();

	/** An ongoing watch; closing it from any thread ends it, and no call to the listener begins afterwards. */
	interface Watch extends AutoCloseable {
		@Override
		void close();
	}
}
