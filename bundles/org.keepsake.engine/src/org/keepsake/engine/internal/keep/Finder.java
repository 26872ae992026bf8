// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.internal.Texts;

/** Finds the version a person names: an id, a prefix of one, {@code latest}, or a folder. Thread-safe. */
public final class Finder {

	private static final Pattern PREFIX = Pattern.compile("[0-9a-fA-F]{4,64}");
	/** A kept version lies at most so many folders below its target. */
	private static final int LEVELS_UP = 4;

	private final Shelf shelf;

	/** Looks on this shelf. */
	public Finder(Shelf shelf) {
		this.shelf = shelf;
	}

	/** The version that is meant. Problems: none such, several such. */
	public KeptBackup find(String reference, @Nullable String target, @Nullable Udid device) throws IOException {
		if (reference.equalsIgnoreCase("latest")) {
			return latest(shelf.list(target, device, problem -> {
			}), reference, device);
		}
		boolean looksLikePath = reference.contains("/") || reference.contains("\\") || reference.startsWith(".");
		if (!looksLikePath && PREFIX.matcher(reference).matches()) {
			List<KeptBackup> matches = byPrefix(reference, target, device);
			if (!matches.isEmpty()) {
				return only(matches, reference);
			}
		}
		Optional<Path> folder = folder(reference);
		if (folder.isPresent()) {
			Optional<KeptBackup> found = inFolder(folder.get(), reference, target, device);
			if (found.isPresent()) {
				return found.get();
			}
		}
		throw EngineProblems.SNAPSHOT_NOT_FOUND.exception(reference);
	}

	private List<KeptBackup> byPrefix(String reference, @Nullable String target, @Nullable Udid device)
			throws IOException {
		String prefix = reference.toLowerCase(Locale.ROOT);
		return shelf.list(target, device, problem -> {
		}).stream().filter(kept -> kept.snapshot().id().value().startsWith(prefix)).toList();
	}

	private static KeptBackup only(List<KeptBackup> matches, String reference) throws ProblemException {
		// The same version may be listed by two targets, one inside the other: then either will do.
		if (matches.stream().map(kept -> kept.snapshot().path()).distinct().count() > 1) {
			throw EngineProblems.SNAPSHOT_AMBIGUOUS.exception(reference, candidates(matches));
		}
		return matches.getFirst();
	}

	private static KeptBackup latest(List<KeptBackup> newestFirst, String reference, @Nullable Udid device)
			throws ProblemException {
		List<KeptBackup> complete = newestFirst.stream().filter(kept -> kept.snapshot().summary().complete()).toList();
		if (complete.isEmpty()) {
			throw EngineProblems.NO_BACKUPS
					.exception(device == null ? Texts.of("any-device") : device.value());
		}
		if (complete.stream().map(kept -> kept.snapshot().summary().udid()).distinct().count() > 1) {
			throw EngineProblems.SNAPSHOT_AMBIGUOUS.exception(reference, candidates(complete));
		}
		return complete.getFirst();
	}

	private Optional<KeptBackup> inFolder(Path folder, String reference, @Nullable String target,
			@Nullable Udid device) throws IOException {
		for (KeptBackup kept : shelf.list(target, device, problem -> {
		})) {
			if (isAt(kept.snapshot(), folder)) {
				return Optional.of(kept);
			}
		}
		List<KeptBackup> within = listed(folder).stream()
				.filter(kept -> device == null || kept.snapshot().summary().udid().equals(device)).toList();
		if (!within.isEmpty() && within.stream().noneMatch(kept -> isAt(kept.snapshot(), folder))) {
			return Optional.of(latest(within, reference, device));
		}
		Path above = folder;
		for (int level = 0; level < LEVELS_UP && above != null; level++) {
			for (KeptBackup kept : listed(above)) {
				if (isAt(kept.snapshot(), folder)) {
					return Optional.of(kept);
				}
			}
			above = above.getParent();
		}
		return Optional.empty();
	}

	/** The versions a folder keeps; none if it is no target or cannot be looked at. */
	private List<KeptBackup> listed(Path folder) {
		try {
			return shelf.of(folder.toString());
		} catch (IOException e) {
			return List.of();
		}
	}

	private static boolean isAt(Snapshot snapshot, Path folder) {
		try {
			Path path = Path.of(snapshot.path());
			return path.isAbsolute() && Files.exists(path) && Files.isSameFile(path, folder);
		} catch (IOException | InvalidPathException e) {
			return false;
		}
	}

	private static Optional<Path> folder(String reference) {
		try {
			Path path = Path.of(reference).toAbsolutePath().normalize();
			return Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
		} catch (InvalidPathException e) {
			return Optional.empty();
		}
	}

	private static String candidates(List<KeptBackup> matches) {
		return matches.stream().limit(10).map(Finder::candidate).collect(Collectors.joining("; "));
	}

	private static String candidate(KeptBackup kept) {
		Snapshot snapshot = kept.snapshot();
		String finished = snapshot.summary().finishedAt() instanceof java.time.Instant instant ? Texts.date(instant)
				: Texts.of("unfinished");
		return Texts.of("candidate", snapshot.id().brief(), snapshot.summary().deviceName(),
				snapshot.summary().udid().value(), finished, kept.target());
	}
}
