// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;
import org.keepsake.engine.KeptBackup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake delete}. */
@Command(name = "delete",
		description = { "Deletes a kept backup, for good.", "Other versions of the same device keep all their files." },
		footer = { "", "Examples:", "  keepsake delete 3f2a91c4",
				"  keepsake delete 3f2a91c4 --target /media/disk/backups --yes" })
public final class DeleteCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public DeleteCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		if (!yes) {
			cli.say("This deletes, for good: " + SnapshotOutput.line(kept, cli.zone()));
			if (kept.snapshot().newest()) {
				cli.say(cli.errStyle().warn("It is the newest backup of this device there."));
			}
			cli.confirm("The backup " + kept.snapshot().id().brief() + " would be deleted", "yes");
		}
		cli.run(monitor -> {
			cli.engine().delete(kept, monitor);
			return kept;
		});
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("snapshot", kept.snapshot().id().value()).put("path",
					kept.snapshot().path()));
		} else {
			cli.print("Deleted " + SnapshotOutput.line(kept, cli.zone()) + ".");
		}
		return Cli.DONE;
	}
}
