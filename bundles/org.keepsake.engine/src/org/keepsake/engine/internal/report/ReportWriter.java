// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.Human;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.engine.Verification;
import org.keepsake.engine.internal.Texts;
import org.keepsake.ios.backup.FolderOutput;
import org.keepsake.ios.protocol.Models;
import org.keepsake.pdf.PdfFonts;

/** Writes the report on a backup: the device, when, what is inside, how it was proven, what is missing and why. */
public final class ReportWriter {

	private final OpenedBackup backup;
	private final List<Verification> proofs;
	private final Instant now;
	private final ZoneId zone = ZoneId.systemDefault();

	/** @param proofs the last at each level */
	public ReportWriter(OpenedBackup backup, List<Verification> proofs, Instant now) {
		this.backup = backup;
		this.proofs = List.copyOf(proofs);
		this.now = now;
	}

	/** Writes it into the folder. @return its file */
	public Path write(ReportFormat format, Path folder, JobMonitor monitor) throws IOException {
		monitor.report(new JobEvent.Phase("counting", Texts.of("phase.counting")));
		Page page = page(monitor);
		try (FolderOutput output = FolderOutput.open(folder);
				ExportOutput.File file = output.create(name(format), null)) {
			switch (format) {
				case HTML -> file.content().write(HtmlPage.write(page).getBytes(StandardCharsets.UTF_8));
				case PDF -> PdfPage.write(page, file.content(), PdfFonts.ofThisComputer());
			}
			file.commit();
			return folder.resolve(file.path());
		}
	}

	private String name(ReportFormat format) {
		BackupSummary summary = backup.backup().snapshot().summary();
		Instant finished = summary.finishedAt();
		LocalDate day = (finished == null ? now : finished).atZone(zone).toLocalDate();
		String device = summary.deviceName().replace('/', '_').replace('\\', '_').strip();
		return Texts.of("report.file", device.isEmpty() ? summary.udid().value() : device, day.toString()) + ' '
				+ backup.backup().snapshot().id().brief() + '.' + format.extension();
	}

	private Page page(JobMonitor monitor) throws IOException {
		BackupSummary summary = backup.backup().snapshot().summary();
		List<Page.Section> sections = new ArrayList<>();
		sections.add(new Page.Section(Texts.of("report.device"), List.of(), device(summary)));
		List<String> missing = new ArrayList<>();
		List<List<String>> rows = new ArrayList<>();
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey = backup.survey(dataSet, monitor);
			if (survey.presence() == Presence.PRESENT) {
				rows.add(List.of(dataSet.title(), Human.number(survey.count()), day(survey.first()), day(survey.last()),
						remarks(survey)));
			} else {
				missing.add(dataSet.title() + ": " + (survey.remarks().isEmpty() ? Texts.of("report.absent")
						: String.join(" ", survey.remarks())));
			}
		}
		sections.add(new Page.Section(Texts.of("report.inside"), List.of(),
				new Page.Grid(List.of(Texts.of("report.data"), Texts.of("report.records"), Texts.of("report.from"),
						Texts.of("report.to"), Texts.of("report.remarks")), rows, 1)));
		sections.add(new Page.Section(Texts.of("report.proven"), provenLines(), proven()));
		missing.addAll(Absences.never(summary.encrypted()));
		missing.add(Texts.of("later.apps"));
		missing.add(Texts.of("later.cloud"));
		sections.add(new Page.Section(Texts.of("report.missing"), missing, null));
		String name = summary.deviceName().isBlank() ? summary.udid().value() : summary.deviceName();
		return new Page(Texts.of("report.title", name), Texts.of("report.subtitle", Human.date(now, zone)), sections);
	}

	private static String remarks(Survey survey) {
		List<String> parts = new ArrayList<>();
		survey.parts().forEach((part, count) -> parts.add(part + ": " + Human.number(count.longValue())));
		List<String> all = new ArrayList<>(survey.remarks());
		if (!parts.isEmpty()) {
			all.addFirst(String.join(", ", parts) + (all.isEmpty() ? "" : "."));
		}
		return String.join(" ", all);
	}

	private String day(@Nullable Instant instant) {
		return instant == null ? "" : instant.atZone(zone).toLocalDate().toString();
	}

	/** As people call it, and as Apple's tables do. */
	private static String model(String productType) {
		String name = Models.name(productType);
		return name.equals(productType) ? Human.orDash(productType) : name + " (" + Human.printable(productType) + ')';
	}

	private Page.Grid device(BackupSummary summary) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of(Texts.of("report.name"), Human.orDash(summary.deviceName())));
		rows.add(List.of(Texts.of("report.model"), model(summary.productType())));
		rows.add(List.of(Texts.of("report.system"), "iOS " + Human.orDash(summary.iosVersion())));
		rows.add(List.of(Texts.of("report.udid"), summary.udid().value()));
		rows.add(List.of(Texts.of("report.finished"), summary.complete() ? Human.date(summary.finishedAt(), zone)
				: Texts.of("unfinished")));
		rows.add(List.of(Texts.of("report.size"),
				Human.bytes(summary.sizeBytes()) + ", " + Human.files(summary.files())));
		rows.add(List.of(Texts.of("report.encrypted"), Human.yesNo(Boolean.valueOf(summary.encrypted()))));
		rows.add(List.of(Texts.of("report.id"), backup.backup().snapshot().id().value()));
		rows.add(List.of(Texts.of("report.place"), backup.backup().snapshot().path()));
		return new Page.Grid(List.of(), rows, -1);
	}

	private List<String> provenLines() {
		return proofs.isEmpty() ? List.of(Texts.of("report.not-proven")) : List.of();
	}

	private Page.@Nullable Grid proven() {
		if (proofs.isEmpty()) {
			return null;
		}
		List<List<String>> rows = new ArrayList<>();
		for (Verification proof : proofs) {
			ProofLevel level = proof.level();
			rows.add(List.of(Human.date(proof.when(), zone), Texts.of("proof-level." + level.word()),
					proof.damaged() == 0 ? Texts.of("report.sound")
							: Texts.of("report.damaged", Long.valueOf(proof.damaged()))));
		}
		return new Page.Grid(List.of(Texts.of("report.when"), Texts.of("report.what"), Texts.of("report.result")), rows,
				-1);
	}
}
