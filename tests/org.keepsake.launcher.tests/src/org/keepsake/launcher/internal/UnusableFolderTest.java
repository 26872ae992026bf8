// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnusableFolderTest {

	@ParameterizedTest
	@ValueSource(strings = { "/opt/c#/keepsake", "/opt/100%/keepsake", "/opt/a%20b" })
	void tellsTheFolderAndWhatToDo(String folder) {
		String told = assertThrows(UnusableFolderException.class,
				() -> UnusableFolderException.check(Path.of(folder), "Move it.")).getMessage();
		assertTrue(told.contains(folder) && told.endsWith("Move it."), told);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/opt/keepsake", "/home/a b/keep (x86) & co/it's +" })
	void passesOtherNames(String folder) {
		assertDoesNotThrow(() -> UnusableFolderException.check(Path.of(folder), ""));
	}
}
