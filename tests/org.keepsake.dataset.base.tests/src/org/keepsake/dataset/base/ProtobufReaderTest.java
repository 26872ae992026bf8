// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ProtobufReaderTest {

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** The examples of the documentation “Encoding”. */
	@Test
	void readsThePublishedExamples() {
		assertEquals(150, new ProtobufReader(hex("08 96 01")).number(1));
		assertEquals("testing", new ProtobufReader(hex("12 07 74 65 73 74 69 6e 67")).text(2));
		ProtobufReader nested = new ProtobufReader(hex("1a 03 08 96 01")).message(3);
		assertEquals(150, Objects.requireNonNull(nested).number(1));
		ProtobufReader packed = new ProtobufReader(hex("32 06 03 8e 02 9e a7 05"));
		assertEquals(List.of(3L, 270L, 86942L), packed.numbers(6));
		assertEquals(-2, new ProtobufReader(hex("08 fe ff ff ff ff ff ff ff ff 01")).number(1));
		assertEquals(-2, new ProtobufReader(hex("08 03")).signed(1));
	}

	@Test
	void readsFixedNumbers() {
		ProtobufReader message = new ProtobufReader(hex("0d 00 00 c0 3f  11 00 00 00 00 00 00 f8 bf  1d 07 00 00 00"));
		assertTrue(message.isWhole());
		assertEquals(1.5, message.real(1));
		assertEquals(-1.5, message.real(2));
		assertEquals(7, message.number(3));
		assertArrayEquals(new int[] { 1, 2, 3 }, message.numbers());
	}

	@Test
	void lastOfSeveralCountsAndAllAreGiven() {
		ProtobufReader message = new ProtobufReader(hex("08 01 08 02 12 01 61 12 01 62"));
		assertEquals(2, message.number(1));
		assertEquals(List.of(1L, 2L), message.numbers(1));
		assertEquals("b", message.text(2));
		assertEquals(List.of("a", "b"), message.texts(2));
		assertEquals(2, message.allBytes(2).size());
	}

	@Test
	void whatIsMissingOrOfAnotherTypeIsNotThere() {
		ProtobufReader message = new ProtobufReader(hex("08 01"));
		assertEquals(0, message.number(9));
		assertEquals(-1, message.number(9, -1));
		assertNull(message.text(1));
		assertNull(message.message(1));
		assertNull(message.bytes(1));
		assertFalse(message.has(2));
	}

	@Test
	void groupsAreSkipped() {
		ProtobufReader message = new ProtobufReader(hex("0b 10 05 13 14 0c 18 09"));
		assertTrue(message.isWhole());
		assertEquals(9, message.number(3));
		assertFalse(message.has(2));
	}

	@Test
	void keepsWhatCameBeforeTheDamage() {
		byte[] sound = hex("08 05 12 07 74 65 73 74 69 6e 67 1d 07 00 00 00");
		for (int length = 0; length < sound.length; length++) {
			ProtobufReader cut = new ProtobufReader(Arrays.copyOf(sound, length));
			assertEquals(length >= 2 ? 5 : 0, cut.number(1));
			assertEquals(length >= 11, cut.has(2));
			assertEquals(length == 0 || length == 2 || length == 11, cut.isWhole(), "cut at " + length);
		}
	}

	@Test
	void believesNoLengthBeyondItsBytes() {
		ProtobufReader huge = new ProtobufReader(hex("08 01 12 ff ff ff ff 07 61"));
		assertFalse(huge.isWhole());
		assertEquals(1, huge.number(1));
		assertNull(huge.text(2));
		assertFalse(new ProtobufReader(hex("12 ff ff ff ff ff ff ff ff ff 01")).isWhole(), "a negative length");
	}

	@Test
	void deepNestingEnds() {
		byte[] message = new byte[0];
		for (int i = 0; i < 200; i++) {
			message = wrap(message);
		}
		ProtobufReader inner = new ProtobufReader(message);
		int depth = 0;
		while (inner.message(1) instanceof ProtobufReader next) {
			inner = next;
			depth++;
		}
		assertEquals(ProtobufReader.MAX_DEPTH + 1, depth);
	}

	@Test
	void countOfFieldsEnds() {
		byte[] many = new byte[2 * ProtobufReader.MAX_FIELDS + 20];
		Arrays.fill(many, (byte) 8);
		ProtobufReader message = new ProtobufReader(many);
		assertFalse(message.isWhole());
		assertEquals(ProtobufReader.MAX_FIELDS, message.numbers().length);
	}

	/** Whatever the bytes, it ends without an exception and gives no more than they can hold. */
	@Test
	void tenThousandMutationsEndInAPart() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = sample();
		assertTrue(new ProtobufReader(sound).isWhole());
		for (int i = 0; i < 10_000; i++) {
			byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length))
					: sound.clone();
			for (int flips = random.nextInt(8); flips > 0 && damaged.length > 0; flips--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				assertTrue(walk(new ProtobufReader(damaged)) <= (long) damaged.length * ProtobufReader.MAX_DEPTH);
			} catch (RuntimeException | StackOverflowError e) {
				throw new AssertionError("mutation " + i + ", seed " + seed, e);
			}
		}
	}

	private static long walk(ProtobufReader message) {
		long count = 0;
		for (int number : Arrays.stream(message.numbers()).distinct().toArray()) {
			assertNotNull(message.texts(number));
			message.real(number);
			message.signed(number);
			count += message.numbers(number).size();
			for (ProtobufReader nested : message.messages(number)) {
				count += walk(nested);
			}
		}
		return count;
	}

	private static byte[] sample() {
		byte[] message = hex(
				"08 96 01 12 07 74 65 73 74 69 6e 67 1d 07 00 00 00 21 00 00 00 00 00 00 f8 bf 2b 10 05 2c");
		for (int i = 0; i < 6; i++) {
			message = wrap(message);
		}
		return message;
	}

	/** The message in field 1 of another, followed by a number. */
	private static byte[] wrap(byte[] message) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(10);
		int length = message.length;
		while (length > 127) {
			out.write(length & 127 | 128);
			length >>>= 7;
		}
		out.write(length);
		out.writeBytes(message);
		out.writeBytes(hex("10 07"));
		return out.toByteArray();
	}
}
