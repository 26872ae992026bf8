// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Targets;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SnapshotRecord;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a person names a kept backup. */
public final class SnapshotArgument {

	private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{4,64}");

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
		String place = target(cli);
		try {
			return cli.engine().find(reference, place, device);
		} catch (ProblemException e) {
			if (e.is(EngineProblems.SNAPSHOT_NOT_FOUND) && DIGITS.matcher(reference).matches()) {
				requireNoOther(cli, place);
			}
			throw e;
		}
	}

	/** A snapshot that repo snapshots lists, but that is no device's, is told as what it is. */
	private void requireNoOther(Cli cli, @Nullable String place) throws IOException {
		List<String> places = place != null ? List.of(place)
				: cli.engine().targets().list().stream().map(Targets.Entry::name).toList();
		for (String each : places) {
			Optional<SnapshotRecord> other = other(cli, each);
			if (other.isPresent()) {
				SnapshotRecord one = other.get();
				throw CliProblems.NOT_OF_A_DEVICE.exception(one.brief(),
						one.host().isEmpty() ? "?" : Human.printable(one.host()),
						Human.printable(String.join(", ", one.paths())), Human.date(one.time(), cli.zone()));
			}
		}
	}

	private Optional<SnapshotRecord> other(Cli cli, String place) {
		try {
			if (!cli.engine().repositories().canBeAt(place)) {
				return Optional.empty();
			}
			try (Repository open = cli.query(monitor -> cli.engine().repositories().open(place))) {
				String digits = reference.toLowerCase(Locale.ROOT);
				return open.readableSnapshots().stream().filter(one -> one.id().toString().startsWith(digits))
						.findFirst();
			}
		} catch (IOException e) {
			// What was not found is the matter; why another place cannot be looked at is none now.
			System.getLogger(SnapshotArgument.class.getName()).log(System.Logger.Level.DEBUG, "Not looked at", e);
			return Optional.empty();
		}
	}
}
