// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A search over what is in a backup.
 *
 * @param text    words that must all occur, in any case and order and with or without accents; the beginning of a word
 *                finds it
 * @param dataSet look only there; null for all data sets
 * @param limit   at most so many records of each data set
 */
public record SearchRequest(String text, @Nullable String dataSet, int limit) {

	/** @throws IllegalArgumentException if the limit is negative */
	public SearchRequest {
		if (limit < 0) {
			throw new IllegalArgumentException("A limit of " + limit);
		}
	}
}
