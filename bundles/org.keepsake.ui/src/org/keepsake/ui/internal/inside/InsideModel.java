// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.model.Model;
import org.keepsake.ui.internal.model.UiProblems;

/**
 * What is in one kept backup: opened in the background, its data sets counted one after the other, the records of the
 * chosen one read. Closed with its page, which wipes its keys. Thread-safe; nothing here waits.
 */
public final class InsideModel extends Model implements AutoCloseable {

	private final KeptBackup kept;
	private final Keepsake keepsake;
	private final JobRunner jobs;
	private final Unlocking unlocking;
	private final ZoneId zone;
	private final Map<String, RecordsModel> records = new HashMap<>();
	private final SearchModel search;
	private final Exports exports;
	private @Nullable Secret password;
	private @Nullable OpenedBackup opened;
	private @Nullable RunningJob opening;
	private @Nullable RunningJob work;
	private List<Item> items = List.of();
	private @Nullable String chosen;
	private boolean closed;

	/**
	 * A data set.
	 *
	 * @param dataSet which
	 * @param survey  what the backup has of it; null until it was counted
	 */
	public record Item(DataSet dataSet, @Nullable Survey survey) {

		/** Whether it was counted and is there. */
		public boolean isPresent() {
			Survey known = survey;
			return known != null && known.presence() == Survey.Presence.PRESENT;
		}

		/** Whether it was counted and its records, or why they cannot be read, can be shown. */
		public boolean mayBeRead() {
			Survey known = survey;
			return known != null && known.presence() != Survey.Presence.ABSENT;
		}
	}

	/** Closed until {@link #open}. */
	public InsideModel(KeptBackup kept, Keepsake keepsake, JobRunner jobs, Unlocking unlocking, ZoneId zone) {
		this.kept = kept;
		this.keepsake = keepsake;
		this.jobs = jobs;
		this.unlocking = unlocking;
		this.zone = zone;
		this.search = new SearchModel(this::changed);
		this.exports = new Exports(this, keepsake, unlocking);
	}

	/** Which backup. */
	public KeptBackup kept() {
		return kept;
	}

	/** Its device and date in one line. */
	public String title() {
		var summary = kept.snapshot().summary();
		return Human.orDash(summary.deviceName()) + " · " + Human.date(summary.finishedAt(), zone);
	}

	/** Opens it, unless it is open or opening. */
	public void open() {
		synchronized (this) {
			RunningJob now = opening;
			if (closed || opened != null || now != null && now.isActive()) {
				return;
			}
			opening = jobs.beside(Messages.inside_opening.formatted(title()), kept.snapshot().summary().udid(),
					Messages.inside_opening_cancelled, this::open, this::open);
			opening.onChange(this::changed);
		}
		changed();
	}

	private String open(JobMonitor monitor) throws IOException {
		OpenedBackup backup = unlocking.run(kept, monitor, secret -> {
			OpenedBackup data = keepsake.openData(kept, secret, monitor);
			hold(secret);
			return data;
		});
		synchronized (this) {
			if (!closed) {
				opened = backup;
				items = backup.dataSets().stream().map(dataSet -> new Item(dataSet, null)).toList();
				search.open(backup);
			}
		}
		if (opened != backup) {
			backup.close();
			throw new CancelledException();
		}
		Thread.ofVirtual().name("count data sets").start(() -> count(backup));
		return "";
	}

	private synchronized void hold(@Nullable Secret secret) {
		Secret before = password;
		if (before != null) {
			before.close();
		}
		password = secret == null || closed ? null : secret.copy();
	}

	/** A copy of the password that opened it, which the caller closes; null if none was needed. */
	synchronized @Nullable Secret password() {
		Secret held = password;
		return held == null ? null : held.copy();
	}

	private void count(OpenedBackup backup) {
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey;
			try {
				survey = backup.survey(dataSet, JobMonitor.NONE);
			} catch (IOException | RuntimeException e) {
				survey = Survey.unreadable(UiProblems.of(e).title());
			}
			synchronized (this) {
				if (closed) {
					return;
				}
				List<Item> next = new ArrayList<>(items);
				Survey counted = survey;
				next.replaceAll(item -> item.dataSet() == dataSet ? new Item(dataSet, counted) : item);
				items = List.copyOf(next);
			}
			chooseFirst();
			records().ifPresent(RecordsModel::start);
			changed();
		}
	}

	private void chooseFirst() {
		Optional<String> first;
		synchronized (this) {
			first = chosen != null ? Optional.empty()
					: items.stream().filter(Item::isPresent).map(item -> item.dataSet().id()).findFirst();
		}
		first.ifPresent(this::choose);
	}

	/** The job that opens it or has tried to; null before. */
	public synchronized @Nullable RunningJob opening() {
		return opening;
	}

	/** Whether it is open. */
	public synchronized boolean isOpen() {
		return opened != null;
	}

	/** The backup as it is open; null if it is not. The model closes it. */
	public synchronized @Nullable OpenedBackup opened() {
		return opened;
	}

	/** The data sets, ordered by name. */
	public synchronized List<Item> items() {
		return items;
	}

	/** The data set whose records are shown. */
	public synchronized Optional<Item> chosen() {
		return items.stream().filter(item -> item.dataSet().id().equals(chosen)).findFirst();
	}

	/** Shows the records of a data set. */
	public void choose(String dataSet) {
		synchronized (this) {
			if (dataSet.equals(chosen)) {
				return;
			}
			chosen = dataSet;
		}
		records().ifPresent(RecordsModel::start);
		changed();
	}

	/** The records of the chosen data set; none if it is not there, or was not counted yet. */
	public Optional<RecordsModel> records() {
		Optional<Item> item = chosen().filter(Item::mayBeRead);
		OpenedBackup backup = opened();
		if (item.isEmpty() || backup == null) {
			return Optional.empty();
		}
		DataSet dataSet = item.get().dataSet();
		synchronized (this) {
			if (closed) {
				return Optional.empty();
			}
			return Optional.of(records.computeIfAbsent(dataSet.id(), id -> {
				RecordsModel model = new RecordsModel(backup, dataSet, zone);
				model.onChange(this::changed);
				return model;
			}));
		}
	}

	/** What takes things out of it. */
	public Exports exports() {
		return exports;
	}

	/** The search over all data sets. */
	public SearchModel search() {
		return search;
	}

	/** Shows a record that was found. */
	public void show(String dataSet, String key) {
		choose(dataSet);
		records().ifPresent(model -> model.show(key));
		search.leave();
	}

	/** What is done with the open backup, such as an export; null if nothing was. */
	public synchronized @Nullable RunningJob work() {
		return work;
	}

	/** Does something with the open backup, one thing at a time. */
	void work(String title, String cancelled, RunningJob.Counts counts, JobRunner.Work what) {
		synchronized (this) {
			RunningJob now = work;
			if (closed || now != null && now.isActive()) {
				return;
			}
			RunningJob next = jobs.beside(title, kept.snapshot().summary().udid(), cancelled, null, what);
			next.counts(counts);
			next.onChange(this::changed);
			work = next;
		}
		changed();
	}

	/** Forgets how the last work ended. */
	public void dismiss() {
		synchronized (this) {
			RunningJob now = work;
			if (now != null && !now.isActive()) {
				work = null;
			}
		}
		changed();
	}

	/** Ends everything, and closes the backup in the background. */
	@Override
	public void close() {
		List<RunningJob> ending = new ArrayList<>();
		List<RecordsModel> rows;
		OpenedBackup backup;
		synchronized (this) {
			if (closed) {
				return;
			}
			closed = true;
			for (RunningJob job : new @Nullable RunningJob[] { opening, work }) {
				if (job != null) {
					ending.add(job);
				}
			}
			rows = List.copyOf(records.values());
			records.clear();
			backup = opened;
			opened = null;
			hold(null);
		}
		ending.forEach(RunningJob::cancel);
		rows.forEach(RecordsModel::close);
		search.close();
		if (backup != null) {
			Thread.ofVirtual().name("close backup").start(() -> close(backup));
		}
	}

	private static void close(OpenedBackup backup) {
		try {
			backup.close();
		} catch (IOException e) {
			UiProblems.of(e);
		}
	}
}
