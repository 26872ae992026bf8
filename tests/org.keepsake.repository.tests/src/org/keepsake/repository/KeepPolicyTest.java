// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class KeepPolicyTest {

	/** Two a day, at 6 and at 18 o'clock, for 800 days up to the end of 2026. */
	private static List<SnapshotRecord> snapshots() {
		List<SnapshotRecord> all = new ArrayList<>();
		ZonedDateTime time = ZonedDateTime.of(2026, 12, 31, 18, 0, 0, 0, ZoneOffset.UTC);
		for (int i = 0; i < 1600; i++) {
			all.add(snapshot(i, time.toInstant(), "phone", i == 777 ? List.of("keep") : List.of()));
			time = time.minusHours(12);
		}
		return all;
	}

	private static SnapshotRecord snapshot(int number, Instant time, String path, List<String> tags) {
		return snapshot(number, time.atOffset(ZoneOffset.UTC), path, tags);
	}

	private static SnapshotRecord snapshot(int number, OffsetDateTime time, String path, List<String> tags) {
		return new SnapshotRecord(new BlobId(number, 0, 0, 0), time.toInstant(), time.getOffset(),
				new BlobId(0, 0, 0, 1), List.of('/' + path),
				"host",
				"", tags, null, null, "", null);
	}

	private static List<String> kept(KeepPolicy policy) {
		return policy.apply(snapshots()).stream().filter(KeepPolicy.Decision::keeps)
				.map(d -> d.snapshot().time().toString().substring(0, 13)).toList();
	}

	private static KeepPolicy policy(int daily, int weekly, int monthly, int yearly) {
		return new KeepPolicy(0, 0, daily, weekly, monthly, yearly, KeepPolicy.Within.NONE, Set.of());
	}

	@Test
	void keepsTheNewestOfEachPeriod() {
		assertEquals(List.of("2026-12-31T18", "2026-12-31T06"), kept(KeepPolicy.last(2)));
		assertEquals(List.of("2026-12-31T18", "2026-12-30T18"), kept(policy(2, 0, 0, 0)));
		assertEquals(List.of("2026-12-31T18", "2026-12-27T18"), kept(policy(0, 2, 0, 0)));
		assertEquals(List.of("2026-12-31T18", "2026-11-30T18", "2026-10-31T18"), kept(policy(0, 0, 3, 0)));
		assertEquals(List.of("2026-12-31T18", "2025-12-31T18", "2024-12-31T18"), kept(policy(0, 0, 0, -1)));
		assertEquals(List.of("2026-12-31T18", "2026-12-30T18", "2025-12-31T18"), kept(policy(2, 0, 0, 2)));
	}

	@Test
	void keepsWhatIsRecentOrTagged() {
		KeepPolicy within = new KeepPolicy(0, 0, 0, 0, 0, 0, new KeepPolicy.Within(Period.ofDays(1), 1), Set.of());
		assertEquals(List.of("2026-12-31T18", "2026-12-31T06", "2026-12-30T18"), kept(within));
		KeepPolicy tagged = new KeepPolicy(0, 0, 0, 0, 0, 0, KeepPolicy.Within.NONE, Set.of("keep"));
		assertEquals(1, kept(tagged).size());
	}

	@Test
	void keepsAllIfItSaysNothing() {
		assertEquals(1600, kept(policy(0, 0, 0, 0)).size());
	}

	@Test
	void countsEachDeviceByItself() {
		Instant time = Instant.parse("2026-01-01T00:00:00Z");
		List<SnapshotRecord> two = List.of(snapshot(1, time, "a", List.of()),
				snapshot(2, time.plusSeconds(1), "b", List.of()),
				snapshot(3, time.plusSeconds(2), "a", List.of()));
		List<BlobId> kept = KeepPolicy.last(1).apply(two).stream().filter(KeepPolicy.Decision::keeps)
				.map(d -> d.snapshot().id()).toList();
		assertEquals(List.of(new BlobId(3, 0, 0, 0), new BlobId(2, 0, 0, 0)), kept);
	}

	@Test
	void countsTheDaysOfTheClockThatEachWasMadeBy() {
		OffsetDateTime lateInLosAngeles = OffsetDateTime.parse("2026-11-21T23:30:00-08:00");
		OffsetDateTime earlyInLosAngeles = OffsetDateTime.parse("2026-11-21T01:10:00-08:00");
		OffsetDateTime theDayBefore = OffsetDateTime.parse("2026-11-20T23:59:59-08:00");
		List<SnapshotRecord> three = List.of(snapshot(1, lateInLosAngeles, "a", List.of()),
				snapshot(2, earlyInLosAngeles, "a", List.of()), snapshot(3, theDayBefore, "a", List.of()));
		assertEquals(List.of(new BlobId(1, 0, 0, 0), new BlobId(3, 0, 0, 0)),
				policy(9, 0, 0, 0).apply(three).stream().filter(KeepPolicy.Decision::keeps).map(d -> d.snapshot().id())
						.toList());
	}
}
