// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.core.sample.SampleProblems;
import org.keepsake.core.target.TreePath;

/** Problems get their texts from the file beside their class. */
class ProblemTypeTest {

	private static final ProblemType SAMPLE = SampleProblems.SAMPLE;
	private static final ProblemType PLAIN = SampleProblems.PLAIN;

	@Test
	void fillsPlaceholders() {
		Problem problem = SAMPLE.problem("the disk", 3);
		assertEquals("test.sample", problem.code());
		assertEquals("the disk isn't there", problem.title());
		assertEquals("Tried 3 times.", problem.cause());
		assertEquals("Connect the disk.", problem.remedy());
		assertEquals(Retry.LATER, problem.retry());
		assertEquals("the disk isn't there [test.sample]", problem.toString());
	}

	@Test
	void mayHaveNoCauseButMustHaveTheRest() {
		assertEquals("", PLAIN.problem().cause());
		assertThrows(IllegalStateException.class, SampleProblems.TEXTLESS::problem);
	}

	@Test
	void readsNoTextsBeforeTheyAreNeeded() {
		assertEquals("test.unknown", ProblemType.of(String.class, "test.unknown", Retry.NOW).toString());
	}

	@Test
	void travelsInAnException() {
		IOException cause = new IOException("for the log");
		ProblemException exception = SAMPLE.exceptionBecause(cause, "the disk", 3);
		assertSame(cause, exception.getCause());
		assertTrue(exception.is(SAMPLE));
		assertFalse(exception.is(PLAIN));
		assertFalse(exception.getMessage().contains("for the log"));
		assertEquals(PLAIN.problem(), PLAIN.exception().problem());
	}

	@Test
	void coresOwnProblemsHaveTheirTexts() {
		Problem problem = TreePath.REFUSED.problem("../x");
		assertFalse(problem.title().isBlank());
		assertFalse(problem.remedy().isBlank());
	}

	@Test
	void retryHasStableWords() {
		assertEquals(List.of("never", "now", "later", "after-remedy"),
				Arrays.stream(Retry.values()).map(Retry::word).toList());
	}
}
