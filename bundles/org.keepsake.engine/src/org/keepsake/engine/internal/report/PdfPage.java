// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.keepsake.engine.Human;
import org.keepsake.engine.internal.Texts;
import org.keepsake.pdf.PdfFile;
import org.keepsake.pdf.PdfFonts;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;

/** Writes a report as PDF. */
final class PdfPage {

	private static final float MARGIN = 56;
	private static final float PADDING = 3;
	private static final float WIDEST = 230;
	private static final float TITLE = 20;
	private static final float HEADING = 13;
	private static final float TEXT = 10;
	/** What the stroke of bold letters adds at most. */
	private static final float BOLDER = 1.1f;
	private static final Color INK = Color.BLACK;
	private static final Color FAINT = new Color(96, 96, 96);
	private static final Color LINE = new Color(200, 200, 200);

	private final PdfFonts fonts;
	private final PdfFile document;

	private PdfPage(Page page, OutputStream out, PdfFonts fonts) throws IOException {
		this.fonts = fonts;
		document = PdfFile.begin(out, Human.printable(page.title()), MARGIN, fonts);
	}

	/** Writes the document; the stream stays open. */
	static void write(Page page, OutputStream out, PdfFonts fonts) throws IOException {
		new PdfPage(page, out, fonts).sections(page);
	}

	private void sections(Page page) throws IOException {
		text(page.title(), TITLE, Font.BOLD, INK, 0, 8);
		text(page.subtitle(), TEXT, Font.NORMAL, FAINT, 0, 0);
		for (Page.Section section : page.sections()) {
			text(section.heading(), HEADING, Font.BOLD, INK, 16, 4);
			for (String line : section.lines()) {
				text((section.lines().size() > 1 ? "\u2022 " : "") + line, TEXT, Font.NORMAL, INK, 0, 3);
			}
			Page.Grid table = section.table();
			if (table != null && !table.rows().isEmpty()) {
				document.add(table(table));
			}
		}
		if (fonts.replaced() > 0) {
			text(Texts.of("report.characters", Long.valueOf(fonts.replaced())), TEXT, Font.NORMAL, FAINT, 16, 0);
		}
		document.finish();
	}

	private void text(String text, float size, int style, Color color, float before, float after) throws IOException {
		document.addText(Human.printable(text), size, style, color, Element.ALIGN_LEFT, before, after);
	}

	private PdfPTable table(Page.Grid grid) {
		int columns = grid.rows().getFirst().size();
		PdfPTable table = new PdfPTable(columns);
		table.setWidthPercentage(100);
		table.setSpacingBefore(4);
		table.setHeaderRows(grid.headings().isEmpty() ? 0 : 1);
		table.setWidths(widths(grid, columns));
		for (int i = 0; i < grid.headings().size(); i++) {
			table.addCell(cell(grid.headings().get(i), Font.BOLD, i == grid.numbers()));
		}
		for (List<String> row : grid.rows()) {
			for (int i = 0; i < columns; i++) {
				table.addCell(cell(row.get(i), Font.NORMAL, i == grid.numbers()));
			}
		}
		return table;
	}

	/** By the widest text of each column: short ones stand on one line, long ones share what is left. */
	private float[] widths(Page.Grid grid, int columns) {
		float[] widths = new float[columns];
		for (int i = 0; i < columns; i++) {
			float widest = grid.headings().isEmpty() ? 0 : width(grid.headings().get(i)) * BOLDER;
			for (List<String> row : grid.rows()) {
				widest = Math.max(widest, width(row.get(i)));
			}
			widths[i] = Math.min(widest, WIDEST) + 2 * PADDING + 2;
		}
		return widths;
	}

	/** In points. */
	private float width(String text) {
		return fonts.width(Human.printable(text), TEXT);
	}

	private PdfPCell cell(String text, int style, boolean number) {
		PdfPCell cell = document.cell(Human.printable(text), TEXT, style, INK);
		cell.setBorder(Rectangle.BOTTOM);
		cell.setBorderColor(LINE);
		cell.setPadding(PADDING);
		cell.setHorizontalAlignment(number ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
		return cell;
	}
}
