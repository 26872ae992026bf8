// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Verification;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake snapshots}. */
@Command(name = "snapshots", description = "Lists the kept backups, newest first, those of other programs included.",
		footer = { "", "Examples:", "  keepsake snapshots", "  keepsake snapshots --target /media/disk/backups",
				"  keepsake snapshots --target restic:/media/disk/repo",
				"  keepsake snapshots --device 00008120-000123456789ABCD --json" })
public final class SnapshotsCommand implements Callable<Integer> {

	private final Cli cli;

	@Option(names = "--target", paramLabel = "TARGET",
			description = "Look only there: a configured name, a folder, or a repository's location. All configured ones if "
					+ "left out.")
	private @Nullable String target;

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Only backups of this device.")
	private @Nullable Udid device;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public SnapshotsCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = Place.known(cli, target);
		options.give(cli, place);
		List<KeptBackup> all = cli.engine().snapshots(place, device,
				problem -> cli.warn(problem.title() + ". " + problem.cause()));
		Map<Verification.Subject, List<Verification>> proofs = cli.engine().verifications();
		if (cli.json()) {
			List<JsonObject> rows = new ArrayList<>();
			for (KeptBackup kept : all) {
				rows.add(SnapshotOutput.json(kept).put("verifications",
						proofs.getOrDefault(Verification.Subject.of(kept), List.of()).stream().map(SnapshotOutput::json)
								.toList()));
			}
			cli.print(rows);
			return Cli.DONE;
		}
		if (all.isEmpty()) {
			cli.say("There is no backup yet. Make one with: keepsake backup"
					+ (target == null ? "" : " --to " + Human.printable(target)));
			return Cli.DONE;
		}
		Table table = new Table(Set.of(Integer.valueOf(4), Integer.valueOf(5)), "ID", "DEVICE", "IOS", "FINISHED",
				"SIZE", "FILES", "ENCRYPTED", "PROVEN", "TARGET");
		for (KeptBackup kept : all) {
			BackupSummary summary = kept.snapshot().summary();
			table.add(kept.snapshot().id().brief(),
					Human.orDash(summary.deviceName().isBlank() ? summary.udid().value() : summary.deviceName()),
					Human.orDash(summary.iosVersion()),
					summary.complete() ? Human.date(summary.finishedAt(), cli.zone()) : "incomplete",
					Human.bytes(summary.sizeBytes()), Human.number(summary.files()),
					Human.yesNo(Boolean.valueOf(summary.encrypted())),
					SnapshotOutput.proven(proofs.getOrDefault(Verification.Subject.of(kept), List.of())),
					Human.orDash(kept.target()));
		}
		table.lines().forEach(cli::print);
		return Cli.DONE;
	}
}
