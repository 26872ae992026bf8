// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.Engine;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;
import org.keepsake.ios.protocol.TransferResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake backup}. */
@Command(name = "backup",
		description = { "Backs a device up.",
				"The first backup takes everything; later ones take what has changed. Since iOS 16.1 the device asks for "
						+ "its passcode each time. The newest complete backup stays restorable until the new one is done." },
		footer = { "", "Examples:",
				"  keepsake backup                              the one connected device, to the default "
						+ "target",
				"  keepsake backup --to /media/disk/backups     into a folder",
				"  keepsake backup --to restic:/media/disk/repo into a repository",
				"  keepsake backup --keep 5                     and keep five earlier versions, no more",
				"  keepsake backup 00008120-000123456789ABCD --to nas --full --json" })
public final class BackupCommand implements Callable<Integer> {

	private static final int MOST_REMARKS = 10;

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	@Option(names = "--to", paramLabel = "TARGET",
			description = "Where to keep it: a configured name, a folder, or a repository's location. The default target if "
					+ "left out.")
	private @Nullable String target;

	@Option(names = "--full", description = "Take everything anew, though an older backup could be continued.")
	private boolean full;

	@Option(names = "--keep", paramLabel = "N", converter = KeepOptions.CountConverter.class,
			description = "How many earlier versions of the device stay besides the new one: a number, or all. If left out, "
					+ "0 in a folder, and all in a repository.")
	private @Nullable Integer keep;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public BackupCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		String place = place();
		BackupRequest request = new BackupRequest(device, place, full, keepEarlier(place));
		BackupResult result = cli.run(monitor -> cli.engine().backup(request, monitor));
		if (cli.json()) {
			cli.print(json(result));
		} else {
			tell(result);
		}
		return Cli.DONE;
	}

	/** A folder holds one version for Apple's programs to find; a repository is there for many. */
	private int keepEarlier(@Nullable String place) throws IOException {
		Integer wanted = keep;
		if (wanted != null) {
			return wanted.intValue() < 0 ? Integer.MAX_VALUE : wanted.intValue();
		}
		Engine engine = cli.engine();
		String where = place != null ? place
				: engine.targets().list().stream().filter(Targets.Entry::isDefault).map(Targets.Entry::name).findFirst()
						.orElse("");
		return !where.isEmpty() && engine.repositories().canBeAt(where) ? Integer.MAX_VALUE : 0;
	}

	/** A word that is no configured name is a folder; it is told, since it may be a slip. */
	private @Nullable String place() throws IOException {
		String word = target;
		String place = Place.of(cli, word);
		options.give(cli, place);
		boolean named = word != null && Place.isWord(word) && word.equals(place);
		if (word != null && place != null && Place.isWord(word) && !named) {
			cli.say("No target is called " + word + "; the folder " + Human.printable(place) + " is meant.");
		}
		if (place != null && !named && looksLikeRepository(place)) {
			cli.warn("There is a repository in this folder. To back up into it: --to restic:" + word);
		}
		return place;
	}

	private static boolean looksLikeRepository(String place) {
		if (Place.isAddress(place)) {
			return false;
		}
		Path folder = Path.of(place);
		return Files.isRegularFile(folder.resolve("config")) && Files.isDirectory(folder.resolve("snapshots"))
				&& Files.isDirectory(folder.resolve("data"));
	}

	/** The members of the {@code finished} event. */
	static JsonObject json(BackupResult result) {
		return JsonObject.event("finished").put("snapshot", result.backup().snapshot().id().value())
				.put("filesReceived", Long.valueOf(result.transfer().filesReceived()))
				.put("bytesReceived", Long.valueOf(result.transfer().bytesReceived()))
				.put("seconds", Double.valueOf(result.duration().toMillis() / 1000.0))
				.put("full", Boolean.valueOf(result.full()))
				.put("udid", result.backup().snapshot().summary().udid().value())
				.put("target", result.backup().target()).put("path", result.backup().snapshot().path())
				.put("warnings", remarks(result));
	}

	private static List<String> remarks(BackupResult result) {
		List<String> remarks = new ArrayList<>(result.remarks());
		for (TransferResult.FileError error : result.transfer().fileErrors()) {
			remarks.add(error.path() + ": " + error.error());
		}
		return remarks;
	}

	private void tell(BackupResult result) {
		cli.print("The " + (result.full() ? "full" : "incremental") + " backup is done: "
				+ Human.files(result.transfer().filesReceived()) + ", "
				+ Human.bytes(result.transfer().bytesReceived()) + " received in "
				+ Human.exactDuration(result.duration()) + ".");
		cli.print("  Snapshot   " + result.backup().snapshot().id().brief());
		cli.print("  Kept in    " + Human.printable(result.backup().snapshot().path()));
		cli.print("  Encrypted  " + Human.yesNo(Boolean.valueOf(result.backup().snapshot().summary().encrypted())));
		List<String> remarks = remarks(result);
		remarks.stream().limit(MOST_REMARKS).forEach(cli::warn);
		if (remarks.size() > MOST_REMARKS) {
			cli.warn(remarks.size() - MOST_REMARKS + " more; --json tells all.");
		}
		if (!result.backup().snapshot().summary().encrypted()) {
			cli.say("To have later backups encrypted: keepsake encryption on");
		}
		cli.say("To prove it: keepsake verify " + result.backup().snapshot().id().brief()
				+ (target == null ? "" : " --target " + Human.printable(target)) + " --level crypto");
	}
}
