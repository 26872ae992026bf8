// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.engine.Human;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.RepairOptions;
import org.keepsake.repository.RepairReport;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake repo repair}. */
@Command(name = "repair",
		description = { "Saves what can be saved of a damaged repository.",
				"What is readable is taken out of damaged files; snapshots that miss content are replaced by ones without the "
						+ "files it belongs to. If what is damaged may still be whole on another disk, copy it back first: "
						+ "that saves more." },
		footer = { "", "Examples:", "  keepsake repo repair nas --dry-run", "  keepsake repo repair nas" })
public final class RepoRepairCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--dry-run", description = "Only tell what would be done.")
	private boolean dryRun;

	@Mixin
	private LockOption lock = new LockOption();

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public RepoRepairCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = repository.prepared(cli);
		try (Repository open = repository.open(cli)) {
			if (!dryRun && !yes) {
				cli.say("This rewrites what is damaged in " + Human.printable(open.location())
						+ ". To see first what would be done: --dry-run");
				cli.confirm("The repository at " + open.location() + " would be changed", "yes");
			}
			DamageOutput damage = new DamageOutput(cli, DeviceVersions.of(cli, place));
			RepairReport report = cli.run(
					monitor -> open.repair(new RepairOptions(dryRun, true, lock.patience()), monitor));
			if (!report.touched().isEmpty()) {
				damage.learnNames(report.touched(), DeviceVersions.of(cli, place), password);
			}
			tell(report, damage);
		}
		return Cli.DONE;
	}

	private void tell(RepairReport report, DamageOutput damage) {
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("dryRun", Boolean.valueOf(dryRun))
					.put("packsListed", Integer.valueOf(report.packsListed()))
					.put("packsSalvaged", Integer.valueOf(report.packsSalvaged()))
					.put("blobsSaved", Long.valueOf(report.blobsSaved()))
					.put("blobsLost", Long.valueOf(report.blobsLost())).put("filesDeleted", report.filesDeleted())
					.put("snapshotsChanged", report.snapshotsChanged().stream().map(BlobId::toString).toList())
					.put("touched", report.touched().stream().map(damage::json).toList())
					.put("check", damage.json(report.check())));
			return;
		}
		if (report.check().isSound() && report.packsListed() == 0) {
			cli.print("There is nothing to repair.");
			return;
		}
		damage.say(report.check());
		if (dryRun) {
			long snapshots = report.touched().stream().map(CheckReport.Touched::snapshot).distinct().count();
			cli.print("A repair would take what is readable out of " + count(report.packsSalvaged(), "damaged pack")
					+ ", list " + count(report.packsListed(), "pack") + " that no index lists, and replace "
					+ count(snapshots, "snapshot") + " by ones without what cannot be restored whole.");
			return;
		}
		cli.print("Repaired:");
		cli.print("  " + count(report.packsListed(), "pack") + " that no index listed");
		cli.print("  " + count(report.packsSalvaged(), "damaged pack") + ": " + count(report.blobsSaved(), "piece")
				+ " of content saved, " + Human.number(report.blobsLost()) + " lost");
		cli.print("  " + count(report.filesDeleted().size(), "file") + " of the repository beyond use, deleted");
		cli.print("  " + count(report.snapshotsChanged().size(), "snapshot")
				+ " replaced by ones without the files that cannot be restored whole");
		if (!report.snapshotsChanged().isEmpty()) {
			cli.say("Make a backup now while the devices are at hand: what it brings anew is whole again.");
		}
	}

	private static String count(long number, String what) {
		return Human.number(number) + ' ' + what + (number == 1 ? "" : "s");
	}
}
