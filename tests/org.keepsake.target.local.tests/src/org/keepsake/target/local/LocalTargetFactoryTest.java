// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.testing.GivenContext;

/** Which locations are folders, and where backups go by default. */
class LocalTargetFactoryTest {

	@TempDir
	Path home = Path.of("");

	private LocalTargetFactory factory(String system, Map<String, String> environment) {
		return new LocalTargetFactory(environment, system, home);
	}

	private LocalTargetFactory linux() {
		return factory("Linux", Map.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/backups", "backups", "./a:b", "C:\\Backups", "D:/Backups", "~/Backups",
			"file:///backups", "FILE:/backups", "\\\\server\\share", "with space", "../x" })
	void acceptsFolders(String location) {
		assertTrue(linux().accepts(location));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "s3:bucket", "sftp://host/folder", "https://example.org/", "rest:http://x",
			"a\0b", "smb://nas/backups" })
	void leavesOtherKindsToOthers(String location) {
		assertFalse(linux().accepts(location));
	}

	@Test
	void opensPathsAndAddresses() throws IOException {
		assertEquals(home.resolve("x").toString(),
				linux().open(home.resolve("x").toString(), GivenContext.nothing(home)).location());
		assertEquals(home.resolve("x y").toString(),
				linux().open(home.resolve("x y").toUri().toString(), GivenContext.nothing(home)).location());
		assertEquals(home.resolve("in/home").toString(),
				linux().open("~/in/home", GivenContext.nothing(home)).location());
		assertEquals(Path.of("relative").toAbsolutePath().toString(),
				linux().open(" relative ", GivenContext.nothing(home)).location());
	}

	@ParameterizedTest
	@ValueSource(strings = { "file://server/share", "file:relative", "file:///a b", "file:///%" })
	void refusesAddressesThatNameNoFolderHere(String location) {
		ProblemException refused = assertThrows(ProblemException.class,
				() -> linux().open(location, GivenContext.nothing(home)));
		assertTrue(refused.is(LocalProblems.NOT_A_LOCATION));
	}

	@Test
	void keepsBackupsWhereEachSystemsProgramsDo() throws IOException {
		assertEquals(home.resolve(".local/share/keepsake/backups").toString(), linux().defaultLocation());
		Path data = home.resolve("data");
		assertEquals(data.resolve("keepsake/backups").toString(),
				factory("Linux", Map.of("XDG_DATA_HOME", data.toString())).defaultLocation());
		assertEquals(linux().defaultLocation(),
				factory("Linux", Map.of("XDG_DATA_HOME", "relative")).defaultLocation());
		assertEquals(home.resolve("Library/Application Support/MobileSync/Backup").toString(),
				factory("Mac OS X", Map.of()).defaultLocation());
	}

	@Test
	void choosesTheFolderOnWindowsThatIsThere() throws IOException {
		Path appData = home.resolve("AppData/Roaming");
		Path desktop = appData.resolve("Apple Computer/MobileSync/Backup");
		Path store = home.resolve("Apple/MobileSync/Backup");
		LocalTargetFactory windows = factory("Windows 11", Map.of("APPDATA", appData.toString()));
		assertEquals(store.toString(), windows.defaultLocation());
		Files.createDirectories(desktop);
		assertEquals(desktop.toString(), windows.defaultLocation());
		assertEquals(desktop.toString(), factory("Windows 11", Map.of()).defaultLocation());
	}

	@Test
	void worksOnThisSystem() {
		assertTrue(new LocalTargetFactory().defaultLocation() instanceof String place && !place.isBlank());
	}
}
