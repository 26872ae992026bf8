// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

	private static final int SIZE = 1_000_000;

	private final FakePauses pauses = new FakePauses();

	@Test
	void takesTheTimeThatTheBytesMayTake() throws IOException {
		byte[] content = new byte[SIZE];
		new Random(1).nextBytes(content);
		InputStream in = new RateLimit(100_000, pauses).slow(new ByteArrayInputStream(content));
		assertArrayEquals(content, in.readAllBytes());
		assertEquals(10.0, pauses.now / 1e9, 0.2);
		pauses.now = 0;
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		try (OutputStream out = new RateLimit(100_000, pauses).slow(written)) {
			out.write(content);
		}
		assertArrayEquals(content, written.toByteArray());
		assertEquals(10.0, pauses.now / 1e9, 0.2);
		assertTrue(pauses.slept.stream().allMatch(pause -> pause.compareTo(Duration.ofMillis(260)) < 0),
				"never stands still for long");
	}

	@Test
	void isSharedByItsStreams() throws IOException {
		RateLimit limit = new RateLimit(100_000, pauses);
		InputStream one = limit.slow(new ByteArrayInputStream(new byte[SIZE / 2]));
		InputStream other = limit.slow(new ByteArrayInputStream(new byte[SIZE / 2]));
		one.readAllBytes();
		other.readAllBytes();
		assertEquals(10.0, pauses.now / 1e9, 0.2);
	}

	@Test
	void savesNoMoreThanAMomentWhileNothingPasses() throws IOException {
		RateLimit limit = new RateLimit(100_000, pauses);
		limit.take(1);
		pauses.now += Duration.ofHours(1).toNanos();
		long before = pauses.now;
		limit.slow(new ByteArrayInputStream(new byte[SIZE])).readAllBytes();
		assertEquals(10.0, (pauses.now - before) / 1e9, 0.2);
	}

	@Test
	void doesNothingWithoutALimit() {
		InputStream in = InputStream.nullInputStream();
		assertSame(in, RateLimit.NONE.slow(in));
	}

	@Test
	void endsWhenItsThreadIsInterrupted() {
		Thread.currentThread().interrupt();
		try {
			InputStream in = RateLimit.of(1).slow(new ByteArrayInputStream(new byte[100]));
			assertThrows(InterruptedIOException.class, in::readAllBytes);
		} finally {
			assertTrue(Thread.interrupted(), "stays marked");
		}
	}

	@ParameterizedTest
	@CsvSource({ "2M,2097152", "500k,512000", "1.5M,1572864", "300000,300000", "0,0", "'',0", "1 GiB/s,1073741824",
			"10KB/s,10240" })
	void readsWhatAPersonWrites(String text, long bytesPerSecond) {
		assertEquals(bytesPerSecond, RateLimit.parse(text).bytesPerSecond());
	}

	@ParameterizedTest
	@ValueSource(strings = { "fast", "-1", "2MM", "1e9", "9999999999999999999" })
	void refusesWhatIsNone(String text) {
		assertThrows(IllegalArgumentException.class, () -> RateLimit.parse(text));
	}
}
