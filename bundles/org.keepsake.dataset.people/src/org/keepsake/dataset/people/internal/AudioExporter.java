// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.people.Voicemail;

/** The sound files of voicemail, named by date and caller, with their dates. */
public final class AudioExporter implements Exporter {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm.ss");

	@Override
	public String id() {
		return "audio";
	}

	@Override
	public String title() {
		return Texts.text("voicemail.audio");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Voicemail.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] counts = new long[3];
		request.forEach(entry -> {
			if (entry instanceof Voicemail voicemail) {
				counts[0]++;
				for (Attachment sound : voicemail.attachments()) {
					counts[copy(request, voicemail, sound) ? 1 : 2]++;
				}
			}
			return true;
		}, monitor);
		return new ExportReport(counts[0], counts[1], counts[1], counts[2], List.of());
	}

	private static boolean copy(ExportRequest request, Voicemail voicemail, Attachment sound) throws IOException {
		return ExportedFiles.copy(request.content(), sound, request.output(), name(voicemail),
				voicemail.date()) != null;
	}

	private static String name(Voicemail voicemail) {
		Instant date = voicemail.date();
		String when = date == null ? "" : NAME.format(date.atZone(ZoneId.systemDefault())) + ' ';
		String who = voicemail.name().isBlank() ? Texts.text("voicemail.file.unknown") : voicemail.name();
		return when + who.replace('/', '_') + ".amr";
	}
}
