// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.RecordValues;

/**
 * A record as the window keeps it, whatever its type.
 *
 * @param key         unique in its data set
 * @param date        null if it has none
 * @param headline    the record in one line
 * @param attachments its files
 * @param values      its components by name: null, {@link String}, {@link Long}, {@link Double}, {@link Boolean},
 *                    {@link Symbol}, {@code byte[]}, {@link Instant}, {@link java.time.Duration},
 *                    {@link java.time.LocalDate}, or lists and maps of these
 */
public record Entry(String key, @Nullable Instant date, String headline, List<Attachment> attachments,
		Map<String, @Nullable Object> values) {

	/**
	 * One of few possible values.
	 *
	 * @param name in capitals, words joined by underscores
	 */
	public record Symbol(String name) {
	}

	/** A record; its values as the record gives them. */
	static Entry of(DataRecord source) {
		return new Entry(source.key(), source.date(), source.headline(), source.attachments(), RecordValues.of(source));
	}

	/** The value at the end of the path; null if there is none. */
	public @Nullable Object value(List<String> path) {
		Object value = values;
		for (String name : path) {
			value = value instanceof Map<?, ?> map ? map.get(name) : null;
		}
		return value;
	}
}
