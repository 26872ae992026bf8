// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryAccess;
import org.keepsake.testing.GivenContext;

/**
 * A repository in a folder of a test.
 *
 * @param folder of the test
 */
record Place(Path folder) {

	/** What opens it. */
	static final String PASSWORD = "open sesame";

	static Place in(Path folder) {
		return new Place(folder);
	}

	Path repository() {
		return folder.resolve("repository");
	}

	String location() {
		return "restic:" + repository();
	}

	GivenContext context(Map<String, String> settings) {
		return context(settings, Stores.folders(), PASSWORD);
	}

	GivenContext context(Map<String, String> settings, StorageFactory storages, String password) {
		return new GivenContext(Map.of(), settings, Map.of(TargetFactory.REPOSITORY_PASSWORD, password),
				new Storages(List.of(storages)), folder.resolve("cache"));
	}

	/** Makes the repository, with quick keys. */
	void init() throws IOException {
		RepositoryAccess.init(location(), context(Map.of()), new InitOptions(2, new KeyCost(2, 1, 1), null)).close();
	}

	Repository open() throws IOException {
		return RepositoryAccess.open(location(), context(Map.of()));
	}

	/** Bytes of all packs. */
	long storedBytes() throws IOException {
		try (Stream<Path> files = Files.walk(repository().resolve("data"))) {
			return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
		}
	}
}
