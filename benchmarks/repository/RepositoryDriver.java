// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.repository.*;
import org.keepsake.storage.file.internal.FileStorageFactory;

/** The repository engine by itself: {@code init|import|export|check|prune|stats FOLDER …}; password in the environment. */
public final class RepositoryDriver {

	private RepositoryDriver() {
	}

	public static void main(String[] arguments) throws IOException {
		Storage storage = new FileStorageFactory().open("restic:" + arguments[1], new NoContext());
		Instant begun = Instant.now();
		try (Secret password = Secret.of(System.getenv("RESTIC_PASSWORD"))) {
			if (arguments[0].equals("init")) {
				int version = Integer.parseInt(arguments[2]);
				Repository.init(storage, password, new InitOptions(version, KeyCost.NORMAL, null)).close();
				return;
			}
			try (Repository repository = Repository.open(storage, password)) {
				run(repository, arguments);
			}
		}
		System.out.println(arguments[0] + " took " + Duration.between(begun, Instant.now()).toMillis() + " ms");
	}

	private static void run(Repository repository, String[] arguments) throws IOException {
		switch (arguments[0]) {
			case "import" -> {
				Compression compression = arguments.length > 3 ? Compression.valueOf(arguments[3]) : Compression.AUTO;
				System.out.println(FolderImport.run(repository, Path.of(arguments[2]),
						ImportOptions.DEFAULT.with(SaveOptions.DEFAULT.with(compression)), JobMonitor.NONE));
			}
			case "export" -> System.out.println(FolderExport.run(repository, repository.snapshot("latest").tree(),
					Files.createDirectories(Path.of(arguments[2])), JobMonitor.NONE));
			case "check" -> System.out.println(repository.check(
					arguments.length > 2 ? CheckOptions.READ_DATA : CheckOptions.STRUCTURE, JobMonitor.NONE));
			case "prune" -> System.out.println(repository.prune(PruneOptions.DEFAULT, JobMonitor.NONE));
			case "stats" -> System.out.println(repository.stats(JobMonitor.NONE));
			case "forget" -> repository.forget(
					KeepPolicy.last(Integer.parseInt(arguments[2]))
							.apply(repository.snapshots()).stream()
							.filter(d -> !d.keeps()).map(d -> d.snapshot().id()).toList(),
					Duration.ZERO);
			case "snapshots" -> repository.snapshots().forEach(System.out::println);
			default -> throw new IllegalArgumentException(List.of(arguments).toString());
		}
	}

	private record NoContext() implements StorageFactory.Context {
		@Override
		public Map<String, String> environment() {
			return Map.of();
		}

		@Override
		public Map<String, String> settings() {
			return Map.of();
		}

		@Override
		public Optional<Secret> secret(String purpose) {
			return Optional.empty();
		}
	}
}
