// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.PropertyListParser;
import com.dd.plist.UID;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NonNullByDefault({})
class PlistTest {

	private static Map<String, Object> sample() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("text", "plain");
		map.put("unicode", "\u5bb6\ud83d\ude00");
		map.put("data", new byte[] { 1, 2, 3 });
		map.put("long", "x".repeat(300));
		map.put("numbers", List.of(0L, 255L, 256L, 65536L, 1L << 31, 1L << 40, -13L, Long.MIN_VALUE));
		map.put("real", 2.1);
		map.put("truth", List.of(true, false));
		map.put("date", Instant.parse("2025-06-07T08:09:10Z"));
		map.put("nested", Map.of("again", Map.of("and", List.of(List.of(), Map.of()))));
		return map;
	}

	@Test
	void anotherLibraryReadsWhatIsWritten() throws Exception {
		List<Object> many = new ArrayList<>();
		for (int i = 0; i < 70_000; i++) {
			many.add((long) i);
		}
		Map<String, Object> map = sample();
		map.put("many", many);
		map.put("uids", List.of(new Uid(1), new Uid(300), new Uid(70_000)));
		NSDictionary read = (NSDictionary) PropertyListParser.parse(BinaryPlistWriter.write(map));
		assertEquals("\u5bb6\ud83d\ude00", read.get("unicode").toString());
		assertArrayEquals(new byte[] { 1, 2, 3 }, ((NSData) read.get("data")).bytes());
		assertEquals(-13, ((NSNumber) ((NSArray) read.get("numbers")).objectAtIndex(6)).longValue());
		assertEquals(NSNumber.REAL, ((NSNumber) read.get("real")).type());
		assertEquals(Instant.parse("2025-06-07T08:09:10Z"), ((NSDate) read.get("date")).getDate().toInstant());
		assertEquals(69_999, ((NSNumber) ((NSArray) read.get("many")).objectAtIndex(69_999)).intValue());
		assertArrayEquals(new byte[] { 1, 44 }, ((UID) ((NSArray) read.get("uids")).objectAtIndex(1)).getBytes());
	}

	@Test
	void whatIsWrittenIsReadAgain() throws IOException {
		Map<String, Object> read = Plists.readMap(BinaryPlistWriter.write(sample()));
		Map<String, Object> expected = sample();
		assertArrayEquals((byte[]) expected.remove("data"), (byte[]) read.remove("data"));
		assertEquals(expected, read);
	}

	@Test
	void integersOfEveryWidthAreUnderstood() throws IOException {
		byte[] sixteen = new byte[8 + 17 + 1 + 32];
		System.arraycopy("bplist00".getBytes(StandardCharsets.US_ASCII), 0, sixteen, 0, 8);
		sixteen[8] = 0x14;
		Arrays.fill(sixteen, 17, 25, (byte) 0xFF);
		sixteen[24] = (byte) 0xF3;
		sixteen[25] = 8;
		sixteen[26 + 6] = 1;
		sixteen[26 + 7] = 1;
		sixteen[26 + 15] = 1;
		sixteen[26 + 31] = 25;
		assertEquals(-13L, Plists.read(sixteen));
		String xml = "<?xml version='1.0'?><!DOCTYPE plist PUBLIC 'a' 'http://b.invalid/c.dtd'><plist version='1.0'><array>"
				+ "<integer>18446744073709551603</integer><real>2.1</real><true/><string>a &amp; b</string>"
				+ "<date>2025-06-07T08:09:10Z</date><dict><key>k</key><data>AQID</data></dict></array></plist>";
		List<?> list = (List<?>) Plists.read(xml.getBytes(StandardCharsets.UTF_8));
		assertEquals(List.of(-13L, 2.1, true, "a & b", Instant.parse("2025-06-07T08:09:10Z")), list.subList(0, 5));
	}

	@Test
	void brokenListsAreRefusedAndNothingWorse() {
		byte[] sound = BinaryPlistWriter.write(sample());
		Random random = new Random(1);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] broken = i % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
			for (int k = 0; k < i % 3 && broken.length > 0; k++) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt();
			}
			try {
				Plists.read(broken);
			} catch (PlistException e) {
				refused++;
			}
		}
		assertTrue(refused > 6000, "refused " + refused);
	}

	@Test
	void aListThatContainsItselfIsRefused() {
		byte[] bytes = BinaryPlistWriter.write(List.of(List.of(), List.of()));
		bytes[10] = 0;
		bytes[9] = 0;
		assertThrows(PlistException.class, () -> Plists.read(bytes));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<plist>", "<plist><integer>x</integer></plist>",
			"<plist><dict><string/></dict></plist>",
			"<plist><date>never</date></plist>", "<plist><data>*</data></plist>", "<other/>",
			"<plist><key>k</key></plist>" })
	void brokenXmlIsRefused(String xml) {
		assertThrows(PlistException.class, () -> Plists.read(xml.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void archivesKeepEveryField() throws Exception {
		for (long inode : new long[] { 7, 251 * 3 }) {
			MbFile file = new MbFile("$null", "to/there", new byte[20], new byte[44], 3, 0x81A4, inode, 501, 502, 1, 2,
					3,
					1L << 40, new byte[] { 9 });
			byte[] archive = file.encode();
			MbFile read = MbFile.decode(archive);
			assertEquals(file.path(), read.path());
			assertEquals(file.target(), read.target());
			assertArrayEquals(file.digest(), read.digest());
			assertArrayEquals(file.encryptionKey(), read.encryptionKey());
			assertArrayEquals(file.attributes(), read.attributes());
			assertEquals(1L << 40, read.size());
			assertEquals(inode, read.inode());
			NSArray objects = (NSArray) ((NSDictionary) PropertyListParser.parse(archive)).get("$objects");
			assertEquals(inode % 251 == 0, objects.count() > 256);
		}
		MbFile directory = MbFile
				.decode(new MbFile("", null, null, null, 0, 0x41ED, 1, 0, 0, 0, 0, 0, 0, null).encode());
		assertNull(directory.digest());
		assertNull(directory.encryptionKey());
		assertEquals("", directory.path());
	}
}
