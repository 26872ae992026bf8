// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Samba;

/** How we are let in and what we refuse, against Samba's server in several moods. */
@Timeout(120)
class LoginTest {

	@TempDir
	Path folder;
	private @Nullable Samba samba;

	@AfterEach
	void stop() {
		Samba running = samba;
		if (running != null) {
			running.close();
		}
	}

	private Samba start(String... settings) throws IOException {
		Samba started = Samba.start(folder, settings);
		samba = started;
		return started;
	}

	private static Told told() {
		return Told.password(Samba.PASSWORD).setting("retry.seconds", "2");
	}

	private static void works(String location, Told told) throws IOException {
		byte[] content = new byte[700_000];
		new Random(7).nextBytes(content);
		String name = "data/" + "7".repeat(64);
		try (Storage storage = new SmbStorageFactory().open(location, told)) {
			storage.create();
			storage.put(name, source(content));
			try (InputStream in = storage.get(name, 0, -1)) {
				assertArrayEquals(content, in.readAllBytes());
			}
			storage.delete(name);
			assertTrue(storage.size(name).isEmpty());
		}
	}

	private static BlobSource source(byte[] content) {
		return new BlobSource() {
			@Override
			public long sizeBytes() {
				return content.length;
			}

			@Override
			public InputStream open() {
				return new ByteArrayInputStream(content);
			}

			@Override
			public byte[] sha256() {
				return new byte[32];
			}
		};
	}

	private static ProblemException refused(ProblemType type, String location, Told told) throws IOException {
		try (Storage storage = new SmbStorageFactory().open(location, told)) {
			ProblemException problem = assertThrows(ProblemException.class, () -> storage.size("config"));
			StringWriter text = new StringWriter();
			problem.printStackTrace(new PrintWriter(text));
			assertTrue(problem.is(type), text::toString);
			told.secrets().values().forEach(secret -> assertFalse(text.toString().contains(secret)));
			return problem;
		}
	}

	@Test
	void signsByDefaultAndEncryptsWhereTheServerCan() throws IOException {
		Samba server = start();
		works(server.location("share/a"), told());
		works(server.location("share/b"), told().setting("encryption", "off"));
		works(server.location("share/c"), told().setting("encryption", "required"));
	}

	@Test
	void speaksToAServerThatInsistsOnEncryption() throws IOException {
		Samba server = start("server smb encrypt = required", "server signing = mandatory");
		works(server.location("share/a"), told());
		refused(StorageProblems.FORBIDDEN, server.location("share/a"), told().setting("encryption", "off"));
	}

	@Test
	void refusesAServerThatCannotEncryptIfThatIsRequired() throws IOException {
		Samba server = start("server max protocol = SMB2_10");
		refused(SmbProblems.NOT_ENCRYPTED, server.location("share/a"), told().setting("encryption", "required"));
		works(server.location("share/a"), told());
	}

	@Test
	void logsInAsAUserOfADomain() throws IOException {
		Samba server = start();
		works(server.location("share/a").replace("smb://", "smb://TEST;"), told());
	}

	@Test
	void saysIfThePasswordIsWrongOrMissing() throws IOException {
		Samba server = start("map to guest = never");
		refused(StorageProblems.CREDENTIALS, server.location("share"), told().secret("password", "Open-Barley"));
		refused(StorageProblems.CREDENTIALS, server.location("share").replace(Samba.USER + '@', "nobody-here@"),
				told());
		ProblemException problem = refused(SmbProblems.NO_PASSWORD, server.location("share"),
				new Told(told().environment(), told().settings(), Map.of()));
		assertTrue(problem.problem().title().contains(Samba.USER));
	}

	@Test
	void isNoGuestUnlessAskedFor() throws IOException {
		Samba server = start("map to guest = bad user");
		String asNobody = server.location("guests/a").replace(Samba.USER + '@', "nobody-here@");
		refused(SmbProblems.GUEST, asNobody, told());
		assertFalse(Files.exists(server.share().resolve("a")));
		works(asNobody, told().setting("guest", "true"));
		works(server.location("guests/b").replace(Samba.USER + '@', ""), told().setting("guest", "true"));
	}

	@Test
	void tellsAWrongNameFromAServerThatIsOffAndFromAnother() throws IOException {
		Samba server = start();
		refused(StorageProblems.UNKNOWN_HOST, "smb://anna@no-such-host.invalid/share", told());
		refused(StorageProblems.NO_SUCH_PLACE, server.location("no-such-share"), told());
		String location = server.location("share");
		server.kill();
		refused(StorageProblems.REFUSED, location, told());
	}

	/** A file may not become larger than a megabyte there, which the server tells as it tells a full disk. */
	@Test
	void tellsAFullDiskAndLeavesNothing() throws IOException {
		Samba server = Samba.start(folder, "2048", List.of());
		samba = server;
		String name = "data/" + "a".repeat(64);
		try (Storage storage = new SmbStorageFactory().open(server.location("share"), told())) {
			storage.create();
			StorageException full = assertThrows(StorageException.class,
					() -> storage.put(name, source(new byte[3_000_000])));
			assertEquals(StorageException.Reason.NO_SPACE, full.reason());
			assertArrayEquals(new String[0], server.share().resolve("data/aa").toFile().list());
			storage.put(name, source(new byte[500_000]));
		}
	}
}
