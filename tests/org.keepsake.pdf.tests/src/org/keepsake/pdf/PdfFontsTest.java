// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpdf.text.Font;

class PdfFontsTest {

	private static String set(PdfFonts fonts, String text) {
		return fonts.phrase(text, 10, Font.NORMAL, Color.BLACK).getContent();
	}

	@Test
	void tellsWhatNoFontHas() {
		PdfFonts none = new PdfFonts(List.of());
		assertEquals("Grüße ??", set(none, "Grüße 漢字\uFE0F"));
		assertEquals(2, none.replaced());
		assertEquals("?", set(none, "\uD83D"), "half a character");
		assertEquals("why?", set(none, "why?"));
		assertEquals(3, none.replaced(), "a question mark is one");
	}

	@Test
	void hasLettersOfEuropeWithoutAnyFontOfTheComputer() {
		PdfFonts none = new PdfFonts(List.of(Path.of("there", "is", "none")));
		String text = "Zoë’s iPhone – Łódź, Ελλάδα, Москва • 5 €";
		assertEquals(text, set(none, text));
		assertEquals(0, none.replaced());
	}

	@Test
	void spacesOfAllKindsAndWhatJoinsAreNotMissed() {
		PdfFonts none = new PdfFonts(List.of());
		assertEquals("9:41 AM x y", set(none, "9:41\u2007AM\u3000x\ty").replace('\u2007', ' '));
		assertEquals("ab", set(none, "a\u200D\uFE0F\u0007b"));
		assertEquals(0, none.replaced());
	}

	@Test
	void keepsLinesAndLeavesNothingOutWhereFontsChange() {
		String text = "Zeile eins\nstroke ✓ two";
		assertEquals(text.length(), set(PdfFonts.ofThisComputer(), text).length());
	}

	@Test
	void isAsWideAsItsCharacters() {
		PdfFonts none = new PdfFonts(List.of());
		float question = none.width("?", 10);
		assertTrue(question > 3 && question < 10);
		assertEquals(2 * question, none.width("漢字", 10), 0.01);
		assertEquals(none.width("abc", 10) * 2, none.width("abc", 20), 0.01);
		assertEquals(0, none.width("", 10));
		assertEquals(0, none.replaced(), "only what is set is counted");
	}

	@Test
	void aFontThatIsNoneIsPassedOver(@TempDir Path folder) throws Exception {
		Files.write(folder.resolve("DejaVuSans.ttf"), new byte[] { 0, 1, 0, 0, 0, 99, 1, 2, 3 });
		Files.write(folder.resolve("Symbola.ttf"), new byte[0]);
		Files.writeString(folder.resolve("NotoSansCJK-Regular.ttc"), "ttcf");
		PdfFonts broken = new PdfFonts(List.of(folder));
		assertEquals("a?", set(broken, "a漢"));
	}

	@Test
	void anyTextCanBeSet() {
		long seed = System.nanoTime();
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		PdfFonts none = new PdfFonts(List.of());
		for (int i = 0; i < 500; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(40), 0, 0x10000).forEach(c -> text.append((char) c));
			set(none, text.toString());
			assertTrue(none.width(text.toString(), 10) >= 0);
		}
	}
}
