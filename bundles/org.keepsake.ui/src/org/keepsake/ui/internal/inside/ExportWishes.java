// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.ui.internal.Messages;

/** What a person can wish of an export besides its format. */
public final class ExportWishes {

	/** Those whose records hold passwords. */
	private static final List<String> SECRETS = List.of("keychain", "wifi");

	private ExportWishes() {
	}

	/**
	 * A choice that is made or not.
	 *
	 * @param option of the exporter
	 * @param value  its value if the choice is made
	 * @param label  what a person reads
	 */
	public record Wish(String option, String value, String label) {
	}

	/** Those the format knows, for the data set. */
	public static List<Wish> of(DataSet dataSet, Exporter exporter) {
		List<Wish> wishes = new ArrayList<>();
		String kind = dataSet.id() + '/' + exporter.id();
		if (kind.equals("photos/files")) {
			wishes.add(new Wish("photos.convert", "jpeg", Messages.export_jpeg));
			wishes.add(new Wish("photos.folders", "dates", Messages.export_by_date));
		}
		if (kind.equals("messages/html") || kind.equals("messages/pdf")) {
			wishes.add(new Wish("messages.single", "true", Messages.export_single));
		}
		if (exporter.id().equals("csv")) {
			wishes.add(new Wish("csv.bom", "true", Messages.export_excel));
		}
		return wishes;
	}

	/** Whether the records of the data set hold passwords, which are masked unless a person asks for them. */
	public static boolean hasSecrets(DataSet dataSet) {
		return SECRETS.contains(dataSet.id());
	}
}
