// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which archived backups of a device Keepsake made itself, oldest first. Only these are ever pruned: what a person
 * archived in Finder, or copied or renamed by hand, stays.
 */
final class Versions {

	/**
	 * An archived backup.
	 *
	 * @param folder its folder's name
	 * @param id     what was in it
	 */
	record Version(String folder, String id) {
	}

	private final Layout layout;
	private final Path file;

	Versions(Layout layout, Path file) {
		this.layout = layout;
		this.file = file;
	}

	/** Those that are still there and still what they were. */
	List<Version> present() throws IOException {
		List<Version> present = new ArrayList<>();
		for (Version version : recorded()) {
			BackupFolder folder = new BackupFolder(layout.folder().resolve(version.folder()));
			if (folder.looksLikeBackup() && folder.id().value().equals(version.id())) {
				present.add(version);
			}
		}
		return present;
	}

	/**
	 * Records a version, to be archived under the name next. A commit that was killed in between records it again when
	 * it is completed: counted twice, it would be pruned in place of an older one.
	 */
	void add(Version version) throws IOException {
		List<Version> all = new ArrayList<>(recorded());
		all.remove(version);
		all.add(version);
		write(all);
	}

	/** Forgets all but the given. */
	void write(List<Version> all) throws IOException {
		if (all.equals(recorded())) {
			return;
		}
		StringBuilder text = new StringBuilder();
		all.forEach(version -> text.append(version.folder()).append('\t').append(version.id()).append('\n'));
		SmallFile.write(file, text.toString());
	}

	private List<Version> recorded() throws IOException {
		Optional<String> text = SmallFile.read(file);
		List<Version> all = new ArrayList<>();
		for (String line : text.orElse("").lines().toList()) {
			String[] parts = line.split("\t", -1);
			if (parts.length == 2 && org.keepsake.core.target.TreePath.isAllowed(parts[0])
					&& parts[0].indexOf('/') < 0 && !parts[0].isEmpty() && !parts[0].startsWith(".")) {
				all.add(new Version(parts[0], parts[1]));
			}
		}
		return all;
	}
}
