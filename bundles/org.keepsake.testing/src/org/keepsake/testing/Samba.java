// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Samba's server on a loopback port, as the user who runs the tests, with its own configuration, users and share in one
 * folder.
 */
public final class Samba implements Closeable {

	public static final String USER = System.getProperty("user.name");
	public static final String PASSWORD = "Open-Sesame";
	private static final String SMBD = "/usr/sbin/smbd";

	private final Path folder;
	private final int port;
	private final String limit;
	private final ServerProgram server = new ServerProgram();

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
	public static Samba start(Path folder, String... settings) throws IOException {
		return start(folder, "unlimited", List.of(settings));
	}

	/** @param limit how large a file may become, as the shell's {@code ulimit -f} has it */
	public static Samba start(Path folder, String limit, List<String> settings) throws IOException {
		Programs.require(SMBD, "samba");
		Programs.require("/usr/bin/smbpasswd", "samba-common-bin");
		Samba samba = new Samba(folder, ServerProgram.freePort(), limit);
		Files.createDirectories(samba.share());
		for (String each : List.of("private", "lock", "state", "cache", "run", "rpc")) {
			Files.createDirectories(folder.resolve(each));
		}
		Files.writeString(samba.configuration(), samba.configuration(String.join("\n", settings)));
		Programs.run(new ProcessBuilder("/usr/bin/smbpasswd", "-c", samba.configuration().toString(), "-L", "-s", "-a",
				USER), PASSWORD + '\n' + PASSWORD + '\n');
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

	public Path configuration() {
		return folder.resolve("smb.conf");
	}

	/** What the share shows. */
	public Path share() {
		return folder.resolve("share");
	}

	public int port() {
		return port;
	}

	public String location(String path) {
		return "smb://" + USER + "@127.0.0.1:" + port + '/' + path;
	}

	/** Starts it, again if it was killed. It makes a process group of its own, which it ends with itself. */
	public void restart() throws IOException {
		server.start(new ProcessBuilder("/bin/sh", "-c", "ulimit -f " + limit + "; exec " + SMBD
				+ " --foreground --debug-stdout -s '" + configuration() + "'"), port, folder.resolve("output"));
	}

	/** Ends the server and all that it started, as a power cut would. */
	public void kill() {
		server.kill();
	}

	/** Ends what serves connections, as a broken line would; the server stays. */
	public void cut() {
		server.cut();
	}

	@Override
	public void close() {
		server.close();
	}
}
