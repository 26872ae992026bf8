// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where restic's local backend keeps the blobs of a repository in a tree of folders: {@code config}, {@code keys/…},
 * {@code locks/…}, {@code snapshots/…}, {@code index/…}, and {@code data/ab/ab12…} in 256 folders. Paths are relative,
 * with slashes. Source: restic/restic doc/design.rst, "Repository Layout".
 */
public final class FolderLayout {

	/** Of all blobs but the config. */
	private static final List<String> KINDS = List.of("keys", "locks", "snapshots", "index", "data");
	private static final Pattern NAME = Pattern.compile("config|(?:keys|locks|snapshots|index|data)/[0-9a-f]{64}");
	private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
	private static final Pattern HALF = Pattern.compile("(?:config|[0-9a-f]{64})-(?:restic-temp|tmp)-.+");
	private static final Duration ABANDONED = Duration.ofDays(1);
	private static final String DATA = "data/";

	private FolderLayout() {
	}

	/**
	 * The file of a blob.
	 *
	 * @throws IllegalArgumentException if it is not the name of one
	 */
	public static String file(String blob) {
		if (!NAME.matcher(blob).matches()) {
			throw new IllegalArgumentException("Not the name of a blob");
		}
		return blob.startsWith(DATA)
				? DATA + blob.substring(DATA.length(), DATA.length() + 2) + '/' + blob.substring(DATA.length())
				: blob;
	}

	/** The folder that holds a file of {@link #file}; empty for the root. */
	public static String folder(String file) {
		return file.substring(0, Math.max(0, file.lastIndexOf('/')));
	}

	/** The folders that hold the blobs of a kind. */
	public static List<String> folders(String kind) {
		if (!KINDS.contains(kind)) {
			throw new IllegalArgumentException("Not a kind of blobs");
		}
		if (!kind.equals("data")) {
			return List.of(kind);
		}
		List<String> folders = new ArrayList<>(256);
		for (int i = 0; i < 256; i++) {
			folders.add(DATA + String.format(Locale.ROOT, "%02x", i));
		}
		return List.copyOf(folders);
	}

	/** The folders in which a blob lies, the innermost first; without the root. */
	public static List<String> foldersOf(String blob) {
		List<String> folders = new ArrayList<>();
		for (String at = folder(file(blob)); !at.isEmpty(); at = folder(at)) {
			folders.add(at);
		}
		return List.copyOf(folders);
	}

	/** The folders of all kinds, each behind its parent. */
	public static List<String> folders() {
		List<String> folders = new ArrayList<>(KINDS);
		folders.addAll(folders("data"));
		return List.copyOf(folders);
	}

	/** Finds the abandoned files in one folder; called from several threads. */
	@FunctionalInterface
	public interface Finder {
		/** @return nothing if there is no such folder */
		List<String> abandoned(String folder) throws IOException;
	}

	/** Looks for abandoned files everywhere, in many folders at a time, and hands them over in the caller's thread. */
	public static void tidy(Finder finder, Consumer<String> remover) throws IOException {
		List<String> all = new ArrayList<>(folders());
		all.add("");
		ManyAtOnce.ask(all, finder::abandoned, found -> {
			found.forEach(remover);
			return true;
		});
	}

	/** Where folders are made. */
	public interface Place {
		/** The names of what is in a folder; empty for the root. */
		Set<String> names(String folder) throws IOException;

		/** Makes a folder whose parent is there; without effect if it is there. Called from several threads. */
		void make(String folder) throws IOException;
	}

	/** Makes the folders that are missing, parents first, many at a time. */
	public static void make(Place place) throws IOException {
		Set<String> there = place.names("");
		Set<String> inData = there.contains("data") ? place.names("data") : Set.of();
		makeAll(KINDS.stream().filter(each -> !there.contains(each)).toList(), place);
		makeAll(folders("data").stream().filter(each -> !inData.contains(each.substring(DATA.length()))).toList(),
				place);
	}

	private static void makeAll(List<String> folders, Place place) throws IOException {
		ManyAtOnce.ask(folders, folder -> {
			place.make(folder);
			return folder;
		}, made -> true);
	}

	/**
	 * Whether a file is one that we or restic write to before it takes its blob's name, and its writer must have died: it
	 * has not been written to for a day.
	 */
	public static boolean isAbandoned(String fileName, Instant written) {
		return HALF.matcher(fileName).matches() && written.isBefore(Instant.now().minus(ABANDONED));
	}

	/** Whether a file is a blob, by its own name alone. */
	public static boolean isBlob(String fileName) {
		return DIGITS.matcher(fileName).matches();
	}
}
