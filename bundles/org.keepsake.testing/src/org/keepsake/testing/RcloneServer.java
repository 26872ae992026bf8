// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code rclone serve restic} over a folder, on the loopback; keeps its port when it is started again. */
public final class RcloneServer implements AutoCloseable {

	private static final Pattern SERVING = Pattern
			.compile("Serving restic REST API on (https?://127.0.0.1:(?<port>[0-9]+)/)");

	private final Path folder;
	private final List<String> options;
	private final ServerProgram program = new ServerProgram();
	private String url = "";

	public RcloneServer(Path folder, String... options) throws IOException {
		this.folder = folder;
		this.options = List.of(options);
		start();
	}

	public void start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of("rclone", "serve", "restic", "--config", "", "--addr", "127.0.0.1:" + program.port(), "-v"));
		command.addAll(options);
		command.add(folder.toString());
		url = program.start(new ProcessBuilder(command), SERVING).group(1);
	}

	/** With a slash at its end. */
	public String url() {
		return url;
	}

	public void stop() {
		program.kill();
	}

	@Override
	public void close() {
		program.close();
	}
}
