// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.time.Duration;
import java.util.Map;

/**
 * How long the engine waits, and how often it tries.
 *
 * @param grace         how long a device whose connection broke may be away before the job gives up
 * @param pause         how long to let a device be that broke the connection again, though it is still attached
 * @param resumes       how often a backup is resumed without having received anything worth mentioning in between
 * @param resumesInAll  how often it is resumed at all
 * @param progressBytes what counts as worth mentioning
 * @param restartBegins how long a device may take after a restore until its restart begins
 * @param restartTakes  how long the restart may take
 */
public record Timing(Duration grace, Duration pause, int resumes, int resumesInAll, long progressBytes,
		Duration restartBegins, Duration restartTakes) {

	/** What a person's patience and a device's habits suggest. */
	public static final Timing USUAL = new Timing(Duration.ofSeconds(30), Duration.ofSeconds(2), 3, 20, 64L << 20,
			Duration.ofSeconds(30), Duration.ofMinutes(4));

	/**
	 * What is usual, but for the seconds a device may be away, which {@code KEEPSAKE_DEVICE_GRACE} sets.
	 *
	 * @param environment the process' environment variables
	 */
	public static Timing of(Map<String, String> environment) {
		String grace = environment.getOrDefault("KEEPSAKE_DEVICE_GRACE", "");
		return !grace.matches("\\d{1,6}") ? USUAL
				: new Timing(Duration.ofSeconds(Long.parseLong(grace)), USUAL.pause, USUAL.resumes, USUAL.resumesInAll,
						USUAL.progressBytes, USUAL.restartBegins, USUAL.restartTakes);
	}
}
