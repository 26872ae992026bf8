// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Problem;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.ui.internal.model.UiProblems;

/**
 * The search over all data sets of an open backup. One search goes on to its end, because the first one makes the index
 * that all others need; then what was typed last is searched. Thread-safe; nothing here waits.
 */
public final class SearchModel implements AutoCloseable {

	/** How many hits of each data set are shown. */
	public static final int MOST_HITS = 100;

	private final Runnable changed;
	private final JobControl control = new JobControl(this::hear);
	private @Nullable OpenedBackup backup;
	private boolean working;
	private View view = View.NONE;

	/**
	 * What is to be seen.
	 *
	 * @param text    what is searched for; empty if nothing is
	 * @param busy    whether it is still searched
	 * @param stage   what is done meanwhile; empty if nobody tells
	 * @param result  what was found, for an earlier text while this one is searched; null until something was
	 * @param problem why it could not be searched; null if it could
	 */
	public record View(String text, boolean busy, String stage, @Nullable SearchResult result,
			@Nullable Problem problem) {

		static final View NONE = new View("", false, "", null, null);

		/** Whether hits are to be shown rather than records. */
		public boolean isActive() {
			return !text.isEmpty();
		}
	}

	/** @param changed hears of each change */
	SearchModel(Runnable changed) {
		this.changed = changed;
	}

	synchronized void open(OpenedBackup opened) {
		backup = opened;
	}

	/** What to show now. */
	public synchronized View view() {
		return view;
	}

	/** Searches; an empty text ends the search. */
	public void search(String text) {
		String wanted = text.strip();
		OpenedBackup where;
		boolean begin;
		synchronized (this) {
			where = backup;
			if (where == null || wanted.equals(view.text())) {
				return;
			}
			view = wanted.isEmpty() ? View.NONE : new View(wanted, true, view.stage(), view.result(), null);
			begin = !wanted.isEmpty() && !working;
			working |= begin;
		}
		changed.run();
		if (begin) {
			OpenedBackup opened = where;
			Thread.ofVirtual().name("search").start(() -> work(opened));
		}
	}

	/** Shows records again; what was found is forgotten. */
	public void leave() {
		search("");
	}

	private void hear(JobEvent event) {
		if (event instanceof JobEvent.Phase phase) {
			synchronized (this) {
				view = new View(view.text(), view.busy(), phase.text(), view.result(), view.problem());
			}
			changed.run();
		}
	}

	private void work(OpenedBackup where) {
		while (true) {
			String text;
			synchronized (this) {
				text = view.text();
				if (!view.busy() || backup == null) {
					working = false;
					return;
				}
			}
			SearchResult found = null;
			Problem trouble = null;
			try {
				found = where.search(new SearchRequest(text, null, MOST_HITS), control);
			} catch (CancelledException e) {
				continue; // The page is closed.
			} catch (IOException | RuntimeException e) {
				trouble = UiProblems.of(e);
			}
			synchronized (this) {
				if (text.equals(view.text())) {
					view = new View(text, false, "", found, trouble);
				}
			}
			changed.run();
		}
	}

	@Override
	public void close() {
		synchronized (this) {
			backup = null;
			view = View.NONE;
		}
		control.cancel();
	}
}
