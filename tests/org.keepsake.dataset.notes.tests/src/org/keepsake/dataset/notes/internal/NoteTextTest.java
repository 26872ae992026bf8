// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.notes.internal.Block.Style;

class NoteTextTest {

	private static List<Block> read(Proto.Text text) {
		NoteText.Result result = NoteStore.text(Proto.body(text.toProto()), NoteText.Things.NONE);
		assertTrue(result.whole());
		return result.blocks();
	}

	@Test
	void readsEveryStyle() {
		Proto.Text text = new Proto.Text();
		int[] styles = { 0, 1, 2, 4, 100, 101, 102, 103, -1, 77 };
		for (int style : styles) {
			text.styled("x\n", style);
		}
		assertEquals(List.of(Style.TITLE, Style.HEADING, Style.SUBHEADING, Style.MONOSPACED, Style.BULLET, Style.DASH,
				Style.NUMBER, Style.CHECK, Style.BODY, Style.BODY), read(text).stream().map(Block::style).toList());
	}

	/** Lengths count UTF-16 units, of which 😀 has two. */
	@Test
	void runsAreAsLongAsTheirUtf16Units() {
		List<Block> blocks = read(
				new Proto.Text().run("😀😀", new Proto().number(5, 1)).run("ab", new Proto().number(5, 2))
						.run("c", new Proto().number(5, 3)));
		assertEquals(List.of("😀😀", "ab", "c"), blocks.getFirst().spans().stream().map(Span::text).toList());
		assertEquals(List.of(true, false, true), blocks.getFirst().spans().stream().map(Span::bold).toList());
		assertEquals(List.of(false, true, true), blocks.getFirst().spans().stream().map(Span::italic).toList());
	}

	@Test
	void readsTheFormsOfText() {
		Span span = read(new Proto.Text().run("x",
				new Proto().number(6, 1).number(7, 1).number(8, -1).text(9, "https://example.org/"))).getFirst().spans()
				.getFirst();
		assertTrue(span.underlined() && span.struck());
		assertEquals(-1, span.baseline());
		assertEquals("https://example.org/", span.link());
	}

	@Test
	void checklistsTellWhatIsDone() {
		Proto open = new Proto().number(1, 103).number(4, 2).message(5,
				new Proto().bytes(1, new byte[16]).number(2, 0));
		Proto done = new Proto().number(1, 103).number(8, 1).message(5,
				new Proto().bytes(1, new byte[16]).number(2, 1));
		List<Block> blocks = read(new Proto.Text().run("Milch\n", new Proto().message(2, open)).run("Brot",
				new Proto().message(2, done)));
		assertEquals(List.of(false, true), blocks.stream().map(Block::done).toList());
		assertEquals(List.of(2, 0), blocks.stream().map(Block::indent).toList());
		assertEquals(List.of(false, true), blocks.stream().map(Block::quoted).toList());
	}

	@Test
	void paragraphsEndAtLineEndsInAndBetweenRuns() {
		List<Block> blocks = read(new Proto.Text().run("a").run("b\n\nc\u2028d\n").styled("\n", 1).run("e"));
		assertEquals(List.of("ab", "", "c\nd", "", "e"), blocks.stream().map(Block::text).toList());
		assertEquals(Style.HEADING, blocks.get(3).style(), "an empty paragraph has the style of its end");
		assertEquals(1, blocks.getFirst().spans().size(), "runs that look the same are one");
	}

	@Test
	void whatRunsDoNotCoverIsPlain() {
		Proto text = new Proto().text(2, "abc").message(5, new Proto().number(1, 1).number(5, 1));
		assertEquals(List.of(Span.plain("a").withText("a"), Span.plain("bc")).getLast(),
				NoteText.read(new ProtobufReader(text.toBytes()), NoteText.Things.NONE).blocks().getFirst().spans()
						.getLast());
	}

	@Test
	void runsThatAreTooLongOrNegativeEndWithTheText() {
		for (long length : new long[] { -5, 0, Long.MAX_VALUE, Integer.MAX_VALUE }) {
			Proto text = new Proto().text(2, "abc").message(5, new Proto().number(1, length));
			assertEquals("abc", NoteText.read(new ProtobufReader(text.toBytes()), NoteText.Things.NONE).blocks()
					.getFirst().text());
		}
	}

	@Test
	void attachmentsStandWhereTheyAre() {
		NoteText.Things things = (identifier, type) -> identifier.equals("T")
				? new NoteText.Thing(Span.plain(""), Block.table(List.of()))
				: new NoteText.Thing(
						identifier.equals("H") ? Span.plain("#tag") : Span.attachment(identifier, type, ""),
						null);
		Proto.Text text = new Proto.Text().run("before ").attachment("H", "").run(" after ").attachment("A", "t")
				.attachment("T", "").run("end");
		List<Block> blocks = NoteStore.text(Proto.body(text.toProto()), things).blocks();
		assertEquals(List.of("before #tag after t", "", "end"), blocks.stream().map(Block::text).toList());
		assertEquals(List.of(Style.BODY, Style.TABLE, Style.BODY), blocks.stream().map(Block::style).toList());
		assertEquals("A", blocks.getFirst().spans().getLast().attachment());
	}

	@Test
	void bombsAreCutOff() {
		byte[] bomb = Proto.gzip(new byte[256 << 20]);
		assertTrue(bomb.length < 300_000, "small enough to be stored");
		Gunzip cut = Gunzip.of(bomb);
		assertFalse(cut.whole());
		assertTrue(cut.bytes().length <= Gunzip.MOST_BYTES);
	}

	@Test
	void moreParagraphsThanAnyoneWritesAreCutOff() {
		Proto text = new Proto().text(2, "\n".repeat(NoteText.MOST_BLOCKS + 10));
		NoteText.Result result = NoteText.read(new ProtobufReader(text.toBytes()), NoteText.Things.NONE);
		assertEquals(NoteText.MOST_BLOCKS, result.blocks().size());
		assertFalse(result.whole());
	}

	/** A few thousand compressed bytes that would be a million pieces. */
	@Test
	void moreRunsThanAnyoneMakesAreCutOff() {
		Proto text = new Proto().text(2, "a".repeat(NoteText.MOST_RUNS + 10));
		for (int i = 0; i < NoteText.MOST_RUNS + 10; i++) {
			text.message(5, new Proto().number(1, 1).number(5, i % 2));
		}
		NoteText.Result result = NoteText.read(new ProtobufReader(text.toBytes()), NoteText.Things.NONE);
		assertEquals(NoteText.MOST_RUNS, result.blocks().getFirst().spans().size());
		assertFalse(result.whole());
	}

	@Test
	void whatIsNoBodyIsIncomplete() {
		for (byte[] bytes : List.of(new byte[0], new byte[] { 1, 2, 3 }, Proto.gzip(new byte[] { 1 }))) {
			NoteText.Result result = NoteStore.text(bytes, NoteText.Things.NONE);
			assertEquals(List.of(), result.blocks());
			assertFalse(result.whole());
		}
	}

	private static Proto.Text sample() {
		Proto check = new Proto().number(1, 103).number(4, 1).message(5,
				new Proto().bytes(1, new byte[16]).number(2, 1));
		return new Proto.Text().styled("Titel 😀\n", 0).run("Fett", new Proto().number(5, 1)).run(" und\n")
				.run("erledigt\n", new Proto().message(2, check)).attachment("A", "public.jpeg")
				.run("link", new Proto().text(9, "https://example.org")).styled("\nEnde", 102);
	}

	@Test
	void tenThousandMutationsOfTextEndInAPart() {
		NoteText.Things things = (identifier, type) -> new NoteText.Thing(Span.attachment(identifier, type, ""), null);
		byte[] sound = sample().toProto().toBytes();
		Fuzz.tenThousandTimes(sound, bytes -> {
			List<Block> blocks = NoteText.read(new ProtobufReader(bytes), things).blocks();
			assertTrue(blocks.stream().mapToInt(block -> block.text().length()).sum() <= 20 * sound.length);
		});
	}

	@Test
	void tenThousandMutationsOfTheColumnEndInAPart() {
		Fuzz.tenThousandTimes(Proto.body(sample().toProto()), bytes -> NoteStore.text(bytes, NoteText.Things.NONE));
	}
}
