// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.testing.FolderContent;

/** The formats that take every record. */
class ExportersTest {

	private static final Instant NOON = Instant.parse("2024-02-03T12:00:00Z");

	@TempDir
	Path folder = Path.of("");

	/** A kind of day. */
	public enum Mood {
		/** Bright. */
		GOOD
	}

	/** Where it was. */
	public record Place(double latitude, @Nullable String name) {
	}

	/** Something named. */
	public record Labelled(String label, String value) {
	}

	/** A page of a diary. */
	public record Page(String key, @Nullable Instant date, String text, Mood mood, @Nullable Place place,
			List<Labelled> links, List<String> tags, Map<String, Integer> counts, byte @Nullable [] picture,
			int stars) implements DataRecord {
		@Override
		public String headline() {
			return text.lines().findFirst().orElse("");
		}

		@Override
		public String searchText() {
			return text;
		}
	}

	private record Diary(List<Page> pages) implements DataSet {
		@Override
		public String id() {
			return "diary";
		}

		@Override
		public String title() {
			return "Diary";
		}

		@Override
		public Class<? extends DataRecord> recordType() {
			return Page.class;
		}

		@Override
		public List<Source> sources() {
			return List.of();
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) {
			return Survey.present(pages.size(), null, null);
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			for (Page page : pages) {
				if (!visitor.visit(page)) {
					return;
				}
			}
		}
	}

	private static final class Memory implements ExportOutput {
		private final Map<String, String> files = new TreeMap<>();

		@Override
		public File create(String path, @Nullable Instant modified) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			return new File() {
				@Override
				public String path() {
					return path;
				}

				@Override
				public OutputStream content() {
					return bytes;
				}

				@Override
				public void commit() {
					files.put(path, bytes.toString(StandardCharsets.UTF_8));
				}

				@Override
				public void close() {
					// Nothing is open.
				}
			};
		}
	}

	private static Page page(String text) {
		return new Page("p1", NOON, text, Mood.GOOD, new Place(52.5, "Bode, Café"),
				List.of(new Labelled("home", "https://a"), new Labelled("work", "b")), List.of("x", "y"),
				Map.of("steps", Integer.valueOf(7)), new byte[] { 1, 2, 3 }, -4);
	}

	private static Page bare(String text) {
		return new Page("p2", null, text, Mood.GOOD, null, List.of(), List.of(), Map.of(), null, 0);
	}

	private String export(Exporter exporter, Selection selection, Map<String, String> options, Page... pages)
			throws IOException {
		Memory output = new Memory();
		ExportReport report = exporter.export(new ExportRequest(new Diary(List.of(pages)),
				new FolderContent(folder, new IosVersion("18.0"), true), selection, output, options), JobMonitor.NONE);
		assertEquals(1, output.files.size());
		assertEquals(1, report.filesWritten());
		assertEquals(report.recordsRead(), report.recordsWritten());
		return output.files.values().iterator().next();
	}

	@Test
	void csvHasAColumnForEachComponentAndQuotesAsTheStandardSays() throws Exception {
		assertEquals(
				"""
						key,date,text,mood,place.latitude,place.name,links,tags,counts,stars\r
						p1,2024-02-03T12:00:00Z,"He said ""so"",\ntwice",GOOD,52.5,"Bode, Café","home: https://a; work: b","x; y",7,-4\r
						p2,,plain,GOOD,,,,,,0\r
						""",
				export(new CsvExporter(), Selection.ALL, Map.of(), page("He said \"so\",\ntwice"), bare("plain")));
	}

	@Test
	void csvNeutralisesWhatASpreadsheetWouldCalculate() throws Exception {
		for (String formula : List.of("=cmd|' /C calc'!A0", "@SUM(1)", "+1+cmd", "-2+3+cmd", "\t=1", "＝1",
				"+49 30 1234=1")) {
			String line = export(new CsvExporter(), Selection.ALL, Map.of(), bare(formula)).lines().toList().get(1);
			String cell = line.substring("p2,,".length());
			assertTrue(cell.startsWith("'" + formula.charAt(0)) || cell.startsWith("\"'" + formula.charAt(0)), line);
		}
		for (String harmless : List.of("+49 (30) 1234-5", "-5", "a=1", "")) {
			String csv = export(new CsvExporter(), Selection.ALL, Map.of(), bare(harmless));
			assertTrue(csv.contains("p2,," + harmless + ",GOOD"), csv);
		}
	}

	@Test
	void csvBeginsWithTheMarkOfUtf8IfWanted() throws Exception {
		assertTrue(export(new CsvExporter(), Selection.ALL, Map.of("csv.bom", "true"), bare("x")).startsWith("\uFEFF"));
		assertFalse(export(new CsvExporter(), Selection.ALL, Map.of(), bare("x")).startsWith("\uFEFF"));
	}

	@Test
	void jsonKeepsTheNesting() throws Exception {
		assertEquals("""
				[
				{"key":"p1","date":"2024-02-03T12:00:00Z","text":"\\u003cscript>\\"\\u2028\\u0000\\ud83d \uD83D\uDE00",\
				"mood":"GOOD","place":{"latitude":52.5,"name":"Bode, Café"},\
				"links":[{"label":"home","value":"https://a"},{"label":"work","value":"b"}],"tags":["x","y"],\
				"counts":{"steps":7},"picture":"AQID","stars":-4},
				{"key":"p2","date":null,"text":"","mood":"GOOD","place":null,"links":[],"tags":[],"counts":{},\
				"picture":null,"stars":0}
				]
				""",
				export(new JsonExporter(), Selection.ALL, Map.of(), page("<script>\"\u2028\u0000\uD83D \uD83D\uDE00"),
						bare("")));
		assertEquals("[\n]\n", export(new JsonExporter(), Selection.ALL, Map.of()));
	}

	@Test
	void jsonLinesHaveARecordEach() throws Exception {
		List<String> lines = export(new JsonLinesExporter(), Selection.ALL, Map.of(), page("a\nb"), bare("c")).lines()
				.toList();
		assertEquals(2, lines.size());
		assertTrue(lines.getFirst().startsWith("{\"key\":\"p1\"") && lines.getFirst().endsWith("}"));
	}

	@Test
	void textIsForReading() throws Exception {
		String text = export(new TextExporter(), Selection.ALL, Map.of(), page("Rain\u001b[2J\nall day"), bare("x"));
		assertTrue(text.startsWith("Diary\n\n2024-02-0"), text);
		assertTrue(text.contains("  Rain\uFFFD[2J\n"), text);
		assertTrue(text.contains("    text: Rain\uFFFD[2J\n        all day\n"), text);
		assertTrue(text.contains("    links: home: https://a; work: b\n"), text);
		assertFalse(text.contains("picture"), text);
	}

	@Test
	void onlyWhatIsWantedIsWritten() throws Exception {
		Selection rain = new Selection("RAIN", null, null, false);
		String csv = export(new CsvExporter(), rain, Map.of(), page("rain"), bare("sun"), bare("more rain"));
		assertEquals(3, csv.lines().count());
	}

	@Test
	void aCancelledExportLeavesNoFile() {
		List<Page> pages = new ArrayList<>();
		pages.add(page("a"));
		Memory output = new Memory();
		JobControl control = new JobControl(_ -> {
		});
		control.cancel();
		assertThrows(CancelledException.class, () -> new JsonExporter().export(new ExportRequest(new Diary(pages),
				new FolderContent(folder, new IosVersion("18.0"), true), Selection.ALL, output, Map.of()), control));
		assertTrue(output.files.isEmpty());
	}
}
