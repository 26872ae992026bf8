// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.RestoreRequest;

/** A remembered password gives its key once; a password that is given is tried each time. */
@Timeout(180)
class RememberedKeyTest {

	@TempDir
	Path folder;
	private Lab lab;
	private Udid device;
	private KeptBackup kept;

	@BeforeEach
	void setUp() throws Exception {
		lab = new Lab(folder, Lab.device(folder.resolve("phone"), 11, false));
		device = lab.udid(0);
		lab.encrypt(0);
		kept = lab.backup(0, 1).backup();
	}

	@AfterEach
	void tearDown() {
		lab.close();
	}

	private void remember(String password) throws IOException {
		try (Secret secret = Secret.of(password)) {
			lab.keepsake.passwords().remember(device, secret);
		}
	}

	private static Secret remembered(Keepsake keepsake, Udid device) throws IOException {
		Optional<Secret> found = keepsake.passwords().find(device);
		return found.orElseThrow();
	}

	/** Opens with the password. @return whether it was tried on the key bag */
	private boolean tries(Keepsake keepsake, KeptBackup backup, Secret password) throws IOException {
		lab.events.clear();
		try (password; OpenedBackup opened = keepsake.openData(backup, password, lab.monitor)) {
			assertTrue(opened.content().find("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb").isPresent());
		}
		return lab.events.stream()
				.anyMatch(event -> event instanceof JobEvent.Phase phase && phase.phase().equals("unlocking"));
	}

	private boolean triesRemembered() throws IOException {
		return tries(lab.keepsake, kept, remembered(lab.keepsake, device));
	}

	private Path store() {
		return folder.resolve("home/passwords/store.properties");
	}

	private Properties stored() throws IOException {
		Properties all = new Properties();
		try (var in = Files.newInputStream(store())) {
			all.load(in);
		}
		return all;
	}

	@Test
	void isTriedOnceAndThenItsKeyOpensAlsoInAnotherProcess() throws Exception {
		remember(Lab.PASSWORD);
		assertTrue(triesRemembered());
		assertFalse(triesRemembered());
		try (Keepsake other = Lab.engine(lab.environment)) {
			assertFalse(tries(other, kept, remembered(other, device)));
			assertEquals(List.of(), other.verify(kept, org.keepsake.ios.backup.VerifyLevel.CRYPTO,
					remembered(other, device), lab.monitor).damaged());
		}
	}

	@Test
	void aPasswordThatIsGivenIsTriedEachTimeAndLeavesNoKey() throws Exception {
		remember(Lab.PASSWORD);
		assertTrue(tries(lab.keepsake, kept, Secret.of(Lab.PASSWORD)));
		assertEquals(1, stored().size(), "nobody asked for a key");
		assertTrue(triesRemembered());
		assertEquals(2, stored().size());
		assertTrue(tries(lab.keepsake, kept, Secret.of(Lab.PASSWORD)), "although its key is kept");
		assertEquals("backup.wrong-password",
				Lab.problemOf(() -> tries(lab.keepsake, kept, Secret.of("wrong"))).code());
	}

	@Test
	void aPlanSaysOnceThatThePasswordIsTried() throws Exception {
		lab.events.clear();
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			assertTrue(lab.keepsake
					.planRestore(new RestoreRequest(kept, device, password, true, false, false, true, true),
							lab.monitor)
					.findings()
					.stream().anyMatch(finding -> finding.id().equals("password")));
		}
		assertEquals(List.of("checking-password"), lab.events.stream().map(
				event -> event instanceof JobEvent.Phase phase ? phase.phase() : "")
				.filter(phase -> phase.equals("checking-password") || phase.equals("unlocking")).toList());
	}

	@Test
	void theKeyIsNowhereInClearAndGoesWithThePassword() throws Exception {
		remember(Lab.PASSWORD);
		assertTrue(triesRemembered());
		try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("keepsake-key"),
						file::toString);
			}
		}
		remember(Lab.PASSWORD);
		assertEquals(1, stored().size(), "a password that is remembered anew proves itself anew");
		assertTrue(triesRemembered());
		lab.keepsake.passwords().forget(device);
		assertEquals(0, stored().size());
	}

	@Test
	void aChangedPasswordOpensWithItsOwnKeyAndTheOldOneWithNone() throws Exception {
		remember(Lab.PASSWORD);
		assertTrue(triesRemembered());
		try (Secret before = Secret.of(Lab.PASSWORD); Secret after = Secret.of("another")) {
			lab.keepsake.changeBackupPassword(device, before, after, lab.monitor);
		}
		KeptBackup newer = lab.backup(0, 1).backup();
		assertTrue(tries(lab.keepsake, newer, remembered(lab.keepsake, device)), "the old key does not open it");
		assertFalse(tries(lab.keepsake, newer, remembered(lab.keepsake, device)));
		KeptBackup older = lab.versions(0).getLast();
		assertEquals("backup.wrong-password", Lab
				.problemOf(() -> tries(lab.keepsake, older, remembered(lab.keepsake, device))).code(),
				"no key of a password that is no longer remembered");
	}

	@Test
	void aDamagedKeyIsPassedOverAndReplaced() throws Exception {
		remember(Lab.PASSWORD);
		assertTrue(triesRemembered());
		Properties all = stored();
		String name = all.stringPropertyNames().stream().filter(each -> each.endsWith(".keys")).findFirst()
				.orElseThrow();
		for (String damaged : List.of("zz", "", all.getProperty(name).replace('1', '2'),
				all.getProperty(name.replace(".keys", "")))) {
			all.setProperty(name, damaged);
			try (var out = Files.newOutputStream(store())) {
				all.store(out, null);
			}
			assertTrue(triesRemembered(), damaged);
			assertFalse(triesRemembered(), damaged);
		}
	}
}
