// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

/** How a device is reached. */
public enum ConnectionType {
	/** By cable. */
	USB,
	/** Over the network: Wi-Fi sync. */
	NETWORK
}
