// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

class NotesExportTest {

	private FolderContent content = new FolderContent(Path.of(""), new IosVersion("26.1"), true);
	private FolderOutput output = new FolderOutput(Path.of(""));

	@BeforeEach
	void fill(@TempDir Path given) throws Exception {
		content = new FolderContent(given.resolve("backup"), new IosVersion("26.1"), true);
		output = new FolderOutput(given.resolve("out"));
		NoteSamples.fill(content, NoteSamples.IOS26);
		NoteSamples.fillOld(content);
	}

	private ExportReport export(Exporter exporter) throws Exception {
		ExportReport report = exporter.export(
				new ExportRequest(new NotesDataSet(), content, Selection.ALL, output, Map.of()), JobMonitor.NONE);
		assertEquals(0, output.open());
		return report;
	}

	private String page(String extension) throws Exception {
		String path = output.files().stream().filter(file -> file.contains("Rom") && file.endsWith(extension))
				.findFirst().orElseThrow(() -> new AssertionError(files()));
		return output.text(path);
	}

	private String files() {
		try {
			return output.files().toString();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void foldersAreFoldersAndFilesLieBesideTheNotes() throws Exception {
		ExportReport report = export(new NotesMarkdownExporter());
		List<String> files = output.files();
		for (String path : List.of("iCloud/Reisen/Geheim.md", "iCloud/Reisen/Nur in iCloud.md",
				"Auf meinem iPhone/Recently Deleted/Weg.md",
				"Auf meinem iPhone/Recently Deleted/Bald weg.md",
				"LOCAL_NOTES_ACCOUNT/LOCAL_NOTES_STORE/Einkauf.md")) {
			assertTrue(files.contains(path), path + " is not in " + files);
		}
		assertEquals(4, files.stream().filter(file -> file.startsWith("iCloud/Reisen/Italien/Rom")
				&& !file.endsWith(".md")).count(), files::toString);
		assertEquals(7, report.recordsWritten());
		assertEquals(11, report.filesWritten());
		assertEquals(1, report.filesMissing());
		assertEquals(2, report.remarks().size(), report.remarks()::toString);
		assertEquals(Instant.ofEpochSecond(978_307_200L + NoteSamples.CREATED + 1011),
				output.modified("iCloud/Reisen/Geheim.md"));
	}

	@Test
	void markdownHoldsTheFormsAndEscapesTheRest() throws Exception {
		export(new NotesMarkdownExporter());
		String page = page(".md");
		assertTrue(
				page.startsWith(
						"---\ntitle: \"Rom & <b>mehr</b>\"\naccount: \"iCloud\"\nfolder: \"Reisen / Italien\"\n"),
				page);
		for (String part : List.of("\n# Rom \\& \\<b\\>mehr\\</b\\>\n",
				"\n**Pantheon** um 9 [Karte](<https://example.org/?a=1&b=2>)böse\n", "\n- [x] Eis\n",
				"\n| Tag | Ziel |\n| --- | --- |\n| Mo\\|Di | Forum |\n", "Foto%20%281%29%20",
				"\\[missing: weg.pdf\\]", "[Rom im Netz](<https://example.org/rom>)", "\\#urlaub")) {
			assertTrue(page.contains(part), part + " is not in\n" + page);
		}
		assertFalse(page.contains("javascript"), page);
		String locked = output.text("iCloud/Reisen/Geheim.md");
		assertTrue(locked.contains("locked: true") && locked.contains("hint: \"Katze\""), locked);
	}

	@Test
	void htmlHoldsTheFormsAndNothingThatRuns() throws Exception {
		export(new NotesHtmlExporter());
		String page = page(".html");
		for (String part : List.of("<h1>Rom &amp; &lt;b&gt;mehr&lt;/b&gt;</h1>",
				"<b>Pantheon</b> um 9 <a rel=\"noreferrer\" href=\"https://example.org/?a=1&amp;b=2\">Karte</a>böse</p>",
				"<ul class=\"check\"><li><input type=\"checkbox\" disabled checked> <span class=\"done\">Eis</span></li></ul>",
				"<tr><td>Mo|Di</td><td>Forum</td></tr>", "<img src=\"Rom%20", "[missing: weg.pdf]",
				">Rom im Netz</a>", "#urlaub")) {
			assertTrue(page.contains(part), part + " is not in\n" + page);
		}
		for (String path : output.files()) {
			if (path.endsWith(".html")) {
				String all = output.text(path).toLowerCase(Locale.ROOT);
				assertFalse(all.contains("<script") || all.contains("javascript:") || all.contains("onerror"), all);
			}
		}
		assertTrue(output.text("LOCAL_NOTES_ACCOUNT/LOCAL_NOTES_STORE/Einkauf.html")
				.contains("<p>Milch &amp; <b>Brot</b></p>"));
	}

	/** Every link to a file leads to one. */
	@Test
	void linksLeadToTheFiles() throws Exception {
		export(new NotesHtmlExporter());
		String page = page(".html");
		List<String> links = Pattern.compile("src=\"([^\"]+)\"").matcher(page).results()
				.map(match -> URI.create(match.group(1)).getPath()).toList();
		assertEquals(4, links.size(), page);
		for (String link : links) {
			assertTrue(output.files().contains("iCloud/Reisen/Italien/" + link), link + " is not in " + files());
		}
	}

	@Test
	void listsNestAndEnd() throws Exception {
		Proto.Text text = new Proto.Text();
		int[][] items = { { 100, 0 }, { 100, 1 }, { 102, 1 }, { 102, 1 }, { 100, 0 }, { -1, 0 }, { 4, 0 }, { 4, 0 } };
		for (int[] item : items) {
			text.run("x\n", new Proto().message(2, new Proto().number(1, item[0]).number(4, item[1])));
		}
		Note note = new Note("k", "Liste", "", List.of(), null, null, false, false, false, "", false,
				NoteStore.text(Proto.body(text.toProto()), NoteText.Things.NONE).blocks(), List.of());
		StringWriter html = new StringWriter();
		HtmlPage.write(note, new NotePages.Page(html, Map.of(), Map.of()));
		assertTrue(
				html.toString().replace("\n", "").contains("<ul><li>x<ul><li>x</li></ul><ol><li>x</li><li>x</li></ol>"
						+ "</li><li>x</li></ul><p>x</p><pre>xx</pre>"),
				html::toString);
		StringWriter markdown = new StringWriter();
		MarkdownPage.write(note, new NotePages.Page(markdown, Map.of(), Map.of()));
		assertTrue(markdown.toString().endsWith("""
				---

				* x
				    * x
				    1. x
				    2. x
				* x

				x

				```
				x
				x
				```
				"""), markdown::toString);
	}

	/** Marks that touch each other would be taken for others, and those that touch a blank for none. */
	@Test
	void marksOfMarkdownTouchTheirWordsAndNotEachOther() throws Exception {
		Proto italic = new Proto().number(5, 2);
		Proto both = new Proto().number(5, 2).number(6, 1);
		Proto.Text text = new Proto.Text().run("a").run(" b ", italic).run("c ", both).run("- d\u2028- e\n")
				.run("1. f\n")
				.run("    g");
		Note note = new Note("k", "T", "", List.of(), null, null, false, false, false, "", false,
				NoteStore.text(Proto.body(text.toProto()), NoteText.Things.NONE).blocks(), List.of());
		StringWriter markdown = new StringWriter();
		MarkdownPage.write(note, new NotePages.Page(markdown, Map.of(), Map.of()));
		assertTrue(markdown.toString().endsWith("---\n\na *b <u>c</u>* - d\\\n\\- e\n\n1\\. f\n\ng\n"),
				markdown::toString);
	}

	@Test
	void linksThatCouldDoHarmAreNone() {
		for (String url : List.of("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
				"file:///etc/passwd",
				"vbscript:x", "x", "", " java\nscript:x", "//example.org")) {
			assertEquals("", Links.safe(url), url);
		}
		assertEquals("https://example.org/%22%3E%3Cb", Links.safe(" https://example.org/\"><b"));
	}
}
