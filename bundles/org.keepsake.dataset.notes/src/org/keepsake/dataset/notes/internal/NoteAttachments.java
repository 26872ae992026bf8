// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.base.MediaTypes;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.notes.internal.Embedded.Kind;

/**
 * Finds what stands in a note's text for something else, by its identifier: tables, files, links, drawings, scans,
 * hashtags.
 *
 * <p>
 * Types and places of files: apple_cloud_notes_parser, {@code lib/AppleNotesEmbedded*.rb}.
 */
final class NoteAttachments {

	private static final int MOST_KNOWN = 1_000_000;
	private static final int MOST_IN_A_NOTE = 5_000;
	private static final int MOST_PAGES = 1_000;

	private final Tables tables;
	private final BackupContent content;
	/** Rows by identifier: not every version has an index for it. */
	private final Map<String, Long> numbers = new HashMap<>();
	/** The media of attachments that do not name them. */
	private final Map<Long, Long> media = new HashMap<>();

	NoteAttachments(Tables tables, BackupContent content) throws IOException {
		this.tables = tables;
		this.content = content;
		List<String> types = new ArrayList<>();
		for (String column : List.of("ZTYPEUTI", "ZTYPEUTI1")) {
			if (tables.has(NoteStore.TABLE, column)) {
				types.add(column + " IS NOT NULL");
			}
		}
		if (types.isEmpty() || !tables.has(NoteStore.TABLE, "ZIDENTIFIER")) {
			return;
		}
		tables.query("SELECT Z_PK, ZIDENTIFIER FROM " + NoteStore.TABLE + " WHERE ZIDENTIFIER IS NOT NULL AND ("
				+ String.join(" OR ", types) + ')', List.of(), row -> {
					numbers.put(row.textOrEmpty("ZIDENTIFIER"), row.integer("Z_PK"));
					return numbers.size() < MOST_KNOWN;
				});
		String back = tables.firstOf(NoteStore.TABLE, "ZATTACHMENT1", "ZATTACHMENT");
		if (back != null && tables.has(NoteStore.TABLE, "ZFILENAME")) {
			tables.query("SELECT Z_PK, " + back + " AS attachment FROM " + NoteStore.TABLE
					+ " WHERE ZFILENAME IS NOT NULL AND " + back + " IS NOT NULL", List.of(), row -> {
						media.put(row.integer("attachment"), row.integer("Z_PK"));
						return media.size() < MOST_KNOWN;
					});
		}
	}

	/** Those of a note. @param account the identifier of its account */
	OfNote of(String account) {
		return new OfNote(account);
	}

	/** A row, taken out of its query. */
	private record Entry(long number, String identifier, String type, String title, String url, String text,
			String token, String recognised, long media, String imageGeneration, String pdfGeneration,
			byte @Nullable [] mergeable) {
	}

	/** What one note holds; each is given once. */
	final class OfNote implements NoteText.Things {
		private final String account;
		private final Set<String> given = new HashSet<>();
		private final List<Embedded> embedded = new ArrayList<>();
		private @Nullable IOException failure;
		private boolean inTable;

		OfNote(String account) {
			this.account = account;
		}

		/** In the order in which they were found. */
		List<Embedded> embedded() {
			return embedded;
		}

		void throwIfFailed() throws IOException {
			IOException failed = failure;
			if (failed != null) {
				throw failed;
			}
		}

		@Override
		public NoteText.@Nullable Thing find(String identifier, String type) {
			Long number = numbers.get(identifier);
			if (failure != null || given.size() >= MOST_IN_A_NOTE || !given.add(identifier)) {
				return null;
			}
			try {
				Entry entry = number == null ? null : entry(number);
				if (entry == null) {
					return embed(new Embedded(identifier, Kind.UNKNOWN, "", "", "", List.of()));
				}
				String known = entry.type.isEmpty() ? type : entry.type;
				if (known.startsWith("com.apple.notes.inlinetextattachment")) {
					return new NoteText.Thing(Span.plain(entry.text).withLink(entry.token.contains(":")
							? entry.token
							: ""), null);
				}
				return known.equals("com.apple.notes.table") ? table(entry) : embed(embedded(entry, known));
			} catch (IOException e) {
				failure = e;
				return null;
			}
		}

		private NoteText.Thing embed(Embedded one) {
			embedded.add(one);
			return new NoteText.Thing(Span.attachment(one.identifier(), one.title(), one.url()), null);
		}

		private NoteText.Thing table(Entry entry) {
			byte[] data = entry.mergeable;
			if (data != null && !inTable) {
				inTable = true;
				List<Block.Row> rows = MergeableTable.read(new ProtobufReader(Gunzip.of(data).bytes()), this);
				inTable = false;
				if (rows != null) {
					return new NoteText.Thing(Span.plain(""), Block.table(rows));
				}
			}
			return embed(new Embedded(entry.identifier, Kind.UNKNOWN, "Table", "", "", List.of()));
		}

		private Embedded embedded(Entry entry, String type) throws IOException {
			List<Attachment> files = new ArrayList<>();
			Kind kind = Kind.UNKNOWN;
			if (type.equals("com.apple.notes.gallery")) {
				kind = Kind.SCAN;
				addPages(entry, files);
			} else if (type.startsWith("com.apple.drawing") || type.equals("com.apple.paper")) {
				kind = Kind.DRAWING;
				addFirst(files, fallbacks("FallbackImages", "FallbackImage", entry.identifier, entry.imageGeneration,
						"jpeg", "png", "jpg"));
			} else if (type.startsWith("com.apple.paper.doc")) {
				kind = type.endsWith("scan") ? Kind.SCAN : Kind.FILE;
				addFirst(files,
						fallbacks("FallbackPDFs", "FallbackPDF", entry.identifier, entry.pdfGeneration, "pdf"));
			}
			if (files.isEmpty()) {
				addMedia(entry, files);
			}
			if (type.equals("public.url")) {
				kind = Kind.LINK;
			} else if (kind == Kind.UNKNOWN && !files.isEmpty()) {
				kind = kind(type, files.getFirst().mimeType());
			}
			String title = !entry.title.isBlank() ? entry.title : files.isEmpty() ? entry.url : files.getFirst().name();
			return new Embedded(entry.identifier, kind, Note.oneLine(title), entry.url, entry.recognised, files);
		}

		/** The pages of a scan, in their order: each part of the list names one and its place. */
		private void addPages(Entry entry, List<Attachment> files) throws IOException {
			byte[] data = entry.mergeable;
			ProtobufReader list = data == null ? null
					: MergeableTable.data(new ProtobufReader(Gunzip.of(data).bytes()));
			Map<Long, String> ordered = new TreeMap<>();
			String page = null;
			Long place = null;
			for (ProtobufReader object : Parts.each(list, 3)) {
				page = page(object, page);
				place = place(object, place);
				if (page != null && place != null && ordered.size() < MOST_PAGES) {
					ordered.put(place, page);
					page = null;
					place = null;
				}
			}
			for (String identifier : new LinkedHashSet<>(ordered.values())) {
				Long number = numbers.get(identifier);
				Entry child = number == null || files.size() >= MOST_PAGES ? null : entry(number);
				if (child != null) {
					addMedia(child, files);
				}
			}
		}

		private static @Nullable String page(ProtobufReader object, @Nullable String known) {
			ProtobufReader entry = Parts.first(object.message(13), 3);
			ProtobufReader value = entry == null ? null : entry.message(2);
			String text = value == null ? null : value.text(4);
			return text == null ? known : text;
		}

		private static @Nullable Long place(ProtobufReader object, @Nullable Long known) {
			ProtobufReader outer = object.message(9);
			ProtobufReader inner = outer == null ? null : outer.message(1);
			return inner == null ? known : Long.valueOf(inner.number(2));
		}

		private List<String> fallbacks(String folder, String name, String identifier, String generation,
				String... extensions) {
			List<String> paths = new ArrayList<>();
			for (String extension : extensions) {
				if (!generation.isEmpty()) {
					paths.add(folder + '/' + identifier + '/' + generation + '/' + name + '.' + extension);
				}
				paths.add(folder + '/' + identifier + '.' + extension);
			}
			return paths;
		}

		private void addMedia(Entry entry, List<Attachment> files) throws IOException {
			Long number = entry.media != 0 ? Long.valueOf(entry.media) : media.get(entry.number);
			if (number == null) {
				return;
			}
			List<String> paths = new ArrayList<>();
			tables.query("SELECT " + tables.columns(NoteStore.TABLE, "o", "ZIDENTIFIER", "ZFILENAME", "ZGENERATION",
					"ZGENERATION1") + " FROM " + NoteStore.TABLE + " o WHERE Z_PK = ?", List.of(number), row -> {
						String file = row.textOrEmpty("ZFILENAME");
						String folder = "Media/" + row.textOrEmpty("ZIDENTIFIER") + '/';
						for (String column : List.of("ZGENERATION", "ZGENERATION1")) {
							String generation = row.textOrEmpty(column);
							if (!file.isEmpty() && !generation.isEmpty()) {
								paths.add(folder + generation + '/' + file);
							}
						}
						return file.isEmpty() || paths.add(folder + file);
					});
			addFirst(files, paths);
		}

		/** Adds the first that is there, or tells that it is not. */
		private void addFirst(List<Attachment> files, List<String> paths) throws IOException {
			for (String path : paths) {
				for (String root : List.of("Accounts/" + account + '/', "Accounts/LocalAccount/", "")) {
					if (content.find(NoteStore.DOMAIN, root + path).isPresent()) {
						files.add(attachment(root + path, true));
						return;
					}
				}
			}
			if (!paths.isEmpty()) {
				files.add(attachment("Accounts/" + account + '/' + paths.getFirst(), false));
			}
		}

		private static Attachment attachment(String path, boolean present) {
			String name = path.substring(path.lastIndexOf('/') + 1);
			return new Attachment(name, MediaTypes.of(name), NoteStore.DOMAIN, path, present);
		}
	}

	private @Nullable Entry entry(long number) throws IOException {
		String mergeable = tables.firstOf(NoteStore.TABLE, "ZMERGEABLEDATA1", "ZMERGEABLEDATA");
		String older = tables.firstOf(NoteStore.TABLE, "ZMERGEABLEDATA", "ZMERGEABLEDATA1");
		String data = mergeable == null || older == null ? "NULL" : "COALESCE(" + mergeable + ", " + older + ')';
		List<Entry> found = new ArrayList<>();
		tables.query("SELECT "
				+ tables.columns(NoteStore.TABLE, "o", "ZIDENTIFIER", "ZTYPEUTI", "ZTYPEUTI1", "ZTITLE", "ZUSERTITLE",
						"ZURLSTRING", "ZALTTEXT", "ZTOKENCONTENTIDENTIFIER", "ZOCRSUMMARY", "ZHANDWRITINGSUMMARY",
						"ZADDITIONALINDEXABLETEXT", "ZMEDIA", "ZFALLBACKIMAGEGENERATION", "ZFALLBACKPDFGENERATION")
				+ ", CASE WHEN length(" + data + ") <= " + NoteStore.MOST_COMPRESSED + " THEN " + data
				+ " END AS mergeable FROM " + NoteStore.TABLE + " o WHERE Z_PK = ?", List.of(number),
				row -> found.add(entry(number, row)));
		return found.isEmpty() ? null : found.getFirst();
	}

	private static Entry entry(long number, Row row) throws SQLException {
		String type = row.textOrEmpty("ZTYPEUTI");
		String title = row.textOrEmpty("ZUSERTITLE");
		return new Entry(number, row.textOrEmpty("ZIDENTIFIER"), type.isEmpty() ? row.textOrEmpty("ZTYPEUTI1") : type,
				title.isEmpty() ? row.textOrEmpty("ZTITLE") : title, row.textOrEmpty("ZURLSTRING"),
				row.textOrEmpty("ZALTTEXT"), row.textOrEmpty("ZTOKENCONTENTIDENTIFIER"),
				NoteStore.joined(row.textOrEmpty("ZOCRSUMMARY"), row.textOrEmpty("ZHANDWRITINGSUMMARY"),
						row.textOrEmpty("ZADDITIONALINDEXABLETEXT")),
				row.integer("ZMEDIA"), row.textOrEmpty("ZFALLBACKIMAGEGENERATION"),
				row.textOrEmpty("ZFALLBACKPDFGENERATION"), row.bytes("mergeable"));
	}

	private static Kind kind(String type, String mime) {
		String lower = type.toLowerCase(Locale.ROOT);
		if (mime.startsWith("image/") || lower.endsWith("image")) {
			return Kind.IMAGE;
		}
		return mime.startsWith("audio/") || mime.startsWith("video/") || lower.contains("audio")
				|| lower.contains("movie") ? Kind.RECORDING : Kind.FILE;
	}
}
