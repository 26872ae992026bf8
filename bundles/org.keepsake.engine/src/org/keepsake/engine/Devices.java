// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.Transport.Watch;

/** The devices of all transports: one entry a device, by cable where it is attached twice. */
public interface Devices {

	/** The devices that can be reached now, by cable first. Fails only if no transport works at all. */
	List<Udid> list() throws IOException;

	/** The one attached device, or the given one. Problems: none attached, several attached, not attached. */
	Udid choose(@Nullable Udid wanted) throws IOException;

	/** What the device says. */
	DeviceDetails describe(Udid device) throws IOException;

	/** Pairs with it; see {@link org.keepsake.ios.protocol.DeviceClient#pair}. */
	void pair(Udid device, JobMonitor monitor) throws IOException;

	/** Ends the pairing. */
	void unpair(Udid device) throws IOException;

	/** Tells of arrivals and departures until closed. */
	Watch watch(Listener listener);

	/** Hears devices come and go; one call at a time; must not block. */
	interface Listener {
		/** A device can be reached. */
		void arrived(Udid device);

		/** It no longer can. */
		void departed(Udid device);

		/** A transport cannot work now, such as when usbmuxd is not running; null when it works again. */
		default void trouble(String transport, @Nullable Problem problem) {
		}
	}
}
