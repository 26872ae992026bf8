// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.ReportFormat;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake report}. */
@Command(name = "report",
		description = {
				"Writes a report on a backup, to keep: the device, the date, what is inside, how it was proven, "
						+ "what is missing and why." },
		footer = { "", "Examples:", "  keepsake report latest",
				"  keepsake report latest --format pdf --output reports" })
public final class ReportCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Option(names = "--format", paramLabel = "FORMAT", defaultValue = "html",
			description = "html, one page that needs nothing else, or pdf; html if left out.")
	private ReportFormat format = ReportFormat.HTML;

	@Option(names = { "-o", "--output" }, paramLabel = "DIR", defaultValue = ".",
			description = "The folder to write to, made if it does not exist; the present one if left out.")
	private Path output = Path.of(".");

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	/** One run of the command. */
	public ReportCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		try (OpenedBackup opened = Opening.open(cli, kept, password)) {
			Path file = cli.query(monitor -> cli.engine().report(opened, format, output, monitor));
			if (cli.json()) {
				cli.print(new JsonObject().put("file", file.toAbsolutePath().normalize().toString()));
			} else {
				cli.print("Wrote " + file.normalize() + ".");
			}
		}
		return Cli.DONE;
	}
}
