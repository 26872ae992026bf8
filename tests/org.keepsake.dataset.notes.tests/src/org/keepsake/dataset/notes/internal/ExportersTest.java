// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class Markdown extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new NotesMarkdownExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new NotesDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			NoteSamples.fill(content, NoteSamples.IOS26);
		}
	}

	@Nested
	class Html extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new NotesHtmlExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new NotesDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			NoteSamples.fill(content, NoteSamples.IOS26);
		}
	}
}
