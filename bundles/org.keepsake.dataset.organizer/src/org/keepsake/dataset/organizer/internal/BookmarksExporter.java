// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.dataset.organizer.SafariPage.Kind;

/**
 * Bookmarks, favourites and the reading list as a web page in the form that every browser imports (Netscape's, as
 * described by Microsoft: "Netscape Bookmark File Format"). Addresses that are scripts are left out: the page can be
 * opened like any other.
 */
public final class BookmarksExporter implements Exporter {

	private static final Set<String> HARMLESS = Set.of("http", "https", "ftp", "ftps", "mailto", "tel", "sms", "feed",
			"webcal");

	@Override
	public String id() {
		return "bookmarks";
	}

	@Override
	public String title() {
		return Texts.text("bookmarks.title");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == SafariPage.class;
	}

	@Override
	public boolean isSingleFile() {
		return true;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		try (ExportOutput.File file = request.output().create("bookmarks.html", null)) {
			Page page = new Page(new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8)));
			page.begin();
			request.forEach(page::add, monitor);
			page.end();
			file.commit();
			List<String> remarks = page.read == page.written ? List.of()
					: List.of(Texts.text("bookmarks.scripts", page.read - page.written));
			return new ExportReport(page.read, page.written, 1, 0, remarks);
		}
	}

	private static final class Page {

		private final Writer out;
		private final List<String> open = new ArrayList<>();
		private long read;
		private long written;

		Page(Writer out) {
			this.out = out;
		}

		void begin() throws IOException {
			String title = escape(Texts.text("bookmarks.heading"));
			out.write("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
					+ "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n" + "<TITLE>" + title
					+ "</TITLE>\n<H1>" + title + "</H1>\n<DL><p>\n");
		}

		boolean add(DataRecord entry) throws IOException {
			SafariPage page = (SafariPage) entry;
			if (page.kind() != Kind.BOOKMARK && page.kind() != Kind.FAVORITE && page.kind() != Kind.READING_LIST) {
				return true;
			}
			read++;
			String url = page.url().strip();
			if (!HARMLESS.contains(scheme(url))) {
				return true;
			}
			enter(page.folder());
			Instant date = page.date();
			indent();
			out.write("<DT><A HREF=\"" + escape(url) + '"'
					+ (date == null ? "" : " ADD_DATE=\"" + date.getEpochSecond() + '"') + '>'
					+ escape(OneLine.of(page.title(), url)) + "</A>\n");
			if (!page.preview().isBlank()) {
				indent();
				out.write("<DD>" + escape(OneLine.of(page.preview())) + '\n');
			}
			written++;
			return true;
		}

		/** What stands before the colon; empty if it is not of letters and digits alone. */
		private static String scheme(String url) {
			int colon = url.indexOf(':');
			return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
		}

		private void enter(List<String> folder) throws IOException {
			int common = 0;
			while (common < open.size() && common < folder.size() && open.get(common).equals(folder.get(common))) {
				common++;
			}
			leave(common);
			for (String name : folder.subList(common, folder.size())) {
				indent();
				out.write("<DT><H3>" + escape(OneLine.of(name, "–")) + "</H3>\n");
				indent();
				out.write("<DL><p>\n");
				open.add(name);
			}
		}

		private void leave(int depth) throws IOException {
			while (open.size() > depth) {
				open.removeLast();
				indent();
				out.write("</DL><p>\n");
			}
		}

		private void indent() throws IOException {
			out.write("    ".repeat(open.size() + 1));
		}

		void end() throws IOException {
			leave(0);
			out.write("</DL><p>\n");
			out.flush();
		}

		private static String escape(String text) {
			return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
					.replace("'", "&#39;");
		}
	}
}
