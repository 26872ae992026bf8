// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.Problem;

/** Shows a problem with its cause and its remedy. */
public final class ProblemBox {

	private final Composite box;
	private final Label title;
	private final Label cause;
	private final Label remedy;

	/** Shows nothing yet, and takes no room. */
	public ProblemBox(Composite parent) {
		box = Looks.style(Looks.columns(parent, 1), "problem");
		if (box.getLayout() instanceof GridLayout layout) {
			layout.marginWidth = 12;
			layout.marginHeight = 10;
		}
		title = Looks.text(box, "problemTitle");
		cause = Looks.text(box, "plain");
		remedy = Looks.text(box, "plain");
		Looks.show(box, false);
	}

	/** Takes so many columns of its container. */
	public void span(int columns) {
		if (box.getLayoutData() instanceof GridData data) {
			data.horizontalSpan = columns;
		}
	}

	/** Shows the problem, or nothing. */
	public void show(@Nullable Problem problem) {
		Looks.show(box, problem != null);
		if (problem != null) {
			Looks.text(title, problem.title());
			Looks.text(cause, problem.cause());
			Looks.show(cause, !problem.cause().isEmpty());
			Looks.text(remedy, problem.remedy());
		}
	}
}
