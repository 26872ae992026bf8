// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Blobs;
import org.keepsake.testing.FileServerContract;
import org.keepsake.testing.OpenSsh;
import org.keepsake.testing.Programs;

/** Against OpenSSH's own server. */
class OpenSshTest extends FileServerContract {

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

	@Override
	protected Path files() throws IOException {
		return place();
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
	protected Storage openMissing() throws IOException {
		return new SftpStorageFactory().open(location() + "/not/here", told());
	}

	@Override
	protected Storage open() throws IOException {
		return new SftpStorageFactory().open(location(), told());
	}

	@Override
	protected void cut() {
		ssh.cut();
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
	void letsTheOwnerAloneReadABlob() throws IOException {
		storage().put("config", source(new byte[10]));
		assertEquals("rw-------",
				PosixFilePermissions.toString(Files.getPosixFilePermissions(repository.resolve("config"))));
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

	@Override
	protected String restic(String... arguments) throws IOException {
		Programs.require("/usr/bin/ssh", "openssh-client");
		List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r",
				"sftp:127.0.0.1:" + repository, "-o",
				"sftp.command=ssh -F none -i " + ssh.home().resolve(".ssh/id_ed25519") + " -o UserKnownHostsFile="
						+ ssh.home().resolve(".ssh/known_hosts") + " -p " + ssh.port() + " 127.0.0.1 -s sftp"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("RESTIC_PASSWORD", "secret");
		builder.environment().put("HOME", ssh.home().toString());
		return Programs.run(builder);
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
					() -> storage.put(name, source(Blobs.random(6_000_000))));
			assertEquals(StorageException.Reason.NO_SPACE, full.reason());
			storage.put(name, source(Blobs.random(3_000_000)));
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
}
