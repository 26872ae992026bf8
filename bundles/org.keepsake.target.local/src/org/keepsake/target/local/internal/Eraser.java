// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import org.keepsake.core.JobMonitor;

/** Deletes whole folders. Links in them are deleted, not followed. */
final class Eraser {

	private Eraser() {
	}

	/** Deletes the file or folder; without effect if it is not there. A cancelled run leaves the rest. */
	static void erase(Path path, JobMonitor monitor) throws IOException {
		if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
			Files.deleteIfExists(path);
			return;
		}
		List<Path> folders = Walk.over(path, (file, _) -> Files.deleteIfExists(file), monitor);
		for (Path folder : folders.reversed()) {
			Files.deleteIfExists(folder);
		}
		Files.deleteIfExists(path);
	}
}
