// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How long is waited for what.
 *
 * @param answer    for an answer of lockdown and the small services
 * @param optional  for an answer without which we can do as well
 * @param silence   for the next message of a device that backs up or restores; it is silent for minutes while it asks
 *                  for the passcode, takes a snapshot or compares
 * @param trust     for the person to tap Trust
 * @param trustPoll between two requests to pair
 * @param lockPoll  between two attempts at the sync lock
 * @param lockTries attempts at the sync lock
 * @param cleanup   for each step of tidying up on the device after a failure
 */
public record Timing(Duration answer, Duration optional, Duration silence, Duration trust, Duration trustPoll,
		Duration lockPoll, int lockTries, Duration cleanup) {

	private static final long SILENCE_SECONDS = 20 * 60;

	/**
	 * What suits real devices. The silence can be set in seconds by the system property
	 * {@code keepsake.device.silence} or the environment variable {@code KEEPSAKE_DEVICE_SILENCE}.
	 */
	public static Timing standard() {
		return new Timing(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(silenceSeconds()),
				Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMillis(200), 50, Duration.ofMillis(800));
	}

	private static long silenceSeconds() {
		String property = System.getProperty("keepsake.device.silence");
		String text = property == null ? System.getenv("KEEPSAKE_DEVICE_SILENCE") : property;
		return isSeconds(text) ? Long.parseLong(text) : SILENCE_SECONDS;
	}

	private static boolean isSeconds(@Nullable String text) {
		return text != null && text.matches("[1-9]\\d{0,6}");
	}
}
