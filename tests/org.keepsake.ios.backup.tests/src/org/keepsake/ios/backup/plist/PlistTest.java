// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.ios.backup.fixture.PlistWriter;

class PlistTest {

	private static final String XML = """
			<?xml version="1.0" encoding="UTF-8"?>
			<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd" [
				<!ENTITY evil SYSTEM "file:///etc/passwd">
			]>
			<plist version="1.0">
			<!-- a comment with <dict> in it -->
			<dict>
				<key>Text</key><string>a &lt;b&gt; &amp; &#252; &#x1F3D4; <![CDATA[<&>]]>]</string>
				<key>Number</key><integer>-42</integer>
				<key>Big</key><integer>18446744073709551615</integer>
				<key>Real</key><real>1.5</real>
				<key>Yes</key><true/>
				<key>No</key><false></false>
				<key>Date</key><date>2026-02-03T04:05:06Z</date>
				<key>Data</key>
				<data>
				AAEC
				AwQ=
				</data>
				<key>List</key><array><string>a</string><array/><dict/></array>
				<key>Dict</key><dict><key>Inner</key><string/></dict>
			</dict>
			</plist>
			""";

	private static PropertyList read(byte[] bytes) throws IOException {
		return PropertyList.read(new ByteArrayInputStream(bytes), 1 << 20, key -> true);
	}

	private static PropertyList read(String xml) throws IOException {
		return read(xml.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] binary(int references) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("Text", "a <b> & ü 🏔 <&>]");
		values.put("Number", -42);
		values.put("Big", -1L);
		values.put("Real", 1.5);
		values.put("Yes", true);
		values.put("No", false);
		values.put("Date", Instant.parse("2026-02-03T04:05:06Z"));
		values.put("Data", new byte[] { 0, 1, 2, 3, 4 });
		values.put("List", List.of("a", List.of(), Map.of()));
		values.put("Dict", Map.of("Inner", ""));
		values.put("Long", "x".repeat(70_000));
		return PlistWriter.write(values, references);
	}

	private static void check(PropertyList list) {
		assertEquals("a <b> & ü 🏔 <&>]", list.string("Text"));
		assertEquals(-42L, list.get("Number"));
		assertEquals(-1L, list.get("Big"));
		assertEquals(1.5, list.get("Real"));
		assertEquals(true, list.bool("Yes"));
		assertEquals(false, list.bool("No"));
		assertEquals(Instant.parse("2026-02-03T04:05:06Z"), list.date("Date"));
		assertArrayEquals(new byte[] { 0, 1, 2, 3, 4 }, list.data("Data"));
		assertTrue(list.get("List") instanceof List<?> elements && elements.size() == 3);
		assertTrue(list.dict("Dict").has("Inner"));
		assertEquals("", list.string("Number"));
		assertNull(list.date("Text"));
		assertNull(list.data("Text"));
		assertNull(list.bool("Text"));
		assertFalse(list.dict("Text").has("Inner"));
	}

	@Test
	void readsXml() throws IOException {
		check(read(XML));
		check(read(XML.replace("\n", "\r\n")));
		check(read("\uFEFF" + XML));
	}

	@Test
	void readsXmlInUtf16() throws IOException {
		check(read(XML.getBytes(StandardCharsets.UTF_16)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 8 })
	void readsBinaryWithReferencesOfAnyWidth(int width) throws IOException {
		check(read(binary(width)));
	}

	@Test
	void keepsOnlyWhatIsWanted() throws IOException {
		for (byte[] bytes : List.of(XML.getBytes(StandardCharsets.UTF_8), binary(2))) {
			PropertyList list = PropertyList.read(new ByteArrayInputStream(bytes), 1 << 20, "Dict"::equals);
			assertEquals(List.of("Dict"), List.copyOf(list.keys()));
		}
	}

	@Test
	void resolvesNoEntityOfItsOwn() {
		assertThrows(PlistException.class, () -> read(XML.replace("&amp;", "&evil;")));
		assertThrows(PlistException.class, () -> read(XML.replace("&amp;", "&#1114112;")));
		assertThrows(PlistException.class, () -> read(XML.replace("&amp;", "&" + "a".repeat(1000))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "<", "<plist>", "<plist/>", "<dict>", "<dict><key>a</key></dict>",
			"<dict><string>a</string></dict>", "<dict><key>a</key><integer>x</integer></dict>",
			"<dict><key>a</key><date>x</date></dict>", "<dict><key>a</key><data>A</data></dict>",
			"<dict><key>a</key><real>x</real></dict>", "<dict><key>a</key><what/></dict>",
			"<dict><key>a</key><array><string>b</array></string></dict>", "<array/>", "<!--", "<!DOCTYPE [", "<?xml",
			"<dict><key>a</key><string>&", "<dict><key>a</key><array></dict>" })
	void refusesWhatIsNoPropertyList(String text) {
		assertThrows(PlistException.class, () -> read(text));
	}

	@Test
	void refusesWhatIsNestedTooDeep() {
		String deep = "<dict><key>a</key>" + "<array>".repeat(100_000);
		assertThrows(PlistException.class, () -> read(deep));
		assertThrows(PlistException.class, () -> PropertyList
				.read(new ByteArrayInputStream(deep.getBytes(StandardCharsets.UTF_8)), 1 << 20, key -> false));
	}

	@Test
	void refusesAFileThatNeverEnds() {
		InputStream endless = new InputStream() {
			private final byte[] head = "<dict><key>a</key><string>".getBytes(StandardCharsets.US_ASCII);
			private long at;

			@Override
			public int read() {
				return at < head.length ? head[(int) at++] : 'x';
			}
		};
		assertThrows(PlistException.class, () -> PropertyList.read(endless, 1 << 20, key -> true));
		assertThrows(PlistException.class, () -> PropertyList.read(endless, 1 << 20, key -> true));
	}

	@Test
	void refusesObjectsThatContainThemselves() {
		byte[] bytes = PlistWriter.write(Map.of("a", List.of("b")), 1);
		// Objects: 0 the dictionary, 1 its key, 2 the list, 3 the text. The list now holds itself.
		int list = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00A1\u0003");
		assertTrue(list > 0);
		bytes[list + 1] = 2;
		assertThrows(PlistException.class, () -> read(bytes));
	}

	@Test
	void refusesAListThatMultipliesItself() {
		Object level = "x".repeat(1000);
		for (int i = 0; i < 40; i++) {
			level = List.of(i, level);
		}
		byte[] bytes = PlistWriter.write(Map.of("a", level), 1);
		// Each list of two: let both elements be the next list.
		for (int i = 8; i < bytes.length - 2; i++) {
			if ((bytes[i] & 0xFF) == 0xA2) {
				bytes[i + 1] = bytes[i + 2];
			}
		}
		assertThrows(PlistException.class, () -> read(bytes));
	}

	@Test
	void endsInAnIOExceptionWhereverItIsCut() {
		byte[] xml = XML.getBytes(StandardCharsets.UTF_8);
		int end = XML.indexOf("</plist>");
		for (int length = 0; length < end - 8; length++) {
			byte[] cut = Arrays.copyOf(xml, length);
			assertThrows(PlistException.class, () -> read(cut), "cut at " + length);
		}
		byte[] whole = PlistWriter.write(Map.of("a", List.of("b", 1, 2.5, new byte[300], Instant.EPOCH)));
		for (int length = 0; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);
			assertThrows(PlistException.class, () -> read(cut), "cut at " + length);
		}
	}
}
