// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

class SmbLocationTest {

	@ParameterizedTest
	@CsvSource({ "smb://nas/backup, '', '', nas, 445, backup, ''", "smb://nas/backup/, '', '', nas, 445, backup, ''",
			"smb://anna@nas:4455/backup/a/b/, '', anna, nas, 4455, backup, a\\b",
			"smb://HOME;anna@nas/My Share//x, HOME, anna, nas, 445, My Share, x",
			"smb://anna@home.example@nas/s/p, '', anna@home.example, nas, 445, s, p",
			"smb://[::1]:1/s, '', '', ::1, 1, s, ''",
			"smb://nas/s/100%25, '', '', nas, 445, s, 100%25" })
	void understandsLocations(String text, String domain, String user, String host, int port, String share,
			String path) {
		SmbLocation location = SmbLocation.parse(text).orElseThrow();
		assertEquals(domain, Optional.ofNullable(location.domain()).orElse(""));
		assertEquals(user, location.loginName().orElse(""));
		assertEquals(host, location.host());
		assertEquals(port, location.port());
		assertEquals(share, location.share());
		assertEquals(path, location.path());
	}

	@ParameterizedTest
	@ValueSource(strings = { "smb:", "smb://nas", "smb://nas/", "smb:nas/share", "smb://nas:0/s", "smb://nas:99999/s",
			"smb://nas/s/../etc", "smb://nas/../s", "smb://nas/s/a:b", "smb://nas/s/a\\b", "smb://anna:hunter2@nas/s",
			"smb://anna:hun/ter2@nas/s" })
	void refusesOthersWithoutRepeatingAPassword(String text) {
		ProblemException told = assertThrows(ProblemException.class,
				() -> new SmbStorageFactory().open(text, Told.password("x")));
		assertTrue(told.is(StorageProblems.LOCATION));
		assertFalse(told.problem().title().contains("ter2"), told.problem()::title);
	}

	@Test
	void acceptsOnlyItsOwn() {
		SmbStorageFactory factory = new SmbStorageFactory();
		assertTrue(factory.accepts("smb://host/share"));
		assertFalse(factory.accepts("sftp:host:/x"));
	}

	@Test
	void refusesASettingThatItDoesNotUnderstand() {
		ProblemException told = assertThrows(ProblemException.class, () -> new SmbStorageFactory()
				.open("smb://nas/share", Told.password("x").setting("encryption", "perhaps")));
		assertTrue(told.is(StorageSettings.SETTING));
	}
}
