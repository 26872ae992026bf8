// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.storage.Setting;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets set}. */
@Command(name = "set",
		description = {
				"Changes settings of a target: KEY=VALUE sets one, KEY= removes it. Lists them if none is named.",
				"For repositories: quota=50GB (no more is stored), compression=auto|off|max, prune=auto|never, "
						+ "pack.size=16M, append-only=true (the store lets files only be added; targets check --attack proves it). What "
						+ "a kind of server wants besides is in docs/command-line.md." },
		footer = { "", "Examples:", "  keepsake targets set nas", "  keepsake targets set nas quota=200GB",
				"  keepsake targets set nas quota=",
				"  keepsake targets set cloud append-only=true prune=never" })
public final class TargetsSetCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target.")
	private String name = "";

	@Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "A setting and its value.")
	private Map<String, String> settings = new LinkedHashMap<>();

	/** One run of the command. */
	public TargetsSetCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		if (settings.isEmpty()) {
			tell();
			return Cli.DONE;
		}
		refuseSecrets(settings);
		Targets.Entry entry = cli.engine().targets().configure(name, settings);
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

	/** What can be set, and what is. */
	private void tell() throws IOException {
		Map<String, String> now = cli.engine().targets().list().stream().filter(entry -> entry.name().equals(name))
				.findFirst().map(Targets.Entry::settings).orElse(Map.of());
		List<Setting> all = cli.engine().targets().settings(name).stream().filter(setting -> !setting.isHidden())
				.toList();
		if (cli.json()) {
			cli.print(all.stream().map(each -> new JsonObject().put("key", each.key()).put("title", each.title())
					.put("help", each.help()).put("value", now.get(each.key()))).toList());
			return;
		}
		if (all.isEmpty()) {
			cli.say("Nothing can be set for a place of this kind.");
			return;
		}
		Table table = new Table(Set.of(), "KEY", "VALUE", "WHAT IT IS");
		all.forEach(each -> table.add(each.key(), Human.printable(now.getOrDefault(each.key(), "")), each.title()));
		table.lines().forEach(cli::print);
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
