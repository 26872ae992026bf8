// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.storage.Storage;
import org.keepsake.engine.Human;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake repo check}. */
@Command(name = "check",
		description = { "Looks for damage in a repository.",
				"Every list, every folder, and that all content is there with its size; with --read-data besides that every "
						+ "byte is what was stored. Damage names the files of the repository, the snapshots, and the devices' "
						+ "files that it touches, and ends with exit status 1." },
		footer = { "", "Examples:", "  keepsake repo check nas", "  keepsake repo check nas --read-data",
				"  keepsake repo check nas --read-data-subset 3/7      a seventh each day of the week",
				"  keepsake repo check nas --read-data-subset 5GB" })
public final class RepoCheckCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Option(names = "--read-data", description = "Read and prove every byte.")
	private boolean readData;

	@Option(names = "--read-data-subset", paramLabel = "PART", converter = DataSubset.Converter.class,
			description = "Read a part: N%% or SIZE (such as 5GB) for about so much, chosen at random; or N/M for the Nth of "
					+ "M parts, which together are all.")
	private @Nullable DataSubset subset;

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Mixin
	private LockOption lock = new LockOption();

	/** One run of the command. */
	public RepoCheckCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		if (readData && subset != null) {
			throw new ParameterException(spec.commandLine(),
					"--read-data reads everything; leave --read-data-subset out");
		}
		String place = repository.prepared(cli);
		try (Repository open = repository.open(cli)) {
			CheckOptions options = options(place);
			CheckReport report = cli.run(monitor -> open.check(options, monitor));
			if (!report.isSound()) {
				return damaged(place, report, open.location());
			}
			sound(report);
		}
		return Cli.DONE;
	}

	private CheckOptions options(String place) throws IOException {
		DataSubset wanted = subset;
		if (wanted == null) {
			return new CheckOptions(readData ? 1 : 0, 1, lock.patience());
		}
		try (Storage storage = cli.engine().repositories().storage(place)) {
			DataSubset.Part part = wanted.in(storage);
			cli.say("Reading part " + part.part() + " of " + part.parts() + " of the data.");
			return new CheckOptions(part.part(), part.parts(), lock.patience());
		}
	}

	private int damaged(String place, CheckReport report, String location) throws IOException {
		DeviceVersions versions = DeviceVersions.of(cli, place);
		DamageOutput damage = new DamageOutput(cli, versions);
		damage.learnNames(report.touched(), versions, password);
		damage.say(report);
		if (readData || subset != null) {
			cli.say(read(report) + '.');
		}
		CheckReport.Finding first = report.findings().getFirst();
		cli.tell(CliProblems.REPOSITORY_DAMAGED.problem(location, Integer.valueOf(report.findings().size()),
				first.file(), Long.valueOf(report.touchedCount())), damage.json(report));
		return Cli.PROBLEM;
	}

	private void sound(CheckReport report) {
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("snapshots", Integer.valueOf(report.snapshots()))
					.put("packs", Integer.valueOf(report.packs())).put("blobs", Integer.valueOf(report.blobs()))
					.put("packsRead", Integer.valueOf(report.packsRead()))
					.put("bytesRead", Long.valueOf(report.bytesRead())).put("hints", report.hints()));
			return;
		}
		report.hints().forEach(cli::warn);
		if (report.snapshots() == 0 && report.packs() == 0) {
			cli.print("The repository is sound, and empty.");
			return;
		}
		cli.print("The repository is sound: " + count(report.snapshots(), "snapshot") + ", "
				+ count(report.packs(), "pack") + ", " + count(report.blobs(), "piece") + " of content. "
				+ (report.packsRead() == 0 ? "All of it is there with its size."
						: read(report) + ": every byte of what was read is what was stored."));
		if (report.packsRead() == 0 && subset != null) {
			cli.warn(read(report) + ": none lies in this part.");
		}
		if (report.packsRead() == 0 && report.packs() > 0 && subset == null) {
			cli.say("To read and prove every byte as well: --read-data");
		}
	}

	private static String read(CheckReport report) {
		return Human.number(report.packsRead()) + " of " + count(report.packs(), "pack") + " ("
				+ Human.bytes(report.bytesRead()) + ") read";
	}

	private static String count(long number, String what) {
		return Human.number(number) + ' ' + what + (number == 1 ? "" : "s");
	}
}
