// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/** {@code rclone serve restic} over a folder, on the loopback; keeps its port when it is started again. */
final class RcloneServer implements AutoCloseable {

	private static final Pattern SERVING = Pattern.compile("Serving restic REST API on (https?://127.0.0.1:([0-9]+)/)");

	private final Path folder;
	private final List<String> options;
	private @Nullable Process process;
	private String url = "";
	private String port = "0";

	RcloneServer(Path folder, String... options) throws IOException {
		this.folder = folder;
		this.options = List.of(options);
		start();
	}

	void start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of("rclone", "serve", "restic", "--config", "", "--addr", "127.0.0.1:" + port, "-v"));
		command.addAll(options);
		command.add(folder.toString());
		Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
		process = started;
		AtomicBoolean serving = new AtomicBoolean();
		CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(() -> {
			if (!serving.get()) {
				started.destroyForcibly();
			}
		});
		BufferedReader said = new BufferedReader(
				new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder all = new StringBuilder();
		for (String line = said.readLine(); line != null; line = said.readLine()) {
			Matcher matcher = SERVING.matcher(line);
			if (matcher.find()) {
				serving.set(true);
				url = matcher.group(1);
				port = matcher.group(2);
				Thread.ofVirtual().start(() -> Programs.swallow(said));
				return;
			}
			all.append(line).append('\n');
		}
		throw new IOException("rclone did not start: " + all);
	}

	/** With a slash at its end. */
	String url() {
		return url;
	}

	void stop() throws IOException {
		Process running = process;
		if (running != null) {
			running.destroyForcibly();
			try {
				running.waitFor(20, TimeUnit.SECONDS);
			} catch (InterruptedException e) {
				throw new IOException(e);
			}
			process = null;
		}
	}

	@Override
	public void close() throws IOException {
		stop();
	}
}
