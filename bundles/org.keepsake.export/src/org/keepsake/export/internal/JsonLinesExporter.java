// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.io.Writer;

import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.RecordValues;

/** A JSON object a line, for tools that read lines. */
public final class JsonLinesExporter extends RecordExporter {

	/** For the extension registry. */
	public JsonLinesExporter() {
		super("jsonl", "JSON lines", "jsonl");
	}

	@Override
	Sheet sheet(ExportRequest request, Writer out) {
		return new Sheet() {
			@Override
			public void begin() {
				// Nothing stands before the first line.
			}

			@Override
			public void add(DataRecord entry) throws IOException {
				JsonText.write(out, RecordValues.of(entry));
				out.write('\n');
			}

			@Override
			public void end() {
				// Nothing stands after the last line.
			}
		};
	}
}
