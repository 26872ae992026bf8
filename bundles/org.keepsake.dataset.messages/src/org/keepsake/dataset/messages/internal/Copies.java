// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.base.ExportedFiles;

/** Copies the attachments of messages beside an export, and counts them. */
final class Copies {

	/** What a browser runs when it opens it: it is copied, but as text. */
	private static final Set<String> ACTIVE = Set.of("html", "htm", "xhtml", "xht", "shtml", "svg", "svgz", "xml",
			"xsl",
			"xslt", "mht", "mhtml", "js", "mjs", "pdfxml", "hta");
	private static final int LONGEST_NAME = 100;

	private final BackupContent content;
	private final ExportOutput output;
	private long copied;
	private long missing;
	private long renamed;

	Copies(BackupContent content, ExportOutput output) {
		this.content = content;
		this.output = output;
	}

	/** Copies it. @return its path in the export; null if the backup lacks it, or it is damaged */
	@Nullable
	String copy(Attachment attachment, @Nullable Instant date) throws IOException {
		String path = ExportedFiles.copy(content, attachment, output, "attachments/" + name(attachment), date);
		if (path == null) {
			missing++;
		} else {
			copied++;
		}
		return path;
	}

	private String name(Attachment attachment) {
		String name = attachment.name().replace('/', '_').replace('\\', '_').strip();
		int dot = name.lastIndexOf('.');
		String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
		if (name.length() > LONGEST_NAME) {
			String end = extension.isEmpty() || extension.length() > 10 ? "" : '.' + extension;
			name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2)) + end;
		}
		String type = attachment.mimeType().toLowerCase(Locale.ROOT);
		if (ACTIVE.contains(extension) || type.contains("html") || type.contains("svg") || type.contains("xml")) {
			renamed++;
			return name + ".txt";
		}
		return name.isEmpty() ? "attachment" : name;
	}

	long copied() {
		return copied;
	}

	long missing() {
		return missing;
	}

	/** How many were given the name of a text. */
	long renamed() {
		return renamed;
	}
}
