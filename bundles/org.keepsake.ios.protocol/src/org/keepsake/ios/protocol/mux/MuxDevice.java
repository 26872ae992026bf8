// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.ios.protocol.internal.plist.Dict;

/**
 * A device as usbmuxd announces it. Some daemons put its number beside its properties, some among them, most in both
 * places. Source: {@code libimobiledevice/libusbmuxd: src/libusbmuxd.c}.
 *
 * @param id         the daemon's number for this attachment
 * @param udid       the device
 * @param connection by cable or over the network
 * @param address    where it is on the network, if it is there
 */
public record MuxDevice(long id, Udid udid, ConnectionType connection, Optional<NetworkAddress> address) {

	/** The device in an entry or event, or null if it does not name one. */
	static @Nullable MuxDevice of(Dict entry) {
		Dict properties = entry.has("Properties") ? entry.dictOrEmpty("Properties") : entry;
		Long inner = properties.integer("DeviceID");
		Long id = inner == null ? entry.integer("DeviceID") : inner;
		String serial = properties.string("SerialNumber", entry.string("SerialNumber", ""));
		if (id == null || !Udid.isValid(serial)) {
			return null;
		}
		boolean network = "Network".equalsIgnoreCase(properties.string("ConnectionType", "USB"));
		byte[] address = properties.data("NetworkAddress");
		return new MuxDevice(id, new Udid(serial), network ? ConnectionType.NETWORK : ConnectionType.USB,
				address == null ? Optional.empty() : NetworkAddress.parse(address));
	}
}
