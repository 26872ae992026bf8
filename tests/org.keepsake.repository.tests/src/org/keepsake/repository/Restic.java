// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program restic, at work on a repository in a folder. */
final class Restic {

	private static final String TOOL = "restic";

	private final Path place;
	private final Path logs;

	/** @param logs a folder for what it says */
	Restic(Path place, Path logs) {
		this.place = place;
		this.logs = logs;
	}

	/** A folder for what it says. */
	Path logs() {
		return logs;
	}

	/** Starts it; its input stays open. */
	Process start(Path output, Path where, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(TOOL, "--no-cache", "-r", place.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true)
				.redirectOutput(output.toFile());
		builder.environment().put("RESTIC_PASSWORD", Samples.PASSWORD);
		return builder.start();
	}

	/** Runs it to its end; what it said. @throws IOException if it failed, with what it said */
	String run(Path where, String... arguments) throws IOException {
		Path output = Files.createTempFile(logs, TOOL, ".log");
		Process process = start(output, where, arguments);
		try {
			process.getOutputStream().close();
			if (!process.waitFor(5, TimeUnit.MINUTES)) {
				throw new IOException("restic did not end");
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		} finally {
			process.destroyForcibly();
		}
		String said = Files.readString(output, StandardCharsets.UTF_8);
		if (process.exitValue() != 0) {
			throw new IOException("restic " + String.join(" ", arguments) + ": " + said);
		}
		return said;
	}

	/** Its judgement on every byte. */
	void assertSound() throws IOException {
		String checked = run(logs, "check", "--read-data");
		assertTrue(checked.contains("no errors were found"), checked);
	}
}
