// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.engine.Human;
import org.keepsake.repository.KeyInfo;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake repo keys remove}. */
@Command(name = "remove",
		description = { "Removes a key, for good: its password opens the repository no longer.",
				"The key that opens the repository now is refused. Whoever has read the repository before may have kept what "
						+ "he needs to read it." },
		footer = { "", "Examples:", "  keepsake repo keys remove nas 3f2a91c4" })
public final class RepoKeysRemoveCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Parameters(index = "1", paramLabel = "KEY", description = "The key: an id that keys list shows, or its beginning.")
	private String key = "";

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public RepoKeysRemoveCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		try (Repository open = repository.open(cli)) {
			KeyInfo going = find(open);
			if (going.inUse()) {
				throw RepositoryProblems.KEY_IN_USE.exception(open.location());
			}
			String line = going.id().brief() + ", made by " + Human.orDash(going.user()) + " on "
					+ Human.orDash(going.host()) + ", " + Human.date(going.created(), cli.zone());
			if (!yes) {
				cli.say("This removes, for good, the key " + line);
				cli.confirm("The key " + going.id().brief() + " would be removed", "yes");
			}
			open.removeKey(going.id());
			if (cli.json()) {
				cli.print(new JsonObject().put("removed", going.id().toString()));
			} else {
				cli.print("Removed the key " + line + ".");
			}
		}
		return Cli.DONE;
	}

	private KeyInfo find(Repository open) throws IOException {
		String digits = key.toLowerCase(Locale.ROOT);
		List<KeyInfo> found = open.keys().stream()
				.filter(one -> !digits.isEmpty() && one.id().toString().startsWith(digits)).toList();
		if (found.size() != 1) {
			throw (found.isEmpty() ? RepositoryProblems.NO_SUCH_KEY : RepositoryProblems.AMBIGUOUS)
					.exception(open.location(), key);
		}
		return found.getFirst();
	}
}
