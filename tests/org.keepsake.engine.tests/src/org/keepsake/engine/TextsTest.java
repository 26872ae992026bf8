// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemType;
import org.keepsake.engine.internal.Texts;

/** Every sentence is there, is a pattern, and is used. */
class TextsTest {

	static Stream<ProblemType> problems() throws IllegalAccessException {
		List<ProblemType> types = new ArrayList<>();
		for (Field field : EngineProblems.class.getFields()) {
			types.add((ProblemType) field.get(null));
		}
		return types.stream();
	}

	@ParameterizedTest
	@MethodSource("problems")
	void everyProblemHasTitleAndRemedy(ProblemType type) {
		Problem problem = type.problem("A", "B", "C", "D", "E", "F", "G");
		assertFalse(problem.title().isBlank() || problem.title().endsWith("."), problem.title());
		assertTrue(problem.remedy().endsWith(".") || problem.remedy().endsWith("A"), problem.remedy());
		assertFalse((problem.title() + problem.cause() + problem.remedy()).contains("{"), problem.cause());
	}

	@Test
	void noTextBelongsToNoProblem() throws Exception {
		Set<String> codes = new TreeSet<>(problems().map(ProblemType::code).toList());
		ResourceBundle texts = ResourceBundle.getBundle("org.keepsake.engine.problems", Locale.ROOT,
				EngineProblems.class.getClassLoader());
		Set<String> used = new TreeSet<>();
		texts.keySet().forEach(key -> used.add(key.substring(0, key.lastIndexOf('.'))));
		assertEquals(codes, used);
	}

	@Test
	void everySentenceIsAPattern() {
		ResourceBundle texts = ResourceBundle.getBundle("org.keepsake.engine.internal.messages", Locale.ROOT,
				EngineProblems.class.getClassLoader());
		for (String key : texts.keySet()) {
			String told = new MessageFormat(texts.getString(key), Locale.ROOT).format(new Object[] { 1, 2, 3, 4, 5 });
			assertFalse(told.contains("''") || told.isBlank(), key);
			assertEquals(texts.getString(key).replace("''", "").indexOf('\''), -1, key + ": a lone apostrophe");
		}
	}

	@Test
	void everyAdviceHasQuestionAndAnswer() {
		for (Advice advice : Advice.all()) {
			assertTrue(advice.question().endsWith("?") && advice.answer().length() > 80, advice.id());
		}
	}

	@Test
	void sizesAreToldInTheUnitsOfTheDevice() {
		assertEquals("0 bytes", Texts.size(0));
		assertEquals("999 bytes", Texts.size(999));
		assertEquals("1 KB", Texts.size(1_000));
		assertEquals("134 MB", Texts.size(128L << 20));
		assertEquals("64 GB", Texts.size(64_000_000_000L));
	}

	@Test
	void anAgeIsToldAsPreciselyAsItMatters() {
		assertEquals("just now", Texts.age(Duration.ofMinutes(4)));
		assertEquals("35 minutes ago", Texts.age(Duration.ofMinutes(35)));
		assertEquals("2 hours ago", Texts.age(Duration.ofHours(2)));
		assertEquals("2 days ago", Texts.age(Duration.ofDays(2)));
	}
}
