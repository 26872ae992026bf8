// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.OpenSsh;
import org.keepsake.testing.Programs;

/** Whom we trust and how we are let in, against OpenSSH's own server. */
@Timeout(120)
class LoginTest {

	private static final String USER = System.getProperty("user.name");

	@TempDir
	Path folder;
	private OpenSsh ssh;

	@BeforeEach
	void start() throws IOException {
		ssh = OpenSsh.start(folder);
	}

	@AfterEach
	void stop() {
		if (ssh != null) {
			ssh.close();
		}
	}

	private Told told() {
		return Told.home(ssh.home()).variable("USER", USER).setting("retry.seconds", "2");
	}

	private String location() {
		return "sftp:127.0.0.1:" + ssh.port() + ':' + folder.resolve("repository");
	}

	private void works(String location, Told told) throws IOException {
		try (Storage storage = new SftpStorageFactory().open(location, told)) {
			storage.create();
			assertTrue(storage.size("config").isEmpty());
		}
		assertTrue(Files.isDirectory(folder.resolve("repository/data/ff")));
	}

	private ProblemException refused(ProblemType type, Told told) throws IOException {
		return refused(type, location(), told);
	}

	private ProblemException refused(ProblemType type, String location, Told told) throws IOException {
		try (Storage storage = new SftpStorageFactory().open(location, told)) {
			ProblemException problem = assertThrows(ProblemException.class, storage::create);
			assertTrue(problem.is(type), () -> trace(problem));
			assertFalse(Files.exists(folder.resolve("repository")));
			return problem;
		}
	}

	private static String trace(Throwable e) {
		StringWriter text = new StringWriter();
		e.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private String fingerprint() throws IOException {
		return Programs.run(new ProcessBuilder("/usr/bin/ssh-keygen", "-lf", folder.resolve("host_key.pub").toString()))
				.split(" ")[1];
	}

	@Test
	void showsTheFingerprintOfAnUnknownHostKeyAndHowToAcceptIt() throws IOException {
		Files.delete(ssh.home().resolve(".ssh/known_hosts"));
		ProblemException problem = refused(StorageProblems.NOT_TRUSTED, told());
		assertTrue(problem.problem().cause().contains("host-key=" + fingerprint()), problem.problem()::cause);
		works(location(), told().setting("host-key", fingerprint()));
	}

	@Test
	void warnsLoudlyIfTheHostKeyChanged() throws IOException {
		OpenSsh.newKey(folder.resolve("other_key"), "ed25519", "");
		String other = Files.readString(folder.resolve("other_key.pub"));
		Files.writeString(ssh.home().resolve(".ssh/known_hosts"), "[127.0.0.1]:" + ssh.port() + ' ' + other);
		ProblemException problem = refused(StorageProblems.NOT_TRUSTED, told());
		assertTrue(problem.problem().cause().contains("HAS CHANGED"), problem.problem()::cause);
		assertTrue(problem.problem().cause().contains(fingerprint()), problem.problem()::cause);
		assertEquals("[127.0.0.1]:" + ssh.port() + ' ' + other,
				Files.readString(ssh.home().resolve(".ssh/known_hosts")), "the note stays as it was");
	}

	@Test
	void takesAWholePublicKeyAsWell() throws IOException {
		Files.delete(ssh.home().resolve(".ssh/known_hosts"));
		String line = Files.readString(folder.resolve("host_key.pub")).strip();
		String key = line.split(" ")[1];
		String wrong = key.substring(0, key.length() - 4) + (key.endsWith("AAAA") ? "BBBB" : "AAAA");
		ProblemException told = refused(StorageProblems.NOT_TRUSTED,
				told().setting("host-key", "ssh-ed25519 " + wrong));
		assertTrue(told.problem().cause().contains(fingerprint()), told.problem()::cause);
		for (String written : List.of(line, key, "nas,192.0.2.1 " + line + "\n",
				"SHA256:" + "A".repeat(43) + ", " + line)) {
			works(location(), told().setting("host-key", written));
		}
		AcceptedKeys accepted = AcceptedKeys.of("nas,192.0.2.1 " + line);
		assertEquals(List.of(fingerprint()), accepted.fingerprints());
		assertEquals(Set.of(line.split(" ")[0]), accepted.kinds());
	}

	@Test
	void refusesAHostKeyThatIsNotTheAcceptedOne() throws IOException {
		refused(StorageProblems.NOT_TRUSTED, told().setting("host-key", "SHA256:" + "A".repeat(43)));
	}

	@Test
	void refusesARevokedHostKey() throws IOException {
		Files.writeString(ssh.home().resolve(".ssh/known_hosts"), ssh.knownHost() + "@revoked " + ssh.knownHost());
		ProblemException problem = refused(StorageProblems.NOT_TRUSTED, told());
		assertTrue(problem.problem().cause().contains("revoked"), problem.problem()::cause);
	}

	@Test
	void findsHostsByTheirHash() throws IOException {
		Path known = ssh.home().resolve(".ssh/known_hosts");
		Files.writeString(known, ssh.knownHost());
		Programs.run(new ProcessBuilder("/usr/bin/ssh-keygen", "-H", "-f", known.toString()));
		assertFalse(Files.readString(known).contains("127.0.0.1"));
		Files.writeString(known, "a line that is nothing\n" + Files.readString(known));
		works(location(), told());
	}

	@Test
	void saysIfTheKeyIsNotAllowed() throws IOException {
		OpenSsh.newKey(folder.resolve("other_key"), "ed25519", "");
		refused(StorageProblems.CREDENTIALS, told().setting("identity", folder.resolve("other_key").toString())
				.secret("password", "not asked for here"));
	}

	@Test
	void saysIfTheKeyIsMissing() throws IOException {
		refused(SftpProblems.NO_KEY, told().setting("identity", folder.resolve("nothing").toString()));
	}

	@Test
	void opensAnEncryptedKeyWithItsPassphrase() throws IOException {
		Path key = folder.resolve("locked_key");
		OpenSsh.newKey(key, "ecdsa", "correct horse");
		ssh.allow(folder.resolve("locked_key.pub"));
		Told named = told().setting("identity", key.toString());
		ProblemException without = refused(SftpProblems.KEY_LOCKED, named);
		assertTrue(without.problem().title().contains(key.toString()));
		ProblemException wrong = refused(SftpProblems.KEY_LOCKED, named.secret("passphrase", "battery staple"));
		assertFalse(trace(wrong).contains("battery"));
		works(location(), named.secret("passphrase", "correct horse"));
	}

	@Test
	void takesKeysOfTheKindsThatPeopleHave() throws IOException {
		for (String type : new String[] { "rsa", "ecdsa" }) {
			Path key = folder.resolve("key_" + type);
			OpenSsh.newKey(key, type, "");
			ssh.allow(folder.resolve("key_" + type + ".pub"));
			works(location(), told().setting("identity", key.toString()));
		}
	}

	@Test
	void letsTheAgentSign() throws IOException {
		Programs.require("/usr/bin/ssh-agent", "openssh-client");
		Path key = ssh.home().resolve(".ssh/id_ed25519");
		Path socket = Files.createTempDirectory("agent").resolve("s");
		Process agent = new ProcessBuilder("/usr/bin/ssh-agent", "-D", "-a", socket.toString()).start();
		try (BufferedReader out = new BufferedReader(
				new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
			assertTrue(out.readLine() != null, "the agent tells its socket when it is there");
			ProcessBuilder add = new ProcessBuilder("/usr/bin/ssh-add", key.toString());
			add.environment().put("SSH_AUTH_SOCK", socket.toString());
			Programs.run(add);
			Files.delete(key);
			refused(StorageProblems.CREDENTIALS, told());
			works(location(), told().variable("SSH_AUTH_SOCK", socket.toString()));
		} finally {
			agent.destroy();
			agent.onExit().join();
			Files.deleteIfExists(socket);
			Files.delete(socket.getParent());
		}
	}

	@Test
	void followsTheConfigurationOfSsh() throws IOException {
		Path key = ssh.home().resolve(".ssh/id_ed25519");
		Files.move(key, ssh.home().resolve("elsewhere"));
		Files.writeString(ssh.home().resolve(".ssh/config"), """
				# The store in the cellar
				Match host never
				  Port 1
				Host *.example !nas.example
				  Port 2
				Host nas.example other
				  HostName = 127.0.0.1
				  Port %d
				  User "%s"
				  IdentityFile ~/elsewhere
				Host *
				  Port 3
				""".formatted(ssh.port(), USER));
		works("sftp:nas.example:" + folder.resolve("repository"), Told.home(ssh.home()));
		Files.writeString(ssh.home().resolve(".ssh/config"), "Host nas.example\n  ProxyJump gate.example\n");
		try (Storage storage = new SftpStorageFactory().open("sftp:nas.example:/x", Told.home(ssh.home()))) {
			assertTrue(assertThrows(ProblemException.class, storage::create).is(SftpProblems.JUMP));
		}
	}

	@Test
	void tellsAWrongNameFromAServerThatIsOff() throws IOException {
		refused(StorageProblems.UNKNOWN_HOST, "sftp:no-such-host.invalid:/x", told());
		int port = ssh.port();
		ssh.kill();
		refused(StorageProblems.REFUSED, "sftp:127.0.0.1:" + port + ":/x", told());
	}

	@Test
	void saysIfThereIsNoSftp() throws IOException {
		Path config = folder.resolve("sshd_config");
		Files.writeString(config, Files.readString(config).replaceAll("Subsystem.*", ""));
		ssh.kill();
		ssh.restart();
		ProblemException problem = refused(StorageProblems.NOT_TRUSTED, told());
		assertTrue(problem.problem().cause().contains("SFTP"), problem.problem()::cause);
	}
}
