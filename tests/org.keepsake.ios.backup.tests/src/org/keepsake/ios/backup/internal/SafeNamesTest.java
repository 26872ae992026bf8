// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;

import org.junit.jupiter.api.Test;

class SafeNamesTest {

	@Test
	void keepsNamesThatTheSystemHolds() {
		assertEquals(List.of("HomeDomain", "a:b", "c?", "con", "end.", "back\\slash"),
				new SafeNames(false).components("HomeDomain", "a:b/c?/con/end./back\\slash"));
	}

	@Test
	void altersWhatWindowsReserves() {
		assertEquals(List.of("HomeDomain", "a_b", "c_", "_con", "_Nul.txt", "end_", "back_slash", "_COM1 .x", "common"),
				new SafeNames(true).components("HomeDomain",
						"a:b/c?/con/Nul.txt/end./back\\slash/COM1 .x/common"));
	}

	@Test
	void refusesWhatLeadsElsewhere() {
		SafeNames names = new SafeNames(true);
		for (String path : List.of("..", ".", "/", "a/", "/a", "a//b", "a/../b", "a/.")) {
			assertNull(names.components("HomeDomain", path), path);
		}
		for (String domain : List.of("", ".", "..", "a/b", "/")) {
			assertNull(names.components(domain, "a"), domain);
		}
	}
}
