// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "plain|plain", "a\"b|a\\\"b", "back\\slash|back\\\\slash", "ümläut|ümläut",
			"📱|📱", "'don''t'|'don''t'" })
	void quotesStrings(String text, String written) {
		assertEquals('"' + written + '"', Json.write(text));
	}

	@Test
	void escapesWhatMustNotStandInAString() {
		assertEquals("\"\\u0000\\u001b\\n\\r\\t\\u007f\\u0085\\u2028\\u2029\"",
				Json.write("\0\u001b\n\r\t\u007f\u0085\u2028\u2029"));
	}

	@Test
	void escapesHalvesOfAPair() {
		assertEquals("\"\\ud83d\"", Json.write("\ud83d"));
		assertEquals("\"\\udcf1x\"", Json.write("\udcf1x"));
		assertEquals("\"\\ud83d\\ud83d\udcf1\"".replace("\\ud83d\udcf1", "\ud83d\udcf1"),
				Json.write("\ud83d\ud83d\udcf1"));
	}

	@Test
	void writesEveryKindOfValue() {
		assertEquals(
				"{\"a\":null,\"b\":1,\"c\":1.5,\"d\":true,\"e\":[],\"f\":[\"x\",2],\"g\":{},\"h\":\"2026-01-02T03:04:05Z\"}",
				new JsonObject().put("a", null).put("b", Integer.valueOf(1)).put("c", Double.valueOf(1.5))
						.put("d", Boolean.TRUE).put("e", List.of()).put("f", List.of("x", Integer.valueOf(2)))
						.put("g", Map.of()).put("h", Instant.parse("2026-01-02T03:04:05Z")).toString());
	}

	@Test
	void knowsNoNumberThatIsNone() {
		assertEquals("[null,null]", Json.write(List.of(Double.valueOf(Double.NaN), Double.valueOf(1 / 0.0))));
	}

	@Test
	void writesUnknownAmountsAsNull() {
		assertEquals("{\"a\":null,\"b\":0}", new JsonObject().putKnown("a", -1).putKnown("b", 0).toString());
	}

	@Test
	void writesAnArrayWithALineForEachElement() {
		assertEquals("[\n  {\"a\":1},\n  {\"a\":2}\n]",
				Json.lines(List.of(new JsonObject().put("a", Integer.valueOf(1)),
						new JsonObject().put("a", Integer.valueOf(2)))));
		assertEquals("[]", Json.lines(List.of()));
	}
}
