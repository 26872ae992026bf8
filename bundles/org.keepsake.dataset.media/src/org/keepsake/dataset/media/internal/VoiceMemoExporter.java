// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.base.MediaTypes;

/**
 * Voice memos as the audio files that they are, named by their titles, with the date of the recording, in the folders of
 * the app.
 */
public final class VoiceMemoExporter implements Exporter {

	@Override
	public String id() {
		return "audio";
	}

	@Override
	public String title() {
		return "Audio files";
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == VoiceMemo.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] counts = new long[2];
		request.forEach(entry -> {
			if (entry instanceof VoiceMemo memo) {
				counts[0]++;
				counts[1] += write(request, memo) ? 1 : 0;
			}
			return true;
		}, monitor);
		long missing = counts[0] - counts[1];
		return new ExportReport(counts[0], counts[1], counts[1], missing,
				missing == 0 ? List.of() : List.of("Recordings that the backup does not have or that are damaged: "
						+ missing + '.'));
	}

	private static boolean write(ExportRequest request, VoiceMemo memo) throws IOException {
		Attachment audio = memo.audio();
		if (audio == null) {
			return false;
		}
		String extension = MediaTypes.extension(audio.name());
		String title = component(memo.title().isEmpty() ? MediaTypes.stem(audio.name()) : memo.title());
		String folder = memo.deleted() ? "Recently Deleted/"
				: memo.folder().isBlank() ? "" : component(memo.folder()) + '/';
		@Nullable
		String path = ExportedFiles.copy(request.content(), audio, request.output(),
				folder + title + (extension.isEmpty() ? "" : '.' + extension), memo.date());
		return path != null;
	}

	private static String component(String name) {
		return name.replace('/', '∕').strip();
	}
}
