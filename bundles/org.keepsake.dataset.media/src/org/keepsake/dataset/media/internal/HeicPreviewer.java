// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.dataset.base.ExportedFiles;

/**
 * Shows HEIC pictures: by the thumbnail that the device made of it, a JPEG file that costs nothing
 * ({@code PhotoData/Thumbnails/V2}, of which not every backup has all); else by a program of the system.
 */
public final class HeicPreviewer implements PicturePreviewer {

	/** What a program is given at most: a picture of 48 million pixels has a tenth of it. */
	private static final long MOST_BYTES = 64L << 20;
	private static final long MOST_THUMBNAIL = 4L << 20;
	private static final String MEDIA = "Media/";
	private static final String THUMBNAILS = MEDIA + "PhotoData/Thumbnails/V2/";
	/** The larger first. */
	private static final List<String> SIZES = List.of("/5005.JPG", "/5003.JPG");

	private final @Nullable String programs;

	/** Programs are found as the system finds them. */
	public HeicPreviewer() {
		this(System.getenv("PATH"));
	}

	/** @param programs where programs are looked for, as in {@code PATH} */
	HeicPreviewer(@Nullable String programs) {
		this.programs = programs;
	}

	@Override
	public boolean accepts(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.endsWith(".heic") || lower.endsWith(".heif");
	}

	@Override
	public @Nullable String preview(BackupContent content, ContentFile picture, OutputStream jpeg, JobMonitor monitor)
			throws IOException {
		for (String size : picture.path().startsWith(MEDIA) ? SIZES : List.<String>of()) {
			Optional<ContentFile> thumbnail = content.find(picture.domain(),
					THUMBNAILS + picture.path().substring(MEDIA.length()) + size);
			if (thumbnail.isPresent() && thumbnail.get().sizeBytes() <= MOST_THUMBNAIL) {
				ByteArrayOutputStream whole = new ByteArrayOutputStream();
				if (ExportedFiles.copy(content, thumbnail.get(), whole)) {
					whole.writeTo(jpeg);
					return null;
				}
			}
		}
		Optional<JpegConverter> program = JpegConverter.find(programs);
		if (program.isEmpty()) {
			return "To see HEIC pictures here, install libheif (heif-convert) or ImageMagick. An export holds the picture.";
		}
		return picture.sizeBytes() > MOST_BYTES || !program.get().convert(content, picture, jpeg, monitor)
				? "The HEIC picture could not be converted. An export holds it."
				: null;
	}
}
