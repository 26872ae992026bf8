// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** Every problem has texts, and the page of all problems says what the program says. */
class ProblemPageTest {

	private static final Path ROOT = Path.of(System.getProperty("keepsake.root", "../.."));

	@Test
	void everyDeclaredProblemHasATitleAndARemedy() throws Exception {
		Map<String, String> texts = ProblemPage.texts(ROOT);
		assertFalse(ProblemPage.declared(ROOT).isEmpty());
		for (String code : ProblemPage.declared(ROOT)) {
			assertTrue(texts.containsKey(code + ".title"), () -> "no title for " + code);
			assertFalse(texts.getOrDefault(code + ".remedy", "").isBlank(), () -> "no remedy for " + code);
		}
	}

	/** With {@code -Dkeepsake.write=true} the page is written instead. */
	@Test
	void thePageSaysWhatTheProgramSays() throws Exception {
		Path page = ROOT.resolve("docs/problems.md");
		if (Boolean.getBoolean("keepsake.write")) {
			Files.writeString(page, ProblemPage.page(ROOT));
		}
		assertEquals(ProblemPage.page(ROOT), Files.exists(page) ? Files.readString(page) : "");
	}
}
