// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Blobs;
import org.keepsake.testing.FileServerContract;
import org.keepsake.testing.Programs;
import org.keepsake.testing.Samba;

/** Against Samba's server, which here insists on signatures. */
class SambaTest extends FileServerContract {

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

	@Override
	protected Path files() throws IOException {
		return samba.share().resolve(place());
	}

	private Storage open(String share) throws IOException {
		return new SmbStorageFactory().open(samba.location(share + '/' + place()), told());
	}

	private static Told told() {
		return Told.password(Samba.PASSWORD).setting("encryption", "off");
	}

	@Override
	protected Storage openMissing() throws IOException {
		return new SmbStorageFactory().open(samba.location("share/" + place() + "/not/here"), told());
	}

	@Override
	protected Storage open() throws IOException {
		return open("share");
	}

	@Override
	protected void cut() {
		samba.cut();
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
	void passesOverWhatIsNoBlob() throws IOException {
		Files.writeString(files().resolve("data/00/" + "0".repeat(64) + "-tmp-1"), "half a pack");
		Files.writeString(files().resolve("index/.DS_Store"), "x");
		Files.createDirectory(files().resolve("index/" + "0".repeat(64)));
		for (String kind : List.of("data", "index")) {
			storage().list(kind, (name, size) -> {
				throw new AssertionError(name);
			});
		}
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
		assertFalse(Files.exists(files().resolve("not-here")));
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
		Files.setPosixFilePermissions(files().resolve(name), PosixFilePermissions.fromString("r--------"));
		storage().delete(name);
		assertFalse(Files.exists(files().resolve(name)));
	}

	@Override
	protected String restic(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", files().toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("RESTIC_PASSWORD", "secret");
		return Programs.run(builder);
	}

	/** Samba's own client reads over the share what we wrote. */
	@Test
	void writesWhatAnotherClientReads() throws IOException {
		Programs.require("/usr/bin/smbclient", "smbclient");
		byte[] content = Blobs.random(1_500_000);
		storage().put("index/" + "8".repeat(64), source(content));
		Path copy = folder.resolve("copy");
		ProcessBuilder client = new ProcessBuilder("/usr/bin/smbclient", "-s", samba.configuration().toString(), "-p",
				String.valueOf(samba.port()), "-U", Samba.USER, "//127.0.0.1/share", "-c",
				"get " + place() + "/index/" + "8".repeat(64) + ' ' + copy);
		client.environment().put("PASSWD", Samba.PASSWORD);
		Programs.run(client);
		assertArrayEquals(content, Files.readAllBytes(copy));
	}
}
