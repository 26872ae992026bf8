// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.testing.TargetContract;

/** The contract, on a repository in a folder. */
class RepositoryTargetTest extends TargetContract {

	private @TempDir Path temp;
	private final RepositoryTargetFactory factory = new RepositoryTargetFactory();

	@BeforeEach
	void makeRepository() throws IOException {
		Place.in(temp).init();
	}

	@Override
	protected BackupTarget open() throws IOException {
		return factory.open(Place.in(temp).location(), Place.in(temp).context(Map.of()));
	}

	@Override
	protected BackupTarget openWithRoomFor(long bytes) throws IOException {
		long stored = Place.in(temp).storedBytes();
		return factory.open(Place.in(temp).location(),
				Place.in(temp).context(Map.of("quota", Long.toString(stored + bytes))));
	}
}
