// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * OpenSSH's own server on a loopback port, as the user who runs the tests, with its own host key and configuration.
 * Everything it needs is in one folder, which also is the home folder that clients are told of.
 */
public final class OpenSsh implements Closeable {

	private static final String SSHD = "/usr/sbin/sshd";
	private static final Pattern LISTENING = Pattern.compile("Server listening on 127.0.0.1 port (?<port>[0-9]+)");

	private final Path folder;
	private final int port;
	private String before = "";
	private final ServerProgram server = new ServerProgram();

	private OpenSsh(Path folder, int port) {
		this.folder = folder;
		this.port = port;
	}

	/** Starts a server that lets {@code home/.ssh/id_ed25519} in; skips the test if there is none on this computer. */
	public static OpenSsh start(Path folder) throws IOException {
		return start(folder, "internal-sftp");
	}

	/** @param sftp with its options, such as {@code -R} for a server on which nothing can be changed */
	public static OpenSsh start(Path folder, String sftp) throws IOException {
		Programs.require(SSHD, "openssh-server");
		Programs.require("/usr/bin/ssh-keygen", "openssh-client");
		if (System.getProperty("user.name").equals("root")) {
			Files.createDirectories(Path.of("/run/sshd")); // it insists on this empty folder then
		}
		OpenSsh ssh = new OpenSsh(folder, ServerProgram.freePort());
		Files.createDirectories(ssh.home().resolve(".ssh"));
		newKey(folder.resolve("host_key"), "ed25519", "");
		newKey(ssh.home().resolve(".ssh/id_ed25519"), "ed25519", "");
		ssh.allow(ssh.home().resolve(".ssh/id_ed25519.pub"));
		ssh.noteHostKey();
		Files.writeString(folder.resolve("sshd_config"), """
				Port %d
				ListenAddress 127.0.0.1
				HostKey %s
				PidFile none
				AuthorizedKeysFile %s
				StrictModes no
				PasswordAuthentication no
				KbdInteractiveAuthentication no
				PermitRootLogin yes
				MaxStartups 100
				Subsystem sftp %s
				LogLevel INFO
				""".formatted(ssh.port, folder.resolve("host_key"), folder.resolve("authorized_keys"), sftp));
		ssh.restart();
		return ssh;
	}

	/** A server that sees a disk of four megabytes at {@code folder/small}; skips the test where that needs more rights. */
	public static OpenSsh startOnASmallDisk(Path folder) throws IOException {
		Path small = Files.createDirectories(folder.resolve("small"));
		OpenSsh ssh = start(folder);
		ssh.kill();
		// The disk is there for this process alone, and is gone with it.
		ssh.before = "mount -t tmpfs -o size=4m keepsake-test '" + small + "' && ";
		try {
			ssh.restart();
			return ssh;
		} catch (IOException e) {
			ssh.close();
			String reason = "a small disk cannot be made here: " + e.getMessage();
			System.out.println("Skipped: " + reason);
			return abort(reason);
		}
	}

	public Path home() {
		return folder.resolve("home");
	}

	public int port() {
		return port;
	}

	/** Makes a pair of keys with ssh-keygen. */
	public static void newKey(Path file, String type, String passphrase) throws IOException {
		Programs.run(new ProcessBuilder("/usr/bin/ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f",
				file.toString()));
	}

	/** Lets a key log in. */
	public void allow(Path publicKey) throws IOException {
		Files.writeString(folder.resolve("authorized_keys"), Files.readString(publicKey));
	}

	/** The line of known_hosts for this server. */
	public String knownHost() throws IOException {
		String[] key = Files.readString(folder.resolve("host_key.pub")).split(" ");
		return "[127.0.0.1]:" + port + ' ' + key[0] + ' ' + key[1] + '\n';
	}

	public void noteHostKey() throws IOException {
		Files.writeString(home().resolve(".ssh/known_hosts"), knownHost());
	}

	/** Starts it, again if it was killed. */
	public void restart() throws IOException {
		String sshd = "exec " + SSHD + " -D -e -f '" + folder.resolve("sshd_config") + "'";
		server.start(new ProcessBuilder(before.isEmpty() ? List.of("/bin/sh", "-c", sshd)
				: List.of("unshare", "-m", "/bin/sh", "-c", before + sshd)), LISTENING);
	}

	/** Ends the server and all that it started, as a power cut would. */
	public void kill() {
		server.kill();
	}

	/** Ends the connections only, as a broken line would. */
	public void cut() {
		server.cut();
	}

	@Override
	public void close() {
		server.close();
	}
}
