// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.imageio.ImageIO;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
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
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class PdfExporterTest extends ExporterContract {

	@TempDir
	@Nullable
	Path folder;

	@Override
	protected Exporter exporter() {
		return new PdfExporter();
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

	private ExportReport export(FolderOutput output, Filler filler, Map<String, String> options) throws Exception {
		FolderContent content = new FolderContent(Objects.requireNonNull(folder).resolve("backup"),
				new IosVersion("17.5"),
				true);
		filler.fill(content);
		return new PdfExporter().export(
				new ExportRequest(new MessagesDataSet(), content, Selection.ALL, output, options),
				JobMonitor.NONE);
	}

	private static String text(byte[] pdf) throws Exception {
		try (PdfReader reader = new PdfReader(pdf)) {
			PdfTextExtractor extractor = new PdfTextExtractor(reader);
			StringBuilder text = new StringBuilder();
			for (int page = 1; page <= reader.getNumberOfPages(); page++) {
				text.append(extractor.getTextFromPage(page)).append('\n');
			}
			return text.toString();
		}
	}

	@Test
	void makesADocumentForEachConversation() throws Exception {
		FolderOutput output = output();
		ExportReport report = export(output, SampleMessages::ios17, Map.of());
		assertEquals(List.of("Anna Müller, Bob _b_Smith__b_, +14155550123.pdf", "Anna Müller.pdf"), output.files());
		assertEquals(11, report.recordsWritten());
		assertEquals(2, report.filesWritten());
		assertEquals(1, report.filesMissing());
		assertEquals(0, output.open());
		String text = text(output.bytes("Anna Müller.pdf"));
		for (String part : new String[] { "Hi Anna", "Seven", "(unsent)", "About lakes", "https://example.org/a" }) {
			assertTrue(text.contains(part), () -> part + " in " + text);
		}
	}

	@Test
	void canMakeOneDocument() throws Exception {
		FolderOutput output = output();
		export(output, SampleMessages::ios11, Map.of("messages.single", "true"));
		assertEquals(List.of("messages.pdf"), output.files());
		assertTrue(text(output.bytes("messages.pdf")).contains("<script>alert('x')</script>"), "text is only text");
	}

	@Test
	void putsPicturesIn() throws Exception {
		ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB), "png", png);
		byte[] huge = ByteBuffer.wrap(png.toByteArray().clone()).putInt(16, 90_000).putInt(20, 90_000).array();
		FolderOutput output = output();
		ExportReport report = export(output, content -> {
			try (MessageDatabase db = MessageDatabase.create(content, 17)) {
				long chat = db.chat("a@example.org", "Pictures", "a@example.org");
				long message = db.message(chat, null, 700_000_000, "Look");
				db.attach(message, "~/Library/SMS/Attachments/1.jpg", "image/jpeg");
				db.attach(message, "~/Library/SMS/Attachments/2.png", "image/png");
				db.attach(message, "~/Library/SMS/Attachments/3.png", "image/png");
				db.attach(message, "~/Library/SMS/Attachments/4.jpg", "image/jpeg");
			}
			content.put("MediaDomain", "Library/SMS/Attachments/1.jpg", jpeg.toByteArray());
			content.put("MediaDomain", "Library/SMS/Attachments/2.png", png.toByteArray());
			content.put("MediaDomain", "Library/SMS/Attachments/3.png", huge);
			content.put("MediaDomain", "Library/SMS/Attachments/4.jpg",
					new byte[] { (byte) 0xFF, (byte) 0xD8, 1, 2, 3 });
		}, Map.of());
		assertEquals(0, report.filesMissing());
		String text = text(output.bytes("Pictures.pdf"));
		assertFalse(text.contains("1.jpg"), "it is seen");
		assertFalse(text.contains("2.png"), "it is seen");
		assertTrue(text.contains("3.png"), "larger than any memory: told by its name");
		assertTrue(text.contains("4.jpg"), "damaged: told by its name");
	}
}
