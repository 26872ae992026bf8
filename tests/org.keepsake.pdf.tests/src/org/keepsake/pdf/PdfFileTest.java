// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.PdfWriter;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class PdfFileTest {

	private final PdfFonts fonts = new PdfFonts(List.of(Path.of("no fonts")));

	private static void text(PdfFile file, String text) throws IOException {
		file.addText(text, 10, Font.NORMAL, Color.BLACK, Element.ALIGN_LEFT, 2, 2);
	}

	@Test
	void holdsWhatWasAddedOnNumberedPages() throws Exception {
		boolean[] closed = new boolean[1];
		ByteArrayOutputStream out = new ByteArrayOutputStream() {
			@Override
			public void close() {
				closed[0] = true;
			}
		};
		PdfFile file = PdfFile.begin(out, "Zoë 漢", 48, fonts);
		text(file, "Grüße aus Łódź");
		PdfPTable table = new PdfPTable(1);
		table.addCell(file.cell("in a cell", 10, Font.BOLD, Color.BLACK));
		file.add(table);
		file.newPage();
		text(file, "the second");
		file.finish();
		assertFalse(closed[0], "the stream stays open");
		try (PdfReader reader = new PdfReader(out.toByteArray())) {
			assertEquals(2, reader.getNumberOfPages());
			assertEquals("Zoë 漢", reader.getInfo().get("Title"));
			PdfTextExtractor extractor = new PdfTextExtractor(reader);
			String first = extractor.getTextFromPage(1);
			assertTrue(first.contains("Grüße aus Łódź") && first.contains("in a cell") && first.contains("1"), first);
			String second = extractor.getTextFromPage(2);
			assertTrue(second.contains("the second") && second.contains("2"), second);
		}
	}

	private byte[] aligned(int align) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PdfFile file = PdfFile.begin(out, "t", 48, fonts);
		file.addText("text", 10, Font.NORMAL, Color.BLACK, align, 0, 0);
		file.finish();
		try (PdfReader reader = new PdfReader(out.toByteArray())) {
			return reader.getPageContent(1);
		}
	}

	@Test
	void textStandsWhereItIsAligned() throws Exception {
		assertFalse(Arrays.equals(aligned(Element.ALIGN_LEFT), aligned(Element.ALIGN_CENTER)));
		assertFalse(Arrays.equals(aligned(Element.ALIGN_LEFT), aligned(Element.ALIGN_RIGHT)));
	}

	@Test
	void textFromRightToLeftStandsOnTheRight() throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PdfFile file = PdfFile.begin(out, "t", 48, fonts);
		assertEquals(PdfWriter.RUN_DIRECTION_RTL,
				file.cell("שלום", 10, Font.NORMAL, Color.BLACK).getRunDirection());
		assertEquals(PdfWriter.RUN_DIRECTION_LTR,
				file.cell("abc שלום", 10, Font.NORMAL, Color.BLACK).getRunDirection());
		text(file, "abc שלום");
		file.finish();
		assertTrue(out.size() > 0);
	}

	@Test
	void whatTheStreamThrowsIsThrown() {
		IOException full = new IOException("full");
		OutputStream out = new OutputStream() {
			@Override
			public void write(int value) throws IOException {
				throw full;
			}
		};
		assertSame(full, assertThrows(IOException.class, () -> {
			PdfFile file = PdfFile.begin(out, "t", 48, fonts);
			text(file, "text");
			file.finish();
		}));
	}
}
