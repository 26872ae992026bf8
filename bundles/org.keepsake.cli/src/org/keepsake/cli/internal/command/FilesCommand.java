// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.BackupFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake files}. */
@Command(name = "files",
		description = { "Lists the files in a backup: mode, size, time, domain and path.",
				"With --json one object per file and line." },
		footer = { "", "Examples:", "  keepsake files latest", "  keepsake files latest --domain CameraRollDomain "
				+ "--path 'Media/DCIM/**'", "  keepsake files latest --json | jq -r 'select(.size > 1e8) | .path'" })
public final class FilesCommand implements Callable<Integer> {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
	private static final int LOOK_AFTER = 1000;

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Mixin
	private FileSelection selection = new FileSelection();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	private long listed;

	/** One run of the command. */
	public FilesCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		if (kept.snapshot().summary().encrypted()) {
			new Passwords(cli).unlocking(kept.snapshot().summary().udid(), "The backup is encrypted", password,
					secret -> list(kept, secret));
		} else {
			list(kept, null);
		}
		if (listed == 0) {
			cli.say("No file of the backup is like this.");
		}
		return Cli.DONE;
	}

	/** Without a progress line: the list itself shows how it goes. */
	private KeptBackup list(KeptBackup kept, @Nullable Secret secret) throws IOException {
		PrintStream out = cli.terminal().out();
		cli.engine().files(kept, selection.filter(), secret, file -> {
			listed++;
			out.println(cli.json() ? json(file).toString() : line(file, cli.zone()));
			return listed % LOOK_AFTER != 0 || !out.checkError();
		}, JobMonitor.NONE);
		return kept;
	}

	/** A file for a program. */
	static JsonObject json(BackupFile file) {
		return new JsonObject().put("domain", file.domain()).put("path", file.path()).put("fileId", file.fileId())
				.put("size", Long.valueOf(file.sizeBytes())).put("mode", Integer.valueOf(file.mode()))
				.put("modified", file.modified()).put("protectionClass", Integer.valueOf(file.protectionClass()))
				.put("kind", file.kind().name().toLowerCase(Locale.ROOT)).put("linkTarget", file.linkTarget());
	}

	private static String line(BackupFile file, ZoneId zone) {
		String target = file.linkTarget();
		String link = target == null ? "" : " -> " + Human.printable(target);
		return String.format("%s %12d  %s  %s  %s%s", mode(file), Long.valueOf(file.sizeBytes()),
				TIME.format(file.modified().atZone(zone)), Human.printable(file.domain()),
				file.path().isEmpty() ? "." : Human.printable(file.path()), link);
	}

	private static String mode(BackupFile file) {
		StringBuilder mode = new StringBuilder(switch (file.kind()) {
			case FILE -> "-";
			case DIRECTORY -> "d";
			case LINK -> "l";
		});
		for (int bit = 8; bit >= 0; bit--) {
			mode.append((file.mode() >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
		}
		return mode.toString();
	}
}
