// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;

/** Remembered passwords, and the change of a device's. */
class PasswordTest {

	@TempDir
	Path home;
	private Bench bench;

	@BeforeEach
	void setUp() {
		bench = new Bench(home);
	}

	@AfterEach
	void tearDown() {
		bench.close();
	}

	private String remembered(String udid) throws Exception {
		return bench.keepsake.passwords().find(new Udid(udid)).map(secret -> new String(secret.revealCharacters()))
				.orElse("none");
	}

	private Path store() {
		return home.resolve("passwords/store.properties");
	}

	@Test
	void erasingIsAJobLikeOthersThatACancelKeepsFromTheDevice() throws Exception {
		bench.keepsake.erase(bench.phone.udid, bench.monitor);
		assertEquals(List.of("open", "erase", "close"), bench.phone.log);
		bench.monitor.cancel();
		assertThrows(CancelledException.class, () -> bench.keepsake.erase(bench.phone.udid, bench.monitor));
		assertEquals(3, bench.phone.log.size());
	}

	/** The store. */
	@Nested
	class Store {

		@Test
		void nothingIsWrittenUnlessAsked() throws Exception {
			assertEquals("none", remembered(Bench.UDID));
			bench.keepsake.passwords().forget(bench.phone.udid);
			assertFalse(Files.exists(home.resolve("passwords")));
		}

		@Test
		void givesBackWhatItWasGivenInAnySpelling() throws Exception {
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("grüße \uD83D\uDD11"));
			assertEquals("grüße \uD83D\uDD11", remembered(Bench.UDID));
			assertEquals("grüße \uD83D\uDD11", remembered(Bench.UDID.toLowerCase()));
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("other"));
			assertEquals("other", remembered(Bench.UDID));
			bench.keepsake.passwords().forget(bench.phone.udid);
			assertEquals("none", remembered(Bench.UDID));
		}

		@Test
		void thePasswordIsNotInAnyFileAndFilesAreTheOwnersAlone() throws Exception {
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("tr0ub4dor"));
			try (var files = Files.walk(home)) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
					assertFalse(content.contains("tr0ub4dor"), file::toString);
					if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
						assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
								file::toString);
					}
				}
			}
		}

		@Test
		void aLineMovedToAnotherDeviceDoesNotOpen() throws Exception {
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("mine"));
			String lines = Files.readString(store());
			Files.writeString(store(), lines.replace(Bench.UDID.toLowerCase(), Bench.OTHER.toLowerCase()));
			Bench.problemOf("engine.passwords-unreadable", () -> remembered(Bench.OTHER));
		}

		@Test
		void damageAndAMissingKeyAreProblemsAndNothingIsOverwritten() throws Exception {
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("mine"));
			byte[] before = Files.readAllBytes(store());
			byte[] key = Files.readAllBytes(home.resolve("passwords/key"));
			Files.delete(home.resolve("passwords/key"));
			Bench.problemOf("engine.passwords-unreadable", () -> remembered(Bench.UDID));
			Bench.problemOf("engine.passwords-unreadable",
					() -> bench.keepsake.passwords().remember(new Udid(Bench.OTHER), Secret.of("x")));
			assertEquals(new String(before), Files.readString(store()));
			Files.write(home.resolve("passwords/key"), key);
			assertEquals("mine", remembered(Bench.UDID));
			for (String bad : List.of(Bench.UDID.toLowerCase() + "=zz", Bench.UDID.toLowerCase() + "=00",
					Bench.UDID.toLowerCase() + "=\\u12")) {
				Files.writeString(store(), bad);
				Bench.problemOf("engine.passwords-unreadable", () -> remembered(Bench.UDID));
			}
		}
	}

	/** The change on the device. */
	@Nested
	class Change {

		private void change(String before, String after) throws Exception {
			bench.keepsake.changeBackupPassword(bench.phone.udid, before == null ? null : Secret.of(before),
					after == null ? null : Secret.of(after), bench.monitor);
		}

		@Test
		void setsChangesAndRemoves() throws Exception {
			change(null, "first");
			assertTrue(bench.phone.encryption);
			change("first", "second");
			change("second", null);
			assertFalse(bench.phone.encryption);
		}

		@Test
		void whatDoesNotFitTheDevicesStateIsToldBeforeItIsAsked() throws Exception {
			Bench.problemOf("engine.encryption-is-off", () -> change("old", "new"));
			bench.phone.encryption = true;
			Bench.problemOf("engine.encryption-is-on", () -> change(null, "new"));
			bench.phone.encryptionRequired = true;
			Bench.problemOf("engine.encryption-required", () -> change("old", null));
			Bench.problemOf("engine.password-empty", () -> change("old", ""));
			Bench.problemOf("engine.password-empty", () -> change(null, null));
			assertFalse(bench.phone.log.contains("password"));
		}

		@Test
		void aPresentPasswordThatDoesNotOpenTheNewestVersionIsWarnedOf() throws Exception {
			bench.keepEncrypted("right");
			bench.phone.encryption = true;
			change("wrong", "new");
			assertTrue(bench.heard("password.differs"));
			assertTrue(bench.phone.log.contains("password"), "the device decides");
			bench.events.clear();
			change("right", "newer");
			assertFalse(bench.heard("password.differs"));
		}

		@Test
		void aRememberedPasswordFollowsAndOthersAreNotRemembered() throws Exception {
			change(null, "first");
			assertEquals("none", remembered(Bench.UDID));
			bench.keepsake.passwords().remember(bench.phone.udid, Secret.of("first"));
			change("first", "second");
			assertEquals("second", remembered(Bench.UDID));
			change("second", null);
			assertEquals("second", remembered(Bench.UDID), "older backups still need it");
		}

		@Test
		void cancelChangesNothing() throws Exception {
			bench.monitor.cancel();
			assertThrows(CancelledException.class, () -> change(null, "x"));
			assertFalse(bench.phone.encryption);
		}
	}
}
