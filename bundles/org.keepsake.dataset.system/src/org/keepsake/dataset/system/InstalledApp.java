// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * An app on the device. A backup has its data, never the app itself.
 *
 * @param key         its identifier, such as {@code org.example.diary}
 * @param name        what it is called; empty if the backup does not say
 * @param version     its version for a person; empty if unknown
 * @param build       its version for machines; empty if unknown
 * @param vendor      who made it; empty if unknown
 * @param genre       what kind of app it is; empty if unknown
 * @param system      whether it came with the system
 * @param purchased   when it was got
 * @param account     the Apple account it was got with, shortened unless secrets were asked for; empty if unknown
 * @param bytes       size of its data in the backup, with its extensions and the groups that are its own
 * @param files       how many files that are
 * @param documents   how many of them are documents, which other programs may know
 * @param domains     where its data are in the backup
 */
public record InstalledApp(String key, String name, String version, String build, String vendor, String genre,
		boolean system, @Nullable Instant purchased, String account, long bytes, long files, long documents,
		List<String> domains) implements DataRecord {

	/** Copies the list. */
	public InstalledApp {
		domains = List.copyOf(domains);
	}

	@Override
	public @Nullable Instant date() {
		return purchased;
	}

	@Override
	public String headline() {
		return OneLine.of(name, key, "–") + (version.isBlank() ? "" : ' ' + OneLine.of(version));
	}

	@Override
	public String searchText() {
		return String.join("\n", name, key, vendor, genre);
	}
}
