// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.JobEvent;
import org.keepsake.engine.Human;
import org.keepsake.engine.Pace;

/** One line that says how far a job is: stage, bar, share, bytes, files, rate, time left. */
final class ProgressText {

	private static final int BAR = 20;

	private ProgressText() {
	}

	/** All that is known, separated by commas; for a log. */
	static String sentence(String stage, JobEvent.Progress progress, Pace pace) {
		List<String> parts = new ArrayList<>();
		if (progress.fraction() >= 0) {
			parts.add(percent(progress.fraction()));
		}
		parts.addAll(amounts(progress, pace));
		return parts.isEmpty() ? stage : stage + ": " + String.join(", ", parts);
	}

	/** As much as fits into the columns, the least important left out first; for a terminal. */
	static String line(String stage, JobEvent.Progress progress, Pace pace, int columns, boolean unicode) {
		List<String> parts = new ArrayList<>(amounts(progress, pace));
		String separator = unicode ? " · " : ", ";
		String share = progress.fraction() < 0 ? "" : "  " + percent(progress.fraction());
		String bar = progress.fraction() < 0 ? "" : "  " + bar(progress.fraction(), unicode);
		while (true) {
			String end = parts.isEmpty() ? "" : "  " + String.join(separator, parts);
			String line = stage + bar + share + end;
			if (Table.width(line) <= columns) {
				return line;
			}
			if (!bar.isEmpty()) {
				bar = "";
			} else if (parts.size() > 1) {
				parts.remove(parts.size() > 2 ? 1 : parts.size() - 1);
			} else {
				return Table.fit(line, columns);
			}
		}
	}

	private static List<String> amounts(JobEvent.Progress progress, Pace pace) {
		List<String> parts = new ArrayList<>();
		if (progress.bytesTotal() > 0) {
			parts.add(Human.bytes(progress.bytesDone()) + " of " + Human.bytes(progress.bytesTotal()));
		} else if (progress.bytesDone() > 0) {
			parts.add(Human.bytes(progress.bytesDone()));
		}
		if (progress.filesTotal() > 0) {
			parts.add(Human.number(progress.filesDone()) + " of " + Human.files(progress.filesTotal()));
		} else if (progress.filesDone() > 0) {
			parts.add(Human.files(progress.filesDone()));
		}
		if (pace.bytesPerSecond() > 0) {
			parts.add(Human.bytes(pace.bytesPerSecond()) + "/s");
		}
		if (pace.secondsLeft() >= 0) {
			parts.add(Human.duration(Duration.ofSeconds(pace.secondsLeft())) + " left");
		}
		return parts;
	}

	private static String percent(double fraction) {
		return (int) Math.floor(Math.clamp(fraction, 0, 1) * 100) + " %";
	}

	private static String bar(double fraction, boolean unicode) {
		int full = (int) Math.floor(Math.clamp(fraction, 0, 1) * BAR);
		return unicode ? "━".repeat(full) + "─".repeat(BAR - full)
				: '[' + "#".repeat(full) + "-".repeat(BAR - full) + ']';
	}
}
