// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.util.Map;

import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;

/** Makes the transport over this computer's usbmuxd. */
public final class UsbTransportFactory implements TransportFactory {

	@Override
	public Transport create(Context context) {
		Map<String, String> environment = context.environment();
		String osName = System.getProperty("os.name", "");
		MuxAddress address = MuxAddress.of(environment.get(MuxAddress.VARIABLE), osName);
		return new UsbTransport(address, osName, context.home().resolve("pairing"),
				UsbPairRecords.systemFolder(osName, environment.get("ProgramData")), UsbWatch.Pace.USUAL);
	}
}
