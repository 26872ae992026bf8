// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a Unix terminal from showing what is typed until it is closed, also when the process is ended meanwhile. For
 * the case that Java's console is not there because the output is redirected.
 */
final class TerminalEcho implements AutoCloseable {

	/** The terminal that the process belongs to. */
	static final Path DEVICE = Path.of("/dev/tty");

	private static final int STTY_SECONDS = 2;

	private final Thread restore = new Thread(TerminalEcho::on);

	private TerminalEcho() throws IOException {
		Runtime.getRuntime().addShutdownHook(restore);
		stty("-echo");
	}

	/** Turns echo off. @throws IOException if that cannot be done; then nothing may be asked */
	static TerminalEcho off() throws IOException {
		return new TerminalEcho();
	}

	/** Runs the system's {@code stty} on the terminal and returns what it prints. */
	static String stty(String argument) throws IOException {
		Process process = new ProcessBuilder("stty", argument).redirectInput(DEVICE.toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (InputStream output = process.getInputStream()) {
			String text = new String(output.readNBytes(256), StandardCharsets.US_ASCII).strip();
			if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("stty failed");
			}
			return text;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted", e);
		} finally {
			process.destroy();
		}
	}

	private static void on() {
		try {
			stty("echo");
		} catch (IOException e) {
			System.getLogger(TerminalEcho.class.getName()).log(System.Logger.Level.DEBUG, "stty echo", e);
		}
	}

	@Override
	public void close() {
		on();
		try {
			Runtime.getRuntime().removeShutdownHook(restore);
		} catch (IllegalStateException e) {
			// The process is ending; the hook runs and does the same again.
			return;
		}
	}
}
