// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Beside the JDK's own reader of such times. */
class GoTimeTest {

	@Test
	void readsWhatTheJdkReads() throws JsonReader.JsonException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		long first = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
		long last = Instant.parse("9999-12-30T00:00:00Z").getEpochSecond();
		for (int i = 0; i < 20_000; i++) {
			int nanos = random.nextInt(3) == 0 ? 0
					: random.nextInt(1_000_000_000) / (int) Math.pow(10, random.nextInt(9));
			Instant time = Instant.ofEpochSecond(random.nextLong(first, last), nanos);
			ZoneId zone = ZoneOffset.ofTotalSeconds((random.nextInt(35 * 60) - 17 * 60) * 60);
			String text = GoTime.format(time, zone);
			assertEquals(OffsetDateTime.parse(text).toInstant(), GoTime.parse(text), text + ", seed " + seed);
			assertEquals(time, GoTime.parse(text), text);
			assertEquals(OffsetDateTime.parse(text).getOffset(), GoTime.offset(text), text);
		}
	}

	@Test
	void readsNothingElse() throws JsonReader.JsonException {
		for (String text : List.of("", "x", "2007-06-29", "2007-13-01T00:00:00Z", "2007-02-29T00:00:00Z",
				"2007-06-31T00:00:00Z", "2007-06-29T24:00:01Z", "2007-06-29T18:60:00Z", "2007-06-29T18:00:00",
				"2007-06-29T18:00:00.1234567890Z", "2007-06-29T18:00:00+1:00",
				"2007-06-29T18:00:00+99:00", "2007-06-29 18:00:00Z", "2007-06-29T18:00:00Zx")) {
			assertThrows(JsonReader.JsonException.class, () -> GoTime.parse(text), text);
		}
		assertEquals(Instant.parse("2008-02-29T18:00:00Z"), GoTime.parse("2008-02-29T18:00:00Z"));
		assertEquals(GoTime.ZERO, GoTime.parse("0001-01-01T00:00:00Z"));
	}
}
