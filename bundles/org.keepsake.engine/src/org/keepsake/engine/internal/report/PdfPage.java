// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.engine.Human;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** Writes a report as PDF, with the library's own free font. */
final class PdfPage {

	private static final String FONT = "font-fallback/LiberationSans-Regular.ttf";
	private static final float MARGIN = 56;

	private final Font large;
	private final Font heading;
	private final Font normal;
	private final Font bold;
	private final Font faint;

	private PdfPage() throws IOException {
		BaseFont base = font();
		large = new Font(base, 20, Font.BOLD);
		heading = new Font(base, 13, Font.BOLD);
		normal = new Font(base, 10);
		bold = new Font(base, 10, Font.BOLD);
		faint = new Font(base, 10, Font.NORMAL, new java.awt.Color(96, 96, 96));
	}

	/** Writes the document; the stream stays open. */
	static void write(Page page, OutputStream out) throws IOException {
		new PdfPage().document(page, out);
	}

	private static BaseFont font() throws IOException {
		byte @Nullable [] bytes = null;
		try (java.io.InputStream in = Document.class.getClassLoader().getResourceAsStream(FONT)) {
			if (in != null) {
				bytes = in.readAllBytes();
			}
		}
		return bytes == null ? BaseFont.createFont(BaseFont.HELVETICA, BaseFont.CP1252, BaseFont.NOT_EMBEDDED)
				: BaseFont.createFont(FONT, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, bytes, null);
	}

	private void document(Page page, OutputStream out) {
		Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
		PdfWriter writer = PdfWriter.getInstance(document, out);
		writer.setCloseStream(false);
		document.addTitle(Human.printable(page.title()));
		document.addCreator("Keepsake");
		document.open();
		document.add(new Paragraph(Human.printable(page.title()), large));
		document.add(new Paragraph(Human.printable(page.subtitle()), faint));
		for (Page.Section section : page.sections()) {
			Paragraph title = new Paragraph(Human.printable(section.heading()), heading);
			title.setSpacingBefore(16);
			title.setSpacingAfter(4);
			title.setKeepTogether(true);
			document.add(title);
			lines(document, section.lines());
			Page.Grid table = section.table();
			if (table != null && !table.rows().isEmpty()) {
				document.add(table(table));
			}
		}
		document.close();
	}

	private void lines(Document document, List<String> lines) {
		for (String line : lines) {
			Paragraph paragraph = new Paragraph((lines.size() > 1 ? "\u2022 " : "") + Human.printable(line), normal);
			paragraph.setSpacingAfter(3);
			document.add(paragraph);
		}
	}

	private PdfPTable table(Page.Grid grid) {
		int columns = grid.rows().getFirst().size();
		PdfPTable table = new PdfPTable(columns);
		table.setWidthPercentage(100);
		table.setHeaderRows(grid.headings().isEmpty() ? 0 : 1);
		table.setWidths(widths(grid, columns));
		for (int i = 0; i < grid.headings().size(); i++) {
			table.addCell(cell(grid.headings().get(i), bold, i == grid.numbers()));
		}
		for (List<String> row : grid.rows()) {
			for (int i = 0; i < columns; i++) {
				table.addCell(cell(row.get(i), normal, i == grid.numbers()));
			}
		}
		return table;
	}

	/** By the longest text of each column, within reason. */
	private static float[] widths(Page.Grid grid, int columns) {
		float[] widths = new float[columns];
		for (int i = 0; i < columns; i++) {
			int longest = grid.headings().isEmpty() ? 1 : grid.headings().get(i).length();
			for (List<String> row : grid.rows()) {
				longest = Math.max(longest, row.get(i).length());
			}
			widths[i] = Math.clamp(longest + 4, 13, 44);
		}
		return widths;
	}

	private static PdfPCell cell(String text, Font font, boolean number) {
		PdfPCell cell = new PdfPCell(new Phrase(Human.printable(text), font));
		cell.setBorder(org.openpdf.text.Rectangle.BOTTOM);
		cell.setBorderColor(new java.awt.Color(200, 200, 200));
		cell.setPadding(3);
		cell.setHorizontalAlignment(number ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
		return cell;
	}
}
