// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class AppFiles extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new AppFilesExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new AppsDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			AppsDataSetTest.full(content);
		}
	}
}
