// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.repository.KeepPolicy.Within;
import org.keepsake.repository.KeepPolicy.WithinEach;
import org.keepsake.testing.Programs;

/** The same rules leave the same snapshots as restic's, by restic's own word. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KeptAsByResticTest {

	private static final long SEED = 20260331;
	private static final Pattern REMOVED = Pattern.compile("\"remove\":\\[(.*?)\\],\"reasons\"", Pattern.DOTALL);
	private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");

	@TempDir
	Path temp;
	private final List<SnapshotRecord> made = new ArrayList<>();
	private Restic restic;

	/** From minutes to months apart, up to the end of a long month, behind which there are shorter ones. */
	@BeforeEach
	void makeSnapshots() throws IOException {
		Programs.require("restic");
		Path place = temp.resolve("repository");
		restic = new Restic(place, Files.createDirectories(temp.resolve("logs")));
		Random random = new Random(SEED);
		Instant time = Instant.parse("2026-03-31T18:30:00Z");
		try (Repository repository = Samples.init(place, 2)) {
			SnapshotRecord first = Samples.save(repository, Samples.folder(temp, 41));
			repository.forget(List.of(first.id()), Duration.ZERO);
			for (int i = 0; i < 60; i++) {
				try (Saver saver = repository.saver(SaveOptions.DEFAULT)) {
					made.add(
							saver.commit(new SnapshotDraft(time, first.tree(), List.of("/x"), "host", "user", List.of(),
									null, null, null)));
				}
				time = time.minusSeconds((long) (1200 * Math.pow(1.13, i) * (0.5 + random.nextDouble())));
			}
			// Exactly on the border, and beside it.
			for (String exactly : List.of("2026-03-30T18:30:00Z", "2026-03-30T18:30:01Z", "2026-03-03T18:30:00Z",
					"2026-03-03T18:30:01Z", "2026-02-28T18:30:01Z", "2025-03-31T18:30:00Z")) {
				try (Saver saver = repository.saver(SaveOptions.DEFAULT)) {
					made.add(saver.commit(new SnapshotDraft(Instant.parse(exactly), first.tree(), List.of("/x"), "host",
							"user", List.of(), null, null, null)));
				}
			}
		}
	}

	private static Within span(int years, int months, int days, int hours) {
		return new Within(Period.of(years, months, days), hours);
	}

	private static KeepPolicy policy(Within within, WithinEach each) {
		return new KeepPolicy(0, 0, 0, 0, 0, 0, within, each, Set.of());
	}

	private void assertSame(KeepPolicy policy, String... rules) throws IOException {
		Set<String> ours = policy.apply(made).stream().filter(one -> !one.keeps())
				.map(one -> one.snapshot().id().toString()).collect(Collectors.toCollection(TreeSet::new));
		List<String> arguments = new ArrayList<>(List.of("forget", "--dry-run", "--json"));
		arguments.addAll(List.of(rules));
		String told = restic.run(temp, arguments.toArray(String[]::new));
		Set<String> theirs = new TreeSet<>();
		Matcher removed = REMOVED.matcher(told);
		assertTrue(removed.find(), told);
		Matcher id = ID.matcher(removed.group(1));
		while (id.find()) {
			theirs.add(id.group(1));
		}
		assertTrue(!theirs.isEmpty() && theirs.size() < made.size(), () -> "A rule that decides nothing: " + told);
		assertEquals(theirs, ours, () -> String.join(" ", rules) + ", seed " + SEED);
	}

	@Test
	void withinASpanTheSameOfEachHourDayWeekMonthAndYear() throws IOException {
		Within no = Within.NONE;
		assertSame(policy(span(0, 0, 1, 0), WithinEach.NONE), "--keep-within", "1d");
		assertSame(policy(span(0, 1, 0, 0), WithinEach.NONE), "--keep-within", "1m");
		assertSame(policy(no, new WithinEach(span(0, 0, 2, 3), no, no, no, no)), "--keep-within-hourly", "2d3h");
		assertSame(policy(no, new WithinEach(no, span(0, 1, 0, 0), no, no, no)), "--keep-within-daily", "1m");
		assertSame(policy(no, new WithinEach(no, no, span(0, 4, 1, 0), no, no)), "--keep-within-weekly", "4m1d");
		assertSame(policy(no, new WithinEach(no, no, no, span(1, 0, 0, 0), no)), "--keep-within-monthly", "1y");
		assertSame(policy(no, new WithinEach(no, no, no, no, span(9, 0, 0, 0))), "--keep-within-yearly", "9y");
	}

	@Test
	void allTheRulesTogether() throws IOException {
		KeepPolicy all = new KeepPolicy(2, 3, 4, 3, 3, 2, span(0, 0, 0, 5), new WithinEach(span(0, 0, 1, 0),
				span(0, 0, 9, 0), span(0, 2, 0, 0), span(0, 13, 0, 0), span(3, 0, 0, 0)), Set.of());
		assertSame(all, "--keep-last", "2", "--keep-hourly", "3", "--keep-daily", "4", "--keep-weekly", "3",
				"--keep-monthly", "3", "--keep-yearly", "2", "--keep-within", "5h", "--keep-within-hourly", "1d",
				"--keep-within-daily", "9d", "--keep-within-weekly", "2m", "--keep-within-monthly", "13m",
				"--keep-within-yearly", "3y");
	}
}
