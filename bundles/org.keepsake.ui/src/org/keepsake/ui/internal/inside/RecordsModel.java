// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.Problem;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.model.Model;
import org.keepsake.ui.internal.model.UiProblems;

/**
 * The records of one data set: read once in the background while the first ones are shown already, then any of them at
 * hand, in the backup's order or sorted. Memory stays small whatever their number. Thread-safe; nothing here waits.
 */
public final class RecordsModel extends Model implements AutoCloseable {

	/** More are not listed. */
	public static final int MOST = 2_000_000;
	/** More are sorted by date only. */
	public static final int MOST_SORTED = 50_000;
	private static final int MOST_WANTED = 1_000;
	private static final int NEIGHBOURS = 5;
	private static final long TELL_NANOS = 120_000_000;

	private final OpenedBackup backup;
	private final DataSet dataSet;
	private final List<Column> all;
	private final ZoneId zone;
	private final Set<Integer> wanted = new LinkedHashSet<>();
	private final List<Integer> loaded = new ArrayList<>();
	private boolean loading;
	private Filter filter = Filter.ALL;
	private @Nullable Reading reading;
	private @Nullable Sort sort;
	private int @Nullable [] order;
	private @Nullable String soughtKey;
	private int shown = -1;
	private boolean reordered;
	private boolean closed;

	/** How the rows are sorted. */
	public record Sort(Column column, boolean descending) {
	}

	/**
	 * What is to be seen.
	 *
	 * @param count    how many rows there are up to now
	 * @param reading  whether more may come
	 * @param cut      whether there are more than can be listed
	 * @param problem  why no more come; null if nothing is wrong
	 * @param columns  those that tell something
	 * @param sort     how the rows are sorted; null for the backup's order
	 * @param filter   what was asked for
	 * @param round    differs whenever other rows are shown than before
	 */
	public record View(int count, boolean reading, boolean cut, @Nullable Problem problem, List<Column> columns,
			@Nullable Sort sort, Filter filter, long round) {
	}

	/**
	 * A record with what was said around it.
	 *
	 * @param entry        the record
	 * @param conversation what was said in the same conversation before it, it, and what was said next; empty if it is of
	 *                     no conversation
	 */
	public record Details(Entry entry, List<Entry> conversation) {
	}

	/** One pass over the data set. */
	private final class Reading {

		private final long round = System.nanoTime();
		private final JobControl control = new JobControl(event -> {
		});
		private final Filter asked;
		private final ColumnChoice choice = new ColumnChoice(all, zone);
		private @Nullable Spool spool;
		private List<Column> columns = all.subList(0, 2);
		private @Nullable Problem problem;
		private boolean active = true;
		private boolean cut;
		private long told;

		Reading(Filter asked) {
			this.asked = asked;
		}

		void run() {
			Problem trouble = null;
			try {
				Spool into = new Spool();
				if (!begin(this, into)) {
					into.close();
					return;
				}
				backup.read(dataSet, asked.selection(zone), source -> take(into, Entry.of(source)), control);
			} catch (CancelledException e) {
				// Somebody else's rows are shown now.
			} catch (IOException | RuntimeException e) {
				trouble = control.isCancelled() ? null : UiProblems.of(e);
			}
			ended(this, trouble);
		}

		private boolean take(Spool into, Entry entry) throws IOException {
			if (into.size() >= MOST) {
				cut = true;
				return false;
			}
			into.add(entry);
			if (choice.sample(entry)) {
				choose(this);
			}
			seek(this, into);
			long now = System.nanoTime();
			if (now - told > TELL_NANOS) {
				told = now;
				changed();
			}
			return true;
		}
	}

	/** Nothing is read before {@link #start}. */
	public RecordsModel(OpenedBackup backup, DataSet dataSet, ZoneId zone) {
		this.backup = backup;
		this.dataSet = dataSet;
		this.zone = zone;
		this.all = Column.of(dataSet.recordType());
	}

	/** Whose records. */
	public DataSet dataSet() {
		return dataSet;
	}

	/** Where times are told. */
	public ZoneId zone() {
		return zone;
	}

	/** Reads, unless it has already begun. */
	public void start() {
		synchronized (this) {
			if (reading != null) {
				return;
			}
		}
		filter(Filter.ALL);
	}

	/** Shows other records. */
	public void filter(Filter asked) {
		Reading next = new Reading(asked);
		Reading before;
		synchronized (this) {
			if (closed || reading != null && asked.equals(filter)) {
				return;
			}
			before = reading;
			filter = asked;
			reading = next;
			order = null;
			shown = -1;
			wanted.clear();
			loaded.clear();
		}
		end(before);
		changed();
		Thread.ofVirtual().name("read " + dataSet.id()).start(next::run);
	}

	private static void end(@Nullable Reading before) {
		if (before != null) {
			before.control.cancel();
			Spool old = before.spool;
			if (old != null) {
				Thread.ofVirtual().name("drop rows").start(() -> drop(old));
			}
		}
	}

	private static void drop(Spool spool) {
		try {
			spool.close();
		} catch (IOException e) {
			UiProblems.of(e);
		}
	}

	private synchronized boolean begin(Reading mine, Spool into) {
		if (mine != reading || closed) {
			return false;
		}
		mine.spool = into;
		return true;
	}

	private synchronized void choose(Reading mine) {
		mine.columns = mine.choice.columns();
	}

	private void ended(Reading mine, @Nullable Problem trouble) {
		choose(mine);
		Sort by;
		synchronized (this) {
			mine.active = false;
			mine.problem = trouble;
			if (mine != reading) {
				return;
			}
			by = sort;
		}
		if (by != null) {
			sort(by);
		}
		changed();
	}

	/** What to show now. */
	public synchronized View view() {
		Reading now = reading;
		if (now == null) {
			return new View(0, true, false, null, all.subList(0, 2), sort, filter, 0);
		}
		Spool spool = now.spool;
		int[] sorted = order;
		int count = spool == null ? 0 : sorted == null ? spool.size() : sorted.length;
		return new View(count, now.active, now.cut, now.problem, now.columns, sort, filter, now.round);
	}

	private synchronized @Nullable Spool spool() {
		Reading now = reading;
		return now == null ? null : now.spool;
	}

	private synchronized int rowOf(int position) {
		int[] sorted = order;
		return sorted == null ? position : position < sorted.length ? sorted[position] : -1;
	}

	/** The row if it is at hand; else null, and it is fetched: a change is told, and {@link #takeLoaded} names it. */
	public @Nullable Entry row(int position) {
		Spool spool = spool();
		int row = rowOf(position);
		if (spool == null || row < 0) {
			return null;
		}
		Entry entry = spool.ready(row);
		if (entry == null) {
			want(position);
		}
		return entry;
	}

	private void want(int position) {
		synchronized (this) {
			if (wanted.size() >= MOST_WANTED) {
				wanted.remove(wanted.iterator().next());
			}
			wanted.add(Integer.valueOf(position));
			if (loading) {
				return;
			}
			loading = true;
		}
		Thread.ofVirtual().name("fetch rows").start(this::fetch);
	}

	private void fetch() {
		while (true) {
			List<Integer> now;
			synchronized (this) {
				if (wanted.isEmpty() || closed) {
					loading = false;
					return;
				}
				now = List.copyOf(wanted);
				wanted.clear();
			}
			List<Integer> done = new ArrayList<>();
			for (Integer position : now) {
				if (get(position.intValue()) != null) {
					done.add(position);
				}
			}
			synchronized (this) {
				loaded.addAll(done);
			}
			changed();
		}
	}

	private @Nullable Entry get(int position) {
		Spool spool = spool();
		int row = rowOf(position);
		try {
			return spool == null || row < 0 || row >= spool.size() ? null : spool.get(row);
		} catch (IOException e) {
			return null; // The rows are others by now.
		}
	}

	/** The positions that were fetched since they were asked for here. */
	public synchronized List<Integer> takeLoaded() {
		List<Integer> taken = List.copyOf(loaded);
		loaded.clear();
		return taken;
	}

	/** Whether the rows came into another order since it was asked. */
	public synchronized boolean takeReordered() {
		boolean taken = reordered;
		reordered = false;
		return taken;
	}

	/** Whether the rows can be sorted by the column now. */
	public synchronized boolean canSort(Column column) {
		Reading now = reading;
		Spool spool = now == null ? null : now.spool;
		return spool != null && (column.kind() == Column.Kind.DATE || spool.size() <= MOST_SORTED);
	}

	/** Sorts the rows, at once or when all are read; null for the backup's order. */
	public void sort(@Nullable Sort by) {
		Reading now;
		synchronized (this) {
			sort = by;
			now = reading;
			if (by == null) {
				order = null;
				reordered = true;
			}
		}
		changed();
		if (by != null && now != null && !now.active) {
			Thread.ofVirtual().name("sort rows").start(() -> arrange(now, by));
		}
	}

	private void arrange(Reading mine, Sort by) {
		Spool spool = mine.spool;
		if (spool == null) {
			return;
		}
		try {
			int[] sorted = by.column().kind() == Column.Kind.DATE ? Sorting.byDate(spool, by.descending())
					: spool.size() > MOST_SORTED ? null
							: Sorting.byText(spool, by.column(), zone, by.descending());
			synchronized (this) {
				if (mine != reading || !Objects.equals(by, sort)) {
					return;
				}
				order = sorted;
				reordered = true;
				shown = -1;
			}
		} catch (IOException e) {
			UiProblems.of(e);
		}
		changed();
	}

	/** Looks for the record with the key; {@link #takeShown} tells where it is once it is found. */
	public void show(String key) {
		synchronized (this) {
			soughtKey = key;
			reordered |= order != null;
			order = null;
			sort = null;
		}
		if (view().filter().restricts()) {
			filter(new Filter("", null, null, view().filter().secrets()));
			return;
		}
		start();
		Thread.ofVirtual().name("find record").start(() -> {
			Reading now;
			synchronized (this) {
				now = reading;
			}
			Spool spool = now == null ? null : now.spool;
			if (now != null && spool != null) {
				find(now, spool, key);
			}
		});
	}

	private void find(Reading mine, Spool spool, String key) {
		try {
			found(mine, spool.find(key, 0), key);
		} catch (IOException e) {
			UiProblems.of(e);
		}
	}

	private synchronized void seek(Reading mine, Spool into) {
		String key = soughtKey;
		Entry last = key == null ? null : into.ready(into.size() - 1);
		if (key != null && last != null && last.key().equals(key)) {
			found(mine, into.size() - 1, key);
		}
	}

	private void found(Reading mine, int row, String key) {
		synchronized (this) {
			if (row < 0 || mine != reading || !key.equals(soughtKey)) {
				return;
			}
			soughtKey = null;
			shown = row;
		}
		changed();
	}

	/**
	 * The position of the record that was looked for, once; negative if it was not found yet.
	 *
	 * @param seen what is shown; the position is kept for a later view if these rows are not those it is among
	 */
	public synchronized int takeShown(View seen) {
		Reading now = reading;
		if (now == null || now.round != seen.round()) {
			return -1;
		}
		int taken = shown;
		shown = -1;
		return taken;
	}

	/** Fetches a record with what was said around it. @param then hears it on a thread of its own */
	public void details(int position, Consumer<Details> then) {
		Thread.ofVirtual().name("record").start(() -> {
			Entry entry = get(position);
			if (entry != null) {
				then.accept(new Details(entry, conversation(rowOf(position), entry)));
			}
		});
	}

	private List<Entry> conversation(int row, Entry entry) {
		String chat = chat(entry);
		Spool spool = spool();
		if (chat == null || spool == null) {
			return List.of();
		}
		List<Entry> said = new ArrayList<>();
		try {
			for (int i = Math.max(0, row - NEIGHBOURS); i < Math.min(spool.size(), row + NEIGHBOURS + 1); i++) {
				Entry other = spool.get(i);
				if (chat.equals(chat(other))) {
					said.add(other);
				}
			}
		} catch (IOException e) {
			return List.of(); // The rows are others by now.
		}
		return List.copyOf(said);
	}

	/** The conversation an entry belongs to; null if to none. */
	private static @Nullable String chat(Entry entry) {
		return entry.values().get("chat") instanceof Map<?, ?> chat && chat.get("key") instanceof String key
				&& entry.values().containsKey("text") ? key : null;
	}

	@Override
	public void close() {
		Reading before;
		synchronized (this) {
			closed = true;
			before = reading;
			reading = null;
		}
		end(before);
	}
}
