// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Udid;
import org.keepsake.engine.KeptBackup;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a person names a kept backup. */
public final class SnapshotArgument {

	/** The word for a device's newest backup. */
	static final String LATEST = "latest";

	@Parameters(index = "0", paramLabel = "SNAPSHOT",
			description = { "The backup: an id that keepsake snapshots shows, "
					+ "the beginning of one, latest, or the path of a backup folder." })
	private String reference = "";

	@Option(names = "--target", paramLabel = "TARGET",
			description = "Where the backup is: a configured name, a folder, or a repository's location. All configured "
					+ "ones if left out.")
	private @Nullable String target;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** What the person wrote. */
	String reference() {
		return reference;
	}

	/** Where to look; null for all configured targets. */
	@Nullable
	String target(Cli cli) throws IOException {
		String place = Place.known(cli, target);
		options.give(cli, place);
		return place;
	}

	/** Finds the backup. @param device of this device only; null for any */
	KeptBackup find(Cli cli, @Nullable Udid device) throws IOException {
		return cli.engine().find(reference, target(cli), device);
	}
}
