// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class TableForEachType extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new HealthCsvExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new HealthDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			HealthSamples.routes26(content);
		}
	}

	@Nested
	class FormOfTheAppHealth extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new HealthXmlExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new HealthDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			HealthSamples.routes26(content);
		}
	}

	@Nested
	class Routes extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new HealthRoutesExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new HealthDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			HealthSamples.routes26(content);
		}
	}
}
