// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A two-way byte stream to one port of a device. One thread may read while another writes. {@link #close()} from any
 * thread ends a blocked read or write with an {@link java.io.IOException}; closing again is without effect.
 */
public interface DeviceChannel extends Closeable {

	/** Bytes from the device, not buffered. End of stream is the device's orderly close. */
	InputStream input();

	/** Bytes to the device, not buffered. */
	OutputStream output();

	/**
	 * How long a read may wait before it fails with a {@link java.net.SocketTimeoutException}.
	 *
	 * @param timeout {@link Duration#ZERO} is for ever, as at first
	 */
	void readTimeout(Duration timeout);
}
