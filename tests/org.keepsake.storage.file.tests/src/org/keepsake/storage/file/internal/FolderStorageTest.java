// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Blobs;
import org.keepsake.testing.StorageContract;

class FolderStorageTest extends StorageContract {

	@TempDir
	Path folder;

	@Override
	protected Storage openMissing() throws IOException {
		return new FileStorageFactory().open("restic:" + folder.resolve("not/there"), context());
	}

	@Override
	protected Storage open() throws IOException {
		return new FileStorageFactory().open("restic:" + folder.resolve("repository"), context());
	}

	@Test
	void laysBlobsOutAsResticDoes() throws IOException {
		String digits = "ab" + "0".repeat(62);
		storage().put("data/" + digits, source(new byte[10]));
		storage().put("keys/" + digits, source(new byte[10]));
		storage().put("config", source(new byte[10]));
		assertTrue(Files.isRegularFile(folder.resolve("repository/data/ab/" + digits)));
		assertTrue(Files.isRegularFile(folder.resolve("repository/keys/" + digits)));
		assertTrue(Files.isRegularFile(folder.resolve("repository/config")));
		try (Stream<Path> folders = Files.list(folder.resolve("repository/data"))) {
			assertEquals(256, folders.count());
		}
		try (Stream<Path> files = Files.list(folder.resolve("repository/data/ab"))) {
			assertEquals(1, files.count(), "no temporary file stays");
		}
	}

	@Test
	void removesTheFoldersOfABlobThatIsGone() throws IOException {
		String name = "data/" + "ab".repeat(32);
		Path bare = Files.createDirectory(folder.resolve("bare"));
		try (Storage other = new FileStorageFactory().open("restic:" + bare, context())) {
			assertTrue(other.isThere());
			other.put(name, source(new byte[10]));
			other.removeEmptyFolders(name);
			assertEquals(10L, other.size(name).orElseThrow());
			other.delete(name);
			other.removeEmptyFolders(name);
		}
		try (Stream<Path> left = Files.list(bare)) {
			assertEquals(List.of(), left.toList());
		}
	}

	@Test
	void passesOverWhatIsNoBlob() throws IOException {
		Files.writeString(folder.resolve("repository/data/00/tmp-leftover"), "half a pack");
		Files.writeString(folder.resolve("repository/index/.DS_Store"), "x");
		storage().list("data", (name, size) -> {
			throw new AssertionError(name);
		});
		storage().list("index", (name, size) -> {
			throw new AssertionError(name);
		});
	}

	@Test
	void deletesWhatADeadProcessLeftAndNothingOfALivingOne() throws IOException {
		Path old = Files.writeString(folder.resolve("repository/data/ab/tmp-old"), "half a pack");
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		Path young = Files.writeString(folder.resolve("repository/data/ab/tmp-young"), "half a pack");
		storage().put("data/ab" + "0".repeat(62), source(new byte[10]));
		assertFalse(Files.exists(old));
		Path elsewhere = Files.writeString(folder.resolve("repository/index/tmp-old"), "half an index");
		Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		storage().tidy();
		assertFalse(Files.exists(elsewhere));
		assertTrue(Files.exists(young));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1 << 20, (1 << 20) + 1, (1 << 22) - 1, 1 << 22, (1 << 22) + 4095, 9_000_017 })
	void keepsEachByteOfALargeBlobWhateverItsEnd(int size) throws IOException {
		keepsLarge(storage(), folder.resolve("repository"), size);
	}

	private static void keepsLarge(Storage storage, Path place, int size) throws IOException {
		byte[] content = Blobs.random(size);
		String digits = HexFormat.of().formatHex(Blobs.sha256(content));
		storage.put("data/" + digits, source(content));
		assertArrayEquals(content, Files.readAllBytes(place.resolve("data/" + digits.substring(0, 2) + "/" + digits)));
	}

	@Test
	void saysIfTheFolderIsNotThere() throws IOException {
		Path missing = folder.resolve("not-mounted");
		try (Storage storage = new FileStorageFactory().open("restic:" + missing, context())) {
			ProblemException told = assertThrows(ProblemException.class, () -> storage.list("data", (n, s) -> true));
			assertTrue(told.is(StorageProblems.NO_SUCH_PLACE));
		}
		assertFalse(Files.exists(missing));
	}

	@Test
	void acceptsOnlyItsOwnLocations() {
		FileStorageFactory factory = new FileStorageFactory();
		assertTrue(factory.accepts("restic:/backups"));
		assertTrue(factory.accepts("local:/backups"));
		assertFalse(factory.accepts("/backups"));
		assertFalse(factory.accepts("s3:https://host/bucket"));
		ProblemException told = assertThrows(ProblemException.class, () -> factory.open("restic:", context()));
		assertTrue(told.is(StorageProblems.LOCATION));
	}

	private static StorageFactory.Context context() {
		return new StorageFactory.Context() {
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
		};
	}
}
