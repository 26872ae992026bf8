// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.testing.DataSetContract.Filler;
import org.keepsake.testing.FolderContent;

/** All records of some content. */
final class Reading {

	private Reading() {
	}

	static <T extends DataRecord> List<T> all(Class<T> type, DataSet dataSet, Path folder, Filler filler)
			throws Exception {
		FolderContent content = new FolderContent(folder, new IosVersion("17.5"), true);
		filler.fill(content);
		List<T> records = new ArrayList<>();
		dataSet.read(content, Selection.ALL, entry -> records.add(type.cast(entry)), JobMonitor.NONE);
		return records;
	}
}
