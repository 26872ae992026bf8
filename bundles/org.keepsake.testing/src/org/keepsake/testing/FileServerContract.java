// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.Capacity;

/** What a {@link Storage} on a file server must do besides, where blobs are files, laid out as restic does. */
public abstract class FileServerContract extends StorageContract {

	/** The folder behind this test's place. */
	protected abstract Path files() throws IOException;

	/** Breaks the connections; the server stays. */
	protected abstract void cut() throws IOException;

	/** Runs restic on this test's place, with the password {@code secret}; gives what it said. */
	protected abstract String restic(String... arguments) throws IOException;

	@Override
	protected abstract @NonNull Server serverBehind();

	@Test
	final void laysBlobsOutAsResticDoes() throws IOException {
		String digits = "ab" + "0".repeat(62);
		storage().put("data/" + digits, source(new byte[10]));
		storage().put("keys/" + digits, source(new byte[10]));
		storage().put("config", source(new byte[10]));
		assertTrue(Files.isRegularFile(files().resolve("data/ab/" + digits)));
		assertTrue(Files.isRegularFile(files().resolve("keys/" + digits)));
		assertTrue(Files.isRegularFile(files().resolve("config")));
		assertEquals(List.of(digits), names("data/ab"), "no temporary file stays");
		assertEquals(256, names("data").size());
	}

	private List<String> names(String path) throws IOException {
		try (Stream<Path> files = Files.list(files().resolve(path))) {
			return files.map(each -> String.valueOf(each.getFileName())).toList();
		}
	}

	@Test
	final void makesAFolderThatIsMissing() throws IOException {
		Files.delete(files().resolve("data/cd"));
		String name = "data/cd" + "1".repeat(62);
		storage().put(name, source(new byte[5]));
		assertEquals(5, storage().size(name).orElseThrow());
	}

	@Test
	final void removesTheFoldersOfABlobThatIsGone() throws IOException {
		byte[] content = Blobs.random(100);
		String name = "data/" + digest(content);
		Path folder = files().resolve("data").resolve(name.substring(5, 7));
		storage().put(name, source(content));
		storage().removeEmptyFolders(name);
		assertEquals(Optional.of(100L), storage().size(name));
		storage().delete(name);
		storage().removeEmptyFolders(name);
		assertFalse(Files.exists(folder));
		assertTrue(Files.isDirectory(files().resolve("data")), "the others are there yet");
		assertTrue(storage().isThere());
	}

	@Test
	final void knowsTheRoomLeft() throws IOException {
		Capacity capacity = storage().capacity().orElseThrow();
		assertTrue(capacity.freeBytes() > 0);
		Long total = capacity.totalBytes();
		assertTrue(total != null && total >= capacity.freeBytes());
	}

	/** Another program reads what we wrote, and we what it wrote. */
	@Test
	final void sharesARepositoryWithRestic(@TempDir Path mine) throws IOException {
		Programs.require("restic");
		Path photo = Files.write(mine.resolve("photo"), Blobs.random(3_000_000));
		restic("init");
		restic("backup", photo.toString());
		List<String> packs = new ArrayList<>();
		storage().list("data", (name, size) -> packs.add(name));
		assertFalse(packs.isEmpty());
		for (String pack : packs) {
			byte[] content;
			try (InputStream in = storage().get(pack, 0, -1)) {
				content = in.readAllBytes();
			}
			assertEquals(pack, name(content), "the name is the digest");
			storage().delete(pack);
			storage().put(pack, source(content));
		}
		assertTrue(restic("check", "--read-data").contains("no errors were found"));
	}

	private static String name(byte[] content) {
		return "data/" + HexFormat.of().formatHex(Blobs.sha256(content));
	}

	@Test
	final void readsAndWritesManyAtOnceWithStreamsLeftOpen() throws Exception {
		List<InputStream> open = new ArrayList<>();
		byte[] large = Blobs.random(5_000_000);
		storage().put("data/" + "3".repeat(64), source(large));
		for (int i = 0; i < 20; i++) {
			InputStream in = storage().get("data/" + "3".repeat(64), i, -1);
			assertEquals(large[i], (byte) in.read());
			open.add(in);
		}
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Boolean>> all = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				byte[] content = Blobs.random(200_000 + i);
				all.add(executor.submit(() -> {
					storage().put(name(content), source(content));
					try (InputStream in = storage().get(name(content), 100_000, 50_000)) {
						return Arrays.equals(Arrays.copyOfRange(content, 100_000, 150_000), in.readAllBytes());
					}
				}));
			}
			for (Future<Boolean> same : all) {
				assertTrue(same.get());
			}
		}
		for (int i = 0; i < open.size(); i++) {
			try (InputStream in = open.get(i)) {
				assertArrayEquals(Arrays.copyOfRange(large, i + 1, large.length), in.readAllBytes());
			}
		}
	}

	@Test
	final void goesOnAfterALineBreaksAndAfterTheServerIsRestarted() throws IOException {
		byte[] content = Blobs.random(9_000_000);
		String name = "data/" + "5".repeat(64);
		storage().put(name, cutting(content, 4_000_000, this::cut));
		try (InputStream in = storage().get(name, 0, -1)) {
			byte[] begin = in.readNBytes(2_500_000);
			restart();
			byte[] rest = in.readAllBytes();
			assertArrayEquals(Arrays.copyOf(content, 2_500_000), begin);
			assertArrayEquals(Arrays.copyOfRange(content, 2_500_000, content.length), rest);
		}
		String second = "data/" + "6".repeat(64);
		storage().put(second, cutting(content, 6_000_000, this::restart));
		try (InputStream again = storage().get(second, 0, -1)) {
			assertArrayEquals(content, again.readAllBytes());
		}
		assertEquals(1, names("data/66").size(), "nothing of the attempt that broke is taken for a blob, nor stays");
	}

	@Test
	final void tidiesUpWhatWasLeftHalfWrittenLongAgo() throws IOException {
		String blob = "ab" + "2".repeat(62);
		storage().put("data/" + blob, source(new byte[10]));
		FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
		List<Path> old = new ArrayList<>();
		for (String half : List.of("data/ab/" + blob + "-tmp-1", "data/ff/" + blob + "-restic-temp-2",
				"index/" + blob + "-restic-temp-3", "config-tmp-4")) {
			old.add(Files.writeString(files().resolve(half), "half"));
		}
		Path notOurs = Files.writeString(files().resolve("data/ab/notes-tmp-1"), "somebody's");
		for (Path file : List.of(old.get(0), old.get(1), old.get(2), old.get(3), notOurs,
				files().resolve("data/ab/" + blob))) {
			Files.setLastModifiedTime(file, longAgo);
		}
		Path young = Files.writeString(files().resolve("data/ab/" + blob + "-tmp-5"), "on its way");
		storage().tidy();
		for (Path file : old) {
			assertFalse(Files.exists(file), file.toString());
		}
		assertTrue(Files.exists(young) && Files.exists(notOurs));
		assertEquals(10, storage().size("data/" + blob).orElseThrow());
	}

	private void restart() throws IOException {
		Server server = serverBehind();
		server.stop();
		server.start();
	}

	@FunctionalInterface
	private interface Accident {
		void happen() throws IOException;
	}

	/** A content in the middle of which something happens, once. */
	private static BlobSource cutting(byte[] content, int at, Accident accident) {
		boolean[] happened = new boolean[1];
		BlobSource plain = source(content);
		return new BlobSource() {
			@Override
			public long sizeBytes() {
				return plain.sizeBytes();
			}

			@Override
			public InputStream open() throws IOException {
				return new FilterInputStream(plain.open()) {
					private int read;

					@Override
					public int read(byte[] bytes, int offset, int length) throws IOException {
						int n = super.read(bytes, offset, length);
						read += n;
						if (read > at && !happened[0]) {
							happened[0] = true;
							accident.happen();
						}
						return n;
					}
				};
			}

			@Override
			public byte[] sha256() {
				return plain.sha256();
			}
		};
	}
}
