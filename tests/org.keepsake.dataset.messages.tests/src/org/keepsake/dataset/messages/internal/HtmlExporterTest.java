// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.testing.DataSetContract.Filler;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

class HtmlExporterTest extends ExporterContract {

	/** All elements that a page of ours may hold; anything else came from a message. */
	private static final Pattern ELEMENTS = Pattern
			.compile("</?(html|head|meta|title|style|body|nav|a|h1|h2|p|div|bdi|span"
					+ "|img|video|audio|blockquote|b|br|small|time|details|summary|table|tr|td|footer)( [^<>]*)?>|<!DOCTYPE html>");

	@TempDir
	@Nullable
	Path folder;

	@Override
	protected Exporter exporter() {
		return new HtmlExporter();
	}

	@Override
	protected DataSet dataSet() {
		return new MessagesDataSet();
	}

	@Override
	protected void fill(FolderContent content) throws Exception {
		SampleMessages.ios17(content);
	}

	private FolderOutput output() {
		return new FolderOutput(Objects.requireNonNull(folder).resolve("out"));
	}

	private ExportReport export(FolderOutput output, Filler filler, Map<String, String> options, JobMonitor monitor)
			throws Exception {
		FolderContent content = new FolderContent(Objects.requireNonNull(folder).resolve("backup"),
				new IosVersion("17.5"),
				true);
		filler.fill(content);
		return new HtmlExporter().export(
				new ExportRequest(new MessagesDataSet(), content, Selection.ALL, output, options), monitor);
	}

	private static void assertInert(String page) {
		Matcher tag = Pattern.compile("<[^>]*>?").matcher(page.replaceAll("(?s)<style>.*?</style>", ""));
		while (tag.find()) {
			assertTrue(ELEMENTS.matcher(tag.group()).matches(), tag::group);
			// What stands in quotes is a value, whatever it says: quotes in it are escaped.
			String names = tag.group().replaceAll("\"[^\"]*\"", "\"\"");
			assertFalse(names.matches("(?is).*[\\s\"']on\\w+\\s*=.*"), tag::group);
			assertFalse(tag.group().matches("(?i).*(href|src)=\"\\s*(javascript|data|vbscript):.*"), tag::group);
		}
	}

	@Test
	void makesAPageForEachConversationAndAnIndex() throws Exception {
		FolderOutput output = output();
		ExportReport report = export(output, SampleMessages::ios17, Map.of(), JobMonitor.NONE);
		assertEquals(List.of("attachments/IMG_1.gif", "attachments/page.html.txt",
				"chats/Anna Müller, Bob _b_Smith__b_, +14155550123.html", "chats/Anna Müller.html", "index.html"),
				output.files());
		assertEquals(11, report.recordsWritten());
		assertEquals(5, report.filesWritten());
		assertEquals(1, report.filesMissing());
		assertEquals(List.of("One attachment that a browser could run was given a name ending in \".txt\"."),
				report.remarks());
		assertEquals(0, output.open());
		assertTrue(
				output.text("index.html").contains("<a href=\"chats/Anna%20M%C3%BCller.html\"><bdi>Anna Müller</bdi>"));
	}

	@Test
	void readsAsAConversation() throws Exception {
		FolderOutput output = output();
		export(output, SampleMessages::ios17, Map.of(), JobMonitor.NONE);
		String page = output.text("chats/Anna Müller.html");
		assertInert(page);
		assertTrue(page.contains("<div class=\"m you\"><div class=\"b\" dir=\"auto\">Hello 👋</div>"));
		assertTrue(page.contains("<blockquote dir=\"auto\">Anna Müller: Hello 👋</blockquote>"));
		assertTrue(page.contains("❤️ <small><bdi>Anna Müller</bdi>"));
		assertTrue(page.contains("Six o’clock"), "what it said before");
		assertTrue(page.contains("(unsent)"));
		assertTrue(page.contains("<a href=\"https://example.org/a\" rel=\"noreferrer noopener\">A &lt;page&gt;</a>"));
		assertTrue(page.contains("m you deleted"));
		assertEquals(1, page.split("<h2>", -1).length - 1, "one day");
		String group = output.text("chats/Anna Müller, Bob _b_Smith__b_, +14155550123.html");
		assertInert(group);
		assertTrue(group.contains("<img loading=\"lazy\" src=\"../attachments/IMG_1.gif\" alt=\"IMG_1.gif\">"));
		assertTrue(group.contains("<bdi>IMG_2.heic</bdi> (not in the backup)"));
		assertTrue(group.contains("<div class=\"who\"><bdi>Bob &lt;b&gt;Smith&lt;/b&gt;</bdi>"));
		assertTrue(group.contains("Me changed the group photo."));
	}

	@Test
	void nothingThatAMessageSaysRuns() throws Exception {
		FolderOutput output = output();
		export(output, HtmlExporterTest::hostile, Map.of(), JobMonitor.NONE);
		for (String file : output.files()) {
			if (file.endsWith(".html")) {
				assertInert(output.text(file));
			}
			assertFalse(List.of(file.split("/")).contains(".."), file);
			assertEquals(file.startsWith("index") ? 1 : 2, file.split("/").length, file);
		}
		assertTrue(output.files().stream().noneMatch(file -> file.matches("attachments/.*\\.(html|svg|xhtml|js)")));
	}

	/** Names, texts and addresses that try to become a page. */
	static void hostile(FolderContent content) throws Exception {
		String evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'`</title></style></bdi>";
		content.sql("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb", """
				CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT);
				CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, value TEXT);
				INSERT INTO ABPerson VALUES (1, '<svg onload=alert(1)>', '"onmouseover="alert(1)');
				INSERT INTO ABMultiValue(record_id, property, value) VALUES (1, 4, 'evil@example.org')
				""");
		try (MessageDatabase db = MessageDatabase.create(content, 26)) {
			long chat = db.chat("../../etc/" + evil, evil, "evil@example.org", "x@example.org");
			db.message(chat, "evil@example.org", 700_000_000_000_000_000L, evil, "subject", evil, "service", evil,
					"expressive_send_style_id", evil);
			db.message(chat, "evil@example.org", 700_000_000_000_000_001L, "https://x.example/\"onclick=\"alert(1) "
					+ "javascript:alert(1) https://x.example/<script>", "thread_originator_guid",
					MessageDatabase.guid(1));
			db.message(chat, evil, 700_000_000_000_000_002L, null, "item_type", 2, "group_title", evil);
			db.message(chat, evil, 700_000_000_000_000_003L, "\u0000\u0008\u202E\uD800 half", "balloon_bundle_id",
					"com.apple.messages.URLBalloonProvider", "payload_data", org.keepsake.testing.Plists.keyed(
							Map.of("richLinkMetadata",
									Map.of("title", evil, "summary", evil, "URL", "javascript:alert(1)"))));
			db.message(chat, evil, 700_000_000_000_000_004L, "x", "associated_message_guid",
					"p:0/" + MessageDatabase.guid(1),
					"associated_message_type", 2006, "associated_message_emoji", evil);
			long files = db.message(chat, null, 700_000_000_000_000_005L, "files");
			for (String name : new String[] { "../../../evil.html", "a.svg", "b\" onerror=\"alert(1).png", "c.xhtml",
					"CON.js" }) {
				db.insert("message_attachment_join", "message_id", files, "attachment_id",
						db.insert("attachment", "guid", name, "filename", "~/Library/SMS/Attachments/x/file",
								"transfer_name",
								name, "mime_type", name.endsWith("png") ? "image/png" : evil));
			}
		}
		content.put("MediaDomain", "Library/SMS/Attachments/x/file",
				"<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void forbidsScriptsAndAllowsItsOwnStyleAlone() throws Exception {
		FolderOutput output = output();
		export(output, SampleMessages::ios11, Map.of(), JobMonitor.NONE);
		String page = output.text("index.html");
		Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
		assertTrue(policy.find());
		assertTrue(policy.group(1).startsWith("default-src 'none';"));
		assertFalse(policy.group(1).contains("script"));
		assertFalse(policy.group(1).contains("unsafe"));
		Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page);
		assertTrue(style.find());
		String hash = Base64.getEncoder().encodeToString(
				MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
		assertTrue(policy.group(1).contains("'sha256-" + hash + "'"),
				"the style sheet is the one that the policy names");
		assertTrue(style.group(1).contains("@media print"));
		assertTrue(style.group(1).contains("prefers-color-scheme: dark"));
	}

	@Test
	void canMakeASinglePage() throws Exception {
		FolderOutput output = output();
		export(output, SampleMessages::ios17, Map.of("messages.single", "true"), JobMonitor.NONE);
		assertEquals(List.of("attachments/IMG_1.gif", "attachments/page.html.txt", "messages.html"), output.files());
		String page = output.text("messages.html");
		assertInert(page);
		assertEquals(2, page.split("<h1>", -1).length - 1);
		assertTrue(page.contains("src=\"attachments/IMG_1.gif\""));
		assertEquals(0, output.open());
	}

	@Test
	void turnsThePageOfALongConversation() throws Exception {
		FolderOutput output = output();
		export(output, content -> {
			try (MessageDatabase db = MessageDatabase.create(content, 17)) {
				long chat = db.chat("a@example.org", "Long", "a@example.org");
				db.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
						+ (2 * HtmlPages.PER_PAGE + 1)
						+ ") INSERT INTO message(guid, text, date, handle_id) SELECT 'G' || i, 'm' || i, 700000000 + i, 1 FROM n");
				db.run("INSERT INTO chat_message_join(chat_id, message_id) SELECT " + chat + ", ROWID FROM message");
			}
		}, Map.of(), JobMonitor.NONE);
		assertEquals(List.of("chats/Long (2).html", "chats/Long (3).html", "chats/Long.html", "index.html"),
				output.files());
		assertTrue(output.text("chats/Long.html").contains("<a href=\"Long%20%282%29.html\">Later</a>"));
		assertTrue(output.text("chats/Long (2).html").contains("<a href=\"Long.html\">Earlier</a>"));
		assertTrue(output.text("chats/Long (3).html").contains(">m" + (2 * HtmlPages.PER_PAGE + 1) + "</div>"));
		assertTrue(output.text("index.html").contains("<td>" + (2 * HtmlPages.PER_PAGE + 1) + "</td>"));
	}

	@Test
	void leavesNothingHalfWhenItIsCancelled() throws Exception {
		FolderOutput output = output();
		JobControl control = new JobControl(_ -> {
		});
		control.cancel();
		assertThrows(CancelledException.class, () -> export(output, SampleMessages::ios17, Map.of(), control));
		assertEquals(0, output.open());
		assertEquals(List.of(), output.files());
	}

	@Test
	void textIsAPlainConversation() throws Exception {
		FolderOutput output = output();
		FolderContent content = new FolderContent(Objects.requireNonNull(folder).resolve("backup"),
				new IosVersion("17.5"),
				true);
		SampleMessages.ios17(content);
		ExportReport report = new TextExporter().export(
				new ExportRequest(new MessagesDataSet(), content, Selection.ALL, output, Map.of()), JobMonitor.NONE);
		assertEquals(11, report.recordsWritten());
		String text = output.text("messages.txt");
		assertTrue(text.startsWith("== Anna Müller ==\n"));
		assertTrue(text.contains("] Anna Müller: Hello 👋\n"));
		assertTrue(text.contains("] Me: > Hello 👋\n    Hi Anna\n    ❤️ Anna Müller\n"));
		assertTrue(text.contains("[IMG_2.heic (not in the backup)]"));
		assertTrue(text.contains("] * Me changed the group photo.\n"));
	}

	@Test
	void escapesTextAndLinks() {
		assertEquals("a\uFFFDb", Html.text("a\u0000b"));
		assertEquals("&lt;a href=&quot;&#39;&amp;&gt;", Html.text("<a href=\"'&>"));
		assertEquals("see <a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"noreferrer noopener\">"
				+ "https://x.example/a?b=1&amp;c=2</a>).", Html.linked("see https://x.example/a?b=1&c=2)."));
		assertEquals("javascript:alert(1)", Html.link("javascript:alert(1)", "javascript:alert(1)"));
	}
}
