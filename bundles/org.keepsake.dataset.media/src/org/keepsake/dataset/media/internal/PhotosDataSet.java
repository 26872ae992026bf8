// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;

/**
 * The photos and videos of the library, from its index; where the backup has none, or one that cannot be read, the files
 * of the camera.
 */
public final class PhotosDataSet implements DataSet {

	@Override
	public String id() {
		return "photos";
	}

	@Override
	public String title() {
		return "Photos and videos";
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return Photo.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(PhotoFiles.DOMAIN, PhotoLibrary.PATH),
				Source.files(PhotoFiles.DOMAIN, CameraRoll.FILES),
				Source.files(PhotoFiles.DOMAIN, "Media/PhotoData/Mutations/**"),
				Source.files(PhotoFiles.DOMAIN, "Media/PhotoData/CPLAssets/**"),
				Source.files(PhotoFiles.DOMAIN, "Media/PhotoData/PhotoCloudSharingData/**"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		String damage;
		try (@Nullable
		PhotoLibrary library = PhotoLibrary.open(content)) {
			if (library != null) {
				return library.survey(monitor);
			}
			damage = content.find(PhotoFiles.DOMAIN, PhotoLibrary.PATH).isEmpty() ? ""
					: "The library's index is of a kind that Keepsake does not know.";
		} catch (ProblemException e) {
			damage = e.problem().title() + ": " + e.problem().cause();
		}
		Survey files = new CameraRoll(content).survey(monitor);
		if (damage.isEmpty()) {
			return files;
		}
		return files.presence() == Presence.ABSENT ? Survey.unreadable(damage)
				: files.withRemarks(List.of(damage, "The files of the camera are listed instead, without albums."));
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		try (@Nullable
		PhotoLibrary library = usable(content)) {
			if (library == null) {
				new CameraRoll(content).read(visitor, monitor);
			} else {
				library.read(visitor, monitor);
			}
		}
	}

	private static @Nullable PhotoLibrary usable(BackupContent content) throws IOException {
		try {
			return PhotoLibrary.open(content);
		} catch (ProblemException e) {
			// The survey tells it; the files of the camera are there all the same.
			return null;
		}
	}

	/** How many there are, by kind; only what occurs. */
	static Map<String, Long> parts(long photos, long videos, long elsewhere) {
		Map<String, Long> parts = new LinkedHashMap<>();
		parts.put("photos", photos);
		parts.put("videos", videos);
		if (elsewhere > 0) {
			parts.put("not in this backup", elsewhere);
		}
		return parts;
	}
}
