// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.io.IOException;

import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;

/** A device that can be reached: the engine's view of {@link org.keepsake.ios.protocol.DeviceClient}. Thread-safe. */
public interface Phone {

	/** What the device says; never prompts the person. */
	DeviceDetails describe() throws IOException;

	/** Pairs, and waits for the person. */
	void pair(JobMonitor monitor) throws IOException;

	/** Ends the trust. */
	void unpair() throws IOException;

	/** Opens a validated session. */
	PhoneSession open() throws IOException;

	/** Makes phones of what transports announce. */
	@FunctionalInterface
	interface Maker {
		/** Connects to nothing yet. */
		Phone phone(Transport transport, AttachedDevice device);
	}
}
