// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other people's programs; a test that needs one that is missing is skipped, and says so. */
final class Programs {

	private Programs() {
	}

	static void require(String... names) {
		for (String name : names) {
			boolean found = Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
					.anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
			if (!found) {
				System.out.println("Skipped: " + name + " is not installed");
			}
			assumeTrue(found, name + " is not installed");
		}
	}

	/** Lets a server go on talking. */
	static void swallow(BufferedReader said) {
		try {
			while (said.readLine() != null) {
				// Nobody listens.
			}
		} catch (IOException e) {
			System.getLogger(Programs.class.getName()).log(System.Logger.Level.TRACE, "The server ended", e);
		}
	}

	/** Runs a program to its end. @return what it said on both ways */
	static String run(Path folder, Map<String, String> environment, List<String> command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (!process.waitFor(60, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
			assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + said);
		} catch (InterruptedException e) {
			process.destroyForcibly();
			throw new IOException(e);
		}
		return said;
	}
}
