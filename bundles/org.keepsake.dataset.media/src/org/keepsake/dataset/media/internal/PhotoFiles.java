// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.base.MediaTypes;
import org.keepsake.dataset.media.internal.PhotoFile.Role;

/**
 * Finds the files of a photo: the original below {@code Media/DCIM}, and what iOS puts beside it or below
 * {@code Media/PhotoData/Mutations}. Every name that is tried costs a look into the backup's index, so the likely ones
 * come first, and those that a photo cannot have are not tried.
 */
final class PhotoFiles {

	static final String DOMAIN = "CameraRollDomain";
	static final String MEDIA = "Media/";
	private static final String MUTATIONS = "Media/PhotoData/Mutations/";
	private static final List<String> STILLS = List.of("jpg", "JPG", "heic", "HEIC", "png", "PNG", "gif", "tiff");
	private static final List<String> MOVIES = List.of("MOV", "mov");
	private static final List<String> RAWS = List.of("DNG");

	private final BackupContent content;

	PhotoFiles(BackupContent content) {
		this.content = content;
	}

	/** @param relative directory and name as in the library's index */
	boolean has(String relative) throws IOException {
		return content.find(DOMAIN, MEDIA + relative).isPresent();
	}

	/**
	 * All files of a photo; the original even if it is missing.
	 *
	 * @param relative  directory and name of the original, as in the library's index
	 * @param mayBeLive whether a film beside it would belong to it
	 * @param edited    whether what an edit leaves is looked for
	 */
	List<PhotoFile> of(String relative, boolean mayBeLive, boolean edited) throws IOException {
		List<PhotoFile> files = new ArrayList<>();
		String path = MEDIA + relative;
		files.add(new PhotoFile(Role.ORIGINAL, attachment(path, content.find(DOMAIN, path).isPresent())));
		String stem = MediaTypes.stem(path);
		boolean video = MediaTypes.isVideo(path);
		if (MediaTypes.of(path).equals("image/jpeg")) {
			add(files, Role.ALTERNATE, stem + '.', RAWS);
		}
		if (mayBeLive && !video) {
			add(files, Role.LIVE_MOVIE, stem + '.', MOVIES);
		}
		if (edited) {
			String render = MUTATIONS + MediaTypes.stem(relative) + "/Adjustments/FullSizeRender.";
			add(files, Role.EDITED, render, video ? MOVIES : STILLS);
			if (!video) {
				add(files, Role.EDITED_MOVIE, render, MOVIES);
			}
			add(files, Role.ADJUSTMENTS, stem + '.', List.of("AAE"));
		}
		return files;
	}

	private void add(List<PhotoFile> files, Role role, String prefix, List<String> extensions) throws IOException {
		for (String extension : extensions) {
			Optional<ContentFile> file = content.find(DOMAIN, prefix + extension);
			if (file.isPresent()) {
				files.add(new PhotoFile(role, attachment(file.get().path(), true)));
				return;
			}
		}
	}

	private static Attachment attachment(String path, boolean present) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		return new Attachment(name, MediaTypes.of(name), DOMAIN, path, present);
	}
}
