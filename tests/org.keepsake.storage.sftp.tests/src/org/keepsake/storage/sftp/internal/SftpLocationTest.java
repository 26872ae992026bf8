// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageProblems;

class SftpLocationTest {

	@ParameterizedTest
	@CsvSource({ "sftp:host:/srv/repo, '', host, -1, /srv/repo", "sftp:me@host:/srv/repo/, me, host, -1, /srv/repo",
			"sftp:me@dom@host:2222:/srv, me@dom, host, 2222, /srv", "sftp:host:repo, '', host, -1, repo",
			"sftp:host:, '', host, -1, .", "sftp:[::1]:22:/x, '', ::1, 22, /x",
			"sftp:host:/a@b:c, '', host, -1, /a@b:c",
			"sftp://me@host:2222//srv/repo, me, host, 2222, /srv/repo", "sftp://host/repo, '', host, -1, repo",
			"sftp://host, '', host, -1, .", "sftp://host//, '', host, -1, /",
			"sftp://[fe80::1%eth0]:22//x, '', fe80::1%eth0, 22, /x",
			"sftp://a%20b@host//c%20d, a b, host, -1, /c d" })
	void understandsBothSpellingsOfRestic(String text, String user, String host, int port, String path) {
		SftpLocation location = SftpLocation.parse(text).orElseThrow();
		assertEquals(user, location.loginName().orElse(""));
		assertEquals(host, location.host());
		assertEquals(port, location.port());
		assertEquals(path, location.path());
	}

	@ParameterizedTest
	@ValueSource(strings = { "sftp:", "sftp:host", "sftp://", "sftp://host:99999//x", "sftp:host:0:/x",
			"sftp://host//%zz",
			"sftp:me:hunter2@host:/x", "sftp://me:hunter2@host//x", "sftp:me:hun/ter2@host:/x", "sftp:ho st:/x" })
	void refusesOthersWithoutRepeatingAPassword(String text) {
		ProblemException told = assertThrows(ProblemException.class,
				() -> new SftpStorageFactory().open(text, Told.home(Path.of("/nowhere"))));
		assertTrue(told.is(StorageProblems.LOCATION));
		for (String part : List.of("hunter2", "hun/ter2")) {
			assertFalse(told.problem().title().contains(part), told.problem()::title);
		}
	}

	@Test
	void acceptsOnlyItsOwn() {
		SftpStorageFactory factory = new SftpStorageFactory();
		assertTrue(factory.accepts("sftp:host:/x"));
		assertFalse(factory.accepts("smb://host/share"));
		assertFalse(factory.accepts("/sftp:"));
	}
}
