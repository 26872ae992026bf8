// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.pdf;

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

	private static final float SIZE = 7.5f;
	private static final Color COLOR = new Color(0x666677);

	private final PdfFonts fonts;

	PdfNumbers(PdfFonts fonts) {
		this.fonts = fonts;
	}

	@Override
	public void onEndPage(@Nullable PdfWriter writer, @Nullable Document document) {
		if (writer == null || document == null) {
			return;
		}
		ColumnText.showTextAligned(writer.getDirectContent(), Element.ALIGN_CENTER,
				fonts.phrase(Integer.toString(writer.getPageNumber()), SIZE, Font.NORMAL, COLOR),
				(document.left() + document.right()) / 2, document.bottom() - 2 * SIZE, 0);
	}
}
