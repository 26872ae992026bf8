// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A commit from the point where there is no way back. Whoever finds it completes it; every step may be done again.
 *
 * @param folder      name of the device's folder, as the device spells it
 * @param oldFolder   name of the folder that held the newest backup; the same unless its case differs
 * @param oldId       id of the backup that this one replaces; null if there was none
 * @param oldComplete whether that one can be restored, and so becomes a version; else it goes
 * @param keepEarlier how many earlier versions stay
 */
record Journal(String folder, String oldFolder, @Nullable String oldId, boolean oldComplete, int keepEarlier) {

	/** What was written; empty if there is none. Written at once or not at all, so it is never half. */
	static Optional<Journal> read(Path file) throws IOException {
		Optional<Properties> found = SmallFile.properties(file);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		Properties properties = found.get();
		String folder = properties.getProperty("folder");
		String oldFolder = properties.getProperty("old.folder");
		String keep = properties.getProperty("keep", "");
		if (folder == null || oldFolder == null || !keep.matches("\\d{1,9}") || !isName(folder) || !isName(oldFolder)) {
			return Optional.empty();
		}
		return Optional.of(new Journal(folder, oldFolder, properties.getProperty("old.id"),
				Boolean.parseBoolean(properties.getProperty("old.complete")), Integer.parseInt(keep)));
	}

	private static boolean isName(String text) {
		return org.keepsake.core.Udid.isValid(text);
	}

	void write(Path file) throws IOException {
		Properties properties = new Properties();
		properties.setProperty("folder", folder);
		properties.setProperty("old.folder", oldFolder);
		if (oldId != null) {
			properties.setProperty("old.id", oldId);
		}
		properties.setProperty("old.complete", Boolean.toString(oldComplete));
		properties.setProperty("keep", Integer.toString(keepEarlier));
		SmallFile.write(file, properties);
	}
}
