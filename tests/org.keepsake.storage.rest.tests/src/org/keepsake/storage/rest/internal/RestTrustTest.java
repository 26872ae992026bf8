// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Programs;
import org.keepsake.testing.RcloneServer;

/** Certificates and passwords, with rclone as the server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestTrustTest {

	private static final String NAME = "config";

	@TempDir
	static Path folder;
	private static @Nullable RcloneServer server;
	private static @Nullable Certificates certificates;

	@BeforeAll
	static void start() throws IOException {
		Programs.require("rclone");
		Certificates own = Certificates.make(folder, "ip:127.0.0.1");
		certificates = own;
		server = new RcloneServer(folder.resolve("served"), "--user", "me", "--pass", "hunter2", "--cert",
				own.certificate().toString(), "--key", own.key().toString());
	}

	@AfterAll
	static void stop() throws IOException {
		RcloneServer running = server;
		if (running != null) {
			running.close();
		}
	}

	@Test
	void trustsTheAuthorityOfTheSettings() throws IOException {
		assertEquals(Optional.empty(), look(Map.of("ca", own().certificate().toString()), "hunter2"));
	}

	@Test
	void trustsWhatIsPinned() throws IOException {
		assertEquals(Optional.empty(), look(Map.of("pin", own().pinOfCertificate()), "hunter2"));
		assertEquals(Optional.empty(), look(Map.of("pin", "sha256/" + own().pinOfKey()), "hunter2"));
		assertEquals(Optional.empty(),
				look(Map.of("pin", "00".repeat(32) + ", " + own().pinOfKey(), "ca", own().certificate().toString()),
						"hunter2"));
	}

	@Test
	void refusesWhoProvesNothing() throws IOException {
		refuses(Map.of(), "signed by nobody", own().pinOfCertificate().substring(7).replace(":", "").toLowerCase());
		refuses(Map.of("pin", "00".repeat(32)), "not the one that is pinned",
				own().pinOfCertificate().substring(7).replace(":", "").toLowerCase());
		Certificates other = Certificates.make(folder, "dns:elsewhere.example");
		refuses(Map.of("ca", other.certificate().toString()), "signed by nobody", "sha256:");
		refuses(Map.of("pin", own().pinOfKey(), "ca", other.certificate().toString()), "signed by nobody", "sha256:");
	}

	@Test
	void refusesACertificateForAnotherName() throws IOException {
		Certificates other = Certificates.make(folder, "dns:somewhere.example");
		try (RcloneServer elsewhere = new RcloneServer(folder.resolve("other"), "--cert",
				other.certificate().toString(), "--key", other.key().toString());
				Storage storage = new RestStorageFactory().open("rest:" + elsewhere.url(),
						TestContext.settings("ca", other.certificate().toString()))) {
			ProblemException told = assertThrows(ProblemException.class, () -> storage.size(NAME));
			assertTrue(told.is(StorageProblems.NOT_TRUSTED));
			assertTrue(told.problem().cause().contains("another name"), told.problem().cause());
		}
	}

	@Test
	void saysIfThePasswordIsWrongWithoutShowingIt() throws IOException {
		Map<String, String> settings = Map.of("pin", own().pinOfKey());
		ProblemException told = assertThrows(ProblemException.class, () -> look(settings, "not-hunter2"));
		assertTrue(told.is(StorageProblems.CREDENTIALS));
		StringWriter all = new StringWriter();
		told.printStackTrace(new PrintWriter(all));
		assertFalse(all.toString().contains("hunter2"));
	}

	@Test
	void takesUserAndPasswordFromTheEnvironment() throws IOException {
		TestContext context = new TestContext(
				Map.of("RESTIC_REST_USERNAME", "me", "RESTIC_REST_PASSWORD", "hunter2"),
				Map.of("pin", own().pinOfKey()), Map.of());
		try (Storage storage = new RestStorageFactory().open("rest:" + running().url(), context)) {
			assertEquals(Optional.empty(), storage.size(NAME));
		}
	}

	@Test
	void saysIfItIsNotTls() throws IOException {
		try (RcloneServer plain = new RcloneServer(folder.resolve("plain"));
				Storage storage = new RestStorageFactory()
						.open("rest:" + plain.url().replace("http:", "https:"), TestContext.NONE)) {
			ProblemException told = assertThrows(ProblemException.class, () -> storage.size(NAME));
			assertTrue(told.is(StorageProblems.NOT_TRUSTED), told.toString());
			assertTrue(told.problem().cause().contains("http"), told.problem().cause());
		}
	}

	private void refuses(Map<String, String> settings, String why, String fingerprint) {
		ProblemException told = assertThrows(ProblemException.class, () -> look(settings, "hunter2"));
		assertTrue(told.is(StorageProblems.NOT_TRUSTED), told.toString());
		assertTrue(told.problem().cause().contains(why), told.problem().cause());
		assertTrue(told.problem().cause().contains(fingerprint), told.problem().cause());
	}

	private static Optional<Long> look(Map<String, String> settings, String password) throws IOException {
		String location = "rest:" + running().url().replace("//", "//me@");
		TestContext context = new TestContext(Map.of(), settings, Map.of("password", password));
		try (Storage storage = new RestStorageFactory().open(location, context)) {
			return storage.size(NAME);
		}
	}

	private static RcloneServer running() {
		RcloneServer running = server;
		if (running == null) {
			throw new IllegalStateException("No server");
		}
		return running;
	}

	private static Certificates own() {
		Certificates made = certificates;
		if (made == null) {
			throw new IllegalStateException("No certificate");
		}
		return made;
	}
}
