// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Command;

/** {@code keepsake targets list}. */
@Command(name = "list", description = "Lists the configured targets.",
		footer = { "", "Examples:", "  keepsake targets list", "  keepsake targets list --json" })
public final class TargetsListCommand implements Callable<Integer> {

	private final Cli cli;

	/** One run of the command. */
	public TargetsListCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		List<Targets.Entry> entries = cli.engine().targets().list();
		if (cli.json()) {
			cli.print(entries.stream().map(TargetsListCommand::json).toList());
			return Cli.DONE;
		}
		if (entries.isEmpty()) {
			cli.say("No target is configured. Add one with: keepsake targets add NAME FOLDER --default");
			return Cli.DONE;
		}
		if (entries.stream().allMatch(entry -> entry.settings().isEmpty())) {
			Table table = new Table(Set.of(), "NAME", "DEFAULT", "LOCATION");
			entries.forEach(entry -> table.add(Human.printable(entry.name()), entry.isDefault() ? "yes" : "",
					Human.printable(entry.location())));
			table.lines().forEach(cli::print);
			return Cli.DONE;
		}
		Table table = new Table(Set.of(), "NAME", "DEFAULT", "LOCATION", "SETTINGS");
		entries.forEach(entry -> table.add(Human.printable(entry.name()), entry.isDefault() ? "yes" : "",
				Human.printable(entry.location()), String.join(" ", settings(entry))));
		table.lines().forEach(cli::print);
		return Cli.DONE;
	}

	/** A target for a program. */
	static JsonObject json(Targets.Entry entry) {
		return new JsonObject().put("name", entry.name()).put("location", entry.location())
				.put("default", Boolean.valueOf(entry.isDefault())).put("settings", new TreeMap<>(entry.settings()));
	}

	/** Its settings for a person, a line each. */
	static List<String> settings(Targets.Entry entry) {
		return new TreeMap<>(entry.settings()).entrySet().stream()
				.map(each -> Human.printable(each.getKey() + '=' + each.getValue())).toList();
	}
}
