// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Property lists of both forms. The golden bytes are of Python's plistlib. */
class PlistTest {

	private static final byte[] GOLDEN = HexFormat.of().parseHex("62706c6973743030dc0102030405060708090a0b0c0d0e0f1011"
			+ "1213141516171b5161536e6567536269675468756765547265616c51745166517354646174615464617465546c6973745375696410"
			+ "0113fffffffffffffff3130000010000000000140000000000000000fffffffffffffff3234004000000000000090865006800e900"
			+ "6c006c006f4200013340f5180000000000a218195178a11a517981012c082123272b303537393b40454a4e505962737c7d7e898c95"
			+ "989a9c9e0000000000000101000000000000001c000000000000000000000000000000a1");
	private static final byte[] HELLO = HexFormat.of().parseHex("62706c6973743030d30102030405065b4d6573736167654e616d65"
			+ "516e546c6973745548656c6c6f13fffffffffffffff3a20708234000000000000000234000cccccccccccd080f1b1d222831343d00"
			+ "00000000000101000000000000000900000000000000000000000000000046");

	private static Map<String, Object> all() {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("text", "h\u00e9llo \ud83d\udcf1 <&>\"'");
		all.put("ascii", "plain");
		all.put("yes", true);
		all.put("no", false);
		all.put("small", 5L);
		all.put("negative", -13L);
		all.put("large", 1L << 40);
		all.put("real", 2.1);
		all.put("date", Instant.parse("2024-02-29T12:34:56Z"));
		all.put("list", List.of("a", 1L, List.of(), Map.of()));
		all.put("dict", Map.of("nested", Map.of("deeper", 3L)));
		all.put("long", "x".repeat(70_000));
		return all;
	}

	@Test
	void readsWhatOthersWrote() throws PlistException {
		Dict dict = Plist.parseDict(GOLDEN);
		assertEquals(1L, dict.integer("a"));
		assertEquals(-13L, dict.integer("neg"));
		assertEquals(1L << 40, dict.integer("big"));
		assertEquals(-13L, dict.integer("huge"), "sixteen bytes: the low 64 bits");
		assertEquals(2.5, dict.real("real"));
		assertTrue(dict.isTrue("t"));
		assertFalse(dict.isTrue("f"));
		assertEquals("h\u00e9llo", dict.string("s"));
		assertArrayEquals(new byte[] { 0, 1 }, dict.data("data"));
		assertEquals(Instant.parse("2001-01-02T00:00:00Z"), dict.date("date"));
		assertEquals(List.of("x", List.of("y")), dict.get("list"));
		assertEquals(new Plist.Uid(300), dict.get("uid"));
	}

	@Test
	void writesTheBytesThatOthersWrite() {
		Map<String, Object> hello = new LinkedHashMap<>();
		hello.put("MessageName", "Hello");
		hello.put("n", -13L);
		hello.put("list", List.of(2.0, 2.1));
		assertEquals(HexFormat.of().formatHex(HELLO), HexFormat.of().formatHex(Plist.binary(hello)));
		assertEquals(hello, parse(HELLO));
	}

	private static Object parse(byte[] bytes) {
		try {
			return Plist.parse(bytes);
		} catch (PlistException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Test
	void comesBackAsItWent() {
		assertEquals(all(), parse(Plist.binary(all())));
		assertEquals(all(), parse(Plist.xml(all())));
		assertArrayEquals(new byte[] { 1, 2, 3 }, (byte[]) parse(Plist.xml(new byte[] { 1, 2, 3 })));
		assertArrayEquals(new byte[300], (byte[]) parse(Plist.binary(new byte[300])));
	}

	@Test
	void decodesLargeContainersWhileTheyAreIterated() {
		Map<String, Object> large = new LinkedHashMap<>();
		for (int i = 0; i < 100_000; i++) {
			large.put("UDID/Snapshot/" + i, "UDID/" + i);
		}
		Map<?, ?> read = (Map<?, ?>) parse(Plist.binary(large));
		assertEquals(large.size(), read.size());
		assertEquals(large, new LinkedHashMap<>(read));
		List<?> list = (List<?>) parse(Plist.binary(new ArrayList<>(large.keySet())));
		assertEquals("UDID/Snapshot/99999", list.get(99_999));
		assertThrows(IndexOutOfBoundsException.class, () -> list.get(100_000));
	}

	@Test
	void readsXmlAsLooselyAsDevicesWriteIt() throws PlistException {
		Dict dict = Plist.parseDict("""
				<?xml version="1.0"?> <!-- a comment -->
				<!DOCTYPE plist SYSTEM "file:///etc/passwd" [ <!ENTITY x "y"> ]>
				<plist version="1.0"><dict attribute="ignored">
				  <key>huge</key> <integer>18446744073709551603</integer>
				  <key>hex</key><integer>0xFF</integer><key>minus</key><integer>-5</integer>
				  <key>empty</key><string/><key>cdata</key><string>a<![CDATA[<b>]]>c</string>
				  <key>entity</key><string>&lt;&#65;&#x42;&amp;&gt;</string>
				  <key>yes</key><true></true><key>real</key><real>1e3</real>
				  <key>data</key><data>
				    AAEC
				    Aw==
				  </data><key>date</key><date>2024-01-01T00:00:00Z</date><key>day</key><date>2024-01-01</date>
				  <key>none</key><array/><key>nothing</key><dict/>
				</dict></plist>""".getBytes(StandardCharsets.UTF_8));
		assertEquals(-13L, dict.integer("huge"));
		assertEquals(255L, dict.integer("hex"));
		assertEquals(-5L, dict.integer("minus"));
		assertEquals("", dict.string("empty"));
		assertEquals("a<b>c", dict.string("cdata"));
		assertEquals("<AB&>", dict.string("entity"));
		assertTrue(dict.isTrue("yes"));
		assertEquals(1000.0, dict.real("real"));
		assertArrayEquals(new byte[] { 0, 1, 2, 3 }, dict.data("data"));
		assertEquals(Instant.parse("2024-01-01T00:00:00Z"), dict.date("date"));
		assertEquals(dict.date("date"), dict.date("day"));
		assertEquals(List.of(), dict.get("none"));
		assertTrue(dict.dictOrEmpty("nothing").isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "text", "<", "<plist>", "<plist><dict>", "<dict><string>a</string></dict>",
			"<dict><key>a</key></dict>", "<array></dict>", "<integer>x</integer>", "<integer/>", "<real>x</real>",
			"<date>yesterday</date>", "<data>A</data>", "<string>&unknown;</string>", "<string>&#99999999999;</string>",
			"<string>&amp</string>", "<string>a", "<thing/>", "</dict>", "<!-- ", "<?xml", "<!DOCTYPE",
			"<string>a</array>" })
	void refusesXmlThatIsNoPropertyList(String xml) {
		assertThrows(PlistException.class, () -> Plist.parse(xml.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void refusesWhatIsNestedTooDeeply() {
		Object deep = "bottom";
		for (int i = 0; i < 200; i++) {
			deep = List.of(deep);
		}
		byte[] binary = Plist.binary(deep);
		byte[] xml = Plist.xml(deep);
		assertThrows(PlistException.class, () -> Plist.parse(binary));
		assertThrows(PlistException.class, () -> Plist.parse(xml));
	}

	/** Thirty arrays, each of which holds the next one twice: a billion values in two hundred bytes. */
	@Test
	void refusesContentThatMultiplies() {
		int count = 31;
		java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
		out.writeBytes("bplist00".getBytes(StandardCharsets.US_ASCII));
		byte[] offsets = new byte[count];
		for (int i = 0; i < count; i++) {
			offsets[i] = (byte) out.size();
			out.writeBytes(
					i < count - 1 ? new byte[] { (byte) 0xa2, (byte) (i + 1), (byte) (i + 1) } : new byte[] { 9 });
		}
		int table = out.size();
		out.writeBytes(offsets);
		out.writeBytes(
				new byte[] { 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, (byte) count, 0, 0, 0, 0, 0, 0, 0, 0, 0,
						0, 0, 0, 0, 0, 0, (byte) table });
		assertThrows(PlistException.class, () -> Plist.parse(out.toByteArray()));
	}

	/** An array that holds itself. */
	@Test
	void refusesACircle() {
		byte[] circle = HexFormat.of().parseHex("62706c6973743030" + "a100" + "08"
				+ "000000000000" + "0101" + "0000000000000001" + "0000000000000000" + "000000000000000a");
		assertThrows(PlistException.class, () -> Plist.parse(circle));
	}

	@Test
	void refusesEveryTruncation() {
		for (byte[] whole : List.of(GOLDEN, Plist.xml(Map.of("a", List.of("b", 1L))))) {
			int end = new String(whole, StandardCharsets.ISO_8859_1).contains("</plist>")
					? new String(whole, StandardCharsets.ISO_8859_1).indexOf("</dict>") + 6
					: whole.length - 1;
			for (int length = 0; length <= end; length++) {
				byte[] cut = Arrays.copyOf(whole, length);
				assertThrows(PlistException.class, () -> Plist.parse(cut), "cut at " + length);
			}
		}
	}

	@Test
	void survivesDamage() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] xml = Plist.xml(all());
		List<Object> many = new ArrayList<>();
		for (int i = 0; i < 1100; i++) {
			many.add("element " + i);
		}
		byte[] lazy = Plist.binary(List.of(many, Map.of("k", many)));
		for (int round = 0; round < 60_000; round++) {
			byte[] source = switch (round % 3) {
				case 0 -> GOLDEN;
				case 1 -> Arrays.copyOf(xml, 600);
				default -> lazy;
			};
			byte[] damaged = source.clone();
			for (int i = 0; i <= random.nextInt(4); i++) {
				int at = random.nextBoolean() ? random.nextInt(damaged.length)
						: damaged.length - 1 - random.nextInt(Math.min(60, damaged.length));
				damaged[at] = (byte) random.nextInt();
			}
			visit(damaged, "seed " + seed + " round " + round);
		}
	}

	/** Nothing but the two exceptions that say so may come of damage. */
	private static void visit(byte[] damaged, String which) {
		try {
			String.valueOf(Plist.parse(damaged)).length();
		} catch (PlistException | UncheckedIOException e) {
			assertFalse(e.getMessage() == null, which);
		} catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
			throw new AssertionError(which, e);
		}
	}

	@Test
	void givesNothingForWhatIsMissingOrOfAnotherType() {
		Dict dict = Dict.of(Map.of("text", "12", "list", List.of(Map.of(), 5L)));
		assertNull(dict.string("none"));
		assertNull(dict.integer("list"));
		assertEquals(12L, dict.integer("text"));
		assertNull(dict.bool("text"));
		assertNull(dict.date("text"));
		assertNull(dict.dict("text"));
		assertEquals(1, dict.dicts("list").size());
		assertEquals("Dict[text]", Dict.of(Map.of("text", "secret")).toString());
	}
}
