// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.dataset.notes.internal.Block.Style;

class HtmlTextTest {

	private static List<String> texts(String html) {
		return HtmlText.read(html).blocks().stream().map(Block::text).toList();
	}

	/** As the app of iOS 8 writes it: the first line bare, each further one a division. */
	@Test
	void readsLinesAsTheOldAppWritesThem() {
		assertEquals(List.of("Einkauf", "Milch & Brot", "", "K\u00e4se"),
				texts("Einkauf<div>Milch &amp; Brot</div><div><br></div><div>K&auml;se<br></div>"));
	}

	@Test
	void textWithoutMarkupKeepsItsLines() {
		assertEquals(List.of("a", "b & c"), texts("a\nb &amp; c"));
	}

	@Test
	void keepsFormsListsAndLinks() {
		List<Block> blocks = HtmlText.read("<h1>T</h1><ul><li><b>fett <i>beides</i></b><ol><li>eins</ol></ul>"
				+ "<blockquote>zitiert <a href='https://example.org/?a=1&amp;b'>hier</a></blockquote>").blocks();
		assertEquals(List.of(Style.TITLE, Style.BULLET, Style.NUMBER, Style.BODY),
				blocks.stream().map(Block::style).toList());
		assertEquals(List.of(0, 0, 1, 0), blocks.stream().map(Block::indent).toList());
		Span both = blocks.get(1).spans().getLast();
		assertTrue(both.bold() && both.italic());
		assertTrue(blocks.get(3).quoted());
		assertEquals("https://example.org/?a=1&b", blocks.get(3).spans().getLast().link());
	}

	@Test
	void nothingThatRunsComesThrough() {
		assertEquals(List.of("ab", "c"), texts("a<script>alert('1 < 2')</script>b<div onclick=\"x('>')\">c</div>"
				+ "<style>p { }</style><!-- <b>no</b> --><iframe src=x>no</iframe><img src=x onerror=alert(1)>"));
		assertFalse(texts("a<script>alert(1)").toString().contains("alert"));
	}

	@Test
	void whatOnlyLooksLikeATagIsText() {
		assertEquals(List.of("1 < 2 <3"), texts("<p>1 < 2 <3</p>"));
	}

	@Test
	void numbersOfCharactersThatAreNoneAreReplaced() {
		assertEquals(List.of("A\ufffd\ufffd\ufffd😀"), texts("<p>&#65;&#0;&#xD800;&#9999999;&#x1F600;</p>"));
	}

	@Test
	void tenThousandMutationsEndInText() {
		byte[] sound = ("<h1>T&amp;</h1><ul><li><b>fett</b><ol><li>eins</ol></ul><pre>a\nb</pre><script>x</script>"
				+ "<a href='https://example.org/'>hier</a>&#x1F600;<!-- c --><div><br></div>")
				.getBytes(StandardCharsets.UTF_8);
		Fuzz.tenThousandTimes(sound, bytes -> HtmlText.read(new String(bytes, StandardCharsets.UTF_8)));
	}
}
