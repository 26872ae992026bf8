// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.keepsake.testing.Programs;

/** The other program that knows the format, as a judge of what we write. */
final class Restic {

	private Restic() {
	}

	/** Runs it on the lab's repository. @return what it said */
	static String run(Lab lab, String... arguments) throws IOException, InterruptedException {
		Programs.require("restic");
		List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", lab.repository().toString()));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(lab.folder, "restic", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().put("RESTIC_PASSWORD", Lab.REPOSITORY_PASSWORD);
		Process process = builder.start();
		try {
			if (!process.waitFor(120, TimeUnit.SECONDS)) {
				throw new IOException("restic does not end");
			}
		} finally {
			process.destroyForcibly();
		}
		String said = Files.readString(output, StandardCharsets.UTF_8);
		assertEquals(0, process.exitValue(), () -> String.join(" ", arguments) + ": " + said);
		return said;
	}

	/** Reads everything and finds nothing wrong; a killed process may have left its lock. */
	static void check(Lab lab) throws IOException, InterruptedException {
		run(lab, "check", "--read-data", "--no-lock");
	}

	/** No blob is listed in two packs. */
	static void assertNothingIsStoredTwice(Lab lab) throws IOException, InterruptedException {
		Map<String, Long> listed = run(lab, "list", "blobs", "-q", "--no-lock").lines().filter(line -> !line.isEmpty())
				.collect(Collectors.groupingBy(line -> line, Collectors.counting()));
		assertFalse(listed.isEmpty());
		listed.values().removeIf(count -> count == 1);
		assertEquals(Map.of(), listed);
	}
}
