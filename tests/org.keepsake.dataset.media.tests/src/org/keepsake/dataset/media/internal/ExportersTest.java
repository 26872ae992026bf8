// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class VoiceMemos extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new VoiceMemoExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new VoiceMemosDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			VoiceMemosTest.cloud(content);
		}
	}
}
