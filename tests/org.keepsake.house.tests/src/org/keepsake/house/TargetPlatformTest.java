// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class TargetPlatformTest {

	private static final Path TARGET = Path.of(System.getProperty("keepsake.root", "../.."))
			.resolve("target-platform/target-platform.target");
	private static final Pattern SWT = Pattern
			.compile("<artifactId>(org\\.eclipse\\.swt[a-z0-9_.]*)</artifactId>\\s*<version>([^<]+)</version>");

	/* The window is tried on one platform; with other versions elsewhere it was started there without a method. */
	@Test
	void widgetsAreOfOneVersionOnAllPlatforms() throws Exception {
		Map<String, String> versions = new TreeMap<>();
		Matcher matcher = SWT.matcher(Files.readString(TARGET));
		while (matcher.find()) {
			versions.put(matcher.group(1), matcher.group(2));
		}
		assertTrue(versions.size() > 6, versions::toString);
		assertEquals(1, Set.copyOf(versions.values()).size(), versions::toString);
	}
}
