// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.ui.internal.inside.Entry.Symbol;

/** Values as a person reads them. */
class ValueTextTest {

	private static final ZoneId ZONE = ZoneId.of("UTC");

	@Test
	void namesBecomeWords() {
		assertEquals("Sender address", ValueText.name("senderAddress"));
		assertEquals("Chat name", ValueText.name("chat name"));
		assertEquals("", ValueText.name(""));
	}

	@Test
	void valuesFitInOneLine() {
		assertEquals("Facetime audio", ValueText.line("kind", new Symbol("FACETIME_AUDIO"), ZONE));
		assertEquals("1:01:05", ValueText.line("duration", Duration.ofSeconds(3665), ZONE));
		assertEquals("2 KB", ValueText.line("sizeBytes", Long.valueOf(2000), ZONE));
		assertEquals("a b", ValueText.line("text", " a\n\tb ", ZONE));
		assertEquals("", ValueText.line("text", null, ZONE));
		assertEquals("", ValueText.line("real", Double.valueOf(Double.NaN), ZONE));
		assertEquals("a; b", ValueText.line("list", Arrays.asList("a", null, "", "b"), ZONE));
		Map<String, Object> labelled = new LinkedHashMap<>();
		labelled.put("label", "Home");
		labelled.put("value", "123");
		assertEquals("Home: 123", ValueText.line("phones", List.of(labelled), ZONE));
	}

	@Test
	void foreignTextsDoNotSteerTheWindow() {
		String evil = "a\u202Eb\u0000c";
		assertFalse(ValueText.oneLine(evil).contains("\u202E"));
		assertFalse(ValueText.lines("x\n" + evil).contains("\u0000"));
		assertEquals("x\ny", ValueText.lines("x\r\ny"));
	}
}
