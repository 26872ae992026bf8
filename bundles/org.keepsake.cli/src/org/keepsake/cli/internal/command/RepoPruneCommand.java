// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.engine.Human;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.PruneReport;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code keepsake repo prune}. */
@Command(name = "prune",
		description = { "Frees what no snapshot of a repository needs, and makes few large packs of many small ones.",
				"It does not ask, since nothing goes that could be restored. It works alone: others wait or are told that the "
						+ "repository is in use." },
		footer = { "", "Examples:", "  keepsake repo prune nas --dry-run",
				"  keepsake repo prune nas --max-unused 0%%       free every byte, however much is written anew" })
public final class RepoPruneCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Mixin
	private PruneSettings settings = new PruneSettings();

	@Option(names = "--dry-run", description = "Only tell what would be done.")
	private boolean dryRun;

	@Mixin
	private LockOption lock = new LockOption();

	/** One run of the command. */
	public RepoPruneCommand(Cli cli) {
		this.cli = cli;
	}

	/** How much may stay. */
	public static final class PruneSettings {

		@Option(names = "--max-unused", paramLabel = "N%", converter = PercentConverter.class, defaultValue = "5%",
				description = "How much of what is stored may be unneeded afterwards, so that little is written anew: 0%% "
						+ "to 100%%, or unlimited; 5%% if left out.")
		private int maxUnused = PruneOptions.DEFAULT.maxUnusedPercent();

		/** In percent. */
		int maxUnused() {
			return maxUnused;
		}
	}

	/** Reads a part such as {@code 5%}. */
	public static final class PercentConverter implements ITypeConverter<Integer> {
		@Override
		public Integer convert(String text) {
			if (text.equals("unlimited")) {
				return Integer.valueOf(100);
			}
			if (!text.matches("\\d{1,3}%") || Integer.parseInt(text.replace("%", "")) > 100) {
				throw new TypeConversionException("'" + text + "' is no part from 0% to 100%");
			}
			return Integer.valueOf(text.replace("%", ""));
		}
	}

	@Override
	public Integer call() throws IOException {
		try (Repository open = repository.open(cli)) {
			PruneOptions base = PruneOptions.DEFAULT;
			PruneOptions options = new PruneOptions(dryRun, settings.maxUnused(), base.repackSmall(), base.packSize(),
					lock.patience());
			PruneReport report = cli.run(monitor -> open.prune(options, monitor));
			if (cli.json()) {
				cli.print(JsonObject.event("finished").put("dryRun", Boolean.valueOf(dryRun)).putAll(json(report)));
			} else {
				cli.print(sentence(report, dryRun));
			}
		}
		return Cli.DONE;
	}

	/** What a prune did, for a program. */
	static JsonObject json(PruneReport report) {
		return new JsonObject().put("packsBefore", Long.valueOf(report.packsBefore()))
				.put("bytesBefore", Long.valueOf(report.bytesBefore()))
				.put("packsDeleted", Long.valueOf(report.packsDeleted()))
				.put("packsRepacked", Long.valueOf(report.packsRepacked()))
				.put("bytesRepacked", Long.valueOf(report.bytesRepacked()))
				.put("bytesFreed", Long.valueOf(report.bytesFreed()))
				.put("bytesStillUnused", Long.valueOf(report.bytesStillUnused()));
	}

	/** What a prune did, for a person. */
	static String sentence(PruneReport report, boolean dryRun) {
		if (report.packsDeleted() == 0 && report.packsRepacked() == 0) {
			return "There is nothing to free" + (report.bytesStillUnused() == 0 ? "."
					: " but " + Human.bytes(report.bytesStillUnused()) + " in packs that are mostly needed; "
							+ "--max-unused 0% frees that, too.");
		}
		String rewritten = report.packsRepacked() == 0 ? ""
				: ", " + Human.number(report.packsRepacked()) + " written anew (" + Human.bytes(report.bytesRepacked())
						+ ")";
		return (dryRun ? "This would free " : "Freed ") + Human.bytes(Math.max(0, report.bytesFreed())) + " of "
				+ Human.bytes(report.bytesBefore()) + ": " + Human.number(report.packsDeleted()) + " of "
				+ Human.number(report.packsBefore()) + " packs " + (dryRun ? "would be deleted" : "deleted") + rewritten
				+ '.' + (report.bytesStillUnused() > 0
						? ' ' + Human.bytes(report.bytesStillUnused()) + " that nobody needs "
								+ (dryRun ? "would stay" : "stay") + " in packs that are mostly needed."
						: "");
	}
}
