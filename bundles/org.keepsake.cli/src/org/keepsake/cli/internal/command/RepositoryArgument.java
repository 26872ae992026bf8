// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How a person names a repository, and what opens it. */
public final class RepositoryArgument {

	@Parameters(index = "0", paramLabel = "PLACE",
			description = {
					"The repository: a configured target's name, or a location such as restic:/media/disk/repo." })
	private String place = "";

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** Opens it; the caller closes it. */
	Repository open(Cli cli) throws IOException {
		return cli.query(monitor -> cli.engine().repositories().open(prepared(cli)));
	}

	/** The place, with what was given to open it handed over. */
	String prepared(Cli cli) throws IOException {
		String known = known(cli, place);
		options.give(cli, known);
		return known;
	}

	/** The place as the person wrote it, for hints. */
	String written() {
		return place;
	}

	/** Where the password is to come from. */
	PlaceOptions options() {
		return options;
	}

	/** The name or location as the engine wants it. Problem: no repository can be there. */
	static String known(Cli cli, String place) throws IOException {
		String known = String.valueOf(Place.of(cli, place));
		// A word that is neither a name nor a folder is told as such by the engine.
		String asked = Place.isWord(place) && !Files.isDirectory(Path.of(place)) ? place : known;
		if (!cli.engine().repositories().canBeAt(asked)) {
			throw Place.isAddress(place) ? StorageProblems.UNKNOWN.exception(place)
					: CliProblems.NOT_A_REPOSITORY.exception(place);
		}
		return known;
	}
}
