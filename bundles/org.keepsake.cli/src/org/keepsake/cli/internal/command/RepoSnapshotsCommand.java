// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.engine.Human;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SnapshotRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake repo snapshots}. */
@Command(name = "snapshots",
		description = { "Lists all snapshots in a repository, newest first, whoever made them and of whatever.",
				"Only the backups of devices, with their iOS and how they were proven: keepsake snapshots --target PLACE" },
		footer = { "", "Examples:", "  keepsake repo snapshots nas", "  keepsake repo snapshots nas --json" })
public final class RepoSnapshotsCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	/** One run of the command. */
	public RepoSnapshotsCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = repository.prepared(cli);
		List<SnapshotRecord> all;
		try (Repository open = repository.open(cli)) {
			all = open.readableSnapshots(problem -> cli.warn(problem.title()));
		}
		DeviceVersions versions = DeviceVersions.of(cli, place);
		if (cli.json()) {
			cli.print(all.stream().map(versions::json).toList());
			return Cli.DONE;
		}
		if (all.isEmpty()) {
			cli.say("There is no snapshot yet. Make one with: keepsake backup --to "
					+ Human.printable(repository.written()));
			return Cli.DONE;
		}
		Table table = new Table(Set.of(Integer.valueOf(3)), "ID", "WHAT", "MADE", "SIZE", "HOST", "PROGRAM");
		all.forEach(one -> table.add(one.brief(), versions.label(one), Human.date(one.time(), cli.zone()),
				versions.sizeBytes(one) < 0 ? "–" : Human.bytes(versions.sizeBytes(one)), Human.orDash(one.host()),
				Human.orDash(one.program())));
		table.lines().forEach(cli::print);
		return Cli.DONE;
	}
}
