// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.trial;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;

/**
 * Changes what a virtual iPhone holds, as a day of use does. The same change of the same content gives the same result.
 * Databases and property lists are left alone, so that what they say stays true.
 *
 * @param add    how many files to add
 * @param alter  how many files to give other content
 * @param remove how many files to remove
 * @param seed   decides which files, and their content
 * @param bytes  bytes of all added files together
 */
public record ContentChange(int add, int alter, int remove, long seed, long bytes) {

	private static final String DOMAIN = "HomeDomain";
	private static final String FOLDER = "Library/Keepsake";
	private static final Pattern STRUCTURED = Pattern
			.compile(".*\\.(db|sqlite|sqlitedb|storedata|plist|data)(-wal|-shm|-journal)?", Pattern.CASE_INSENSITIVE);
	private static final int MODE = 0644;
	private static final int FOLDER_MODE = 0755;
	private static final int MOBILE = 501;
	private static final int PROTECTED_UNTIL_FIRST_UNLOCK = 3;
	private static final long LATER_SECONDS = 60;

	/**
	 * What was done; fewer than asked for where there were not enough files.
	 *
	 * @param added   paths of added files
	 * @param altered paths of altered files
	 * @param removed paths of removed files
	 */
	public record Done(List<String> added, List<String> altered, List<String> removed) {
	}

	/** Applies the change as one transaction. */
	public Done apply(VirtualFiles files) throws IOException {
		Choice choice = new Choice(Math.addExact(alter, remove), new Random(seed));
		files.forEach(choice::consider);
		List<VirtualFile> chosen = choice.inRandomOrder();
		List<VirtualFile> toAlter = chosen.subList(0, Math.min(alter, chosen.size()));
		List<VirtualFile> toRemove = chosen.subList(toAlter.size(), chosen.size());
		Done done = new Done(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		files.batch(writing -> {
			for (VirtualFile file : toAlter) {
				alter(writing, file);
				done.altered().add(name(file));
			}
			for (VirtualFile file : toRemove) {
				writing.remove(file.domain(), file.path());
				done.removed().add(name(file));
			}
			add(writing, choice, done.added());
		});
		return done;
	}

	/** A file gets as many other bytes, give or take a few, and a later time. */
	private void alter(VirtualFiles files, VirtualFile file) throws IOException {
		long size = Math.max(1, file.sizeBytes() + Math.floorMod(seedOf(name(file)), 64) - 32);
		VirtualFile later = new VirtualFile(file.domain(), file.path(), file.kind(), file.mode(), file.uid(),
				file.gid(),
				file.inode(), file.modified().plusSeconds(LATER_SECONDS), file.changed().plusSeconds(LATER_SECONDS),
				file.born(), size, file.protectionClass(), null, file.extendedAttributes());
		files.generate(later, seedOf(name(file) + file.modified()), size);
	}

	private void add(VirtualFiles files, Choice choice, List<String> added) throws IOException {
		if (add == 0) {
			return;
		}
		putFolder(files, "Library", choice);
		putFolder(files, FOLDER, choice);
		for (int number = 0; added.size() < add; number++) {
			String path = String.format(Locale.ROOT, "%s/added-%d-%05d.bin", FOLDER, Long.valueOf(seed),
					Integer.valueOf(number));
			if (files.find(DOMAIN, path) == null) {
				long size = bytes / add + (added.size() < bytes % add ? 1 : 0);
				VirtualFile file = entry(path, Kind.FILE, MODE, size, choice);
				files.generate(file, seedOf(path), size);
				added.add(name(file));
			}
		}
	}

	private static void putFolder(VirtualFiles files, String path, Choice choice) throws IOException {
		if (files.find(DOMAIN, path) == null) {
			files.put(entry(path, Kind.DIRECTORY, FOLDER_MODE, 0, choice));
		}
	}

	private static VirtualFile entry(String path, Kind kind, int mode, long size, Choice choice) {
		return new VirtualFile(DOMAIN, path, kind, mode, MOBILE, MOBILE, choice.nextInode(), choice.newest,
				choice.newest,
				choice.newest, size, kind == Kind.FILE ? PROTECTED_UNTIL_FIRST_UNLOCK : 0, null, null);
	}

	private long seedOf(String text) {
		return new Random(seed * 31 + text.hashCode()).nextLong();
	}

	private static String name(VirtualFile file) {
		return file.domain() + '/' + file.path();
	}

	/** Chooses a number of files fairly in one pass, and takes note of what new files need to know. */
	private static final class Choice {

		private final int wanted;
		private final Random random;
		private final List<VirtualFile> chosen = new ArrayList<>();
		private int seen;
		private long lastInode;
		private Instant newest = Instant.EPOCH;

		Choice(int wanted, Random random) {
			this.wanted = wanted;
			this.random = random;
		}

		void consider(VirtualFile file) {
			lastInode = Math.max(lastInode, file.inode());
			newest = file.modified().isAfter(newest) ? file.modified() : newest;
			if (file.kind() != Kind.FILE || STRUCTURED.matcher(file.path()).matches()) {
				return;
			}
			seen++;
			if (chosen.size() < wanted) {
				chosen.add(file);
			} else {
				int place = random.nextInt(seen);
				if (place < wanted) {
					chosen.set(place, file);
				}
			}
		}

		List<VirtualFile> inRandomOrder() {
			Collections.shuffle(chosen, random);
			return chosen;
		}

		long nextInode() {
			return ++lastInode;
		}
	}
}
