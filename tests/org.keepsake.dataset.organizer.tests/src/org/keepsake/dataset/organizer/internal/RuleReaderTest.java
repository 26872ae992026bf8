// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.dataset.organizer.RepeatRule;
import org.keepsake.dataset.organizer.RepeatRule.Day;
import org.keepsake.dataset.organizer.RepeatRule.Frequency;

class RuleReaderTest {

	private static final int MUTATIONS = 10_000;
	private static final String ALL = "D=0TU,+2MO,-1FR;M=1,-1;O=1,12;Y=100;W=20,-3;S=1,-1";

	private static RepeatRule rule(String specifier) {
		return Objects.requireNonNull(RuleReader.rule(2, 1, 0, null, null, specifier));
	}

	@Test
	void readsEveryPart() {
		RepeatRule rule = rule(ALL);
		assertEquals(
				List.of(new Day(DayOfWeek.TUESDAY, 0), new Day(DayOfWeek.MONDAY, 2), new Day(DayOfWeek.FRIDAY, -1)),
				rule.days());
		assertEquals(List.of(1, -1), rule.monthDays());
		assertEquals(List.of(1, 12), rule.months());
		assertEquals(List.of(100), rule.yearDays());
		assertEquals(List.of(20, -3), rule.weeks());
		assertEquals(List.of(1, -1), rule.positions());
		assertEquals(
				"FREQ=MONTHLY;BYMONTH=1,12;BYWEEKNO=20,-3;BYYEARDAY=100;BYMONTHDAY=1,-1;BYDAY=TU,2MO,-1FR;BYSETPOS=1,-1",
				ICalRule.text(rule, new ICalTimes(false, "")));
	}

	@Test
	void leavesOutWhatCannotBeMeant() {
		RepeatRule rule = rule("D=9ZZ,x,99MO;M=32,0,abc;O=13,-1;;=;Q=7;Y=1000");
		assertEquals(new RepeatRule(Frequency.MONTHLY, 1, 0, null, null, List.of(), List.of(), List.of(), List.of(),
				List.of(), List.of()), rule);
		assertNull(RuleReader.rule(-1, 1, 0, null, null, ""));
		assertNull(RuleReader.rule(4, 1, 0, null, null, ""));
	}

	@Test
	void endsByCountOrDate() {
		Instant until = Instant.parse("2026-03-01T12:00:00Z");
		RepeatRule daily = Objects.requireNonNull(RuleReader.rule(0, 3, 0, until, null, ""));
		assertEquals("FREQ=DAILY;INTERVAL=3;UNTIL=20260301T120000Z",
				ICalRule.text(daily, new ICalTimes(false, "Europe/Berlin")));
		assertEquals("FREQ=DAILY;INTERVAL=3;UNTIL=20260301", ICalRule.text(daily, new ICalTimes(true, "")));
		RepeatRule counted = Objects
				.requireNonNull(RuleReader.rule(0, Long.MIN_VALUE, Long.MAX_VALUE, until, null, ""));
		assertEquals("FREQ=DAILY;COUNT=1000000", ICalRule.text(counted, new ICalTimes(true, "")));
	}

	@Test
	void bearsTenThousandMutations() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		String alphabet = "DMOYWS=;,+-0123456789TUFR\u0000\uD83D x";
		for (int i = 0; i < MUTATIONS; i++) {
			StringBuilder text = new StringBuilder(ALL);
			for (int j = 1 + random.nextInt(8); j > 0; j--) {
				int at = random.nextInt(text.length());
				char character = alphabet.charAt(random.nextInt(alphabet.length()));
				switch (random.nextInt(3)) {
					case 0 -> text.setCharAt(at, character);
					case 1 -> text.insert(at, character);
					default -> text.setLength(Math.max(1, at));
				}
			}
			String line = ICalRule.text(rule(text.toString()), new ICalTimes(false, ""));
			assertTrue(line.matches("FREQ=MONTHLY[A-Z0-9;=,-]*"), () -> line + " of " + text + ", seed " + seed);
		}
	}
}
