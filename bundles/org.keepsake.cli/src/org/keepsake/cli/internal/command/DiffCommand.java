// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.Amount;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.Comparison.DomainChange;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake diff}. */
@Command(name = "diff",
		description = {
				"Tells what two backups differ in: what the second has that the first had not, and the other way "
						+ "round.",
				"Records by data set, files by domain. With --data the records themselves, a line each: + is "
						+ "new, - is gone, ~ has changed." },
		footer = { "", "Examples:", "  keepsake diff adacbcc6 latest",
				"  keepsake diff adacbcc6 8e6dbb54 --data contacts",
				"  keepsake diff adacbcc6 latest --json" })
public final class DiffCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "OLDER",
			description = { "The first backup: an id, the beginning of one, or a "
					+ "path." })
	private String older = "";

	@Parameters(index = "1", paramLabel = "NEWER", description = "The second backup; latest for the newest.")
	private String newer = "";

	@Option(names = "--target", paramLabel = "TARGET",
			description = "Where the backups are: a configured name or a folder. All configured ones if left out.")
	private @Nullable String target;

	@Option(names = "--data", paramLabel = "NAME", description = "List the records of this data set that differ.")
	private @Nullable String dataSet;

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public DiffCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = Place.known(cli, target);
		options.give(cli, place);
		KeptBackup first = cli.engine().find(older, place, device);
		KeptBackup second = cli.engine().find(newer, place, device);
		cli.say("From " + SnapshotOutput.line(first, cli.zone()));
		cli.say("to   " + SnapshotOutput.line(second, cli.zone()));
		try (OpenedBackup before = Opening.open(cli, first, password);
				OpenedBackup after = Opening.open(cli, second, password)) {
			String wanted = dataSet;
			if (wanted != null) {
				records(before, after, after.dataSet(wanted));
				return Cli.DONE;
			}
			Comparison comparison = cli.query(monitor -> cli.engine().compare(before, after, monitor));
			if (cli.json()) {
				cli.print(json(first, second, comparison));
			} else {
				print(comparison);
			}
			return Cli.DONE;
		}
	}

	private void records(OpenedBackup before, OpenedBackup after, DataSet set) throws IOException {
		long[] count = new long[1];
		cli.engine().compareRecords(before, after, set, (change, entry) -> {
			count[0]++;
			if (cli.json()) {
				cli.print(new JsonObject().put("change", change.name().toLowerCase(Locale.ROOT))
						.putAll(DataCommand.json(entry)));
			} else {
				String line = switch (change) {
					case ADDED -> cli.outStyle().good("+ ");
					case CHANGED -> cli.outStyle().warn("~ ");
					case REMOVED -> cli.outStyle().bad("- ");
				};
				cli.print(line + DataCommand.when(cli, entry.date()) + Human.printable(entry.headline()));
			}
			return !cli.terminal().out().checkError();
		}, org.keepsake.core.JobMonitor.NONE);
		if (count[0] == 0) {
			cli.say("Nothing differs.");
		}
	}

	private void print(Comparison comparison) {
		boolean same = comparison.domains().isEmpty() && comparison.dataSets().stream().allMatch(DataSetChange::isSame);
		if (same) {
			cli.print("Nothing differs.");
			return;
		}
		for (DataSetChange change : comparison.dataSets()) {
			String trouble = change.trouble();
			if (trouble != null) {
				cli.warn(change.title() + " could not be compared. " + trouble);
			} else if (!change.isSame()) {
				cli.print(Human.printable(change.title()) + ": " + sentence(change));
			}
		}
		if (comparison.domains().isEmpty()) {
			return;
		}
		cli.print("");
		Table table = new Table(Set.of(Integer.valueOf(1), Integer.valueOf(2), Integer.valueOf(3)), "DOMAIN", "ADDED",
				"CHANGED", "REMOVED");
		for (DomainChange change : comparison.domains()) {
			table.add(Human.printable(change.domain()), amount(change.added()), amount(change.changed()),
					amount(change.removed()));
		}
		table.lines().forEach(cli::print);
	}

	/** {@code 3 gone, 214 new}. */
	private static String sentence(DataSetChange change) {
		List<String> parts = new ArrayList<>();
		if (change.removed() > 0) {
			parts.add(Human.number(change.removed()) + " gone");
		}
		if (change.added() > 0) {
			parts.add(Human.number(change.added()) + " new");
		}
		if (change.changed() > 0) {
			parts.add(Human.number(change.changed()) + " changed");
		}
		return String.join(", ", parts) + " (" + Human.number(change.before()) + " before, "
				+ Human.number(change.after()) + " now)";
	}

	private static String amount(Amount amount) {
		return amount.files() == 0 ? "–" : Human.number(amount.files()) + " (" + Human.bytes(amount.bytes()) + ")";
	}

	private static JsonObject json(KeptBackup first, KeptBackup second, Comparison comparison) {
		return new JsonObject().put("older", first.snapshot().id().value()).put("newer", second.snapshot().id().value())
				.put("dataSets", comparison.dataSets().stream().map(DiffCommand::json).toList())
				.put("domains", comparison.domains().stream().map(DiffCommand::json).toList());
	}

	private static JsonObject json(DataSetChange change) {
		return new JsonObject().put("dataSet", change.dataSet()).put("title", change.title())
				.put("before", Long.valueOf(change.before())).put("after", Long.valueOf(change.after()))
				.put("added", Long.valueOf(change.added())).put("changed", Long.valueOf(change.changed()))
				.put("removed", Long.valueOf(change.removed())).put("trouble", change.trouble());
	}

	private static JsonObject json(DomainChange change) {
		return new JsonObject().put("domain", change.domain()).put("added", json(change.added()))
				.put("changed", json(change.changed())).put("removed", json(change.removed()));
	}

	private static JsonObject json(Amount amount) {
		return new JsonObject().put("files", Long.valueOf(amount.files())).put("bytes", Long.valueOf(amount.bytes()));
	}
}
