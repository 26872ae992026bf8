// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.trial.ContentChange;
import org.keepsake.engine.Human;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake virtual content}. */
@Command(name = "content",
		description = { "Changes what a virtual iPhone holds, running or not, as a day of use does.",
				"The same change of the same content gives the same result. Databases and property lists are left alone." },
		footer = { "", "Examples:", "  keepsake virtual content --state ./phone --add 10 --alter 5 --remove 2",
				"  keepsake virtual content --state ./phone --add 1 --bytes 2GiB" })
public final class VirtualContentCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private VirtualState state = new VirtualState();

	@Option(names = "--add", paramLabel = "N", description = "Add this many files.")
	private int add;

	@Option(names = "--alter", paramLabel = "N", description = "Give this many files other content.")
	private int alter;

	@Option(names = "--remove", paramLabel = "N", description = "Remove this many files.")
	private int remove;

	@Option(names = "--seed", paramLabel = "S", defaultValue = "1",
			description = "Decides which files, and their content; 1 if left out.")
	private long seed = 1;

	@Option(names = "--bytes", paramLabel = "B", converter = ByteCountConverter.class, defaultValue = "1MB",
			description = "Bytes of all added files together; 1MB if left out.")
	private long bytes;

	/** One run of the command. */
	public VirtualContentCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		if (add < 0 || alter < 0 || remove < 0) {
			throw new ParameterException(spec.commandLine(), "--add, --alter and --remove take 0 or more");
		}
		if (add + alter + remove == 0) {
			throw new ParameterException(spec.commandLine(), "Say what to change: --add N, --alter N or --remove N");
		}
		try (VirtualFiles files = VirtualIPhones.openFiles(state.folder())) {
			ContentChange.Done done = new ContentChange(add, alter, remove, seed, bytes).apply(files);
			if (cli.json()) {
				cli.print(new JsonObject().put("added", done.added()).put("altered", done.altered()).put("removed",
						done.removed()));
			} else {
				cli.print("Added " + Human.files(done.added().size()) + ", altered "
						+ Human.number(done.altered().size()) + ", removed " + Human.number(done.removed().size())
						+ ".");
			}
		}
		return Cli.DONE;
	}
}
