// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class Cards extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new VCardExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new ContactsDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			AddressBooks.ios17(content);
		}
	}

	@Nested
	class Voicemail extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new AudioExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new VoicemailDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			VoicemailDataSetTest.ios17(content);
		}
	}
}
