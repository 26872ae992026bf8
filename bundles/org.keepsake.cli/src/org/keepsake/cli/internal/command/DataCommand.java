// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.RecordValues;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake data}. */
@Command(name = "data",
		description = { "Shows what is in a backup: messages, contacts, calls, photos, notes, ...",
				"Without NAME it lists the data sets, how much each holds and from when. With NAME it prints the records, a "
						+ "line each, or writes them to files in a format that other programs take. Passwords are masked "
						+ "unless --secrets is given." },
		footer = { "", "Examples:", "  keepsake data latest",
				"  keepsake data latest messages --search 'dinner friday' --since 2026-01-01",
				"  keepsake data latest messages --output chats            in the usual format of the data set",
				"  keepsake data latest contacts --format vcard --output .",
				"  keepsake data latest calls --format csv > calls.csv",
				"  keepsake data latest photos --output photos --option photos.convert=jpeg",
				"  keepsake data latest messages --json | jq -r .text" })
public final class DataCommand implements Callable<Integer> {

	private static final int LOOK_AFTER = 500;

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Parameters(index = "1", arity = "0..1", paramLabel = "NAME",
			description = "The data set, as the list calls it; the list if left out.")
	private @Nullable String name;

	@Option(names = "--search", paramLabel = "TEXT", description = "Only records in which all these words occur.")
	private @Nullable String search;

	@Option(names = "--since", paramLabel = "DATE", converter = Moment.Converter.class,
			description = "Only from this day or time on: 2026-01-31, or 2026-01-31T18:30.")
	private @Nullable Moment since;

	@Option(names = "--until", paramLabel = "DATE", converter = Moment.Converter.class,
			description = "Only up to this day, it included, or before this time.")
	private @Nullable Moment until;

	@Option(names = "--format", paramLabel = "FORMAT",
			description = "Write in this format, to standard output if it is one file and no folder is named. --format list "
					+ "tells which there are, and the options of each.")
	private @Nullable String format;

	@Option(names = { "-o", "--output" }, paramLabel = "DIR",
			description = "Write files below this folder, made if it does not exist.")
	private @Nullable Path output;

	@Option(names = "--option", paramLabel = "NAME=VALUE",
			description = "A wish for the format, such as photos.convert=jpeg or csv.bom=true. --format list tells which "
					+ "there are.")
	private Map<String, String> options = Map.of();

	@Option(names = "--secrets", description = "Give passwords in clear instead of masking them.")
	private boolean secrets;

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	/** One run of the command. */
	public DataCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		refuseWhatWouldBeIgnored();
		KeptBackup kept = snapshot.find(cli, device);
		try (OpenedBackup backup = Opening.open(cli, kept, password)) {
			String wanted = name;
			if (wanted == null) {
				list(kept, backup);
				return Cli.DONE;
			}
			DataSet dataSet = backup.dataSet(wanted);
			String as = format;
			if ("list".equals(as)) {
				formats(dataSet, backup.exporters(dataSet));
			} else if (as == null && output == null) {
				print(backup, dataSet);
			} else {
				List<Exporter> known = backup.exporters(dataSet);
				export(backup, dataSet,
						as == null && !known.isEmpty() ? known.getFirst()
								: backup.exporter(dataSet, as == null ? "csv" : as));
			}
			return Cli.DONE;
		}
	}

	/** Whoever narrows or writes something must hear that it is not done. */
	private void refuseWhatWouldBeIgnored() {
		if (name == null && search != null) {
			throw new ParameterException(spec.commandLine(),
					"--search is for one data set; name it, or search all of them with keepsake search");
		}
		if (name == null && (since != null || until != null || format != null || output != null || secrets)) {
			throw new ParameterException(spec.commandLine(),
					"Name the data set; keepsake data " + Human.printable(snapshot.reference()) + " lists them");
		}
		if (!options.isEmpty() && format == null && output == null) {
			throw new ParameterException(spec.commandLine(), "--option is for a --format, or for an --output");
		}
	}

	private void list(KeptBackup kept, OpenedBackup backup) throws IOException {
		List<JsonObject> rows = new ArrayList<>();
		Table table = new Table(Set.of(Integer.valueOf(1)), "DATA SET", "RECORDS", "FROM", "TO", "REMARKS");
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey = cli.query(monitor -> backup.survey(dataSet, monitor));
			rows.add(json(dataSet, survey));
			boolean present = survey.presence() == Presence.PRESENT;
			List<String> remarks = new ArrayList<>();
			survey.parts().forEach((part, count) -> remarks.add(part + ": " + Human.number(count.longValue())));
			String kinds = String.join(", ", remarks);
			List<String> told = new ArrayList<>();
			if (!kinds.isEmpty()) {
				told.add(survey.remarks().isEmpty() ? kinds : kinds + '.');
			}
			told.addAll(survey.remarks());
			table.add(dataSet.id(), present ? Human.number(survey.count())
					: survey.presence() == Presence.ABSENT ? "–" : "unreadable", day(survey.first()),
					day(survey.last()),
					Human.printable(String.join(" ", told)));
		}
		if (cli.json()) {
			cli.print(rows);
			return;
		}
		cli.say("In " + SnapshotOutput.line(kept, cli.zone()) + ":");
		table.lines().forEach(cli::print);
	}

	private String day(java.time.@Nullable Instant instant) {
		return instant == null ? "" : instant.atZone(cli.zone()).toLocalDate().toString();
	}

	private static JsonObject json(DataSet dataSet, Survey survey) {
		return new JsonObject().put("dataSet", dataSet.id()).put("title", dataSet.title())
				.put("presence", survey.presence().name().toLowerCase(Locale.ROOT))
				.put("records", Long.valueOf(survey.count())).put("parts", survey.parts()).put("first", survey.first())
				.put("last", survey.last()).put("remarks", survey.remarks());
	}

	private void formats(DataSet dataSet, List<Exporter> known) {
		if (cli.json()) {
			cli.print(known.stream().map(exporter -> new JsonObject().put("format", exporter.id())
					.put("title", exporter.title()).put("singleFile", Boolean.valueOf(exporter.isSingleFile()))
					.put("options", exporter.options(dataSet).stream().map(DataCommand::json).toList())).toList());
			return;
		}
		Table table = new Table(Set.of(), "FORMAT", "WHAT", "FILES");
		known.forEach(exporter -> table.add(exporter.id(), Human.printable(exporter.title()),
				exporter.isSingleFile() ? "one" : "several"));
		table.lines().forEach(cli::print);
		Table wishes = new Table(Set.of(), "OPTION", "FORMAT", "WHAT");
		known.forEach(exporter -> exporter.options(dataSet).forEach(wish -> wishes
				.add(wish.name() + '=' + wish.value(), exporter.id(), Human.printable(wish.title()))));
		if (known.stream().anyMatch(exporter -> !exporter.options(dataSet).isEmpty())) {
			cli.print("");
			wishes.lines().forEach(cli::print);
		}
	}

	private static JsonObject json(ExportOption wish) {
		return new JsonObject().put("name", wish.name()).put("value", wish.value()).put("title", wish.title());
	}

	private Selection selection() {
		Moment from = since;
		Moment to = until;
		return new Selection(search, from == null ? null : from.begin(cli.zone()),
				to == null ? null : to.end(cli.zone()), secrets);
	}

	/** Without a progress line: the list itself shows how it goes. */
	private void print(OpenedBackup backup, DataSet dataSet) throws IOException {
		Survey survey = cli.query(monitor -> backup.survey(dataSet, monitor));
		PrintStream out = cli.terminal().out();
		long[] printed = new long[1];
		backup.read(dataSet, selection(), entry -> {
			printed[0]++;
			out.println(cli.json() ? json(entry).toString() : line(entry));
			return printed[0] % LOOK_AFTER != 0 || !out.checkError();
		}, org.keepsake.core.JobMonitor.NONE);
		if (printed[0] == 0 && survey.presence() != Presence.PRESENT) {
			survey.remarks().forEach(cli::warn);
			cli.say(survey.presence() == Presence.ABSENT ? "The backup has none." : "They cannot be read.");
		} else if (printed[0] == 0) {
			cli.say("There is nothing like this.");
		}
	}

	/** A record for a program. */
	static JsonObject json(DataRecord entry) {
		return new JsonObject().put("key", entry.key()).put("date", entry.date()).put("headline", entry.headline())
				.putAll(RecordValues.of(entry));
	}

	private String line(DataRecord entry) {
		return when(cli, entry.date()) + Human.printable(entry.headline());
	}

	/** The date in a column of its own. */
	static String when(Cli cli, java.time.@Nullable Instant date) {
		return date == null ? String.format("%-18s", "")
				: String.format("%tF %<tR  ", date.atZone(cli.zone()));
	}

	private void export(OpenedBackup backup, DataSet dataSet, Exporter exporter) throws IOException {
		OpenedBackup.ExportWish wish = new OpenedBackup.ExportWish(dataSet, exporter, selection(), options);
		Path folder = output;
		if (folder == null) {
			PrintStream out = cli.terminal().out();
			ExportReport report = cli.query(monitor -> backup.export(wish, out, monitor));
			out.flush();
			report.remarks().forEach(cli::warn);
			return;
		}
		ExportReport report = cli.run(monitor -> backup.export(wish, folder, monitor));
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("dataSet", dataSet.id()).put("format", exporter.id())
					.put("output", folder.toAbsolutePath().toString())
					.put("recordsRead", Long.valueOf(report.recordsRead()))
					.put("recordsWritten", Long.valueOf(report.recordsWritten()))
					.put("filesWritten", Long.valueOf(report.filesWritten()))
					.put("filesMissing", Long.valueOf(report.filesMissing())).put("remarks", report.remarks()));
			return;
		}
		report.remarks().forEach(cli::warn);
		if (report.filesMissing() > 0) {
			cli.warn(Human.files(report.filesMissing()) + " that belong to these records are not in the backup.");
		}
		cli.print("Wrote " + Human.number(report.recordsWritten())
				+ (report.recordsWritten() == report.recordsRead() ? "" : " of " + Human.number(report.recordsRead()))
				+ " records as " + exporter.title() + ", " + Human.files(report.filesWritten()) + ", to " + folder
				+ ".");
	}
}
