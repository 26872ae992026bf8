// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

class ContentChangeTest {

	private static final Instant TIME = Instant.parse("2025-01-02T03:04:05Z");

	@TempDir
	Path folder = Path.of("");

	private static VirtualFile entry(String path, Kind kind, int inode) {
		return new VirtualFile("HomeDomain", path, kind, 0644, 501, 501, inode, TIME, TIME, TIME, 0,
				kind == Kind.FILE ? 3 : 0, null, null);
	}

	/** A device's files: those that a blank one has, and some more. */
	private VirtualFiles device(String name) throws IOException {
		VirtualOptions blank = new VirtualOptions(folder.resolve(name), null, null, null, Profile.SMALL, 0, 0, 1, false,
				Trust.AUTO, true, true);
		VirtualIPhones.start(0, List.of(blank)).close();
		VirtualFiles stored = VirtualIPhones.openFiles(folder.resolve(name));
		stored.batch(files -> {
			for (int i = 0; i < 40; i++) {
				files.generate(entry("Library/file" + i + ".jpg", Kind.FILE, 1_000_000 + i), i, 100 + i);
			}
			files.generate(entry("Library/data.sqlite", Kind.FILE, 1_000_090), 1, 4096);
			files.generate(entry("Library/settings.plist", Kind.FILE, 1_000_091), 1, 512);
		});
		return stored;
	}

	private static FileTree tree(VirtualFiles stored) throws IOException {
		return FileTree.read(stored, JobMonitor.NONE);
	}

	@Test
	void changesAsManyFilesAsAsked() throws IOException {
		try (VirtualFiles stored = device("a")) {
			FileTree before = tree(stored);
			ContentChange.Done done = new ContentChange(3, 5, 2, 7, 1001).apply(stored);
			assertEquals(List.of(3, 5, 2), List.of(done.added().size(), done.altered().size(), done.removed().size()));
			FileTree after = tree(stored);
			assertEquals(before.files() + 3 - 2, after.files());
			List<String> expected = new ArrayList<>();
			done.added().forEach(name -> expected.add(name + " should not be there"));
			done.altered().forEach(name -> expected.add(name + " has other content"));
			done.removed().forEach(name -> expected.add(name + " is missing"));
			expected.add("HomeDomain/Library/Keepsake should not be there");
			assertEquals(expected.stream().sorted().toList(), before.differencesOf(after).stream().sorted().toList());
		}
	}

	@Test
	void addedFilesHaveTheBytesAskedForTogether() throws IOException {
		try (VirtualFiles stored = device("a")) {
			long before = stored.totalBytes();
			new ContentChange(3, 0, 0, 7, 1001).apply(stored);
			assertEquals(before + 1001, stored.totalBytes());
		}
	}

	@Test
	void sameChangeOfSameContentGivesTheSame() throws IOException {
		try (VirtualFiles one = device("a"); VirtualFiles other = device("b")) {
			for (int day = 0; day < 3; day++) {
				ContentChange change = new ContentChange(2, 4, 1, 42, 500);
				assertEquals(change.apply(one), change.apply(other));
				assertEquals(List.of(), tree(one).differencesOf(tree(other)));
			}
		}
	}

	@Test
	void sameChangeAgainChangesAgain() throws IOException {
		try (VirtualFiles stored = device("a")) {
			ContentChange change = new ContentChange(1, 40, 0, 42, 500);
			change.apply(stored);
			FileTree before = tree(stored);
			ContentChange.Done again = change.apply(stored);
			assertEquals(again.altered().size() + again.added().size(), before.differencesOf(tree(stored)).size());
		}
	}

	@Test
	void anotherSeedChangesOtherwise() throws IOException {
		try (VirtualFiles one = device("a"); VirtualFiles other = device("b")) {
			assertNotEquals(new ContentChange(2, 4, 1, 1, 500).apply(one),
					new ContentChange(2, 4, 1, 2, 500).apply(other));
		}
	}

	@Test
	void databasesAndPropertyListsStayAsTheyAre() throws IOException {
		try (VirtualFiles stored = device("a")) {
			ContentChange.Done done = new ContentChange(0, 20, 10_000, 3, 0).apply(stored);
			assertEquals(20, done.altered().size());
			assertTrue(done.removed().size() >= 20 && done.removed().size() < 10_000, "no more than there are");
			assertTrue(Stream.concat(done.altered().stream(), done.removed().stream())
					.noneMatch(name -> name.endsWith(".sqlite") || name.endsWith(".plist")), done::toString);
			assertEquals(512, size(stored, "Library/settings.plist"));
			assertEquals(4096, size(stored, "Library/data.sqlite"));
		}
	}

	private static long size(VirtualFiles files, String path) throws IOException {
		VirtualFile file = files.find("HomeDomain", path);
		return file == null ? -1 : file.sizeBytes();
	}

	@Test
	void alteredFilesAreNewerAndKeepTheirIdentity() throws IOException {
		try (VirtualFiles stored = device("a")) {
			String name = new ContentChange(0, 1, 0, 3, 0).apply(stored).altered().getFirst();
			VirtualFile file = stored.find("HomeDomain", name.substring("HomeDomain/".length()));
			assertTrue(file != null && file.modified().isAfter(TIME) && file.born().equals(TIME), name);
		}
	}

	@Test
	void newFilesHaveInodesOfTheirOwn() throws IOException {
		try (VirtualFiles stored = device("a")) {
			new ContentChange(3, 0, 0, 7, 10).apply(stored);
			List<Long> inodes = new ArrayList<>();
			stored.forEach(file -> inodes.add(Long.valueOf(file.inode())));
			assertEquals(inodes.size(), inodes.stream().distinct().count());
			assertFalse(inodes.isEmpty());
		}
	}
}
