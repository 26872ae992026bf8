// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

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
import org.junit.jupiter.api.BeforeEach;
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

/** Against OpenSSH's own server. */
class OpenSshTest extends StorageContract {

	@TempDir
	static Path folder;
	private static OpenSsh ssh;

	private Path repository;

	@BeforeAll
	static void start() throws IOException {
		ssh = OpenSsh.start(folder);
	}

	@AfterAll
	static void stop() {
		if (ssh != null) {
			ssh.close();
		}
	}

	@BeforeEach
	void makePlace() throws IOException {
		place();
	}

	private Path place() throws IOException {
		if (repository == null) {
			repository = Files.createTempDirectory(folder, "place").resolve("a/repository");
		}
		return repository;
	}

	private String location() throws IOException {
		return "sftp://127.0.0.1:" + ssh.port() + '/' + place();
	}

	private static Told told() {
		return Told.home(ssh.home()).variable("USER", System.getProperty("user.name"));
	}

	@Override
	protected Storage open() throws IOException {
		return new SftpStorageFactory().open(location(), told());
	}

	@Override
	protected Server serverBehind() {
		return new Server() {
			@Override
			public void stop() {
				ssh.kill();
			}

			@Override
			public void start() throws IOException {
				ssh.restart();
			}
		};
	}

	@Test
	void laysBlobsOutAsResticDoes() throws IOException {
		String digits = "ab" + "0".repeat(62);
		storage().put("data/" + digits, source(new byte[10]));
		storage().put("keys/" + digits, source(new byte[10]));
		storage().put("config", source(new byte[10]));
		assertTrue(Files.isRegularFile(repository.resolve("data/ab/" + digits)));
		assertTrue(Files.isRegularFile(repository.resolve("keys/" + digits)));
		assertTrue(Files.isRegularFile(repository.resolve("config")));
		assertEquals(List.of(digits), names("data/ab"), "no temporary file stays");
		assertEquals(256, names("data").size());
		assertEquals("rw-------",
				PosixFilePermissions.toString(Files.getPosixFilePermissions(repository.resolve("config"))));
	}

	private List<String> names(String path) throws IOException {
		try (Stream<Path> files = Files.list(repository.resolve(path))) {
			return files.map(each -> each.getFileName().toString()).toList();
		}
	}

	@Test
	void passesOverWhatIsNoBlob() throws IOException {
		Files.writeString(repository.resolve("data/00/" + "0".repeat(64) + "-restic-temp-1"), "half a pack");
		Files.writeString(repository.resolve("index/.DS_Store"), "x");
		for (String kind : List.of("data", "index")) {
			storage().list(kind, (name, size) -> {
				throw new AssertionError(name);
			});
		}
	}

	@Test
	void makesAFolderThatIsMissing() throws IOException {
		Files.delete(repository.resolve("data/cd"));
		String name = "data/cd" + "1".repeat(62);
		storage().put(name, source(new byte[5]));
		assertEquals(5, storage().size(name).orElseThrow());
	}

	@Test
	void saysIfThePlaceIsNotThere() throws IOException {
		try (Storage storage = new SftpStorageFactory().open(location() + "/not-here", told())) {
			for (var call : List.<Executable>of(
					() -> storage.list("data", (n, s) -> true), storage::capacity)) {
				assertTrue(assertThrows(ProblemException.class, call).is(StorageProblems.NO_SUCH_PLACE));
			}
		}
		assertFalse(Files.exists(repository.resolve("not-here")));
	}

	@Test
	void saysIfItMayNotWrite() throws IOException {
		String name = "keys/" + "0".repeat(64);
		storage().put(name, source(new byte[9]));
		Path other = Files.createTempDirectory(folder, "read-only");
		try (OpenSsh readOnly = OpenSsh.start(other, "internal-sftp -R");
				Storage storage = new SftpStorageFactory().open(
						"sftp://127.0.0.1:" + readOnly.port() + '/' + repository,
						Told.home(readOnly.home()))) {
			ProblemException told = assertThrows(ProblemException.class,
					() -> storage.put("keys/" + "1".repeat(64), source(new byte[1])));
			assertTrue(told.is(StorageProblems.FORBIDDEN), told::toString);
			StorageException refused = assertThrows(StorageException.class, () -> storage.delete(name));
			assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
			assertEquals(9, storage.size(name).orElseThrow());
		}
	}

	/** Another program reads what we wrote, and we what it wrote, over the same server. */
	@Test
	void sharesARepositoryWithRestic() throws IOException {
		OpenSsh.require("/usr/bin/restic", "restic");
		OpenSsh.require("/usr/bin/ssh", "openssh-client");
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
		List<String> command = new ArrayList<>(List.of("/usr/bin/restic", "--no-cache", "-r",
				"sftp:127.0.0.1:" + repository, "-o",
				"sftp.command=ssh -F none -i " + ssh.home().resolve(".ssh/id_ed25519") + " -o UserKnownHostsFile="
						+ ssh.home().resolve(".ssh/known_hosts") + " -p " + ssh.port() + " 127.0.0.1 -s sftp"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("RESTIC_PASSWORD", "secret");
		builder.environment().put("HOME", ssh.home().toString());
		return OpenSsh.run(builder);
	}

	@Test
	void knowsTheRoomLeft() throws IOException {
		Capacity capacity = storage().capacity().orElseThrow();
		assertTrue(capacity.freeBytes() > 0);
		assertTrue(capacity.totalBytes() >= capacity.freeBytes());
	}

	/** OpenSSH's server says no more than that it failed. */
	@Test
	void tellsAFullDiskAndLeavesNothing() throws IOException {
		Path other = Files.createTempDirectory(folder, "full");
		String name = "data/" + "a".repeat(64);
		try (OpenSsh small = OpenSsh.startOnASmallDisk(other);
				Storage storage = new SftpStorageFactory().open(
						"sftp://127.0.0.1:" + small.port() + '/' + other.resolve("small"), Told.home(small.home()))) {
			storage.create();
			StorageException full = assertThrows(StorageException.class,
					() -> storage.put(name, source(random(6_000_000))));
			assertEquals(StorageException.Reason.NO_SPACE, full.reason());
			storage.put(name, source(random(3_000_000)));
			assertEquals(3_000_000, storage.size(name).orElseThrow());
		}
	}

	@Test
	void understandsBothSpellings() throws IOException {
		String name = "keys/" + "7".repeat(64);
		storage().put(name, source(new byte[77]));
		try (Storage other = new SftpStorageFactory().open(
				"sftp:" + System.getProperty("user.name") + "@127.0.0.1:" + ssh.port() + ':' + repository,
				Told.home(ssh.home()))) {
			assertEquals(77, other.size(name).orElseThrow());
		}
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
		storage().put(name, cutting(content, 4_000_000, ssh::cut));
		InputStream in = storage().get(name, 0, -1);
		try (in) {
			byte[] begin = in.readNBytes(2_500_000);
			ssh.kill();
			ssh.restart();
			byte[] rest = in.readAllBytes();
			assertArrayEquals(Arrays.copyOf(content, 2_500_000), begin);
			assertArrayEquals(Arrays.copyOfRange(content, 2_500_000, content.length), rest);
		}
		String second = "data/" + "6".repeat(64);
		storage().put(second, cutting(content, 6_000_000, () -> {
			ssh.kill();
			ssh.restart();
		}));
		try (InputStream again = storage().get(second, 0, -1)) {
			assertArrayEquals(content, again.readAllBytes());
		}
		assertEquals(1, names("data/66").size(), "nothing of the attempt that broke is taken for a blob, nor stays");
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
