// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;
import org.keepsake.repository.InitOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake targets add}. */
@Command(name = "add", description = { "Adds a target.", "Backups that lie there already are listed from now on." },
		footer = { "", "Locations:",
				"  /media/disk/backups                 a folder, in the layout of Finder and iTunes",
				"  restic:/media/disk/repo             a repository in a folder: versions, encrypted, deduplicated",
				"  s3:https://HOST/BUCKET/PREFIX       a repository in a bucket of any S3-compatible service",
				"  rest:https://HOST:8000/PATH         a repository on a restic REST server",
				"  sftp:USER@HOST:/PATH                a repository on a server by SSH",
				"  smb://HOST/SHARE/PATH               a repository on a NAS or a Windows share",
				"No location holds a password: it is asked for, and remembered if you want it.", "", "Examples:",
				"  keepsake targets add disk /media/disk/backups --default",
				"  keepsake targets add nas smb://anna@nas.local/backups/phones --init --remember",
				"  keepsake targets add cloud s3:https://s3.eu-central-1.amazonaws.com/my-phones "
						+ "--set append-only=true" })
public final class TargetsAddCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
	private String name = "";

	@Parameters(index = "1", paramLabel = "LOCATION", description = "Where it is: a folder, or one of those below.")
	private String location = "";

	@Option(names = "--default", description = "Backups go there if nothing else is said.")
	private boolean makeDefault;

	@Option(names = "--set", paramLabel = "KEY=VALUE",
			description = "A setting, such as quota=50GB or append-only=true; may be given several times.")
	private Map<String, String> settings = new LinkedHashMap<>();

	@Option(names = "--init", description = "Make a repository there, unless there is one.")
	private boolean init;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public TargetsAddCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		TargetsSetCommand.refuseSecrets(settings);
		String place = Place.location(location);
		boolean repository = cli.engine().repositories().canBeAt(place);
		if (init && !repository) {
			throw new ParameterException(spec.commandLine(), "--init is for repositories; " + location
					+ " is a folder of plain backups, which needs none. A repository in it: restic:" + location);
		}
		Targets.Entry entry = cli.engine().targets().add(name, place, settings, makeDefault);
		boolean made = init && init(entry);
		if (cli.json()) {
			cli.print(TargetsListCommand.json(entry));
		} else {
			cli.print("Added " + Human.printable(entry.name()) + ": " + Human.printable(entry.location())
					+ (entry.isDefault() ? ". Backups go there from now on." : "."));
			if (made) {
				cli.print("Made a repository there.");
			}
			cli.say("To see whether backups can be kept there: keepsake targets check " + entry.name());
			if (repository && !init) {
				cli.say("If there is no repository yet: keepsake repo init " + entry.name());
			}
		}
		return Cli.DONE;
	}

	/** A target that cannot be prepared is not left behind. */
	private boolean init(Targets.Entry entry) throws IOException {
		try {
			return prepare(entry.name());
		} catch (IOException | RuntimeException e) {
			try {
				cli.engine().targets().remove(entry.name());
			} catch (IOException again) {
				e.addSuppressed(again);
			}
			throw e;
		}
	}

	private boolean prepare(String place) throws IOException {
		options.give(cli, place);
		boolean there;
		try (Storage storage = cli.engine().repositories().storage(place)) {
			there = storage.size("config").isPresent();
		}
		if (there) {
			cli.query(monitor -> cli.engine().repositories().open(place)).close();
			return false;
		}
		try (Secret password = new RepositoryPasswords(cli).choose(location, options.file(),
				"--repository-password-file FILE", Passwords.REPOSITORY)) {
			cli.engine().secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password, options.remembers());
		}
		cli.query(monitor -> cli.engine().repositories().init(place, InitOptions.DEFAULT)).close();
		return true;
	}
}
