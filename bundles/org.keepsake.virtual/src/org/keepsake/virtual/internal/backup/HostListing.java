// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What a host says lies in a folder. */
final class HostListing {

	/** One entry. */
	record Entry(boolean regular, long size) {
	}

	private HostListing() {
	}

	/** The entries by name; none if the folder is not there. */
	static Map<String, Entry> of(HostLink link, String folder) throws IOException {
		HostAnswer answer = link.list(folder);
		if (answer.code() == HostAnswer.NOT_THERE) {
			return Map.of();
		}
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_READ, "Error listing " + folder);
		}
		Map<String, Entry> entries = new HashMap<>();
		if (answer.value() instanceof Map<?, ?> all) {
			for (Map.Entry<?, ?> one : all.entrySet()) {
				if (one.getValue() instanceof Map<?, ?> fields) {
					boolean regular = "DLFileTypeRegular".equals(fields.get("DLFileType"));
					long size = fields.get("DLFileSize") instanceof Number number ? number.longValue() : -1;
					entries.put(String.valueOf(one.getKey()), new Entry(regular, size));
				} else {
					link.odd("a listing without attributes");
				}
			}
		}
		return entries;
	}
}
