// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which snapshots stay. Applied to each group of the same host and paths by itself. Numbers are of the newest hours,
 * days and so on in which there is a snapshot; -1 for all, 0 for none. Source: restic/restic doc/060_forget.rst.
 *
 * @param last    how many of the newest
 * @param hourly  the newest of so many hours
 * @param daily   the newest of so many days
 * @param weekly  the newest of so many calendar weeks
 * @param monthly the newest of so many months
 * @param yearly  the newest of so many years
 * @param within  all within so long before the newest; zero for none
 * @param tags    all that have one of these tags
 */
public record KeepPolicy(int last, int hourly, int daily, int weekly, int monthly, int yearly, Within within,
		Set<String> tags) {

	/**
	 * A span in calendar units, as in {@code 1y6m14d12h}.
	 *
	 * @param period years, months and days
	 * @param hours  hours besides
	 */
	public record Within(Period period, int hours) {

		/** No time at all. */
		public static final Within NONE = new Within(Period.ZERO, 0);

		boolean isNone() {
			return period.isZero() && hours == 0;
		}
	}

	/**
	 * What becomes of a snapshot.
	 *
	 * @param snapshot the snapshot
	 * @param reasons  why it stays, such as {@code daily}; none if it goes
	 */
	public record Decision(SnapshotRecord snapshot, List<String> reasons) {

		/** Copies the list. */
		public Decision {
			reasons = List.copyOf(reasons);
		}

		/** Whether it stays. */
		public boolean keeps() {
			return !reasons.isEmpty();
		}
	}

	/** Keeps the newest. */
	public static KeepPolicy last(int count) {
		return new KeepPolicy(count, 0, 0, 0, 0, 0, Within.NONE, Set.of());
	}

	/** Copies the set. */
	public KeepPolicy {
		tags = Set.copyOf(tags);
	}

	/** Whether nothing would stay by it; such a policy is a mistake, and keeps all. */
	public boolean isEmpty() {
		return last == 0 && hourly == 0 && daily == 0 && weekly == 0 && monthly == 0 && yearly == 0 && within.isNone()
				&& tags.isEmpty();
	}

	private record Group(String host, List<String> paths) {
	}

	/** One rule while it is applied: how many are left, and the period in which one was kept last. */
	private static final class Rule {
		private final String name;
		private int left;
		private final Function<OffsetDateTime, Object> period;
		private Object lastPeriod = new Object();

		Rule(String name, int count, Function<OffsetDateTime, Object> period) {
			this.name = name;
			this.left = count;
			this.period = period;
		}

		boolean keeps(OffsetDateTime time) {
			Object now = period.apply(time);
			if (left == 0 || now.equals(lastPeriod)) {
				return false;
			}
			lastPeriod = now;
			if (left > 0) {
				left--;
			}
			return true;
		}
	}

	/**
	 * Decides for each snapshot. Hours, days and so on are those where each was made, as restic counts them: whichever
	 * computer decides, and wherever it stands, the same ones stay.
	 *
	 * @return in the order of groups, newest first
	 */
	public List<Decision> apply(List<SnapshotRecord> snapshots) {
		Map<Group, List<SnapshotRecord>> groups = new HashMap<>();
		Set<Group> order = new LinkedHashSet<>();
		for (SnapshotRecord snapshot : snapshots) {
			Group group = new Group(snapshot.host(), snapshot.paths().stream().sorted().toList());
			order.add(group);
			groups.computeIfAbsent(group, g -> new ArrayList<>()).add(snapshot);
		}
		List<Decision> decisions = new ArrayList<>();
		for (Group group : order) {
			decide(groups.getOrDefault(group, List.of()), decisions);
		}
		return List.copyOf(decisions);
	}

	private void decide(List<SnapshotRecord> group, List<Decision> decisions) {
		List<SnapshotRecord> newestFirst = new ArrayList<>(group);
		newestFirst.sort(Comparator.comparing(SnapshotRecord::time).reversed());
		List<Rule> rules = rules();
		OffsetDateTime from = newestFirst.getFirst().localTime().minus(within.period()).minusHours(within.hours());
		for (SnapshotRecord snapshot : newestFirst) {
			List<String> reasons = new ArrayList<>();
			if (isEmpty()) {
				reasons.add("all");
			}
			if (snapshot.tags().stream().anyMatch(tags::contains)) {
				reasons.add("tags");
			}
			OffsetDateTime time = snapshot.localTime();
			if (!within.isNone() && time.isAfter(from)) {
				reasons.add("within");
			}
			for (Rule rule : rules) {
				if (rule.keeps(time)) {
					reasons.add(rule.name);
				}
			}
			decisions.add(new Decision(snapshot, reasons));
		}
	}

	private List<Rule> rules() {
		return List.of(new Rule("last", last, time -> new Object()),
				new Rule("hourly", hourly, time -> time.truncatedTo(ChronoUnit.HOURS).toLocalDateTime()),
				new Rule("daily", daily, OffsetDateTime::toLocalDate), new Rule("weekly", weekly, KeepPolicy::week),
				new Rule("monthly", monthly, time -> time.toLocalDate().withDayOfMonth(1)),
				new Rule("yearly", yearly, OffsetDateTime::getYear));
	}

	private static Object week(OffsetDateTime time) {
		LocalDate day = time.toLocalDate();
		return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
	}
}
