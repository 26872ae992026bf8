// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import org.keepsake.core.Problem;

/**
 * Hears devices come and go. Called on a thread of the transport, one call at a time; must not block.
 */
public interface DeviceListener {

	/** A device can be reached now. */
	void attached(AttachedDevice device);

	/** The device can no longer be reached; the same value that {@link #attached} got. */
	void detached(AttachedDevice device);

	/**
	 * The transport itself cannot work now, such as when usbmuxd is not running. All its devices were reported
	 * detached before. It goes on trying by itself.
	 */
	default void unavailable(Problem problem) {
	}

	/** The transport works (again). */
	default void available() {
	}
}
