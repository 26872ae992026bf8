// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets set}. */
@Command(name = "set",
		description = { "Changes settings of a target: KEY=VALUE sets one, KEY= removes it.",
				"For repositories: quota=50GB (no more is stored), compression=auto|off|max, prune=auto|never, "
						+ "pack.size=16M, append-only=true (the store lets files only be added; targets check --attack proves it). What "
						+ "a kind of server wants besides is in docs/command-line.md." },
		footer = { "", "Examples:", "  keepsake targets set nas quota=200GB", "  keepsake targets set nas quota=",
				"  keepsake targets set cloud append-only=true prune=never" })
public final class TargetsSetCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target.")
	private String name = "";

	@Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "A setting and its value.")
	private Map<String, String> settings = new LinkedHashMap<>();

	/** One run of the command. */
	public TargetsSetCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		refuseSecrets(settings);
		Targets.Entry before = cli.engine().targets().list().stream().filter(entry -> entry.name().equals(name))
				.findFirst().orElse(new Targets.Entry(name, "", false));
		Targets.Entry entry = cli.engine().targets().configure(name, settings);
		try (BackupTarget _ = cli.engine().targets().open(name)) {
			// Opened once, so that a value that its kind refuses is told now; nothing is connected by that.
		} catch (IOException e) {
			takeBack(before, e);
			throw e;
		}
		if (cli.json()) {
			cli.print(TargetsListCommand.json(entry));
		} else if (entry.settings().isEmpty()) {
			cli.print(Human.printable(entry.name()) + " has no settings now.");
		} else {
			cli.print(Human.printable(entry.name()) + " now has these settings:");
			TargetsListCommand.settings(entry).forEach(line -> cli.print("  " + line));
		}
		return Cli.DONE;
	}

	private void takeBack(Targets.Entry before, IOException failure) {
		Map<String, String> old = new LinkedHashMap<>();
		settings.keySet().forEach(key -> old.put(key, before.settings().getOrDefault(key, "")));
		try {
			cli.engine().targets().configure(name, old);
		} catch (IOException e) {
			failure.addSuppressed(e);
		}
	}

	/** Settings are kept in the clear; what is called like a secret must not be among them. */
	static void refuseSecrets(Map<String, String> settings) throws IOException {
		for (Map.Entry<String, String> each : settings.entrySet()) {
			String key = each.getKey().toLowerCase(Locale.ROOT);
			if (!each.getValue().isEmpty() && (key.contains("password") || key.contains("secret")
					|| key.contains("passphrase") || key.contains("token"))) {
				throw CliProblems.SECRET_AS_SETTING.exception(each.getKey());
			}
			Place.refusePassword(each.getValue());
		}
	}
}
