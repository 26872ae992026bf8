// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many bytes a second, shared by all streams that it slows down: a bucket of tokens that holds an eighth of a
 * second's worth. Thread-safe. A stream that waits, waits in its reader's or writer's own thread, and ends with an
 * {@link InterruptedIOException} if that is interrupted.
 */
public final class RateLimit {

	/** No limit. */
	public static final RateLimit NONE = new RateLimit(0, Pauses.SYSTEM);

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,3})?)\\s*([kmgt]?)(?:i?b)?(?:/s)?");
	private static final double NANOS = 1e9;

	private final long bytesPerSecond;
	private final Pauses pauses;
	/** The moment at which all that was taken is paid for, in the clock's nanoseconds. */
	private long paidAt;

	RateLimit(long bytesPerSecond, Pauses pauses) {
		this.bytesPerSecond = bytesPerSecond;
		this.pauses = pauses;
		this.paidAt = pauses.nanoTime();
	}

	/** @param bytesPerSecond 0 for no limit */
	public static RateLimit of(long bytesPerSecond) {
		if (bytesPerSecond < 0) {
			throw new IllegalArgumentException("A limit is 0 or more");
		}
		return bytesPerSecond == 0 ? NONE : new RateLimit(bytesPerSecond, Pauses.SYSTEM);
	}

	/**
	 * Reads a limit as a person writes it: {@code 2M}, {@code 500k}, {@code 1.5M}, {@code 300000}; k, M, G and T stand
	 * for 1024 and its powers. Empty and 0: no limit.
	 *
	 * @throws IllegalArgumentException if it is none
	 */
	public static RateLimit parse(String text) {
		if (text.isBlank()) {
			return NONE;
		}
		Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new IllegalArgumentException("Not a number of bytes a second");
		}
		String unit = matcher.group(2);
		double bytes = Double.parseDouble(matcher.group(1))
				* Math.pow(1024, unit.isEmpty() ? 0 : "kmgt".indexOf(unit) + 1);
		return of((long) bytes);
	}

	/** Bytes a second; 0 if there is no limit. */
	public long bytesPerSecond() {
		return bytesPerSecond;
	}

	/** A stream that gives no more than is allowed. */
	public InputStream slow(InputStream in) {
		return bytesPerSecond == 0 ? in : new SlowInput(in);
	}

	/** A stream that takes no more than is allowed. */
	public OutputStream slow(OutputStream out) {
		return bytesPerSecond == 0 ? out : new SlowOutput(out);
	}

	/** Returns when so many bytes may have passed. */
	public void take(int bytes) throws InterruptedIOException {
		if (bytesPerSecond == 0 || bytes <= 0) {
			return;
		}
		long wait;
		synchronized (this) {
			long now = pauses.nanoTime();
			long earliest = now - (long) NANOS / 8;
			long start = paidAt - earliest < 0 ? earliest : paidAt;
			paidAt = start + (long) (NANOS * bytes / bytesPerSecond);
			wait = paidAt - now;
		}
		if (wait > 0) {
			pauses.sleep(Duration.ofNanos(wait));
		}
	}

	/** What is passed on at once, so that nothing stands still for long. */
	private int step(int length) {
		return Math.clamp(bytesPerSecond / 8, 1, length);
	}

	private final class SlowInput extends FilterInputStream {

		SlowInput(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int one = super.read();
			if (one >= 0) {
				take(1);
			}
			return one;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int n = length == 0 ? 0 : super.read(bytes, offset, step(length));
			take(n);
			return n;
		}
	}

	private final class SlowOutput extends FilterOutputStream {

		SlowOutput(OutputStream out) {
			super(out);
		}

		@Override
		public void write(int one) throws IOException {
			take(1);
			out.write(one);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			int at = offset;
			while (at < offset + length) {
				int n = step(offset + length - at);
				take(n);
				out.write(bytes, at, n);
				at += n;
			}
		}
	}
}
