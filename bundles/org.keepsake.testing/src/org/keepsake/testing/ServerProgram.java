// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Somebody's server as a child of the tests, on a loopback port. It can be ended and started again, and ends with the
 * tests at the latest. For one thread at a time.
 */
public final class ServerProgram implements Closeable {

	private static final int SECONDS_TO_START = 60;

	private volatile @Nullable Process process;
	private volatile int port;

	/** Nothing is started yet. */
	public ServerProgram() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
	}

	/** A loopback port that was free a moment ago, for servers that cannot choose one themselves. */
	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Starts a server that says when it serves, and lets it go on talking.
	 *
	 * @param serving what a line then has, with a group {@code port}
	 * @return what was found in that line
	 * @throws IOException if it ends or is silent for a minute, with what it said
	 */
	public MatchResult start(ProcessBuilder program, Pattern serving) throws IOException {
		Process started = program.redirectErrorStream(true).start();
		process = started;
		AtomicBoolean serves = new AtomicBoolean();
		CompletableFuture.delayedExecutor(SECONDS_TO_START, TimeUnit.SECONDS).execute(() -> {
			if (!serves.get()) {
				started.destroyForcibly();
			}
		});
		BufferedReader out = new BufferedReader(
				new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder said = new StringBuilder();
		for (String line = out.readLine(); line != null; line = out.readLine()) {
			said.append(line).append('\n');
			Matcher matcher = serving.matcher(line);
			if (matcher.find()) {
				serves.set(true);
				port = Integer.parseInt(matcher.group("port"));
				Thread.ofVirtual().start(() -> swallow(out));
				return matcher.toMatchResult();
			}
		}
		throw new IOException(program.command() + " does not start: " + said);
	}

	/**
	 * Starts a server that serves as soon as its port answers.
	 *
	 * @param log the file for what it says
	 * @throws IOException if it ends, with what it said
	 */
	public void start(ProcessBuilder program, int itsPort, Path log) throws IOException {
		Process started = program.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		process = started;
		port = itsPort;
		while (!answers()) {
			try {
				if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
					throw new IOException(program.command() + " does not start: " + Files.readString(log));
				}
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
		}
	}

	/** Lets it talk, so that it never waits for a reader. */
	private static void swallow(BufferedReader out) {
		try {
			while (out.readLine() != null) {
				// Nobody listens.
			}
		} catch (IOException e) {
			System.getLogger(ServerProgram.class.getName()).log(System.Logger.Level.TRACE, "The server ended", e);
		}
	}

	/** The port of the server that was started last. */
	public int port() {
		return port;
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		} catch (IOException e) {
			return false;
		}
	}

	/** Ends the server and all that it started, as a power cut would; its port is free then. */
	public void kill() {
		Process running = process;
		if (running == null) {
			return;
		}
		List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList();
		all.reversed().forEach(ProcessHandle::destroyForcibly);
		// Only for its own: where nobody reaps orphans, those of the server's seem to live for ever.
		running.onExit().join();
		process = null;
		while (answers()) {
			Thread.yield(); // the last of them closes the port
		}
	}

	/** Ends what it started to serve connections, as a broken line would; the server itself stays. */
	public void cut() {
		Process running = process;
		if (running != null) {
			running.descendants().toList().forEach(ProcessHandle::destroyForcibly);
		}
	}

	/** Ends it. @see #kill() */
	@Override
	public void close() {
		kill();
	}
}
