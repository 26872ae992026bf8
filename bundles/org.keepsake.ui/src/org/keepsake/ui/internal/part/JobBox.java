// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.keepsake.core.Problem;
import org.keepsake.core.Retry;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;

/** A job: its stage, a bar, rate and time left, what the person must do, a cancel; afterwards how it ended. */
final class JobBox {

	private static final int SCALE = 1000;

	private final Composite box;
	private final Label title;
	private final Label notice;
	/** Moves to and fro while nobody knows how far the job is. */
	private final ProgressBar busy;
	private final ProgressBar bar;
	private final Label facts;
	private final ProblemBox problem;
	private final Composite buttons;
	private final Button cancel;
	private final Button again;
	private final Button dismiss;
	private final Button extra;
	private @Nullable Runnable repeat;

	JobBox(Composite parent, Runnable onCancel, Runnable onDismiss) {
		this(parent, onCancel, onDismiss, Messages.export_open_folder, () -> {
		});
	}

	/** @param extraText what can be done with the outcome, see {@link #offer} */
	JobBox(Composite parent, Runnable onCancel, Runnable onDismiss, String extraText, Runnable onExtra) {
		box = Looks.columns(parent, 1);
		Label rule = new Label(box, SWT.SEPARATOR | SWT.HORIZONTAL);
		rule.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		title = Looks.text(box, "heading");
		notice = Looks.text(box, "notice");
		busy = bar(SWT.INDETERMINATE);
		bar = bar(SWT.SMOOTH);
		bar.setMaximum(SCALE);
		facts = Looks.text(box, "faint");
		problem = new ProblemBox(box);
		buttons = Looks.columns(box, 4);
		extra = Looks.button(buttons, extraText, onExtra);
		Looks.show(extra, false);
		cancel = Looks.button(buttons, Messages.button_cancel, onCancel);
		again = Looks.button(buttons, Messages.button_try_again, this::again);
		dismiss = Looks.button(buttons, Messages.button_dismiss, onDismiss);
		Looks.show(box, false);
	}

	private ProgressBar bar(int style) {
		ProgressBar made = new ProgressBar(box, style);
		made.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		return made;
	}

	/** @return whether anything may have another size now */
	boolean show(@Nullable RunningJob job) {
		boolean moved = job != null || box.getVisible();
		Looks.show(box, job != null);
		if (job == null) {
			return moved;
		}
		State state = job.state();
		boolean active = job.isActive();
		Looks.text(title, heading(job, state));
		String now = job.notice();
		Looks.text(notice, now == null ? "" : now);
		Looks.show(notice, active && now != null);
		boolean known = job.fraction() > 0;
		Looks.show(busy, active && !known);
		Looks.show(bar, active && known);
		bar.setSelection((int) Math.round(Math.max(0, job.fraction()) * SCALE));
		String line = active ? job.facts() : "";
		Looks.text(facts, line);
		Looks.show(facts, !line.isEmpty());
		problem.show(state == State.FAILED ? job.problem() : null);
		Looks.show(cancel, active);
		cancel.setEnabled(state == State.RUNNING);
		repeat = job.again();
		Problem why = job.problem();
		boolean hope = state == State.CANCELLED || why != null && why.retry() != Retry.NEVER;
		Looks.show(again, hope && repeat != null);
		Looks.show(dismiss, !active);
		return moved;
	}

	/** Offers to do something with the outcome, or not. */
	void offer(boolean offered) {
		if (extra.getVisible() != offered) {
			Looks.show(extra, offered);
			buttons.layout(true, true);
		}
	}

	private void again() {
		Runnable what = repeat;
		if (what != null) {
			what.run();
		}
	}

	private static String heading(RunningJob job, State state) {
		return switch (state) {
			case RUNNING, CANCELLING -> job.title() + (job.phase().isEmpty() ? "" : "  –  " + job.phase());
			case DONE -> job.result();
			case FAILED -> job.title();
			case CANCELLED -> job.cancelled();
		};
	}
}
