// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/**
 * Icons of applications ({@code com.apple.springboardservices}). Source:
 * {@code libimobiledevice/libimobiledevice: src/sbservices.c}. Used by one thread.
 */
public final class SpringBoard implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.springboardservices";

	private final PlistWire wire;

	/** On a connection to {@link #SERVICE}. */
	public SpringBoard(PlistWire wire) {
		this.wire = wire;
	}

	/** The icon as PNG, or null if there is none. */
	public byte @Nullable [] icon(String bundleId) throws IOException {
		return wire.ask(Map.of("command", "getIconPNGData", "bundleId", bundleId)).data("pngData");
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
