// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

	@TempDir
	Path folder;
	Path install;
	Path home;

	@BeforeEach
	void install() throws IOException {
		install = folder.resolve("install");
		home = folder.resolve("home");
		Files.createDirectories(install.resolve("configuration"));
		Files.writeString(ini(), "osgi.bundles=a");
	}

	private Path ini() {
		return install.resolve("configuration/config.ini");
	}

	/** What the build does at the end. */
	private void prepare() throws IOException {
		Files.writeString(install.resolve("configuration/.ready"), install.toRealPath().toString());
	}

	private Configuration line() throws IOException {
		return Configuration.choose(install, home, false, false);
	}

	private Configuration window() throws IOException {
		return Configuration.choose(install, home, true, false);
	}

	@Nested
	class OfACommand {

		@Test
		void readsAPreparedInstallationAndWritesNowhere() throws IOException {
			prepare();
			try (Configuration chosen = line()) {
				assertEquals(install.resolve("configuration"), chosen.folder());
				assertTrue(chosen.readOnly());
			}
			assertFalse(Files.exists(home));
		}

		@Test
		void doesNotReadWhatWasPreparedBeforeTheInstallationWasMoved() throws IOException {
			prepare();
			Path moved = Files.move(install, folder.resolve("elsewhere"));
			try (Configuration chosen = Configuration.choose(moved, home, false, false)) {
				assertTrue(chosen.folder().startsWith(home));
				assertFalse(chosen.readOnly());
				chosen.complete();
			}
			try (Configuration later = Configuration.choose(moved, home, false, false)) {
				assertTrue(later.folder().startsWith(home));
				assertTrue(later.readOnly());
			}
		}

		@Test
		void aCopyHasAFolderOfItsOwn() throws IOException {
			Path copy = folder.resolve("copy");
			Files.createDirectories(copy.resolve("configuration"));
			Files.copy(ini(), copy.resolve("configuration/config.ini"));
			try (Configuration original = line();
					Configuration other = Configuration.choose(copy, home, false, false)) {
				assertNotEquals(original.folder(), other.folder());
				assertFalse(other.readOnly());
			}
		}

		@Test
		void preparesAFolderOfThePersonOnceAndThenReadsIt() throws IOException {
			Path prepared;
			try (Configuration first = line()) {
				assertFalse(first.readOnly());
				assertTrue(first.folder().startsWith(home));
				assertEquals("osgi.bundles=a", Files.readString(first.folder().resolve("config.ini")));
				prepared = first.folder();
				first.complete();
			}
			try (Configuration later = line()) {
				assertEquals(prepared, later.folder());
				assertTrue(later.readOnly());
			}
		}

		@Test
		void preparesAgainWhatWasNotCompleted() throws IOException {
			try (Configuration broken = line()) {
				assertFalse(broken.readOnly());
			}
			try (Configuration again = line()) {
				assertFalse(again.readOnly());
			}
		}

		@Test
		void takesAPassingFolderWhileAnotherPrepares() throws IOException {
			Path passed;
			try (Configuration first = line(); Configuration meanwhile = line()) {
				assertNotEquals(first.folder(), meanwhile.folder());
				assertFalse(meanwhile.readOnly());
				meanwhile.complete();
				passed = meanwhile.folder();
				assertTrue(Files.exists(passed.resolve("config.ini")));
			}
			assertFalse(Files.exists(passed));
			try (Configuration later = line()) {
				assertFalse(later.readOnly(), "who took a passing folder has prepared nothing");
			}
		}

		@Test
		void forgetsWhatWasPreparedForAnOlderBuild() throws IOException {
			Path older;
			try (Configuration first = line()) {
				first.complete();
				older = first.folder();
			}
			Files.writeString(ini(), "osgi.bundles=b");
			try (Configuration newer = line()) {
				assertNotEquals(older, newer.folder());
				assertFalse(newer.readOnly());
				assertFalse(Files.exists(older));
			}
		}
	}

	@Test
	void aSecondWindowIsRefusedUntilTheFirstIsClosed() throws IOException {
		Path first;
		try (Configuration open = window()) {
			assertFalse(open.readOnly());
			first = open.folder();
			assertThrows(WindowIsOpenException.class, ConfigurationTest.this::window);
			try (Configuration command = line()) {
				assertNotEquals(first, command.folder());
			}
		}
		try (Configuration again = window()) {
			assertEquals(first, again.folder());
		}
	}

	@Test
	void preparingAnInstallationWritesIntoIt() throws IOException {
		Files.writeString(install.resolve("configuration/.ready"), "");
		try (Configuration chosen = Configuration.choose(install, home, false, true)) {
			assertEquals(install.resolve("configuration"), chosen.folder());
			assertFalse(chosen.readOnly());
			assertFalse(Files.exists(install.resolve("configuration/.ready")));
		}
	}
}
