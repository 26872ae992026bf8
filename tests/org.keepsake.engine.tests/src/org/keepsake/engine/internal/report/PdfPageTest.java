// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.keepsake.pdf.PdfFonts;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** The report as PDF shows what a person called things, whatever the script. */
class PdfPageTest {

	private static String text(Page page, PdfFonts fonts) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PdfPage.write(page, out, fonts);
		try (PdfReader reader = new PdfReader(out.toByteArray())) {
			PdfTextExtractor extractor = new PdfTextExtractor(reader);
			StringBuilder text = new StringBuilder();
			for (int i = 1; i <= reader.getNumberOfPages(); i++) {
				text.append(extractor.getTextFromPage(i)).append('\n');
			}
			return text.toString().replaceAll("\\s+", " ");
		}
	}

	private static Page page(String name, String... apps) {
		List<List<String>> rows = Stream.of(apps).map(app -> List.of(app, "1")).toList();
		return new Page("Backup of " + name, "made now", List.of(
				new Page.Section("Inside", List.of(), new Page.Grid(List.of("App", "Records"), rows, 1)),
				new Page.Section("Missing", List.of("Photos of " + name, "Health"), null)));
	}

	@Test
	void showsNamesWithAccentsAndOtherAlphabetsWithoutAnyFontOfTheComputer() throws Exception {
		String text = text(page("Zoë’s Łódź", "Ελλάδα", "Москва"), new PdfFonts(List.of()));
		for (String shown : List.of("Backup of Zoë’s Łódź", "Ελλάδα", "Москва", "• Photos of Zoë’s Łódź", "• Health",
				"App", "Records")) {
			assertTrue(text.contains(shown), () -> shown + " in " + text);
		}
		assertFalse(text.contains("question mark"), text);
	}

	@Test
	void saysHowManyCharactersNoFontHas() throws Exception {
		String text = text(page("小明", "微信"), new PdfFonts(List.of()));
		assertTrue(text.contains("Backup of ??") && text.contains("Photos of ??"), text);
		assertTrue(text.contains("6 characters of this report are replaced by a question mark"), text);
		assertTrue(text(page("\uD83D\uDCF1", "x"), new PdfFonts(List.of()))
				.contains("2 characters of this report"), "an emoji is one");
	}

	@Test
	void showsNamesInTheFontsOfThisComputer() throws Exception {
		for (String name : List.of("小明的手机", "田中さん", "지우의", "日本", "\uD83D\uDCF1", "✓")) {
			PdfFonts fonts = PdfFonts.ofThisComputer();
			String text = text(page(name, name), fonts);
			if (fonts.replaced() == 0) {
				assertTrue(text.contains("Backup of " + name) && text.contains("Photos of " + name), text);
			} else {
				assertTrue(text.contains("replaced by a question mark"), text);
			}
		}
	}

	@Test
	void whatStrangersWroteCannotStopIt() throws Exception {
		for (String name : List.of("", " ", "\u202Eabc", "\uD800", "\u0000\u0007", "هاتف محمد", "a\nb", "{0}",
				"x".repeat(5000))) {
			assertTrue(text(page(name, name, name), new PdfFonts(List.of())).contains("made now"), name);
		}
	}

	@Test
	void isOnOnePageIfItIsShort() throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PdfPage.write(page("phone", "a", "b"), out, new PdfFonts(List.of()));
		try (PdfReader reader = new PdfReader(out.toByteArray())) {
			assertEquals(1, reader.getNumberOfPages());
		}
	}
}
