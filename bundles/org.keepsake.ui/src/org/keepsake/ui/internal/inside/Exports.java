// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.ExportWish;
import org.keepsake.engine.ReportFormat;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyReport.Damage;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.RunningJob.Counts;
import org.keepsake.ui.internal.model.UiProblems;

/** Takes things out of an open backup: starts it, and says how it ended. Thread-safe; nothing here waits. */
public final class Exports {

	private static final int MOST_TOLD = 5;

	private final InsideModel inside;
	private final Keepsake keepsake;
	private final Unlocking unlocking;
	private volatile @Nullable Path folder;

	Exports(InsideModel inside, Keepsake keepsake, Unlocking unlocking) {
		this.inside = inside;
		this.keepsake = keepsake;
		this.unlocking = unlocking;
	}

	/** Where the last export went to; none if nothing was written there. */
	public Optional<Path> folder() {
		Path known = folder;
		return known == null ? Optional.empty() : Optional.of(known);
	}

	/** A folder to propose: below the person's own, named by the device, the day and what it is for. */
	public Path proposal(String what) {
		var summary = inside.kept().snapshot().summary();
		String device = summary.deviceName().replaceAll("[^\\p{L}\\p{N} ._-]", "").replaceAll("\\s+", " ").strip();
		var made = summary.finishedAt();
		String day = made == null ? "" : " " + made.atZone(ZoneId.systemDefault()).toLocalDate();
		String name = (device.isEmpty() || device.startsWith(".") ? "Backup" : device) + day;
		return Path.of(System.getProperty("user.home", ""), "Keepsake", name, what);
	}

	/** Writes records. */
	public void export(ExportWish wish, Path into) {
		OpenedBackup backup = inside.opened();
		if (backup == null) {
			return;
		}
		folder = null;
		inside.work(Messages.export_working.formatted(wish.dataSet().title()), Messages.export_cancelled,
				Counts.RECORDS, monitor -> {
					ExportReport report = backup.export(wish, into, monitor);
					folder = into;
					return sentence(report, wish.exporter(), into);
				});
	}

	private static String sentence(ExportReport report, Exporter exporter, Path into) {
		List<String> told = new ArrayList<>();
		String records = report.recordsWritten() == report.recordsRead() ? Human.number(report.recordsWritten())
				: Messages.export_of.formatted(Human.number(report.recordsWritten()),
						Human.number(report.recordsRead()));
		told.add(Messages.export_done.formatted(records, exporter.title(), Human.files(report.filesWritten()), into));
		if (report.filesMissing() > 0) {
			told.add(Messages.export_missing.formatted(Human.files(report.filesMissing())));
		}
		report.remarks().stream().limit(MOST_TOLD).map(ValueText::oneLine).forEach(told::add);
		return String.join("\n", told);
	}

	/** Writes the report on the whole backup. */
	public void report(ReportFormat format, Path into) {
		OpenedBackup backup = inside.opened();
		if (backup == null) {
			return;
		}
		folder = null;
		inside.work(Messages.report_working, Messages.export_cancelled, Counts.FILES, monitor -> {
			Path file = keepsake.report(backup, format, into, monitor);
			folder = into;
			return Messages.report_done.formatted(file);
		});
	}

	/** Copies files out of it. */
	public void extract(FileFilter files, Path into) {
		folder = null;
		inside.work(Messages.extract_working, Messages.export_cancelled, Counts.FILES, monitor -> {
			try (Secret held = inside.password()) {
				ExtractReport report = unlocking.run(inside.kept(), held, monitor,
						password -> keepsake.extract(inside.kept(), files, into, password, monitor));
				folder = report.files() > 0 ? into : null;
				return sentence(report, into);
			}
		});
	}

	private static String sentence(ExtractReport report, Path into) throws IOException {
		List<Damage> damaged = report.damaged();
		if (!damaged.isEmpty()) {
			Damage first = damaged.getFirst();
			throw UiProblems.EXTRACT_INCOMPLETE.exception(Integer.valueOf(damaged.size()),
					ValueText.oneLine(first.domain() + '/' + first.path() + ": " + first.what()),
					Human.files(report.files()), into);
		}
		if (report.files() == 0) {
			return Messages.extract_nothing;
		}
		List<String> told = new ArrayList<>();
		told.add(Messages.extract_done.formatted(Human.files(report.files()), Human.bytes(report.bytes()), into));
		report.remarks().stream().limit(MOST_TOLD).map(ValueText::oneLine).forEach(told::add);
		return String.join("\n", told);
	}
}
