// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.Locale;
import java.util.Map;

/** Names of media types by the extensions of what people put into notes. */
final class MediaTypes {

	private static final Map<String, String> BY_EXTENSION = Map.ofEntries(Map.entry("heic", "image/heic"),
			Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"), Map.entry("png", "image/png"),
			Map.entry("gif", "image/gif"), Map.entry("tif", "image/tiff"), Map.entry("tiff", "image/tiff"),
			Map.entry("webp", "image/webp"), Map.entry("svg", "image/svg+xml"), Map.entry("bmp", "image/bmp"),
			Map.entry("mov", "video/quicktime"), Map.entry("mp4", "video/mp4"), Map.entry("m4v", "video/x-m4v"),
			Map.entry("m4a", "audio/mp4"), Map.entry("mp3", "audio/mpeg"), Map.entry("wav", "audio/wav"),
			Map.entry("caf", "audio/x-caf"), Map.entry("aac", "audio/aac"), Map.entry("pdf", "application/pdf"),
			Map.entry("txt", "text/plain"), Map.entry("csv", "text/csv"), Map.entry("vcf", "text/vcard"),
			Map.entry("ics", "text/calendar"), Map.entry("zip", "application/zip"),
			Map.entry("rtf", "application/rtf"), Map.entry("html", "text/html"),
			Map.entry("doc", "application/msword"), Map.entry("xls", "application/vnd.ms-excel"),
			Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
			Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));

	private MediaTypes() {
	}

	/** @return empty if unknown */
	static String of(String name) {
		int dot = name.lastIndexOf('.');
		return dot < 0 ? "" : BY_EXTENSION.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), "");
	}
}
