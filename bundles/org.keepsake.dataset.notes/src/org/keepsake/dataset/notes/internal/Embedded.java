// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.List;

import org.keepsake.core.dataset.DataRecord.Attachment;

/**
 * Something that a note holds beside its text, other than a table.
 *
 * @param identifier as the text names it
 * @param kind       what it is
 * @param title      what a person sees; empty if there is nothing
 * @param url        where a link leads to; empty if it is none
 * @param recognised text that the device read in a picture or in handwriting; empty if there is none
 * @param files      its files; several for a gallery of scanned pages
 */
public record Embedded(String identifier, Kind kind, String title, String url, String recognised,
		List<Attachment> files) {

	/** What it is. */
	public enum Kind {
		/** A picture. */
		IMAGE,
		/** A drawing by hand, as a picture. */
		DRAWING,
		/** Scanned pages. */
		SCAN,
		/** A web page. */
		LINK,
		/** A film or a recording. */
		RECORDING,
		/** Any other file. */
		FILE,
		/** Something that Keepsake does not know, or that is damaged. */
		UNKNOWN
	}

	/** Copies the list. */
	public Embedded {
		files = List.copyOf(files);
	}
}
