// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.ui.internal.inside.Entry;

/**
 * A picture that belongs to a record.
 *
 * @param name   what a person calls it
 * @param domain where it is in the backup; empty if its bytes are in the record
 * @param path   relative to the domain
 * @param bytes  the picture itself; null if it is a file of the backup
 */
record Picture(String name, String domain, String path, byte @Nullable [] bytes) {

	private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "jpe");

	/** The pictures of a record that can be shown. @param previews whether files of a name can be, by a detour */
	static List<Picture> of(Entry entry, Predicate<String> previews) {
		List<Picture> found = new ArrayList<>();
		for (Attachment file : entry.attachments()) {
			if (file.present() && !file.domain().isEmpty()
					&& (isPicture(file.path()) || previews.test(file.path()))) {
				found.add(new Picture(file.name(), file.domain(), file.path(), null));
			}
		}
		for (Map.Entry<String, @Nullable Object> value : entry.values().entrySet()) {
			if (value.getValue() instanceof byte[] bytes && bytes.length > 0) {
				found.add(new Picture(value.getKey(), "", "", bytes));
			}
		}
		return found;
	}

	/** Whether it is of a format that is read here, and not by a detour. */
	boolean isOrdinary() {
		return bytes != null || isPicture(path);
	}

	private static boolean isPicture(String path) {
		return EXTENSIONS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
	}
}
