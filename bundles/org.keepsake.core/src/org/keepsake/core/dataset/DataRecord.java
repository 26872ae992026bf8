// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * One message, contact, photo, …. Implementations are public Java records, so that their components can be listed,
 * exported and compared without knowing the kind: components are texts, numbers, booleans, enums, {@link Instant} and
 * the other types of {@code java.time}, byte arrays, further records, and lists or maps (by text) of these; null where
 * the device recorded nothing.
 */
public interface DataRecord {

	/** What stays the same for this record in every version of a backup, such as its GUID; unique in its data set. */
	String key();

	/** When it happened or was made; null if it has no date. */
	@Nullable
	Instant date();

	/** The record in one line, for a person; no line breaks. */
	String headline();

	/** All its text that a person may search for. */
	String searchText();

	/** The files that belong to it, such as a message's attachments; also those that the backup lacks. */
	default List<Attachment> attachments() {
		return List.of();
	}

	/**
	 * A file that belongs to a record.
	 *
	 * @param name     what a person calls it
	 * @param mimeType such as {@code image/heic}; empty if unknown
	 * @param domain   where it is in the backup; empty if it is not known
	 * @param path     relative to the domain
	 * @param present  whether the backup has it
	 */
	record Attachment(String name, String mimeType, String domain, String path, boolean present) {
	}
}
