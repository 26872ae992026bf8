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
import org.keepsake.engine.ExportedBackup;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake export}. */
@Command(name = "export",
		description = { "Writes a kept backup into a folder, as Finder, iTunes and Apple Devices have it.",
				"They restore it from there: put it where they keep theirs. It stays encrypted if the device encrypted it. "
						+ "Decrypted files: keepsake extract." },
		footer = { "", "Examples:", "  keepsake export latest /media/disk/for-finder --target nas",
				"  keepsake export 3f2a91c4 ~/Library/Application\\ Support/MobileSync/Backup" })
public final class ExportCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Parameters(index = "1", paramLabel = "FOLDER",
			description = "It gets a folder named as the device's identifier; made if it does not exist.")
	private Path folder = Path.of("");

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	/** One run of the command. */
	public ExportCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		ExportedBackup done = cli
				.run(monitor -> cli.engine().export(kept, folder.toAbsolutePath().normalize(), monitor));
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("snapshot", kept.snapshot().id().value())
					.put("folder", done.folder().toString()).put("files", Long.valueOf(done.files()))
					.put("bytes", Long.valueOf(done.bytes())));
		} else {
			cli.print("Exported " + SnapshotOutput.line(kept, cli.zone()) + " to "
					+ Human.printable(done.folder().toString()) + ": " + Human.files(done.files()) + ", "
					+ Human.bytes(done.bytes()) + '.');
		}
		return Cli.DONE;
	}
}
