// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.AbstractSftpEventListenerAdapter;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.StorageContract;

/**
 * Against a server that is not OpenSSH's: it knows none of its extensions and lets people in by a password, which
 * OpenSSH's could only do with the accounts of this computer.
 */
class OtherServerTest extends StorageContract {

	private static final String PASSWORD = "open sesame";

	@TempDir
	Path folder;
	private final AtomicInteger asked = new AtomicInteger();
	private SshServer server;
	private String fingerprint = "";
	private int port;
	private volatile boolean talkative = true;
	private volatile long room = Long.MAX_VALUE;

	private SshServer running() throws IOException {
		if (server == null) {
			server = SshServer.setUpDefaultServer();
			server.setHost("127.0.0.1");
			server.setPort(port);
			SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host_key"));
			keys.setAlgorithm("EC");
			server.setKeyPairProvider(keys);
			fingerprint = KeyUtils.getFingerPrint(keys.loadKeys(null).getFirst().getPublic());
			server.setUserAuthFactories(List.<UserAuthFactory>of(new UserAuthPasswordFactory()));
			server.setPasswordAuthenticator((user, password, session) -> {
				asked.incrementAndGet();
				return user.equals("anna") && password.equals(PASSWORD);
			});
			SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
			sftp.setErrorStatusDataHandler(new SftpErrorStatusDataHandler() {
				@Override
				public String resolveErrorMessage(SftpSubsystemEnvironment environment, int id, Throwable e, int status,
						int command, Object... arguments) {
					return talkative ? e.getMessage() : "Failure";
				}
			});
			sftp.addSftpEventListener(new AbstractSftpEventListenerAdapter() {
				@Override
				public void writing(ServerSession session, String remote, FileHandle file, long offset, byte[] data,
						int start, int length) throws IOException {
					if (offset + length > room) {
						throw new IOException("No space left on device");
					}
				}
			});
			server.setSubsystemFactories(List.of(sftp));
			server.start();
			port = server.getPort();
		}
		return server;
	}

	@BeforeEach
	void start() throws IOException {
		running();
	}

	@AfterEach
	void stop() throws IOException {
		server.stop(true);
	}

	private Told told() throws IOException {
		running();
		return Told.home(folder.resolve("home")).setting("host-key", fingerprint).secret("password", PASSWORD);
	}

	private Storage open(Told told) throws IOException {
		return new SftpStorageFactory().open(
				"sftp://anna@127.0.0.1:" + running().getPort() + '/' + folder.resolve("repository"),
				told);
	}

	@Override
	protected Storage openMissing() throws IOException {
		return new SftpStorageFactory().open(
				"sftp://anna@127.0.0.1:" + running().getPort() + '/' + folder.resolve("not/there"), told());
	}

	@Override
	protected Storage open() throws IOException {
		return open(told());
	}

	@Override
	protected Server serverBehind() {
		return new Server() {
			@Override
			public void stop() throws IOException {
				server.stop(true);
				server = null;
			}

			@Override
			public void start() throws IOException {
				running();
			}
		};
	}

	@Test
	void doesWithoutTheExtensionsOfOpenSsh() throws IOException {
		assertEquals(Optional.empty(), storage().capacity(), "it cannot tell");
		assertTrue(asked.get() >= 1);
	}

	@Test
	void answersAServerThatAsksInDialogue() throws IOException {
		server.setUserAuthFactories(List.<UserAuthFactory>of(new UserAuthKeyboardInteractiveFactory()));
		try (Storage storage = open(told())) {
			assertTrue(storage.size("config").isEmpty());
		}
	}

	@Test
	void saysIfThePasswordIsWrong() throws IOException {
		for (Told told : List.of(told().secret("password", "open barley"), Told.home(folder).setting("host-key",
				fingerprint))) {
			try (Storage storage = open(told)) {
				ProblemException problem = assertThrows(ProblemException.class, () -> storage.size("config"));
				assertTrue(problem.is(StorageProblems.CREDENTIALS), problem::toString);
				StringWriter text = new StringWriter();
				problem.printStackTrace(new PrintWriter(text));
				assertFalse(text.toString().contains("barley"));
			}
		}
	}

	@Test
	void tellsAFullDiskAndLeavesNothing() throws IOException {
		byte[] content = new byte[1_000_000];
		String name = "data/" + "a".repeat(64);
		room = 300_000;
		StorageException full = assertThrows(StorageException.class, () -> storage().put(name, source(content)));
		assertEquals(StorageException.Reason.NO_SPACE, full.reason());
		assertArrayEquals(new String[0], folder.resolve("repository/data/aa").toFile().list());
		talkative = false;
		ProblemException failed = assertThrows(ProblemException.class, () -> storage().put(name, source(content)));
		assertTrue(failed.is(StorageProblems.FAILED), failed::toString);
		assertTrue(failed.problem().cause().contains("quota"), failed.problem()::cause);
		room = Long.MAX_VALUE;
		storage().put(name, source(content));
		try (InputStream in = storage().get(name, 0, -1)) {
			assertArrayEquals(content, in.readAllBytes());
		}
	}

	@Test
	void goesOnIfTheServerEndsTheSession() throws IOException {
		byte[] content = new byte[2_000_000];
		String name = "data/" + "b".repeat(64);
		storage().put(name, source(content));
		try (InputStream in = storage().get(name, 0, -1)) {
			in.readNBytes(100_000);
			server.getActiveSessions().forEach(session -> session.close(true));
			assertEquals(1_900_000, in.readAllBytes().length);
		}
	}
}
