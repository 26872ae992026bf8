// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.keepsake.testing.TypedStreams;
import org.keepsake.testing.TypedStreams.Stretch;

class TypedStreamTest {

	private static final String PART = "__kIMMessagePartAttributeName";

	/** Written by hand after the description of the format: the layout that the builder must agree with. */
	private static final String HELLO = "040b73747265616d747970656481e803840140848484124e5341747472696275746564537472696e67"
			+ "008484084e534f626a656374008592848484084e53537472696e67019484012b0548656c6c6f86840269490105928484840c"
			+ "4e5344696374696f6e617279009484016901928496961d5f5f6b494d4d657373616765506172744174747269627574654e61"
			+ "6d6586928484840" + "84e534e756d626572008484074e5356616c7565009484012a84999900868686";

	@Test
	void readsAStreamWrittenByHand() {
		AttributedText text = TypedStream.text(HexFormat.of().parseHex(HELLO));
		assertEquals("Hello", text.text());
		assertTrue(text.isWhole());
		assertEquals(1, text.runs().size());
		assertEquals(0L, text.runs().getFirst().number(PART));
	}

	@Test
	void builderAgreesWithTheHand() {
		byte[] built = TypedStreams.plain("Hello");
		assertEquals("Hello", TypedStream.text(built).text());
		assertEquals(0L, TypedStream.text(built).runs().getFirst().number(PART));
	}

	@Test
	void givesAttributesOfEachStretch() {
		byte[] bytes = TypedStreams.attributed(List.of(new Stretch("\uFFFC", Map.of(PART, 0,
				"__kIMFileTransferGUIDAttributeName", "at_0_ABC")), new Stretch("Look ", Map.of(PART, 1)),
				new Stretch("https://example.org", Map.of(PART, 1, "__kIMLinkAttributeName",
						URI.create("https://example.org"))),
				new Stretch(" 👩‍👩‍👧!", Map.of(PART, 1))));
		AttributedText text = TypedStream.text(bytes);
		assertEquals("\uFFFCLook https://example.org 👩‍👩‍👧!", text.text());
		assertEquals(4, text.runs().size());
		assertEquals("at_0_ABC", text.runs().get(0).string("__kIMFileTransferGUIDAttributeName"));
		assertEquals("https://example.org", text.runs().get(2).string("__kIMLinkAttributeName"));
		assertEquals(" 👩‍👩‍👧!", text.textOf(text.runs().get(3)));
		assertEquals(1L, text.runs().get(3).number(PART), "attributes that came before are referred to");
		assertTrue(text.isWhole());
	}

	@Test
	void readsLongTexts() {
		for (int length : new int[] { 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 200_000 }) {
			String text = "é".repeat(length / 2) + "x".repeat(length % 2);
			assertEquals(text, TypedStream.text(TypedStreams.plain(text)).text(), () -> "length " + length);
		}
	}

	@Test
	void textMayHoldTheMarksOfTheFormat() {
		String text = new String(new byte[] { 1, '+', 5, 'x' }, StandardCharsets.US_ASCII) + "\u0086\u0084 \u0192";
		assertEquals(text, TypedStream.text(TypedStreams.plain(text)).text());
	}

	@Test
	void keepsTheTextWhereTheAttributesAreDamaged() {
		byte[] whole = TypedStreams.plain("Still here");
		AttributedText text = TypedStream.text(Arrays.copyOf(whole, whole.length - 30));
		assertEquals("Still here", text.text());
		assertFalse(text.isWhole());
	}

	@Test
	void findsTheFirstStringWhereTheStreamIsOfAnUnknownForm() {
		byte[] whole = TypedStreams.plain("Found anyway");
		whole[13] = (byte) 0x99;
		AttributedText text = TypedStream.text(whole);
		assertEquals("Found anyway", text.text());
		assertFalse(text.isWhole());
	}

	@Test
	void whatIsNoStreamIsEmpty() {
		assertEquals("", TypedStream.text(new byte[0]).text());
		assertEquals("",
				TypedStream.text("bplist00 something else entirely".getBytes(StandardCharsets.US_ASCII)).text());
		assertNull(TypedStream.read(new byte[50]));
	}

	@Test
	void believesNoLength() {
		byte[] bytes = TypedStreams.plain("x".repeat(300));
		int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0001+") + 2;
		bytes[at] = (byte) 0x82;
		Arrays.fill(bytes, at + 1, at + 5, (byte) 0x7F);
		assertNotNull(TypedStream.text(bytes).text());
	}

	@Test
	void emptyElementsDoNotKeepItBusy() {
		String type = "[9999[9999[9999{x=}]]]";
		byte[] head = HexFormat.of().parseHex("040b73747265616d747970656481e80384014084848401");
		byte[] bytes = Arrays.copyOf(head, 60_000);
		byte[] rest = ("A\0\u0085\u0084" + (char) type.length() + type).getBytes(StandardCharsets.ISO_8859_1);
		System.arraycopy(rest, 0, bytes, head.length, rest.length);
		Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> TypedStream.read(bytes));
	}

	@Test
	void bearsTenThousandMutations() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = TypedStreams.attributed(List.of(new Stretch("Look at ", Map.of(PART, 0)),
				new Stretch("@Anna", Map.of(PART, 0, "__kIMMentionConfirmedMention", "+15550100")),
				new Stretch("\uFFFC", Map.of(PART, 1, "__kIMFileTransferGUIDAttributeName", "at_1_X")),
				new Stretch("https://example.org/", Map.of(PART, 2, "__kIMLinkAttributeName",
						URI.create("https://example.org/")))));
		Assertions.assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
			for (int i = 0; i < 10_000; i++) {
				byte[] bytes = Mutations.of(sound, random);
				try {
					AttributedText text = TypedStream.text(bytes);
					text.runs().forEach(text::textOf);
				} catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
					throw new AssertionError("mutation " + i + ", seed " + seed, e);
				}
			}
		});
	}
}
