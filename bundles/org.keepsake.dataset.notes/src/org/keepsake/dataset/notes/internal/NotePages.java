// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.dataset.base.ExportedFiles;

/**
 * Writes each note as a page of its own: {@code <account>/<folder>/…/<title>.<extension>}, and its files to a folder
 * beside it that has the title's name. Deleted ones are in {@code <account>/Recently Deleted}.
 */
final class NotePages {

	private static final int LONGEST_NAME = 80;

	private final String extension;
	private final PageWriter pages;

	/** @param extension of the pages, without a dot */
	NotePages(String extension, PageWriter pages) {
		this.extension = extension;
		this.pages = pages;
	}

	/** Writes a page. */
	@FunctionalInterface
	interface PageWriter {
		/** Writes the note. */
		void write(Note note, Page page) throws IOException;
	}

	/** A file that was copied. @param link to it from the page, as a relative URL; null if the backup lacks it */
	record Copied(Attachment file, @Nullable String link) {
	}

	/** Where a note is written to. @param copied the files of what it holds, by identifier */
	record Page(Writer out, Map<String, Embedded> things, Map<String, List<Copied>> copied) {
	}

	ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		Counts counts = new Counts();
		request.forEach(entry -> {
			if (entry instanceof Note note) {
				counts.read++;
				write(note, request, counts, monitor);
			}
			return true;
		}, monitor);
		return counts.report();
	}

	private void write(Note note, ExportRequest request, Counts counts, JobMonitor monitor) throws IOException {
		String folder = folder(note);
		String name = name(note);
		Instant date = note.modified() == null ? note.created() : note.modified();
		ExportOutput output = request.output();
		try (ExportOutput.File file = output.create(folder + name + '.' + extension, date)) {
			Map<String, Embedded> things = new HashMap<>();
			Map<String, List<Copied>> copied = new HashMap<>();
			for (Embedded thing : note.embedded()) {
				List<Copied> files = new ArrayList<>();
				for (Attachment attachment : thing.files()) {
					monitor.throwIfCancelled();
					String path = ExportedFiles.copy(request.content(), attachment, output,
							folder + name + '/' + component(attachment.name()), null);
					counts.files += path == null ? 0 : 1;
					counts.missing += path == null ? 1 : 0;
					files.add(new Copied(attachment, path == null ? null : Links.relative(file.path(), path)));
				}
				things.put(thing.identifier(), thing);
				copied.put(thing.identifier(), files);
			}
			Writer out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8));
			pages.write(note, new Page(out, things, copied));
			out.flush();
			file.commit();
		}
		counts.written++;
		counts.files++;
		counts.locked += note.locked() ? 1 : 0;
		counts.incomplete += note.incomplete() ? 1 : 0;
	}

	private static String folder(Note note) {
		StringBuilder path = new StringBuilder();
		if (!note.account().isBlank()) {
			path.append(component(note.account())).append('/');
		}
		if (note.deleted()) {
			// The app's own folder for them has another name in each language, and some are still in their old one.
			return path.append("Recently Deleted/").toString();
		}
		for (String folder : note.folder()) {
			path.append(component(folder)).append('/');
		}
		return path.toString();
	}

	private static String name(Note note) {
		String title = note.title().isBlank()
				? note.body().stream().map(Block::text).map(Note::oneLine).filter(text -> !text.isEmpty()).findFirst()
						.orElse("Note")
				: Note.oneLine(note.title());
		return component(title);
	}

	/** One component of a path, not too long; not in the middle of a character. */
	private static String component(String name) {
		String plain = name.replace('/', '∕').strip();
		if (plain.length() > LONGEST_NAME) {
			int dot = plain.lastIndexOf('.');
			String extension = dot > 0 && plain.length() - dot <= 6 ? plain.substring(dot) : "";
			int end = LONGEST_NAME - extension.length();
			plain = plain.substring(0, Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end).strip()
					+ extension;
		}
		return plain.isEmpty() || plain.chars().allMatch(character -> character == '.') ? "Note" : plain;
	}

	private static final class Counts {
		private long read;
		private long written;
		private long files;
		private long missing;
		private long locked;
		private long incomplete;

		ExportReport report() {
			List<String> remarks = new ArrayList<>();
			if (locked > 0) {
				remarks.add("Locked notes, of which only the title could be written: " + locked + '.');
			}
			if (incomplete > 0) {
				remarks.add("Notes of which a part could not be read: " + incomplete + '.');
			}
			if (missing > 0) {
				remarks.add("Files of notes that the backup does not have or that are damaged: " + missing + '.');
			}
			return new ExportReport(read, written, files, missing, remarks);
		}
	}
}
