// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other people's programs, which a test runs to their end. */
public final class Programs {

	private Programs() {
	}

	/**
	 * Skips the test, and says so, if a program is missing; see {@link #isThere}.
	 *
	 * @param program       its path, or its name to be looked for along {@code PATH}
	 * @param debianPackage what has it, for those who read that it is missing
	 */
	public static void require(String program, String debianPackage) {
		if (!isThere(program, debianPackage)) {
			abort(program + " is missing");
		}
	}

	/** Skips the test, and says so, if a program is missing whose Debian package has its name. */
	public static void require(String program) {
		require(program, program);
	}

	/** Whether a program is there whose Debian package has its name; for a judgement that is one of several. */
	public static boolean isThere(String program) {
		return isThere(program, program);
	}

	private static boolean isThere(String program, String debianPackage) {
		boolean found = program.contains("/")
				? Files.isExecutable(Path.of(program))
				: Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
						.anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
		return isThere(found, program + " is not installed (Debian: " + debianPackage + ")");
	}

	/**
	 * Says what is missing. Where {@code CI} is {@code true} in the environment, which promises that everything is there,
	 * the test fails.
	 *
	 * @return what was found
	 */
	public static boolean isThere(boolean found, String missing) {
		if (!found) {
			System.out.println("Skipped: " + missing);
			assertNotEquals("true", System.getenv("CI"), missing);
		}
		return found;
	}

	/** Runs a program that reads nothing to its end. @see #run(ProcessBuilder, String) */
	public static String run(ProcessBuilder program) throws IOException {
		return run(program, "");
	}

	/**
	 * Runs a program to its end.
	 *
	 * @param input what it reads
	 * @return what it said, on both ways
	 * @throws IOException if it says that it failed, with what it said; its environment is not told
	 */
	public static String run(ProcessBuilder program, String input) throws IOException {
		Process process = program.redirectErrorStream(true).start();
		try (OutputStream in = process.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
			in.close();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException(program.command() + " failed: " + said);
			}
			return said;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		} finally {
			process.destroyForcibly();
		}
	}
}
