// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.engine.Human;
import org.keepsake.engine.ImportReport;
import org.keepsake.engine.KeptBackup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake import}. */
@Command(name = "import",
		description = { "Takes backups from a folder into a repository, as versions of the times they were made.",
				"The folder is that of Finder, iTunes, Apple Devices, idevicebackup2 or Keepsake: one device's, or one with "
						+ "many. It is not changed. What is equal in several versions is stored once; what was imported "
						+ "before is left out. Backups that are encrypted stay so, and no password of theirs is needed." },
		footer = { "", "Examples:", "  keepsake import /media/disk/backups --to nas",
				"  keepsake import ~/Library/Application\\ Support/MobileSync/Backup --to restic:/media/disk/repo" })
public final class ImportCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "FOLDER",
			description = "A backup's folder, which holds Manifest.plist, or a folder of such folders.")
	private Path folder = Path.of("");

	@Option(names = "--to", paramLabel = "TARGET", required = true,
			description = "The repository: a configured target's name, or a location such as restic:/media/disk/repo.")
	private String target = "";

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public ImportCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = RepositoryArgument.known(cli, target);
		options.give(cli, place);
		ImportReport report = cli
				.run(monitor -> cli.engine().importFolder(folder.toAbsolutePath().normalize(), place, monitor));
		if (cli.json()) {
			cli.print(JsonObject.event("finished")
					.put("imported", report.imported().stream().map(SnapshotOutput::json).toList())
					.put("present", report.present().stream().map(one -> one.id().value()).toList())
					.put("incomplete", report.incomplete().stream().map(one -> one.path()).toList()));
			return Cli.DONE;
		}
		for (KeptBackup kept : report.imported()) {
			cli.print("Imported " + SnapshotOutput.line(kept, cli.zone()));
		}
		report.incomplete().forEach(one -> cli.warn("Left out, since no device finished it: " + one.path()));
		cli.print(summary(report));
		if (!report.imported().isEmpty()) {
			cli.say("To see them: keepsake snapshots --target " + Human.printable(target));
		}
		return Cli.DONE;
	}

	private static String summary(ImportReport report) {
		int present = report.present().size();
		String there = present == 0 ? "" : "; " + present + (present == 1 ? " was" : " were") + " there already";
		int count = report.imported().size();
		return (count == 0 ? "No backup was imported" : count == 1 ? "One backup imported" : count
				+ " backups imported") + there + '.';
	}
}
