// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.repository.Node;

class NodesTest {

	private static final String ENTRY = "{\"name\":\"a\\u003cb\\\\\\\"\",\"type\":\"file\",\"mode\":420,"
			+ "\"mtime\":\"2014-12-06T17:50:23.34513538+01:00\",\"atime\":\"2014-12-06T17:50:23.338468713+01:00\","
			+ "\"ctime\":\"2014-12-06T17:50:23+01:00\",\"uid\":1000,\"gid\":100,\"user\":\"fd0\","
			+ "\"inode\":18446744073709551615,\"size\":1234,\"links\":1,"
			+ "\"extended_attributes\":[{\"name\":\"user.x\",\"value\":\"AAE=\"}],"
			+ "\"content\":[\"50f77b3b4291e8411a027b9f9b9e64658181cc676ce6ba9958b95f268cb1109d\"]}";

	@Test
	void writesAnEntryAsItWasRead() throws IOException {
		String tree = "{\"nodes\":[" + ENTRY + "]}\n";
		TreeText.Entries entries = new TreeText.Entries(tree.getBytes(StandardCharsets.UTF_8));
		Node node = entries.next();
		assertNotNull(node);
		assertNull(entries.next());
		assertEquals("a<b\"", node.name());
		assertEquals(1234, node.sizeBytes());
		TreeText text = new TreeText(ZoneOffset.ofHours(1));
		text.add(node);
		assertEquals(tree, new String(text.finish(), StandardCharsets.UTF_8));
	}

	/** Name, and what Go's strconv.Quote makes of it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "plain|plain", "ü|ü", "\u00a0|\\u00a0", "\u200b|\\u200b", "a\tb|a\\tb",
			"q'\"'|q'\\\"'", "\\|\\\\", "\uD83D\uDE00|\uD83D\uDE00", "\uDC80x|\\x80x" })
	void quotesNamesAsGoDoes(String name, String quoted) throws IOException {
		assertEquals(quoted, GoQuote.quote(name));
		assertEquals(name, GoQuote.unquote(quoted));
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-23T04:05:06Z,UTC,2026-11-23T04:05:06Z",
			"2026-07-01T00:00:00.120Z,Europe/Berlin,2026-07-01T02:00:00.12+02:00",
			"2026-07-01T00:00:00.000000001Z,America/St_Johns,2026-06-30T21:30:00.000000001-02:30",
			"-5000-01-01T00:00:00Z,UTC,0001-01-01T00:00:00Z" })
	void writesTimesAsGoDoes(String instant, String zone, String expected) throws IOException {
		assertEquals(expected, GoTime.format(Instant.parse(instant), ZoneId.of(zone)));
		if (!instant.startsWith("-")) {
			assertEquals(Instant.parse(instant), GoTime.parse(expected));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", ".", "a/b", "/etc", "x\\u0000y" })
	void refusesNamesThatLeaveTheFolder(String name) {
		assertRefused("{\"nodes\":[" + ENTRY.replace("a\\u003cb\\\\\\\"", name) + "]}");
	}

	@Test
	void refusesANameThatComesTwice() {
		assertRefused("{\"nodes\":[" + ENTRY + ',' + ENTRY + "]}");
	}

	@Test
	void refusesWhatIsNoTree() {
		List<String> texts = List.of("", "[]", "{", "{\"nodes\":[{}]}", "{\"nodes\":{}}", "{\"nodes\":[null]}",
				"{\"nodes\":[]}x", "{\"nodes\":[{\"name\":\"d\",\"type\":\"dir\"}]}", "{\"x\":" + "[".repeat(100_000));
		texts.forEach(NodesTest::assertRefused);
	}

	@Test
	void endsForWhateverBytesAreThere() {
		long seed = 20261123;
		Random random = new Random(seed);
		byte[] good = ("{\"nodes\":[" + ENTRY + "]}\n").getBytes(StandardCharsets.UTF_8);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = good.clone();
			for (int n = random.nextInt(3) + 1; n > 0; n--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			try {
				TreeText.Entries entries = new TreeText.Entries(bytes);
				while (entries.next() != null) {
					continue;
				}
			} catch (IOException e) {
				refused++;
			}
		}
		assertTrue(refused > 1000, "seed " + seed + ": " + refused);
	}

	private static void assertRefused(String text) {
		assertThrows(JsonReader.JsonException.class, () -> {
			TreeText.Entries entries = new TreeText.Entries(text.getBytes(StandardCharsets.UTF_8));
			while (entries.next() != null) {
				continue;
			}
		}, text.length() > 100 ? "long" : text);
	}
}
