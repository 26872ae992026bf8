// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.testing.StorageContract;

/** Against Samba's server, which here insists on signatures. */
class SambaTest extends StorageContract {

	@TempDir
	static Path folder;
	private static Samba samba;

	private String place = "";

	@BeforeAll
	static void start() throws IOException {
		samba = Samba.start(folder, "server signing = mandatory");
	}

	@AfterAll
	static void stop() {
		if (samba != null) {
			samba.close();
		}
	}

	private String place() throws IOException {
		if (place.isEmpty()) {
			place = Files.createTempDirectory(samba.share(), "place").getFileName() + "/a/repository";
		}
		return place;
	}

	private Path repository() throws IOException {
		return samba.share().resolve(place());
	}

	private Storage open(String share) throws IOException {
		return new SmbStorageFactory().open(samba.location(share + '/' + place()), told());
	}

	private static Told told() {
		return Told.password(Samba.PASSWORD).setting("encryption", "off");
	}

	@Override
	protected Storage open() throws IOException {
		return open("share");
	}

	@Override
	protected Server serverBehind() {
		return new Server() {
			@Override
			public void stop() {
				samba.kill();
			}

			@Override
			public void start() throws IOException {
				samba.restart();
			}
		};
	}

	@Test
	void laysBlobsOutAsResticDoes() throws IOException {
		String digits = "ab" + "0".repeat(62);
		storage().put("data/" + digits, source(new byte[10]));
		storage().put("keys/" + digits, source(new byte[10]));
		storage().put("config", source(new byte[10]));
		assertTrue(Files.isRegularFile(repository().resolve("data/ab/" + digits)));
		assertTrue(Files.isRegularFile(repository().resolve("keys/" + digits)));
		assertTrue(Files.isRegularFile(repository().resolve("config")));
		assertEquals(List.of(digits), names("data/ab"), "no temporary file stays");
		assertEquals(256, names("data").size());
	}

	private List<String> names(String path) throws IOException {
		try (Stream<Path> files = Files.list(repository().resolve(path))) {
			return files.map(each -> each.getFileName().toString()).toList();
		}
	}

	@Test
	void passesOverWhatIsNoBlob() throws IOException {
		Files.writeString(repository().resolve("data/00/" + "0".repeat(64) + "-tmp-1"), "half a pack");
		Files.writeString(repository().resolve("index/.DS_Store"), "x");
		Files.createDirectory(repository().resolve("index/" + "0".repeat(64)));
		for (String kind : List.of("data", "index")) {
			storage().list(kind, (name, size) -> {
				throw new AssertionError(name);
			});
		}
	}

	@Test
	void makesAFolderThatIsMissing() throws IOException {
		Files.delete(repository().resolve("data/cd"));
		String name = "data/cd" + "1".repeat(62);
		storage().put(name, source(new byte[5]));
		assertEquals(5, storage().size(name).orElseThrow());
	}

	@Test
	void saysIfThePlaceIsNotThere() throws IOException {
		for (String location : List.of(samba.location("share/" + place() + "/not-here"),
				samba.location("no-such-share/x"))) {
			try (Storage storage = new SmbStorageFactory().open(location, told())) {
				for (Executable call : List.<Executable>of(() -> storage.list("data", (n, s) -> true),
						storage::capacity)) {
					ProblemException told = assertThrows(ProblemException.class, call);
					assertTrue(told.is(StorageProblems.NO_SUCH_PLACE), told::toString);
				}
			}
		}
		assertFalse(Files.exists(repository().resolve("not-here")));
	}

	@Test
	void saysIfItMayNotWrite() throws IOException {
		String name = "keys/" + "0".repeat(64);
		storage().put(name, source(new byte[9]));
		try (Storage storage = open("readonly")) {
			ProblemException told = assertThrows(ProblemException.class,
					() -> storage.put("keys/" + "1".repeat(64), source(new byte[1])));
			assertTrue(told.is(StorageProblems.FORBIDDEN), told::toString);
			StorageException refused = assertThrows(StorageException.class, () -> storage.delete(name));
			assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
			assertEquals(9, storage.size(name).orElseThrow());
		}
	}

	@Test
	void deletesWhatResticMarkedAsReadOnly() throws IOException {
		String name = "keys/" + "2".repeat(64);
		storage().put(name, source(new byte[9]));
		Files.setPosixFilePermissions(repository().resolve(name), PosixFilePermissions.fromString("r--------"));
		storage().delete(name);
		assertFalse(Files.exists(repository().resolve(name)));
	}

	@Test
	void knowsTheRoomLeft() throws IOException {
		Capacity capacity = storage().capacity().orElseThrow();
		assertTrue(capacity.freeBytes() > 0);
		assertTrue(capacity.totalBytes() >= capacity.freeBytes());
	}

	@Test
	void readsAndWritesManyAtOnceWithStreamsLeftOpen() throws Exception {
		List<InputStream> open = new ArrayList<>();
		byte[] large = random(5_000_000);
		storage().put("data/" + "3".repeat(64), source(large));
		for (int i = 0; i < 20; i++) {
			InputStream in = storage().get("data/" + "3".repeat(64), i, -1);
			assertEquals(large[i], (byte) in.read());
			open.add(in);
		}
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				byte[] content = random(200_000 + i);
				String name = "data/" + HexFormat.of().formatHex(source(content).sha256());
				all.add(executor.submit(() -> {
					storage().put(name, source(content));
					try (InputStream in = storage().get(name, 100_000, 50_000)) {
						assertArrayEquals(Arrays.copyOfRange(content, 100_000, 150_000), in.readAllBytes());
					}
					return null;
				}));
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
		for (int i = 0; i < open.size(); i++) {
			try (InputStream in = open.get(i)) {
				assertArrayEquals(Arrays.copyOfRange(large, i + 1, large.length), in.readAllBytes());
			}
		}
	}

	@Test
	void goesOnAfterALineBreaksAndAfterTheServerIsRestarted() throws IOException {
		byte[] content = random(9_000_000);
		String name = "data/" + "5".repeat(64);
		storage().put(name, cutting(content, 4_000_000, samba::cut));
		try (InputStream in = storage().get(name, 0, -1)) {
			byte[] begin = in.readNBytes(2_000_000);
			samba.kill();
			samba.restart();
			byte[] rest = in.readAllBytes();
			assertArrayEquals(Arrays.copyOf(content, 2_000_000), begin);
			assertArrayEquals(Arrays.copyOfRange(content, 2_000_000, content.length), rest);
		}
		String second = "data/" + "6".repeat(64);
		storage().put(second, cutting(content, 6_000_000, () -> {
			samba.kill();
			samba.restart();
		}));
		try (InputStream again = storage().get(second, 0, -1)) {
			assertArrayEquals(content, again.readAllBytes());
		}
		assertEquals(1, names("data/66").size(), "nothing of the attempt that broke is taken for a blob, nor stays");
	}

	/** Behind the share another program reads what we wrote, and we what it wrote. */
	@Test
	void sharesARepositoryWithRestic() throws IOException {
		Samba.require("/usr/bin/restic", "restic");
		Files.write(folder.resolve("photo"), random(3_000_000));
		restic("init");
		restic("backup", folder.resolve("photo").toString());
		List<String> packs = new ArrayList<>();
		storage().list("data", (name, size) -> packs.add(name));
		assertFalse(packs.isEmpty());
		for (String pack : packs) {
			byte[] content;
			try (InputStream in = storage().get(pack, 0, -1)) {
				content = in.readAllBytes();
			}
			assertEquals(pack, "data/" + HexFormat.of().formatHex(source(content).sha256()), "the name is the digest");
			storage().delete(pack);
			storage().put(pack, source(content));
		}
		assertTrue(restic("check", "--read-data").contains("no errors were found"));
	}

	private String restic(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("/usr/bin/restic", "--no-cache", "-r", repository().toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("RESTIC_PASSWORD", "secret");
		return Samba.run("", builder);
	}

	/** Samba's own client reads over the share what we wrote. */
	@Test
	void writesWhatAnotherClientReads() throws IOException {
		Samba.require("/usr/bin/smbclient", "smbclient");
		byte[] content = random(1_500_000);
		storage().put("index/" + "8".repeat(64), source(content));
		Path copy = folder.resolve("copy");
		ProcessBuilder client = new ProcessBuilder("/usr/bin/smbclient", "-s", samba.configuration().toString(), "-p",
				String.valueOf(samba.port()), "-U", Samba.USER, "//127.0.0.1/share", "-c",
				"get " + place() + "/index/" + "8".repeat(64) + ' ' + copy);
		client.environment().put("PASSWD", Samba.PASSWORD);
		Samba.run("", client);
		assertArrayEquals(content, Files.readAllBytes(copy));
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

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}
}
