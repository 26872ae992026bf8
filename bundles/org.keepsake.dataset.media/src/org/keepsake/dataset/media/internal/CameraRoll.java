// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.MediaTypes;
import org.keepsake.dataset.media.internal.Photo.Availability;
import org.keepsake.dataset.media.internal.Photo.Kind;
import org.keepsake.dataset.media.internal.Photo.Source;
import org.keepsake.dataset.media.internal.PhotoFile.Role;

/** The photos of a backup without a usable index of the library: what lies in the camera's folders. */
final class CameraRoll {

	static final String FILES = "Media/DCIM/**";

	/** Beside which a raw image belongs to the same photo. */
	private static final List<String> JPEGS = List.of("JPG", "jpg", "JPEG", "jpeg");
	/** Beside which a film is that of a Live Photo. */
	private static final List<String> LIVE = List.of("HEIC", "JPG", "heic", "jpg", "JPEG", "jpeg");

	private final BackupContent content;
	private final PhotoFiles files;

	CameraRoll(BackupContent content) {
		this.content = content;
		files = new PhotoFiles(content);
	}

	Survey survey(JobMonitor monitor) throws IOException {
		Tally tally = new Tally();
		content.forEach(PhotoFiles.DOMAIN, FILES, file -> {
			monitor.throwIfCancelled();
			if (leads(file)) {
				tally.add(MediaTypes.isVideo(file.path()), file.modified());
			}
			return true;
		});
		return tally.photos + tally.videos == 0 ? Survey.absent("") : tally.survey();
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		content.forEach(PhotoFiles.DOMAIN, FILES, file -> {
			monitor.throwIfCancelled();
			return !leads(file) || visitor.visit(photo(file));
		});
	}

	/** Whether it is a photo's or a video's own file, and not one that belongs to a photo beside it. */
	private boolean leads(ContentFile file) throws IOException {
		String path = file.path();
		if (!MediaTypes.isVisual(path)) {
			return false;
		}
		String extension = MediaTypes.extension(path);
		List<String> owners = switch (extension) {
			case "MOV", "mov" -> LIVE;
			case "DNG" -> JPEGS;
			default -> List.of();
		};
		for (String owner : owners) {
			if (content.find(PhotoFiles.DOMAIN, MediaTypes.stem(path) + '.' + owner).isPresent()) {
				return false;
			}
		}
		return true;
	}

	private Photo photo(ContentFile file) throws IOException {
		String relative = file.path().substring(PhotoFiles.MEDIA.length());
		boolean video = MediaTypes.isVideo(relative);
		boolean mayBeLive = LIVE.contains(MediaTypes.extension(relative));
		List<PhotoFile> all = files.of(relative, mayBeLive, true);
		boolean edited = all.stream().anyMatch(one -> one.role() == Role.EDITED);
		boolean live = all.stream().anyMatch(one -> one.role() == Role.LIVE_MOVIE);
		Kind kind = video ? Kind.VIDEO : live ? Kind.LIVE_PHOTO : Kind.PHOTO;
		return new Photo(relative, file.name(), "", kind, file.modified(), null, "", null, null, 0, 0, null, false,
				false, false, null, edited, "", List.of(), "", "", Source.DEVICE, Availability.HERE, all);
	}

	/** Counts photos and videos. */
	private static final class Tally {
		private long photos;
		private long videos;
		private @Nullable Instant first;
		private @Nullable Instant last;

		void add(boolean video, Instant date) {
			if (video) {
				videos++;
			} else {
				photos++;
			}
			Instant oldest = first;
			Instant newest = last;
			first = oldest == null || date.isBefore(oldest) ? date : oldest;
			last = newest == null || date.isAfter(newest) ? date : newest;
		}

		Survey survey() {
			return Survey.present(photos + videos, first, last).withParts(PhotosDataSet.parts(photos, videos, 0));
		}
	}
}
