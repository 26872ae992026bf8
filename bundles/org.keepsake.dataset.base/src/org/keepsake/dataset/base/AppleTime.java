// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.time.DateTimeException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/** The ways in which Apple's databases write a moment down. Zero means none everywhere. */
public final class AppleTime {

	/** Seconds from 1970 to 2001, where Cocoa's time begins. */
	private static final long COCOA = 978_307_200L;
	/** Beyond this a value cannot be seconds: it is nanoseconds, as messages have them since iOS 11. */
	private static final double NANOS = 1e15;
	private static final long FURTHEST = 253_402_300_799L;

	private AppleTime() {
	}

	/** Seconds or nanoseconds since 2001. @return null for zero, and for what cannot be a date */
	public static @Nullable Instant cocoa(@Nullable Number value) {
		return value == null ? null : of(value, COCOA);
	}

	/** Seconds since 1970. @return null for zero, and for what cannot be a date */
	public static @Nullable Instant unix(@Nullable Number value) {
		return value == null ? null : of(value, 0);
	}

	private static @Nullable Instant of(Number value, long epoch) {
		double rough = value.doubleValue();
		if (rough == 0 || !Double.isFinite(rough)) {
			return null;
		}
		long seconds;
		long nanos;
		if (value instanceof Long whole) {
			boolean fine = Math.abs(rough) > NANOS;
			seconds = fine ? Math.floorDiv(whole, 1_000_000_000L) : whole;
			nanos = fine ? Math.floorMod(whole, 1_000_000_000L) : 0;
		} else {
			double inSeconds = Math.abs(rough) > NANOS ? rough / 1e9 : rough;
			double floor = Math.floor(inSeconds);
			seconds = (long) floor;
			// Doubles of our century hold no more than some hundred nanoseconds.
			nanos = Math.min(999_999_000L, Math.round((inSeconds - floor) * 1e6) * 1000);
		}
		long unix = seconds + epoch;
		if (Math.abs(rough) > 9e18 || unix > FURTHEST || unix < -FURTHEST) {
			return null;
		}
		try {
			return Instant.ofEpochSecond(unix, nanos);
		} catch (DateTimeException e) {
			return null;
		}
	}
}
