// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.awt.Color;

import org.eclipse.jdt.annotation.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfWriter;

/** Numbers the pages. */
final class PdfNumbers extends PdfPageEventHelper {

	private final PdfFonts fonts;
	private final float size;
	private final Color color;

	PdfNumbers(PdfFonts fonts, float size, Color color) {
		this.fonts = fonts;
		this.size = size;
		this.color = color;
	}

	@Override
	public void onEndPage(@Nullable PdfWriter writer, @Nullable Document document) {
		if (writer == null || document == null) {
			return;
		}
		ColumnText.showTextAligned(writer.getDirectContent(), Element.ALIGN_CENTER,
				fonts.phrase(Integer.toString(writer.getPageNumber()), size, Font.NORMAL, color),
				(document.left() + document.right()) / 2, document.bottom() - 2 * size, 0);
	}
}
