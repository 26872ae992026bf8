// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.ExtractReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake extract}. */
@Command(name = "extract",
		description = { "Copies files out of a backup, decrypted.",
				"They are written below the folder as DOMAIN/PATH." },
		footer = { "", "Examples:", "  keepsake extract latest --output photos --domain CameraRollDomain "
				+ "--path 'Media/DCIM/**'", "  keepsake extract 3f2a91c4 --output everything" })
public final class ExtractCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Option(names = { "-o", "--output" }, paramLabel = "DIR", required = true,
			description = "The folder to write to; made if it does not exist.")
	private Path output = Path.of("");

	@Mixin
	private FileSelection selection = new FileSelection();

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	/** One run of the command. */
	public ExtractCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		ExtractReport report = kept.snapshot().summary().encrypted()
				? new Passwords(cli).unlocking(kept.snapshot().summary().udid(), "The backup is encrypted", password,
						secret -> extract(kept, secret))
				: extract(kept, null);
		JsonObject members = new JsonObject().put("files", Long.valueOf(report.files()))
				.put("bytes", Long.valueOf(report.bytes())).put("output", output.toAbsolutePath().toString())
				.put("damaged", report.damaged().stream().map(VerifyCommand::json).toList());
		if (!report.damaged().isEmpty()) {
			cli.say(wrote(report));
			report.damaged().forEach(damage -> cli.say("  " + VerifyCommand.sentence(damage)));
			cli.tell(CliProblems.EXTRACT_INCOMPLETE.problem(Integer.valueOf(report.damaged().size()),
					VerifyCommand.sentence(report.damaged().getFirst())), members);
			return Cli.PROBLEM;
		}
		if (cli.json()) {
			cli.print(JsonObject.event("finished").putAll(members));
		} else if (report.files() == 0) {
			cli.say("No file of the backup is like this; nothing was written.");
		} else {
			cli.print(wrote(report));
		}
		return Cli.DONE;
	}

	private ExtractReport extract(KeptBackup kept, @Nullable Secret secret) throws IOException {
		return cli.run(monitor -> cli.engine().extract(kept, selection.filter(), output, secret, monitor));
	}

	private String wrote(ExtractReport report) {
		return "Wrote " + Human.files(report.files()) + ", " + Human.bytes(report.bytes()) + ", to " + output + ".";
	}
}
