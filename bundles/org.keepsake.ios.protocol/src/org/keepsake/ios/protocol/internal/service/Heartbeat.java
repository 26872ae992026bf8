// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/**
 * Keeps a connection over Wi-Fi alive ({@code com.apple.mobile.heartbeat}): the device asks now and then whether the
 * host is there, and drops everything if nobody answers. Source: {@code jkcoxson/idevice:
 * idevice/src/services/heartbeat.rs}.
 */
public final class Heartbeat implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.mobile.heartbeat";

	private static final long GRACE_SECONDS = 5;
	private static final long LONGEST_SECONDS = 3600;

	private final PlistWire wire;

	/** On a connection to {@link #SERVICE}; answers from now on, on a thread of its own, until it is closed. */
	public Heartbeat(PlistWire wire) {
		this.wire = wire;
		wire.wire().readTimeout(Duration.ofMinutes(2));
		// Not a virtual thread: one that waits for a socket holds up the end of the process by 0.3 s.
		Thread.ofPlatform().daemon().name("keepsake-heartbeat").start(this::answer);
	}

	private void answer() {
		try (wire) {
			while (true) {
				Dict message = wire.receiveDict();
				String command = message.string("Command", "");
				if (command.equals("SleepyTime")) {
					return;
				}
				long interval = Math.clamp(message.integer("Interval", 10), 1, LONGEST_SECONDS);
				wire.wire().readTimeout(Duration.ofSeconds(interval + GRACE_SECONDS));
				wire.sendXml(Map.of("Command", "Polo"));
			}
		} catch (IOException | java.io.UncheckedIOException e) {
			// the device is gone or asleep; its other connections say so where it matters
		}
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
