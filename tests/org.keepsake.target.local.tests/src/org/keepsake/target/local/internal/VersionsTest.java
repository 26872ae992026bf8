// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.target.local.LocalTargetFactory;
import org.keepsake.target.local.internal.Versions.Version;
import org.keepsake.testing.GivenContext;

class VersionsTest {

	@TempDir
	Path folder;

	/** A commit that is killed between recording a version and renaming its folder records it again when completed. */
	@Test
	void countsAVersionOnceThoughItWasRecordedTwice() throws Exception {
		Layout layout = new Layout(folder);
		Versions versions = new Versions(layout, layout.versions(Backups.UDID));
		Files.createDirectories(layout.versions(Backups.UDID).getParent());
		try (BackupTarget target = new LocalTargetFactory().open(folder.toString(), GivenContext.nothing(folder))) {
			Snapshot made = Backups.make(target, Backups.device(), 0);
			Version version = new Version(Path.of(made.path()).getFileName().toString(), made.id().value());

			versions.add(version);
			versions.add(version);

			assertEquals(List.of(version), versions.present());
		}
	}
}
