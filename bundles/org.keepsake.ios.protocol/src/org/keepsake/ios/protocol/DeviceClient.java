// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.io.IOException;

import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;

/**
 * A device that can be reached: reads what it says to anybody, pairs, and opens sessions. Thread-safe; every call
 * opens connections of its own and blocks on the device.
 */
public final class DeviceClient {

	/** Connects to nothing yet. */
	public DeviceClient(Transport transport, AttachedDevice device) {
		throw new UnsupportedOperationException("seam");
	}

	/** What the device says, in a session if it is paired, else what it tells anybody. Never prompts the person. */
	public DeviceDetails describe() throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/**
	 * Pairs, or proves the pairing there is. Reports notices ({@code device.tap-trust}, {@code device.unlock}) and
	 * waits for the person, for minutes. Problems: {@link DeviceProblems#PAIRING_DENIED},
	 * {@link DeviceProblems#LOCKED}, {@link DeviceProblems#PAIRING_TIMED_OUT}.
	 */
	public void pair(JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Ends the trust on the device, where it can be reached, and forgets the pair record. */
	public void unpair() throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Opens a session that the device has validated. Problem: {@link DeviceProblems#NOT_PAIRED}, {@code LOCKED}. */
	public DeviceSession open() throws IOException {
		throw new UnsupportedOperationException("seam");
	}
}
