// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/**
 * The list of applications ({@code com.apple.mobile.installation_proxy}). Source:
 * {@code libimobiledevice/libimobiledevice: src/installation_proxy.c}. Used by one thread.
 */
public final class InstallationProxy implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.mobile.installation_proxy";

	/** More applications than any device holds. */
	private static final int MOST = 100_000;

	private final PlistWire wire;

	/** On a connection to {@link #SERVICE}. */
	public InstallationProxy(PlistWire wire) {
		this.wire = wire;
	}

	/** Visits the applications a person installed, with the attributes asked for, as they arrive. */
	public void browse(List<String> attributes, Consumer<Dict> visitor) throws IOException {
		wire.sendXml(Map.of("Command", "Browse", "ClientOptions",
				Map.of("ApplicationType", "User", "ReturnAttributes", attributes)));
		int seen = 0;
		while (true) {
			Dict message = wire.receiveDict();
			String error = message.string("Error");
			if (error != null) {
				throw new PlistException("The device did not list its applications");
			}
			for (Dict application : message.dicts("CurrentList")) {
				if (++seen > MOST) {
					throw new PlistException("More applications than a device can hold");
				}
				visitor.accept(application);
			}
			if ("Complete".equals(message.string("Status"))) {
				return;
			}
		}
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
