// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/**
 * What the device knows of itself ({@code com.apple.mobile.diagnostics_relay}). Newer systems answer most questions
 * with "deprecated". Source: {@code libimobiledevice/libimobiledevice: src/diagnostics_relay.c}. Used by one thread.
 */
public final class DiagnosticsRelay implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.mobile.diagnostics_relay";

	private static final String MOBILE_GESTALT = "MobileGestalt";

	private final PlistWire wire;

	/** On a connection to {@link #SERVICE}. */
	public DiagnosticsRelay(PlistWire wire) {
		this.wire = wire;
	}

	/** Answers to MobileGestalt keys; without those it does not answer. */
	public Dict mobileGestalt(String... keys) throws IOException {
		Dict answer = wire.ask(Map.of("Request", MOBILE_GESTALT, "MobileGestaltKeys", List.of((Object[]) keys)));
		return answer.dictOrEmpty("Diagnostics").dictOrEmpty(MOBILE_GESTALT);
	}

	@Override
	public void close() throws IOException {
		try {
			wire.sendXml(Map.of("Request", "Goodbye"));
		} catch (IOException e) {
			// gone already
		} finally {
			wire.close();
		}
	}
}
