// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.keepsake.testing.OpenSsh;
import org.keepsake.testing.Programs;
import org.keepsake.testing.RcloneServer;
import org.keepsake.testing.S3ProxyServer;
import org.keepsake.testing.Samba;

/**
 * A place for a repository: a folder, or a server of other people's on this computer, which can be ended and started
 * again.
 *
 * @param location    for {@code --to}
 * @param files       where the repository's files lie on this computer in the end
 * @param environment how to get in
 * @param server      nothing for a folder
 */
record Store(String location, Path files, Map<String, String> environment, Server server) implements AutoCloseable {

	private static final Server NONE = new Server() {
		@Override
		public void kill() {
			throw new IllegalStateException("There is no server");
		}

		@Override
		public void start() {
			throw new IllegalStateException("There is no server");
		}
	};

	/** What kinds there are. */
	enum Kind {
		FOLDER, REST, SFTP, SMB, S3;

		/** Starts the server; skips the test, and says so, if it is missing. */
		Store open(Path folder) throws IOException {
			Files.createDirectories(folder);
			return switch (this) {
				case FOLDER ->
					new Store("restic:" + folder.resolve("repository"), folder.resolve("repository"), Map.of(),
							NONE);
				case REST -> rest(folder);
				case SFTP -> sftp(folder);
				case SMB -> smb(folder);
				case S3 -> s3(folder);
			};
		}
	}

	/** Ends by SIGKILL; starts again at the same address. */
	private interface Server {
		void kill();

		void start() throws IOException;
	}

	private static Store rest(Path folder) throws IOException {
		Programs.require("rclone");
		RcloneServer rclone = new RcloneServer(folder);
		return new Store("rest:" + rclone.url() + "repository", folder.resolve("repository"), Map.of(), new Server() {
			@Override
			public void kill() {
				rclone.stop();
			}

			@Override
			public void start() throws IOException {
				rclone.start();
			}
		});
	}

	private static Store sftp(Path folder) throws IOException {
		OpenSsh ssh = OpenSsh.start(folder);
		Path files = folder.resolve("repository");
		return new Store("sftp://127.0.0.1:" + ssh.port() + '/' + files, files,
				Map.of("HOME", ssh.home().toString(), "USER", System.getProperty("user.name")), new Server() {
					@Override
					public void kill() {
						ssh.kill();
					}

					@Override
					public void start() throws IOException {
						ssh.restart();
					}
				});
	}

	private static Store smb(Path folder) throws IOException {
		Samba samba = Samba.start(folder);
		return new Store(samba.location("share/repository"), samba.share().resolve("repository"),
				Map.of("KEEPSAKE_STORAGE_PASSWORD", Samba.PASSWORD), new Server() {
					@Override
					public void kill() {
						samba.kill();
					}

					@Override
					public void start() throws IOException {
						samba.restart();
					}
				});
	}

	private static Store s3(Path folder) throws IOException {
		S3ProxyServer s3 = new S3ProxyServer(folder);
		return new Store("s3:" + s3.url() + "/bucket/repository", s3.objects().resolve("bucket/repository"),
				Map.of("AWS_ACCESS_KEY_ID", S3ProxyServer.ACCESS, "AWS_SECRET_ACCESS_KEY", S3ProxyServer.SECRET),
				new Server() {
					@Override
					public void kill() {
						s3.stop();
					}

					@Override
					public void start() throws IOException {
						s3.start();
					}
				});
	}

	void kill() {
		server.kill();
	}

	void start() throws IOException {
		server.start();
	}

	@Override
	public void close() {
		if (server != NONE) {
			server.kill();
		}
	}
}
