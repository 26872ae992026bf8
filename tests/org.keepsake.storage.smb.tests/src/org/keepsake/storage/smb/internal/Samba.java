// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Samba's server on a loopback port, as the user who runs the tests, with its own configuration, users and share in one
 * folder.
 */
final class Samba implements Closeable {

	static final String USER = System.getProperty("user.name");
	static final String PASSWORD = "Open-Sesame";
	private static final String SMBD = "/usr/sbin/smbd";

	private final Path folder;
	private final int port;
	private final String limit;
	private Process server;

	private Samba(Path folder, int port, String limit) {
		this.folder = folder;
		this.port = port;
		this.limit = limit;
	}

	/**
	 * Starts a server with the shares {@code share}, {@code readonly} and {@code guests}; skips the test if there is none
	 * on this computer.
	 *
	 * @param settings more lines of its configuration
	 */
	static Samba start(Path folder, String... settings) throws IOException {
		return start(folder, "unlimited", List.of(settings));
	}

	/** @param limit how large a file may become, as the shell's {@code ulimit -f} has it */
	static Samba start(Path folder, String limit, List<String> settings) throws IOException {
		require(SMBD, "samba");
		require("/usr/bin/smbpasswd", "samba-common-bin");
		Samba samba = new Samba(folder, freePort(), limit);
		Files.createDirectories(samba.share());
		for (String each : List.of("private", "lock", "state", "cache", "run", "rpc")) {
			Files.createDirectories(folder.resolve(each));
		}
		Files.writeString(samba.configuration(), samba.configuration(String.join("\n", settings)));
		run(PASSWORD + '\n' + PASSWORD + '\n', "/usr/bin/smbpasswd", "-c", samba.configuration().toString(), "-L", "-s",
				"-a", USER);
		Runtime.getRuntime().addShutdownHook(new Thread(samba::kill));
		samba.restart();
		return samba;
	}

	private String configuration(String settings) {
		return """
				[global]
				workgroup = TEST
				server role = standalone server
				smb ports = %d
				interfaces = 127.0.0.1
				bind interfaces only = yes
				private dir = %2$s/private
				lock directory = %2$s/lock
				state directory = %2$s/state
				cache directory = %2$s/cache
				pid directory = %2$s/run
				ncalrpc dir = %2$s/rpc
				log file = %2$s/log
				passdb backend = tdbsam:%2$s/private/users.tdb
				disable netbios = yes
				disable spoolss = yes
				load printers = no
				printing = bsd
				printcap name = /dev/null
				server min protocol = SMB2
				guest account = %3$s
				%4$s
				[share]
				path = %2$s/share
				read only = no
				[readonly]
				path = %2$s/share
				read only = yes
				[guests]
				path = %2$s/share
				read only = no
				guest ok = yes
				""".formatted(port, folder, USER, settings);
	}

	static void require(String program, String debianPackage) {
		if (!Files.isExecutable(Path.of(program))) {
			String reason = program + " is not installed (Debian: " + debianPackage + ")";
			System.out.println("Skipped: " + reason);
			abort(reason);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	Path configuration() {
		return folder.resolve("smb.conf");
	}

	/** What the share shows. */
	Path share() {
		return folder.resolve("share");
	}

	int port() {
		return port;
	}

	String location(String path) {
		return "smb://" + USER + "@127.0.0.1:" + port + '/' + path;
	}

	/** Starts it, again if it was killed. It makes a process group of its own, which it ends with itself. */
	void restart() throws IOException {
		server = new ProcessBuilder("/bin/sh", "-c", "ulimit -f " + limit + "; exec " + SMBD
				+ " --foreground --debug-stdout -s '" + configuration() + "'")
				.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
		while (!answers()) {
			try {
				if (server.waitFor(20, TimeUnit.MILLISECONDS)) {
					throw new IOException("smbd does not start: " + Files.readString(folder.resolve("output")));
				}
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
		}
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		} catch (IOException e) {
			return false;
		}
	}

	/** Ends the server and all that it started, as a power cut would. */
	void kill() {
		Process process = server;
		if (process == null) {
			return;
		}
		List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
		all.reversed().forEach(ProcessHandle::destroyForcibly);
		// Only for its own: where nobody reaps orphans, those of the server's seem to live for ever.
		process.onExit().join();
		while (answers()) {
			Thread.yield(); // the last of them closes the port
		}
	}

	/** Ends what serves connections, as a broken line would; the server stays. */
	void cut() {
		server.descendants().toList().forEach(ProcessHandle::destroyForcibly);
	}

	@Override
	public void close() {
		kill();
	}

	/** Runs a program to its end; gives what it wrote. */
	static String run(String input, String... command) throws IOException {
		return run(input, new ProcessBuilder(command));
	}

	static String run(String input, ProcessBuilder builder) throws IOException {
		Process process = builder.redirectErrorStream(true).start();
		try (var in = process.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
			in.close();
			String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException(new ArrayList<>(builder.command()) + " failed: " + out);
			}
			return out;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		} finally {
			process.destroyForcibly();
		}
	}
}
