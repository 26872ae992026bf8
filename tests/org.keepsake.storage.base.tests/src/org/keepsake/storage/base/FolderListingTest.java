// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

class FolderListingTest {

	private static final String DIGITS = "ab" + "0".repeat(62);

	@Test
	void knowsWhereResticKeepsEachBlob() {
		assertEquals("config", FolderLayout.file("config"));
		assertEquals("keys/" + DIGITS, FolderLayout.file("keys/" + DIGITS));
		assertEquals("data/ab/" + DIGITS, FolderLayout.file("data/" + DIGITS));
		assertEquals("data/ab", FolderLayout.folder(FolderLayout.file("data/" + DIGITS)));
		assertEquals(261, FolderLayout.folders().size());
		for (String name : List.of("data/../../etc/passwd", "keys/" + DIGITS + "-tmp-1", "other/" + DIGITS,
				"data/AB")) {
			assertThrows(IllegalArgumentException.class, () -> FolderLayout.file(name));
		}
	}

	@Test
	void visitsAllFoldersInTheCallersThread() throws IOException {
		Thread caller = Thread.currentThread();
		Set<String> listed = ConcurrentHashMap.newKeySet();
		List<String> visited = new ArrayList<>();
		FolderListing.visit("data", folder -> {
			listed.add(folder);
			return List.of(new FolderListing.Entry(folder, 1));
		}, (name, size) -> {
			assertSame(caller, Thread.currentThread());
			return visited.add(name);
		});
		assertEquals(256, listed.size());
		assertEquals(256, visited.size());
	}

	@Test
	void endsEarlyAndAtTheFirstFailure() throws IOException {
		Set<String> listed = ConcurrentHashMap.newKeySet();
		FolderListing.visit("data", folder -> {
			listed.add(folder);
			return List.of(new FolderListing.Entry(folder, 1));
		}, (name, size) -> false);
		assertTrue(listed.size() < 20, "not all are asked about");
		IOException broken = new IOException("broken");
		assertSame(broken, assertThrows(IOException.class, () -> FolderListing.visit("data", folder -> {
			throw broken;
		}, (name, size) -> true)));
	}
}
