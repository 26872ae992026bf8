// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.io.Writer;

import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.RecordValues;

/** One JSON array of objects, an object a line. */
public final class JsonExporter extends RecordExporter {

	/** For the extension registry. */
	public JsonExporter() {
		super("json", "JSON", "json");
	}

	@Override
	Sheet sheet(ExportRequest request, Writer out) {
		return new Sheet() {
			private String separator = "\n";

			@Override
			public void begin() throws IOException {
				out.write('[');
			}

			@Override
			public void add(DataRecord entry) throws IOException {
				out.write(separator);
				JsonText.write(out, RecordValues.of(entry));
				separator = ",\n";
			}

			@Override
			public void end() throws IOException {
				out.write("\n]\n");
			}
		};
	}
}
