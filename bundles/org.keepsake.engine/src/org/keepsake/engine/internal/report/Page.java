// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A report's text, before it is a page or a PDF. It may hold what a device or a stranger chose.
 *
 * @param title    of all
 * @param subtitle below it
 * @param sections one after the other
 */
record Page(String title, String subtitle, List<Section> sections) {

	/**
	 * A part under a heading.
	 *
	 * @param heading its heading
	 * @param lines   sentences, a line each
	 * @param table   below them; null if there is none
	 */
	record Section(String heading, List<String> lines, @Nullable Grid table) {
	}

	/**
	 * A table.
	 *
	 * @param headings of the columns; empty for none
	 * @param rows     as many cells each
	 * @param numbers  the column whose cells are numbers, or -1
	 */
	record Grid(List<String> headings, List<List<String>> rows, int numbers) {
	}
}
