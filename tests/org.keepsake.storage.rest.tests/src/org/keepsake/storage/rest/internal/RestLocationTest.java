// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

class RestLocationTest {

	private final RestStorageFactory factory = new RestStorageFactory();

	@ParameterizedTest
	@CsvSource({ "rest:https://backup.example, https://backup.example/, ''",
			"rest:https://me@backup.example:8000/phones, https://backup.example:8000/phones/, me",
			"rest:http://[::1]:8000/a%20b/, http://[::1]:8000/a%20b/, ''",
			"REST:HTTPS://a%40b@backup.example/, https://backup.example/, a@b" })
	void readsWhatAPersonWrites(String text, String base, String user) throws ProblemException {
		RestLocation location = RestLocation.parse(text);
		assertTrue(factory.accepts(text));
		assertEquals(base, location.base().toString());
		assertEquals(Optional.of(user).filter(u -> !u.isEmpty()), location.user());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "rest:https://", "rest:https://host/ path", "rest:https://host/?x=1", "rest:https://host/#x",
					"rest:backup.example", "s3:https://host/bucket" })
	void refusesWhatIsNone(String text) {
		ProblemException told = assertThrows(ProblemException.class, () -> factory.open(text, TestContext.NONE));
		assertTrue(told.is(StorageProblems.LOCATION));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rest:https://me:hunter2@host/", "rest:https://:hunter2@host/path",
			"rest:https://me:hunter2@ho st/", "rest:https://me:hunt@hunter2@host/" })
	void refusesAPasswordAndNeverShowsIt(String text) {
		ProblemException told = assertThrows(ProblemException.class, () -> factory.open(text, TestContext.NONE));
		assertTrue(told.is(StorageProblems.LOCATION));
		StringWriter all = new StringWriter();
		told.printStackTrace(new PrintWriter(all));
		assertFalse((all + told.problem().title() + told.problem().cause() + told.problem().remedy())
				.contains("hunter2"), all.toString());
	}

	@Test
	void showsItselfWithoutSecrets() throws IOException {
		try (Storage storage = factory.open("rest:https://me@host/path", TestContext.NONE)) {
			assertEquals("rest:https://me@host/path/", storage.location());
		}
	}

	@ParameterizedTest
	@CsvSource({ "limit.upload,fast", "retry.seconds,-1", "pin,abc", "proxy,socks://host", "timeout.seconds,0" })
	void namesASettingThatIsWrong(String name, String value) {
		ProblemException told = assertThrows(ProblemException.class,
				() -> factory.open("rest:https://host/", TestContext.settings(name, value)));
		assertTrue(told.is(StorageSettings.SETTING));
		assertTrue(told.problem().title().contains(name), told.problem().title());
	}
}
