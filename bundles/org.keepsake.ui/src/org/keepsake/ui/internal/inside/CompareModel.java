// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.Change;
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
 * What two versions differ in: first how much in each data set and domain, then, for the chosen one, record by record or
 * file by file. Thread-safe; nothing here waits.
 */
public final class CompareModel extends Model implements AutoCloseable {

	/** More differences of one kind are not listed. */
	public static final int MOST = 20_000;
	private static final long TELL_NANOS = 150_000_000;

	private final KeptBackup older;
	private final KeptBackup newer;
	private final Keepsake keepsake;
	private final JobRunner jobs;
	private final Unlocking unlocking;
	private @Nullable RunningJob job;
	private @Nullable OpenedBackup before;
	private @Nullable OpenedBackup after;
	private @Nullable Comparison comparison;
	private @Nullable Chosen chosen;
	private @Nullable JobControl listing;
	private Listing listed = Listing.NONE;
	private boolean closed;

	/**
	 * What differences are listed of.
	 *
	 * @param name    identifier of a data set, or a domain
	 * @param records whether it is a data set
	 */
	public record Chosen(String name, boolean records) {
	}

	/**
	 * Something that differs.
	 *
	 * @param change how
	 * @param date   of the record, or when the file was changed; null if there is none
	 * @param text   in one line
	 * @param entry  the record; null for a file
	 */
	public record Difference(Change change, @Nullable Instant date, String text, @Nullable Entry entry) {
	}

	/**
	 * What differs in the chosen data set or domain.
	 *
	 * @param differences up to now
	 * @param busy        whether more may come
	 * @param cut         whether there are more than can be listed
	 * @param problem     why no more come; null if nothing is wrong
	 */
	public record Listing(List<Difference> differences, boolean busy, boolean cut, @Nullable Problem problem) {
		static final Listing NONE = new Listing(List.of(), false, false, null);
	}

	/** Nothing is compared before {@link #start}. */
	public CompareModel(KeptBackup older, KeptBackup newer, Keepsake keepsake, JobRunner jobs, Unlocking unlocking) {
		this.older = older;
		this.newer = newer;
		this.keepsake = keepsake;
		this.jobs = jobs;
		this.unlocking = unlocking;
	}

	/** Which two, in one line. */
	public String title() {
		return Human.orDash(newer.snapshot().summary().deviceName()) + " · " + day(older) + " → " + day(newer);
	}

	private static String day(KeptBackup kept) {
		return Human.date(kept.snapshot().summary().finishedAt(), ZoneId.systemDefault());
	}

	/** Opens both and compares them. */
	public void start() {
		synchronized (this) {
			RunningJob now = job;
			if (closed || comparison != null || now != null && now.isActive()) {
				return;
			}
			job = jobs.beside(Messages.compare_working, newer.snapshot().summary().udid(), Messages.compare_cancelled,
					this::start, this::compare);
			job.onChange(this::changed);
		}
		changed();
	}

	private String compare(JobMonitor monitor) throws IOException {
		@Nullable
		Secret[] held = new @Nullable Secret[1];
		OpenedBackup first = opened(older, null, held, monitor);
		synchronized (this) {
			before = first;
		}
		OpenedBackup second;
		try (Secret same = held[0]) {
			second = opened(newer, same, new @Nullable Secret[1], monitor);
		}
		synchronized (this) {
			after = second;
		}
		try {
			Comparison found = keepsake.compare(first, second, monitor);
			synchronized (this) {
				comparison = found;
			}
			return "";
		} finally {
			boolean unused;
			synchronized (this) {
				unused = closed || comparison == null;
			}
			if (unused) {
				closeBackups();
			}
		}
	}

	/** @param held receives a copy of the password, which the caller closes */
	private OpenedBackup opened(KeptBackup kept, @Nullable Secret given, @Nullable Secret[] held, JobMonitor monitor)
			throws IOException {
		try {
			return unlocking.run(kept, given, monitor, password -> {
				OpenedBackup data = keepsake.openData(kept, password, monitor);
				held[0] = password == null ? null : password.copy();
				return data;
			});
		} catch (IOException | RuntimeException e) {
			closeBackups();
			throw e;
		}
	}

	/** The job that compares; null before it began. */
	public synchronized @Nullable RunningJob job() {
		return job;
	}

	/** What differs, by data set and domain; null until it is known. */
	public synchronized @Nullable Comparison comparison() {
		return comparison;
	}

	/** What is listed; null for nothing. */
	public synchronized @Nullable Chosen chosen() {
		return chosen;
	}

	/** The differences of the chosen data set or domain. */
	public synchronized Listing listed() {
		return listed;
	}

	/** Lists the differences of a data set or domain. */
	public void choose(Chosen next) {
		JobControl control = new JobControl(event -> {
		});
		OpenedBackup first;
		OpenedBackup second;
		synchronized (this) {
			first = before;
			second = after;
			if (closed || next.equals(chosen) || first == null || second == null) {
				return;
			}
			JobControl running = listing;
			if (running != null) {
				running.cancel();
			}
			listing = control;
			chosen = next;
			listed = new Listing(List.of(), true, false, null);
		}
		changed();
		OpenedBackup from = first;
		OpenedBackup to = second;
		Thread.ofVirtual().name("list differences").start(() -> new Lister(next, from, to, control).run());
	}

	/** Lists the differences of one data set or domain. */
	private final class Lister {

		private final Chosen what;
		private final OpenedBackup from;
		private final OpenedBackup to;
		private final JobControl control;
		private final List<Difference> found = new ArrayList<>();
		private boolean cut;
		private long told = System.nanoTime();

		Lister(Chosen what, OpenedBackup from, OpenedBackup to, JobControl control) {
			this.what = what;
			this.from = from;
			this.to = to;
			this.control = control;
		}

		void run() {
			Problem trouble = null;
			try {
				if (what.records()) {
					keepsake.compareRecords(from, to, to.dataSet(what.name()), (change, source) -> {
						Entry entry = Entry.of(source);
						return add(new Difference(change, entry.date(), ValueText.oneLine(entry.headline()), entry));
					}, control);
				} else {
					files();
				}
			} catch (CancelledException e) {
				return;
			} catch (IOException | RuntimeException e) {
				trouble = UiProblems.of(e);
			}
			tell(false, trouble);
		}

		private void files() throws IOException {
			Map<String, ContentFile> known = new HashMap<>();
			from.content().forEach(what.name(), null, file -> {
				control.throwIfCancelled();
				known.put(file.path(), file);
				return true;
			});
			to.content().forEach(what.name(), null, file -> {
				control.throwIfCancelled();
				ContentFile old = known.remove(file.path());
				boolean same = old != null && old.sizeBytes() == file.sizeBytes()
						&& old.modified().equals(file.modified());
				return same || add(file(old == null ? Change.ADDED : Change.CHANGED, file));
			});
			for (ContentFile gone : known.values()) {
				if (cut || !add(file(Change.REMOVED, gone))) {
					return;
				}
			}
		}

		private Difference file(Change change, ContentFile file) {
			return new Difference(change, file.modified(),
					ValueText.oneLine(file.path()) + "  ·  " + Human.bytes(file.sizeBytes()), null);
		}

		private boolean add(Difference difference) {
			if (found.size() >= MOST) {
				cut = true;
				return false;
			}
			found.add(difference);
			if (System.nanoTime() - told > TELL_NANOS) {
				tell(true, null);
			}
			return true;
		}

		private void tell(boolean busy, @Nullable Problem trouble) {
			told = System.nanoTime();
			synchronized (CompareModel.this) {
				if (listing != control) {
					return;
				}
				listed = new Listing(List.copyOf(found), busy, cut, trouble);
			}
			changed();
		}
	}

	private void closeBackups() {
		List<OpenedBackup> open = new ArrayList<>();
		synchronized (this) {
			for (OpenedBackup one : new @Nullable OpenedBackup[] { before, after }) {
				if (one != null) {
					open.add(one);
				}
			}
			before = null;
			after = null;
		}
		for (OpenedBackup one : open) {
			try {
				one.close();
			} catch (IOException e) {
				UiProblems.of(e);
			}
		}
	}

	@Override
	public void close() {
		RunningJob running;
		synchronized (this) {
			closed = true;
			running = job;
			JobControl now = listing;
			if (now != null) {
				now.cancel();
			}
		}
		if (running != null && running.isActive()) {
			running.cancel();
		} else {
			Thread.ofVirtual().name("close backups").start(this::closeBackups);
		}
	}
}
