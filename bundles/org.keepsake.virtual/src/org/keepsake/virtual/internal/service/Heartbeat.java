// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * {@code com.apple.mobile.heartbeat}: the device says Marco and wants to hear Polo; whoever is silent loses the
 * connection. As in {@code jkcoxson/idevice: idevice/src/services/heartbeat.rs}. The fault {@code heartbeat-interval}
 * changes the seconds between two.
 */
public final class Heartbeat implements ServiceHandler {

	private static final int INTERVAL_SECONDS = 10;
	private static final int GRACE_SECONDS = 5;

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		int interval = (int) phone.faults().number("heartbeat-interval", INTERVAL_SECONDS);
		Map<String, Object> marco = new LinkedHashMap<>();
		marco.put("Command", "Marco");
		marco.put("Interval", interval);
		marco.put("SupportsSleepyTime", true);
		while (true) {
			Thread watchdog = Thread.ofVirtual().name("heartbeat watchdog").start(
					() -> cutAfter(Duration.ofSeconds(interval + GRACE_SECONDS), connection));
			try {
				PlistFrames.writeXml(connection.output(), marco);
				Map<String, Object> answer = PlistFrames.read(connection.input());
				if (answer == null || !PlistFrames.text(answer, "Command").equals("Polo")) {
					return;
				}
			} finally {
				watchdog.interrupt();
			}
			pause(interval);
		}
	}

	private static void cutAfter(Duration silence, ServiceConnection connection) {
		try {
			Thread.sleep(silence);
			connection.cut();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pause(int seconds) throws IOException {
		try {
			Thread.sleep(Duration.ofSeconds(seconds));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", e);
		}
	}
}
