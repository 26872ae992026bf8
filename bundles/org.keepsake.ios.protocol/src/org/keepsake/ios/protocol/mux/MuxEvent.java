// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

/** What usbmuxd tells whoever listens. */
public sealed interface MuxEvent {

	/**
	 * A device has come.
	 *
	 * @param device which
	 */
	record Attached(MuxDevice device) implements MuxEvent {
	}

	/**
	 * A device has gone.
	 *
	 * @param id the daemon's number for it
	 */
	record Detached(long id) implements MuxEvent {
	}

	/** Something else, of no interest here. */
	record Other() implements MuxEvent {
	}
}
