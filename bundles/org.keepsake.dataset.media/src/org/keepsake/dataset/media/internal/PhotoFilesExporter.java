// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.base.MediaTypes;

/**
 * Photos and videos as files, byte for byte as the backup has them, with the date when they were taken. Each is written
 * once: recently deleted and hidden ones to folders of their own, those in albums to {@code Albums/<folder>/<album>} of
 * the album that was made first, all others to {@code <year>/<month>}. What belongs to a photo lies beside it under the
 * same name: the film of a Live Photo, the edited version, what was edited.
 *
 * <p>
 * Options: {@code photos.folders=dates} ignores albums; {@code photos.convert=jpeg} writes HEIC pictures as JPEG, where
 * the system has a program for it.
 */
public final class PhotoFilesExporter implements Exporter {

	/** Which folders: {@code albums}, the default, or {@code dates}. */
	static final String FOLDERS = "photos.folders";
	/** Whether HEIC pictures are converted: {@code jpeg}. */
	static final String CONVERT = "photos.convert";

	private static final long TELL_NANOS = 200_000_000L;

	private final @Nullable String programs;

	/** Programs are found as the system finds them. */
	public PhotoFilesExporter() {
		this(System.getenv("PATH"));
	}

	/** @param programs where programs are looked for, as in {@code PATH} */
	PhotoFilesExporter(@Nullable String programs) {
		this.programs = programs;
	}

	@Override
	public String id() {
		return "files";
	}

	@Override
	public String title() {
		return "Files in folders by album and date";
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Photo.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public List<ExportOption> options(DataSet dataSet) {
		return List.of(new ExportOption(CONVERT, "jpeg", "Convert HEIC pictures to JPEG"),
				new ExportOption(FOLDERS, "dates", "Folders by date instead of albums"));
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		Export export = new Export(request, monitor, programs);
		request.forEach(entry -> {
			if (entry instanceof Photo photo) {
				export.write(photo);
			}
			return true;
		}, monitor);
		return export.report();
	}

	/** One run. */
	private static final class Export {
		private final ExportRequest request;
		private final JobMonitor monitor;
		private final boolean byAlbum;
		private final boolean wantsJpeg;
		private final Optional<JpegConverter> converter;
		/** Hashes of the names that are taken, so that all files of a photo can have the same: 64 bits tell enough. */
		private final Set<Long> taken = new HashSet<>();
		private long told = System.nanoTime();
		private long read;
		private long written;
		private long files;
		private long missing;
		private long heics;
		private long unconverted;

		Export(ExportRequest request, JobMonitor monitor, @Nullable String programs) {
			this.request = request;
			this.monitor = monitor;
			byAlbum = !"dates".equals(request.options().get(FOLDERS));
			wantsJpeg = "jpeg".equalsIgnoreCase(request.options().get(CONVERT));
			converter = wantsJpeg ? JpegConverter.find(programs) : Optional.empty();
		}

		void write(Photo photo) throws IOException {
			read++;
			long before = files;
			if (photo.files().stream().anyMatch(file -> file.file().present())) {
				String stem = freeStem(folder(photo), stem(photo));
				for (PhotoFile file : photo.files()) {
					monitor.throwIfCancelled();
					write(file, stem, photo.taken());
				}
			} else {
				missing++;
			}
			written += files > before ? 1 : 0;
			long now = System.nanoTime();
			if (now - told > TELL_NANOS) {
				told = now;
				monitor.report(new JobEvent.Progress(-1, 0, -1, files, -1));
			}
		}

		private void write(PhotoFile file, String stem, @Nullable Instant date) throws IOException {
			Attachment attachment = file.file();
			String extension = MediaTypes.extension(attachment.name());
			boolean heic = attachment.mimeType().equals("image/heic") || attachment.mimeType().equals("image/heif");
			String name = stem + suffix(file);
			if (wantsJpeg && heic && attachment.present()) {
				heics++;
				if (converter.isPresent() && convert(converter.get(), attachment, name + ".jpg", date)) {
					return;
				}
				unconverted++;
			}
			@Nullable
			String path = ExportedFiles.copy(request.content(), attachment, request.output(),
					extension.isEmpty() ? name : name + '.' + extension, date);
			files += path == null ? 0 : 1;
			missing += path == null ? 1 : 0;
		}

		private boolean convert(JpegConverter program, Attachment attachment, String path, @Nullable Instant date)
				throws IOException {
			Optional<ContentFile> source = request.content().find(attachment.domain(), attachment.path());
			if (source.isEmpty()) {
				return false;
			}
			try (ExportOutput.File file = request.output().create(path,
					date == null ? source.get().modified() : date)) {
				if (!program.convert(request.content(), source.get(), file.content(), monitor)) {
					return false;
				}
				file.commit();
				files++;
				return true;
			}
		}

		private static String suffix(PhotoFile file) {
			return switch (file.role()) {
				case ORIGINAL, ALTERNATE, LIVE_MOVIE, ADJUSTMENTS -> "";
				case EDITED, EDITED_MOVIE -> " (edited)";
			};
		}

		private String folder(Photo photo) {
			if (photo.deleted()) {
				return "Recently Deleted";
			}
			if (photo.hidden()) {
				return "Hidden";
			}
			if (byAlbum && !photo.albums().isEmpty()) {
				return "Albums/" + photo.albums().getFirst();
			}
			Instant date = photo.taken();
			if (date == null) {
				return "Without date";
			}
			ZoneOffset offset = photo.offset();
			ZonedDateTime local = date.atZone(offset == null ? ZoneOffset.UTC : offset);
			return "%04d/%02d".formatted(local.getYear(), local.getMonthValue());
		}

		/** As the owner knows it: files of iCloud are named by numbers. */
		private static String stem(Photo photo) {
			String name = photo.originalName().isBlank() ? photo.name() : photo.originalName();
			String stem = MediaTypes.stem(name.replace('/', '∕')).strip();
			return stem.isEmpty() ? "Photo" : stem;
		}

		private String freeStem(String folder, String stem) {
			String path = folder + '/' + stem;
			for (int i = 2; !taken.add(hash(path)); i++) {
				path = folder + '/' + stem + ' ' + i;
			}
			return path;
		}

		/** FNV-1a of the name in lower case, which some systems do not tell from upper case. */
		private static long hash(String path) {
			long hash = 0xcbf29ce484222325L;
			String lower = path.toLowerCase(Locale.ROOT);
			for (int i = 0; i < lower.length(); i++) {
				hash = (hash ^ lower.charAt(i)) * 0x100000001b3L;
			}
			return hash;
		}

		ExportReport report() {
			List<String> remarks = new ArrayList<>();
			if (heics > 0 && converter.isEmpty()) {
				remarks.add("HEIC pictures that were not converted, because no program for it was found: " + heics
						+ ". Install heif-convert (package libheif-examples of Debian and Ubuntu, libheif-tools of"
						+ " Fedora, libheif of Homebrew) or ImageMagick, and export again.");
			} else if (unconverted > 0) {
				remarks.add("HEIC pictures that could not be converted and are there as they were: " + unconverted
						+ '.');
			}
			if (missing > 0) {
				remarks.add("Files that the backup does not have or that are damaged: " + missing
						+ ". Originals that are in iCloud only can be had from there.");
			}
			return new ExportReport(read, written, files, missing, remarks);
		}
	}
}
