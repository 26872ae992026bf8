// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.Locale;

/** What a report is written as. */
public enum ReportFormat {
	/** A web page without anything outside of it, printable. */
	HTML,
	/** PDF. */
	PDF;

	/** The extension of its file, without a dot. */
	public String extension() {
		return name().toLowerCase(Locale.ROOT);
	}
}
