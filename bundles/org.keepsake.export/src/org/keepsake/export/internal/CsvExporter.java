// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.RecordValues;

/**
 * A table for spreadsheets (RFC 4180), in UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it, which spreadsheets do not show; a telephone number stays as it is. With the option {@code csv.bom=true} the
 * file begins with the mark by which Excel knows UTF-8.
 */
public final class CsvExporter extends RecordExporter {

	private static final String BOM = "csv.bom";
	private static final String FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";
	private static final Pattern NUMBER = Pattern.compile("[+-][0-9 ()./\u00A0-]*");

	/** For the extension registry. */
	public CsvExporter() {
		super("csv", "Table (CSV)", "csv");
	}

	@Override
	public List<ExportOption> options(DataSet dataSet) {
		return List.of(new ExportOption(BOM, "true", "Mark the file as UTF-8, as Excel wants it"));
	}

	@Override
	Sheet sheet(ExportRequest request, Writer out) {
		Cells cells = new Cells(request.dataSet().recordType());
		return new Sheet() {
			@Override
			public void begin() throws IOException {
				if ("true".equals(request.options().get(BOM))) {
					out.write('\uFEFF');
				}
				line(cells.headings());
			}

			@Override
			public void add(DataRecord entry) throws IOException {
				line(cells.row(RecordValues.of(entry)));
			}

			@Override
			public void end() {
				// The last line has its end.
			}

			private void line(List<?> values) throws IOException {
				String separator = "";
				for (Object value : values) {
					out.write(separator);
					out.write(cell(value));
					separator = ",";
				}
				out.write("\r\n");
			}
		};
	}

	private static String cell(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		String text = value.toString();
		if (value instanceof Number || value instanceof Boolean) {
			return text;
		}
		String safe = isFormula(text) ? '\'' + text : text;
		if (safe.isEmpty() || safe.chars().noneMatch(c -> c == '"' || c == ',' || c == ';' || c < ' ')) {
			return safe;
		}
		return '"' + safe.replace("\"", "\"\"") + '"';
	}

	private static boolean isFormula(String text) {
		return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
	}
}
