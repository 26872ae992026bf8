// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemType;

class TextsTest {

	@Test
	void everyProblemHasItsTextsAndEveryTextItsProblem() throws IllegalAccessException {
		Set<String> keys = new TreeSet<>();
		for (Field field : BackupProblems.class.getFields()) {
			if (field.get(null) instanceof ProblemType type) {
				Problem problem = type.problem("ONE", "TWO");
				for (String text : new String[] { problem.title(), problem.cause(), problem.remedy() }) {
					assertFalse(text.isBlank(), type.code());
					assertFalse(text.contains("{"), text);
				}
				keys.addAll(Set.of(type.code() + ".title", type.code() + ".cause", type.code() + ".remedy"));
			}
		}
		assertEquals(keys, new TreeSet<>(ResourceBundle.getBundle("org.keepsake.ios.backup.problems", Locale.ROOT,
				BackupProblems.class.getClassLoader()).keySet()));
	}

	@Test
	void aForgottenPasswordIsExplained() {
		String remedy = BackupProblems.WRONG_PASSWORD.problem().remedy();
		assertTrue(remedy.contains("Reset All Settings"), remedy);
	}
}
