// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {

	private static @Nullable Object read(String text) {
		return JsonValues.readOrNull(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void givesPlainValues() {
		assertEquals(Map.of("a", Arrays.asList(1L, -2.5, true, null, Map.of(), List.of()), "b", "x"),
				read(" {\"a\" : [1, -2.5e0, true, null, {}, []],\n\"b\":\"x\"} "));
		assertEquals("é \" \\ / \n 鯨 😀", read("\"\\u00e9 \\\" \\\\ \\/ \\n 鯨 \\ud83d\\ude00\""));
		assertEquals(1.0e30, read("1000000000000000000000000000000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[1,", "[1 2]", "{\"a\"}", "{a:1}", "tru", "1 2", "\"\\u12\"", "\"\\x\"", "-",
			"1e999", "\"open" })
	void whatIsNotJsonIsNothing(String text) {
		assertNull(read(text));
	}

	@Test
	void whatIsTooDeepOrTooMuchIsNothing() {
		assertNotNull(read("[".repeat(40) + "]".repeat(40)));
		assertNull(read("[".repeat(100_000) + "]".repeat(100_000)));
		assertNull(read("[" + "1,".repeat(600_000) + "1]"));
	}

	@Test
	void damageEndsInAValueOrInNothing() {
		byte[] sound = """
				{"attributedString":{"runs":["Hello",0,"world \\u00e9",1],"attributeTable":[{"timeRange":[0,1.5]}]},\
				"locale":{"identifier":"de_DE"},"on":true,"none":null}""".getBytes(StandardCharsets.UTF_8);
		long seed = 20_261_123;
		System.out.println("Seed " + seed);
		Random random = new Random(seed);
		assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
			for (int i = 0; i < 10_000; i++) {
				JsonValues.readOrNull(Mutations.of(sound, random));
			}
		});
	}
}
