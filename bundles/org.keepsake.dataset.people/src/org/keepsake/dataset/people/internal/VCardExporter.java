// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.people.Contact;

import ezvcard.VCardVersion;
import ezvcard.io.text.VCardWriter;

/** Contacts as vCard 4 (RFC 6350), all in one file, pictures included. */
public final class VCardExporter implements Exporter {

	@Override
	public String id() {
		return "vcard";
	}

	@Override
	public String title() {
		return Texts.text("contacts.vcard");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Contact.class;
	}

	@Override
	public boolean isSingleFile() {
		return true;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] count = new long[1];
		try (ExportOutput.File file = request.output().create("contacts.vcf", null)) {
			// Closed by closing the file: closing the writer would only flush.
			@SuppressWarnings("resource")
			VCardWriter writer = new VCardWriter(file.content(), VCardVersion.V4_0);
			writer.setAddProdId(false);
			// Labels of one's own, and names as they sound, have no place in the standard.
			writer.setVersionStrict(false);
			request.forEach(entry -> {
				if (entry instanceof Contact contact) {
					writer.write(Cards.card(contact));
					count[0]++;
				}
				return true;
			}, monitor);
			writer.flush();
			file.commit();
		}
		return new ExportReport(count[0], count[0], 1, 0, List.of());
	}
}
