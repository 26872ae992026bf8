// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.trial.Journey;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keepsake demo}. */
@Command(name = "demo",
		description = { "Shows the whole way without a device, in about a minute.",
				"A virtual iPhone is started, paired and encrypted, backed up in full, changed, backed up again and verified; "
						+ "backed up into a repository, which is checked, and restored from there onto a blank one; then every "
						+ "file is compared. It uses a folder of its own, which is "
						+ "removed afterwards, and touches nothing else." },
		footer = { "", "Examples:", "  keepsake demo", "  keepsake demo --keep ./demo     and look at what was made" })
public final class DemoCommand implements Callable<Integer> {

	private static final int MOST_SHOWN = 20;

	private final Cli cli;

	@Option(names = "--keep", paramLabel = "DIR", description = "Work in this folder, and leave it there.")
	private @Nullable Path keep;

	@Option(names = "--fast-keys", description = "Derive keys with few rounds, to test the demo itself.")
	private boolean fastKeys;

	/** One run of the command. */
	public DemoCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Path kept = keep;
		Path folder = kept == null ? Files.createTempDirectory("keepsake-demo-")
				: Files.createDirectories(kept).toAbsolutePath();
		try {
			return tell(new Journey(cli, folder, fastKeys).run(), folder);
		} finally {
			if (kept == null) {
				remove(folder);
			}
		}
	}

	private int tell(Journey.Outcome outcome, Path folder) {
		List<String> differences = outcome.differences();
		if (!differences.isEmpty()) {
			differences.stream().limit(MOST_SHOWN).forEach(difference -> cli.say("  " + difference));
			cli.tell(CliProblems.DEMO_DIFFERS.problem(Integer.valueOf(differences.size()), differences.getFirst()),
					outcome.json());
			return Cli.PROBLEM;
		}
		if (cli.json()) {
			cli.print(JsonObject.event("finished").putAll(outcome.json()));
			return Cli.DONE;
		}
		outcome.report().forEach(cli::print);
		if (keep != null) {
			cli.print("Left for you in " + folder);
		}
		return Cli.DONE;
	}

	/** What cannot be removed stays in the system's folder for temporary files, which the system clears. */
	private void remove(Path folder) {
		try (Stream<Path> entries = Files.walk(folder)) {
			for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(entry);
			}
		} catch (IOException e) {
			cli.warn("The demo's folder " + folder + " could not be removed.");
		}
	}
}
