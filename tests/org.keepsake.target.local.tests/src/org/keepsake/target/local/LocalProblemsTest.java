// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.ResourceBundle;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemType;

/** Every problem has its texts, and no text is left without its problem. */
class LocalProblemsTest {

	@Test
	void haveTitleCauseAndRemedyWithoutPlaceholdersLeft() throws ReflectiveOperationException {
		Set<String> codes = new HashSet<>();
		for (Field field : LocalProblems.class.getFields()) {
			if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ProblemType type) {
				Problem problem = type.problem("FOLDER", "DETAIL");
				assertTrue(codes.add(problem.code()), problem.code());
				for (String text : new String[] { problem.title(), problem.cause(), problem.remedy() }) {
					assertFalse(text.isBlank(), problem.code());
					assertFalse(text.contains("{"), text);
				}
				assertFalse(problem.title().endsWith("."), problem.title());
			}
		}
		Set<String> texts = new HashSet<>();
		ResourceBundle.getBundle("org.keepsake.target.local.problems").keySet()
				.forEach(key -> texts.add(key.substring(0, key.lastIndexOf('.'))));
		assertEquals(codes, texts);
	}
}
