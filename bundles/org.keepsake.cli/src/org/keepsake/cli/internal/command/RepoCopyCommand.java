// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SaveOptions;
import org.keepsake.repository.SnapshotRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake repo copy}. */
@Command(name = "copy",
		description = { "Copies snapshots from one repository into another; those that are there already are left out.",
				"Copies share most if the other repository was made with --copy-chunker-from." },
		footer = { "", "Examples:", "  keepsake repo copy disk nas                 all of them",
				"  keepsake repo copy disk nas 3f2a91c4 latest" })
public final class RepoCopyCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "FROM",
			description = "The repository to read: a target's name or a location.")
	private String from = "";

	@Parameters(index = "1", paramLabel = "TO",
			description = "The repository to copy into: a target's name or a location.")
	private String to = "";

	@Parameters(index = "2..*", arity = "0..*", paramLabel = "SNAPSHOT",
			description = "Only these: ids, beginnings of ids, or latest. All if left out.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--from-repository-password-file", paramLabel = "FILE",
			description = "Read the password of FROM from this file's first line. Otherwise a remembered password, or a "
					+ "question.")
	private @Nullable String fromFile;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	@Mixin
	private LockOption lock = new LockOption();

	/** One run of the command. */
	public RepoCopyCommand(Cli cli) {
		this.cli = cli;
	}

	/** Opens another repository with the password in a file if one is named; the caller closes it. */
	static Repository open(Cli cli, String written, @Nullable String file) throws IOException {
		String place = RepositoryArgument.known(cli, written);
		if (file != null) {
			try (Secret password = new Passwords(cli).fromFile(file)) {
				cli.engine().secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password, cli.remember());
			}
		}
		return cli.query(monitor -> cli.engine().repositories().open(place));
	}

	@Override
	public Integer call() throws IOException {
		String destination = RepositoryArgument.known(cli, to);
		options.give(cli, destination);
		try (Repository source = open(cli, from, fromFile);
				Repository other = cli.query(monitor -> cli.engine().repositories().open(destination))) {
			if (source.id().equals(other.id())) {
				throw new ParameterException(spec.commandLine(), "FROM and TO are the same repository");
			}
			List<SnapshotRecord> wanted = wanted(source);
			SaveOptions base = SaveOptions.DEFAULT;
			SaveOptions save = new SaveOptions(base.compression(), base.packSize(), base.uploads(), lock.patience());
			List<SnapshotRecord> copies = cli.run(monitor -> source.copyTo(other, wanted, save, monitor));
			tell(wanted.size(), copies, other);
		}
		return Cli.DONE;
	}

	private List<SnapshotRecord> wanted(Repository source) throws IOException {
		if (names.isEmpty()) {
			return source.snapshots();
		}
		List<SnapshotRecord> wanted = new ArrayList<>();
		for (String name : names) {
			SnapshotRecord found = source.snapshot(name);
			if (wanted.stream().noneMatch(one -> one.id().equals(found.id()))) {
				wanted.add(found);
			}
		}
		return wanted;
	}

	private void tell(int wanted, List<SnapshotRecord> copies, Repository other) {
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("to", other.location()).put("copied", copies.stream()
					.map(one -> new JsonObject().put("id", one.id().toString()).put("original",
							String.valueOf(one.original())))
					.toList()).put("alreadyThere", Integer.valueOf(wanted - copies.size())));
			return;
		}
		int there = wanted - copies.size();
		cli.print("Copied " + Human.number(copies.size()) + (copies.size() == 1 ? " snapshot" : " snapshots") + " into "
				+ Human.printable(other.location()) + (there == 0 ? "." : "; " + Human.number(there)
						+ (there == 1 ? " was" : " were") + " there already."));
	}
}
