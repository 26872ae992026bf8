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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.virtual.StoredFiles;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;

class ContentChangeTest {

	private static final Instant TIME = Instant.parse("2025-01-02T03:04:05Z");

	@TempDir
	Path folder = Path.of("");

	private static VirtualFile entry(String path, Kind kind, int inode) {
		return new VirtualFile("HomeDomain", path, kind, 0644, 501, 501, inode, TIME, TIME, TIME, 0,
				kind == Kind.FILE ? 3 : 0, null, null);
	}

	private StoredFiles device(String name) throws IOException {
		StoredFiles stored = StoredFiles.open(folder.resolve(name));
		stored.files().batch(files -> {
			files.put(entry("Library", Kind.DIRECTORY, 2));
			for (int i = 0; i < 40; i++) {
				files.generate(entry("Library/file" + i + ".jpg", Kind.FILE, 10 + i), i, 100 + i);
			}
			files.generate(entry("Library/data.sqlite", Kind.FILE, 90), 1, 4096);
			files.generate(entry("Library/settings.plist", Kind.FILE, 91), 1, 512);
		});
		return stored;
	}

	private static FileTree tree(StoredFiles stored) throws IOException {
		return FileTree.read(stored.files(), JobMonitor.NONE);
	}

	@Test
	void changesAsManyFilesAsAsked() throws IOException {
		try (StoredFiles stored = device("a")) {
			FileTree before = tree(stored);
			ContentChange.Done done = new ContentChange(3, 5, 2, 7, 1001).apply(stored.files());
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
		try (StoredFiles stored = device("a")) {
			long before = stored.files().totalBytes();
			new ContentChange(3, 0, 0, 7, 1001).apply(stored.files());
			assertEquals(before + 1001, stored.files().totalBytes());
		}
	}

	@Test
	void sameChangeOfSameContentGivesTheSame() throws IOException {
		try (StoredFiles one = device("a"); StoredFiles other = device("b")) {
			for (int day = 0; day < 3; day++) {
				ContentChange change = new ContentChange(2, 4, 1, 42, 500);
				assertEquals(change.apply(one.files()), change.apply(other.files()));
				assertEquals(List.of(), tree(one).differencesOf(tree(other)));
			}
		}
	}

	@Test
	void sameChangeAgainChangesAgain() throws IOException {
		try (StoredFiles stored = device("a")) {
			ContentChange change = new ContentChange(1, 40, 0, 42, 500);
			change.apply(stored.files());
			FileTree before = tree(stored);
			ContentChange.Done again = change.apply(stored.files());
			assertEquals(again.altered().size() + again.added().size(), before.differencesOf(tree(stored)).size());
		}
	}

	@Test
	void anotherSeedChangesOtherwise() throws IOException {
		try (StoredFiles one = device("a"); StoredFiles other = device("b")) {
			assertNotEquals(new ContentChange(2, 4, 1, 1, 500).apply(one.files()),
					new ContentChange(2, 4, 1, 2, 500).apply(other.files()));
		}
	}

	@Test
	void databasesAndPropertyListsStayAsTheyAre() throws IOException {
		try (StoredFiles stored = device("a")) {
			ContentChange.Done done = new ContentChange(0, 20, 100, 3, 0).apply(stored.files());
			assertEquals(20, done.altered().size());
			assertEquals(20, done.removed().size(), "no more than there are");
			assertEquals(2, tree(stored).files() - 20);
		}
	}

	@Test
	void alteredFilesAreNewerAndKeepTheirIdentity() throws IOException {
		try (StoredFiles stored = device("a")) {
			String name = new ContentChange(0, 1, 0, 3, 0).apply(stored.files()).altered().getFirst();
			VirtualFiles files = stored.files();
			VirtualFile file = files.find("HomeDomain", name.substring("HomeDomain/".length()));
			assertTrue(file != null && file.modified().isAfter(TIME) && file.born().equals(TIME), name);
		}
	}

	@Test
	void newFilesHaveInodesOfTheirOwn() throws IOException {
		try (StoredFiles stored = device("a")) {
			new ContentChange(3, 0, 0, 7, 10).apply(stored.files());
			List<Long> inodes = new ArrayList<>();
			stored.files().forEach(file -> inodes.add(Long.valueOf(file.inode())));
			assertEquals(inodes.size(), inodes.stream().distinct().count());
			assertFalse(inodes.isEmpty());
		}
	}
}
