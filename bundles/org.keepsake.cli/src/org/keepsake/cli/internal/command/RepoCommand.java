// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake repo}. */
@Command(name = "repo", synopsisSubcommandLabel = "COMMAND",
		description = { "Looks after repositories: encrypted, deduplicated versions in the format of restic.",
				"PLACE is a configured target's name, or a location: restic:FOLDER, s3:https://HOST/BUCKET/PREFIX, "
						+ "rest:https://HOST/PATH, sftp:USER@HOST:/PATH or smb://HOST/SHARE/PATH. What deletes asks first, "
						+ "and tells what it would do with --dry-run. The program restic can do all this as well." },
		subcommands = { RepoInitCommand.class, RepoKeysCommand.class, RepoSnapshotsCommand.class,
				RepoStatsCommand.class, RepoCheckCommand.class, RepoRepairCommand.class, RepoForgetCommand.class,
				RepoPruneCommand.class, RepoUnlockCommand.class, RepoCopyCommand.class },
		footer = { "", "Examples:", "  keepsake repo init restic:/media/disk/repo      a new repository in a folder",
				"  keepsake backup --to restic:/media/disk/repo    back up into it",
				"  keepsake repo check nas --read-data             prove every byte of the target nas",
				"  keepsake repo forget nas --keep-daily 7 --keep-monthly 12 --prune --dry-run",
				"  keepsake repo stats nas                         what is stored, what deleting would free" })
public final class RepoCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Does nothing by itself. @param cli unused here; each command is made with it */
	public RepoCommand(Cli cli) {
		// Its subcommands do the work.
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(),
				"Say what to do: " + String.join(", ", spec.subcommands().keySet()));
	}
}
