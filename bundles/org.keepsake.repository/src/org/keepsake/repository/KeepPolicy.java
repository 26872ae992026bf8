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
 * @param each    the newest of each hour, day and so on within so long before the newest
 * @param tags    all that have one of these tags
 */
public record KeepPolicy(int last, int hourly, int daily, int weekly, int monthly, int yearly, Within within,
		WithinEach each, Set<String> tags) {

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

		/**
		 * So long before a moment, reckoned as restic does: what is left of a month that is too short counts on into the next
		 * one. Source: Go's {@code time.Time.AddDate}.
		 */
		OffsetDateTime before(OffsetDateTime newest) {
			LocalDate day = newest.toLocalDate().withDayOfMonth(1).minusMonths(period.toTotalMonths())
					.plusDays(newest.getDayOfMonth() - 1L).minusDays(period.getDays());
			return newest.with(day).minusHours(hours);
		}
	}

	/**
	 * Spans before the newest snapshot, in each of which the newest of every hour, day and so on stays. Source:
	 * restic/restic internal/restic/snapshot_policy.go.
	 *
	 * @param hourly  the newest of each hour
	 * @param daily   the newest of each day
	 * @param weekly  the newest of each calendar week
	 * @param monthly the newest of each month
	 * @param yearly  the newest of each year
	 */
	public record WithinEach(Within hourly, Within daily, Within weekly, Within monthly, Within yearly) {

		/** No time at all. */
		public static final WithinEach NONE = new WithinEach(Within.NONE, Within.NONE, Within.NONE, Within.NONE,
				Within.NONE);

		boolean isNone() {
			return hourly.isNone() && daily.isNone() && weekly.isNone() && monthly.isNone() && yearly.isNone();
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

	/** Without the newest of each hour and so on within a span. */
	public KeepPolicy(int last, int hourly, int daily, int weekly, int monthly, int yearly, Within within,
			Set<String> tags) {
		this(last, hourly, daily, weekly, monthly, yearly, within, WithinEach.NONE, tags);
	}

	/** Copies the set. */
	public KeepPolicy {
		tags = Set.copyOf(tags);
	}

	/** Whether nothing would stay by it; such a policy is a mistake, and keeps all. */
	public boolean isEmpty() {
		return last == 0 && hourly == 0 && daily == 0 && weekly == 0 && monthly == 0 && yearly == 0 && within.isNone()
				&& each.isNone() && tags.isEmpty();
	}

	private record Group(String host, List<String> paths) {
	}

	/** One rule while it is applied: how many are left, since when, and the period in which one was kept last. */
	private static final class Rule {
		private final String name;
		private int left;
		private final OffsetDateTime after;
		private final Function<OffsetDateTime, Object> period;
		private Object lastPeriod = new Object();

		Rule(String name, int count, OffsetDateTime after, Function<OffsetDateTime, Object> period) {
			this.name = name;
			this.left = count;
			this.after = after;
			this.period = period;
		}

		boolean keeps(OffsetDateTime time) {
			Object now = period.apply(time);
			if (left == 0 || !time.isAfter(after) || now.equals(lastPeriod)) {
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
		List<Rule> rules = rules(newestFirst.getFirst().localTime());
		for (SnapshotRecord snapshot : newestFirst) {
			List<String> reasons = new ArrayList<>();
			if (isEmpty()) {
				reasons.add("all");
			}
			if (snapshot.tags().stream().anyMatch(tags::contains)) {
				reasons.add("tags");
			}
			OffsetDateTime time = snapshot.localTime();
			for (Rule rule : rules) {
				if (rule.keeps(time)) {
					reasons.add(rule.name);
				}
			}
			decisions.add(new Decision(snapshot, reasons));
		}
	}

	private List<Rule> rules(OffsetDateTime newest) {
		List<Rule> rules = new ArrayList<>();
		rules.add(span("within", within, newest, time -> new Object()));
		rules.add(new Rule("last", last, OffsetDateTime.MIN, time -> new Object()));
		rules.add(new Rule("hourly", hourly, OffsetDateTime.MIN, KeepPolicy::hour));
		rules.add(new Rule("daily", daily, OffsetDateTime.MIN, OffsetDateTime::toLocalDate));
		rules.add(new Rule("weekly", weekly, OffsetDateTime.MIN, KeepPolicy::week));
		rules.add(new Rule("monthly", monthly, OffsetDateTime.MIN, KeepPolicy::month));
		rules.add(new Rule("yearly", yearly, OffsetDateTime.MIN, OffsetDateTime::getYear));
		rules.add(span("hourly within", each.hourly(), newest, KeepPolicy::hour));
		rules.add(span("daily within", each.daily(), newest, OffsetDateTime::toLocalDate));
		rules.add(span("weekly within", each.weekly(), newest, KeepPolicy::week));
		rules.add(span("monthly within", each.monthly(), newest, KeepPolicy::month));
		rules.add(span("yearly within", each.yearly(), newest, OffsetDateTime::getYear));
		return rules;
	}

	private static Rule span(String name, Within span, OffsetDateTime newest,
			Function<OffsetDateTime, Object> period) {
		return new Rule(name, span.isNone() ? 0 : -1, span.before(newest), period);
	}

	private static Object hour(OffsetDateTime time) {
		return time.truncatedTo(ChronoUnit.HOURS).toLocalDateTime();
	}

	private static Object month(OffsetDateTime time) {
		return time.toLocalDate().withDayOfMonth(1);
	}

	private static Object week(OffsetDateTime time) {
		LocalDate day = time.toLocalDate();
		return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
	}
}
