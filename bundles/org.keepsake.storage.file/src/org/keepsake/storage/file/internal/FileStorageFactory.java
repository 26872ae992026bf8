// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;

/**
 * Repositories in a folder: {@code restic:PATH}, or {@code local:PATH} as restic itself writes it. A bare path is a
 * folder in Apple's layout, which is another kind of target.
 */
public final class FileStorageFactory implements StorageFactory {

	private static final List<String> PREFIXES = List.of("restic:", "local:");

	@Override
	public boolean accepts(String location) {
		return PREFIXES.stream().anyMatch(location::startsWith);
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		String path = location.substring(location.indexOf(':') + 1);
		if (!accepts(location) || path.isBlank()) {
			throw StorageProblems.LOCATION.exception(location, "restic:/path/to/folder");
		}
		try {
			return new FolderStorage(location, Path.of(path).toAbsolutePath().normalize());
		} catch (InvalidPathException e) {
			throw StorageProblems.LOCATION.exceptionBecause(e, location, "restic:/path/to/folder");
		}
	}
}
