// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

class HomeTest {

	private static final Path USER = Path.of("/u");

	@Test
	void isWhereThePersonSays() {
		assertEquals(Path.of("/k"), Home.locate(Map.of("KEEPSAKE_HOME", "/k", "XDG_DATA_HOME", "/x"), "Linux", USER));
	}

	@Test
	void isThePlatformsUsualPlace() {
		assertEquals(Path.of("/u/.local/share/keepsake"), Home.locate(Map.of(), "Linux", USER));
		assertEquals(Path.of("/x/keepsake"), Home.locate(Map.of("XDG_DATA_HOME", "/x"), "Linux", USER));
		assertEquals(Path.of("/u/.local/share/keepsake"),
				Home.locate(Map.of("XDG_DATA_HOME", "relative", "KEEPSAKE_HOME", " "), "Linux", USER));
		assertEquals(Path.of("/u/Library/Application Support/Keepsake"), Home.locate(Map.of(), "Mac OS X", USER));
		assertEquals(Path.of("/a/Keepsake"), Home.locate(Map.of("APPDATA", "/a"), "Windows 11", USER));
		assertEquals(Path.of("/u/AppData/Roaming/Keepsake"), Home.locate(Map.of(), "Windows 11", USER));
	}
}
