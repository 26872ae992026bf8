// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Knows where systems mount disks that come and go, so that a backup for a disk that is not connected does not end up
 * beside it, on the system's own disk.
 */
final class Mounts {

	/** Where removable disks appear, and how many names below it lead to a disk ({@code /media/USER/DISK}). */
	private record Place(Path path, int depth) {
	}

	private static final List<Place> PLACES = List.of(new Place(Path.of("/Volumes"), 1),
			new Place(Path.of("/run/media"), 2), new Place(Path.of("/media"), 2));

	private Mounts() {
	}

	/** The disk that the folder would be on and that is not there; empty if there is no such trouble. */
	static Optional<Path> missingDisk(Path folder) {
		Path root = folder.getRoot();
		if (root != null && !Files.exists(root)) {
			return Optional.of(root); // a drive letter of Windows
		}
		for (Place place : PLACES) {
			if (folder.startsWith(place.path())
					&& folder.getNameCount() >= place.path().getNameCount() + place.depth()) {
				Path disk = folder.getRoot()
						.resolve(folder.subpath(0, place.path().getNameCount() + place.depth()));
				return Files.exists(disk) ? Optional.empty() : Optional.of(disk);
			}
		}
		return Optional.empty();
	}
}
