// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.util.Locale;
import java.util.Map;

/**
 * Media types by the extensions of what people photograph, record and attach. The JDK's own table lacks most of what a
 * phone makes, and differs from system to system.
 */
public final class MediaTypes {

	private static final Map<String, String> BY_EXTENSION = Map.ofEntries(Map.entry("heic", "image/heic"),
			Map.entry("heif", "image/heif"), Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"),
			Map.entry("png", "image/png"), Map.entry("gif", "image/gif"), Map.entry("tif", "image/tiff"),
			Map.entry("tiff", "image/tiff"), Map.entry("webp", "image/webp"), Map.entry("avif", "image/avif"),
			Map.entry("bmp", "image/bmp"), Map.entry("dng", "image/x-adobe-dng"), Map.entry("jxl", "image/jxl"),
			Map.entry("mov", "video/quicktime"), Map.entry("mp4", "video/mp4"), Map.entry("m4v", "video/x-m4v"),
			Map.entry("3gp", "video/3gpp"), Map.entry("avi", "video/x-msvideo"), Map.entry("m4a", "audio/mp4"),
			Map.entry("qta", "audio/quicktime"), Map.entry("wav", "audio/wav"), Map.entry("caf", "audio/x-caf"),
			Map.entry("mp3", "audio/mpeg"), Map.entry("aac", "audio/aac"), Map.entry("amr", "audio/amr"),
			Map.entry("aae", "application/xml"), Map.entry("svg", "image/svg+xml"), Map.entry("pdf", "application/pdf"),
			Map.entry("txt", "text/plain"), Map.entry("csv", "text/csv"), Map.entry("vcf", "text/vcard"),
			Map.entry("ics", "text/calendar"), Map.entry("zip", "application/zip"), Map.entry("rtf", "application/rtf"),
			Map.entry("html", "text/html"), Map.entry("doc", "application/msword"),
			Map.entry("xls", "application/vnd.ms-excel"),
			Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
			Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));

	private MediaTypes() {
	}

	/** The media type by the extension of a name or path; empty if unknown. */
	public static String of(String name) {
		return BY_EXTENSION.getOrDefault(extension(name).toLowerCase(Locale.ROOT), "");
	}

	/** Whether it is a film. */
	public static boolean isVideo(String name) {
		return of(name).startsWith("video/");
	}

	/** Whether it is a picture or a film. */
	public static boolean isVisual(String name) {
		return of(name).startsWith("image/") || isVideo(name);
	}

	/** What follows the last dot of the name; empty if there is none. */
	public static String extension(String name) {
		int dot = name.lastIndexOf('.');
		return dot > name.lastIndexOf('/') + 1 ? name.substring(dot + 1) : "";
	}

	/** The name, or path, without its extension and the dot. */
	public static String stem(String name) {
		String extension = extension(name);
		return extension.isEmpty() ? name : name.substring(0, name.length() - extension.length() - 1);
	}
}
