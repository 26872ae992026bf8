// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.Exporter;

/** The other formats keep what all exporters promise, too. */
class FormatsTest {

	@Nested
	class Json extends CsvExporterTest {
		@Override
		protected Exporter exporter() {
			return new JsonExporter();
		}
	}

	@Nested
	class JsonLines extends CsvExporterTest {
		@Override
		protected Exporter exporter() {
			return new JsonLinesExporter();
		}
	}

	@Nested
	class Text extends CsvExporterTest {
		@Override
		protected Exporter exporter() {
			return new TextExporter();
		}
	}
}
