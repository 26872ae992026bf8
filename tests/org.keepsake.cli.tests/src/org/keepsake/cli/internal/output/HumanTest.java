// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.Problem;
import org.keepsake.core.Retry;
import org.keepsake.engine.Human;

class HumanTest {

	private final Locale locale = Locale.getDefault();

	@BeforeEach
	void beInEngland() {
		Locale.setDefault(Locale.UK);
	}

	@AfterEach
	void comeHome() {
		Locale.setDefault(locale);
	}

	@ParameterizedTest
	@CsvSource({ "0,0 bytes", "1,1 byte", "999,999 bytes", "1000,1 KB", "4500,4.5 KB", "999499,999 KB", "999500,1 MB",
			"1500000000,1.5 GB", "99940000,99.9 MB", "99960000,100 MB", "128000000000,128 GB",
			"9223372036854775807,9.2 EB", "-1,unknown" })
	void tellsBytes(long bytes, String text) {
		assertEquals(text, Human.bytes(bytes));
	}

	@Test
	void tellsBytesInThePersonsLanguage() {
		Locale.setDefault(Locale.GERMANY);
		assertEquals("1,5 GB", Human.bytes(1_500_000_000));
		assertEquals("1.234 files", Human.files(1234));
	}

	@ParameterizedTest
	@CsvSource({ "0,0 s", "59,59 s", "60,1 min", "80,1 min 20 s", "3600,1 h", "7500,2 h 5 min", "-5,0 s" })
	void tellsDurations(long seconds, String text) {
		assertEquals(text, Human.duration(Duration.ofSeconds(seconds)));
	}

	@Test
	void takesSteeringCharactersOutOfForeignTexts() {
		assertEquals("a\ufffd[2Jb\ufffdc\ufffd", Human.printable("a\u001b[2Jb\u202ec\n"));
		assertEquals("Zoë’s 📱", Human.printable("Zoë’s 📱"));
	}

	@Test
	void tablesAreAsWideAsTheirCells() {
		Table table = new Table(Set.of(Integer.valueOf(1)), "NAME", "SIZE", "X");
		table.add("猫の📱", "1", "");
		table.add("e\u0301", "1,000", "y");
		assertEquals(List.of("NAME     SIZE  X", "猫の📱      1", "e\u0301       1,000  y"), table.lines());
	}

	@Test
	void textsAreCutAtTheTerminalsEdge() {
		assertEquals("abc", Table.fit("abc", 3));
		assertEquals("ab…", Table.fit("abcd", 3));
		assertEquals("猫…", Table.fit("猫猫猫", 4));
		assertEquals("", Table.fit("abc", 0));
	}

	@Test
	void problemsAreBrokenBetweenWords() {
		Problem problem = new Problem("x.y", "It failed", "Because of\u001b this and that and the other.", "Wait.",
				Retry.LATER);
		assertEquals(
				List.of("It failed", "  Why:        Because of\ufffd this and that", "              and the other.",
						"  What to do: Wait.", "  (x.y)"),
				ProblemText.lines(problem, 40, Style.PLAIN));
	}

	@Test
	void problemWithoutACauseHasNone() {
		assertEquals(List.of("It failed", "  What to do: Wait.", "  (x.y)"),
				ProblemText.lines(new Problem("x.y", "It failed", "", "Wait.", Retry.LATER), 80, Style.PLAIN));
	}
}
