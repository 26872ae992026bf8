// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.pdf;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.text.Bidi;

import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.Element;
import org.openpdf.text.ExceptionConverter;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A document that is being written, on numbered pages of A4: each is written out when it is full, so that memory does not
 * grow with their number. For one thread.
 */
public final class PdfFile {

	private final Document document;
	private final PdfFonts fonts;

	private PdfFile(Document document, PdfFonts fonts) {
		this.document = document;
		this.fonts = fonts;
	}

	/**
	 * Begins a document.
	 *
	 * @param out    receives it; stays open
	 * @param title  what a reader shows above it
	 * @param margin on all sides, in points
	 * @param fonts  of the text in it; may serve other documents as well
	 */
	public static PdfFile begin(OutputStream out, String title, float margin, PdfFonts fonts) throws IOException {
		Document document = new Document(PageSize.A4, margin, margin, margin, margin);
		try {
			PdfWriter writer = PdfWriter.getInstance(document, out);
			writer.setCloseStream(false);
			writer.setPageEvent(new PdfNumbers(fonts));
			document.addTitle(title);
			document.addCreator("Keepsake");
			document.open();
		} catch (DocumentException | ExceptionConverter e) {
			throw failure(e);
		}
		return new PdfFile(document, fonts);
	}

	/** Adds it below what is there. */
	public void add(Element element) throws IOException {
		try {
			document.add(element);
		} catch (DocumentException | ExceptionConverter e) {
			throw failure(e);
		}
	}

	/**
	 * Adds a text on lines of its own, from the side from which it is read.
	 *
	 * @param size   in points
	 * @param style  of {@link org.openpdf.text.Font}
	 * @param align  of {@link Element}, such as {@link Element#ALIGN_CENTER}
	 * @param before space above, in points
	 * @param after  space below, in points
	 */
	public void addText(String text, float size, int style, Color color, int align, float before, float after)
			throws IOException {
		if (isMixed(text)) {
			// Only a cell knows of directions.
			PdfPCell cell = cell(text, size, style, color);
			cell.setPadding(0);
			cell.setHorizontalAlignment(align);
			PdfPTable table = new PdfPTable(1);
			table.setWidthPercentage(100);
			table.setSpacingBefore(before);
			table.setSpacingAfter(after);
			table.addCell(cell);
			add(table);
			return;
		}
		Paragraph paragraph = new Paragraph(fonts.phrase(text, size, style, color));
		paragraph.setAlignment(align);
		paragraph.setSpacingBefore(before);
		paragraph.setSpacingAfter(after);
		add(paragraph);
	}

	/**
	 * A cell without border whose text runs in its direction, and whose Arabic letters are joined.
	 *
	 * @param size  in points
	 * @param style of {@link org.openpdf.text.Font}
	 */
	public PdfPCell cell(String text, float size, int style, Color color) {
		PdfPCell cell = new PdfPCell(fonts.phrase(text, size, style, color));
		cell.setBorder(Rectangle.NO_BORDER);
		if (isMixed(text)) {
			cell.setRunDirection(new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight()
					? PdfWriter.RUN_DIRECTION_LTR
					: PdfWriter.RUN_DIRECTION_RTL);
		}
		return cell;
	}

	private static boolean isMixed(String text) {
		char[] characters = text.toCharArray();
		return Bidi.requiresBidi(characters, 0, characters.length);
	}

	/** What follows begins on a page of its own. */
	public void newPage() {
		document.newPage();
	}

	/** Writes what is left; nothing can be added then. A document without this cannot be read. */
	public void finish() throws IOException {
		try {
			document.close();
		} catch (DocumentException | ExceptionConverter e) {
			throw failure(e);
		}
	}

	/** The library wraps what the stream throws. */
	private static IOException failure(RuntimeException e) {
		Throwable cause = e instanceof ExceptionConverter wrapper ? wrapper.getException() : e.getCause();
		return cause instanceof IOException thrown ? thrown : new IOException("The PDF cannot be written", e);
	}
}
