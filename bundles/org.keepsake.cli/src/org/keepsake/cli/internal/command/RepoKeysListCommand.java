// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.engine.Human;
import org.keepsake.repository.KeyInfo;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake repo keys list}. */
@Command(name = "list", description = "Lists the keys of a repository, and says which one opened it now.",
		footer = { "", "Examples:", "  keepsake repo keys list nas", "  keepsake repo keys list nas --json" })
public final class RepoKeysListCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	/** One run of the command. */
	public RepoKeysListCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		try (Repository open = repository.open(cli)) {
			List<KeyInfo> keys = open.keys();
			if (cli.json()) {
				cli.print(keys.stream().map(RepoKeysListCommand::json).toList());
				return Cli.DONE;
			}
			Table table = new Table(Set.of(), "KEY", "MADE", "BY", "ON", "USED NOW");
			keys.forEach(key -> table.add(key.id().brief(), Human.date(key.created(), cli.zone()),
					Human.orDash(key.user()), Human.orDash(key.host()), key.inUse() ? "yes" : ""));
			table.lines().forEach(cli::print);
		}
		return Cli.DONE;
	}

	/** A key for a program. */
	static JsonObject json(KeyInfo key) {
		return new JsonObject().put("id", key.id().toString()).put("created", key.created())
				.put("user", DeviceOutput.orNull(key.user())).put("host", DeviceOutput.orNull(key.host()))
				.put("inUse", Boolean.valueOf(key.inUse()));
	}
}
