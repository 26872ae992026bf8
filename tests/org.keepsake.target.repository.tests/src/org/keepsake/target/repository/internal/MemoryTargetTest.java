// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.RepositoryAccess;
import org.keepsake.testing.GivenContext;
import org.keepsake.testing.MemoryStorage;
import org.keepsake.testing.TargetContract;

/** The contract, on a store that does not tell how large it is. */
class MemoryTargetTest extends TargetContract {

	private static final String LOCATION = "memory:one";

	private @TempDir Path temp;
	private final MemoryStorage storage = new MemoryStorage();
	private final RepositoryTargetFactory factory = new RepositoryTargetFactory();

	@BeforeEach
	void makeRepository() throws IOException {
		RepositoryAccess.init(LOCATION, context(Map.of()), new InitOptions(2, new KeyCost(2, 1, 1), null)).close();
	}

	private GivenContext context(Map<String, String> settings) {
		return new GivenContext(Map.of(), settings, Map.of(TargetFactory.REPOSITORY_PASSWORD, "open sesame"),
				new Storages(List.of(storage)), temp);
	}

	@Override
	protected BackupTarget open() throws IOException {
		return factory.open(LOCATION, context(Map.of()));
	}

	@Override
	protected BackupTarget openWithRoomFor(long bytes) throws IOException {
		long stored = storage.content(LOCATION).entrySet().stream().filter(blob -> blob.getKey().startsWith("data/"))
				.mapToLong(blob -> blob.getValue().length).sum();
		return factory.open(LOCATION, context(Map.of("quota", Long.toString(stored + bytes))));
	}
}
