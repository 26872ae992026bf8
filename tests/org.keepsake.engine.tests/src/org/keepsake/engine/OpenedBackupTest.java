// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.Comparison.Amount;
import org.keepsake.engine.Comparison.Change;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.data.Comparer;
import org.keepsake.engine.internal.data.Known;
import org.keepsake.engine.internal.data.OpenedContent;
import org.keepsake.engine.internal.proof.ContentCheck;
import org.keepsake.engine.internal.proof.EarlierVersions;
import org.keepsake.engine.internal.search.SearchIndexes;
import org.keepsake.testing.FolderContent;

/** An opened backup whose data sets and exporters are as careful or careless as their authors. */
class OpenedBackupTest {

	@TempDir
	Path folder = Path.of("");

	private FolderContent first;
	private FolderContent second;

	@BeforeEach
	void setUp() {
		first = new FolderContent(folder.resolve("first"), new IosVersion("18.0"), false);
		second = new FolderContent(folder.resolve("second"), new IosVersion("18.0"), false);
	}

	private OpenedBackup open(FolderContent content, List<Exporter> exporters, String... dataSets) {
		String id = content == first ? "1111111111111111" : "2222222222222222";
		KeptBackup kept = new KeptBackup("t", "/t", new Snapshot(new SnapshotId(id), content.summary(), "/t/x", true));
		List<DataSet> sets = Stream.of(dataSets).<DataSet>map(Diary::new).toList();
		return new OpenedContent(kept, content, new Known(sets, exporters),
				new SearchIndexes(new Home(folder.resolve("home"))), purpose -> null, () -> {
				});
	}

	/** A format that puts each record into a file of its own, or throws. */
	private record EachAFile(String id, boolean isSingleFile, boolean careless) implements Exporter {
		@Override
		public String title() {
			return id;
		}

		@Override
		public boolean accepts(DataSet dataSet) {
			if (careless) {
				throw new IllegalStateException();
			}
			return dataSet.id().equals("notes");
		}

		@Override
		public List<ExportOption> options(DataSet dataSet) {
			return List.of(new ExportOption("f.end", ".txt", "Names end in .txt"));
		}

		@Override
		public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
			String end = request.options().getOrDefault("f.end", "");
			long[] count = new long[1];
			request.forEach(entry -> {
				try (ExportOutput.File file = request.output().create("../" + entry.headline() + end, entry.date())) {
					file.content().write(entry.key().getBytes());
					file.commit();
				}
				count[0]++;
				return true;
			}, monitor);
			return new ExportReport(count[0], count[0], count[0], 0, List.of());
		}
	}

	/** Shows what the file says, for as long as it is told to; or fails. */
	private record Echo(String end) implements PicturePreviewer {
		@Override
		public boolean accepts(String name) {
			if (end.isEmpty()) {
				throw new IllegalStateException();
			}
			return name.endsWith(end);
		}

		@Override
		public @Nullable String preview(BackupContent content, ContentFile picture, OutputStream jpeg,
				JobMonitor monitor) throws IOException {
			byte[] bytes = content.open(picture).readAllBytes();
			if (bytes.length == 0) {
				return "Nothing is in it.";
			}
			if (bytes[0] == '!') {
				throw new IndexOutOfBoundsException();
			}
			jpeg.write(bytes);
			return null;
		}
	}

	@Test
	void picturesAreShownByTheFirstThatKnowsThemAndNoLargerThanAllowed() throws Exception {
		for (String[] file : new String[][] { { "a.raw", "jpeg" }, { "b.raw", "" }, { "c.raw", "!" },
				{ "d.txt", "" } }) {
			first.put("HomeDomain", file[0], file[1]);
		}
		KeptBackup kept = new KeptBackup("t", "/t",
				new Snapshot(new SnapshotId("1111111111111111"), first.summary(), "/t/x", true));
		Known known = new Known(List.of(), List.of(), List.of(new Echo(""), new Echo(".raw")));
		try (OpenedBackup backup = new OpenedContent(kept, first, known,
				new SearchIndexes(new Home(folder.resolve("home"))), purpose -> null, () -> {
				})) {
			assertTrue(backup.previews("a.raw"), "the careless one is passed over");
			assertFalse(backup.previews("d.txt"));
			ContentFile sound = first.find("HomeDomain", "a.raw").orElseThrow();
			assertEquals("jpeg", new String(backup.preview(sound, 4, JobMonitor.NONE).jpeg()));
			assertThrows(IOException.class, () -> backup.preview(sound, 3, JobMonitor.NONE));
			OpenedBackup.Preview none = backup.preview(first.find("HomeDomain", "b.raw").orElseThrow(), 4,
					JobMonitor.NONE);
			assertNull(none.jpeg());
			assertEquals("Nothing is in it.", none.hint());
			ContentFile careless = first.find("HomeDomain", "c.raw").orElseThrow();
			assertTrue(assertThrows(ProblemException.class, () -> backup.preview(careless, 4, JobMonitor.NONE))
					.is(EngineProblems.DATASET_FAILED));
			assertEquals(OpenedBackup.Preview.NONE, backup.preview(first.find("HomeDomain", "d.txt").orElseThrow(), 4,
					JobMonitor.NONE));
		}
	}

	@Test
	void aCarelessDataSetIsUnreadableAndTheOthersAreNot() throws Exception {
		first.put("HomeDomain", "calls.txt", "a||x\n!");
		first.put("HomeDomain", "notes.txt", "b||y");
		try (OpenedBackup backup = open(first, List.of(), "notes", "calls")) {
			assertEquals(List.of("calls", "notes"), backup.dataSets().stream().map(DataSet::id).toList());
			assertEquals(Presence.UNREADABLE, backup.survey(backup.dataSet("calls"), JobMonitor.NONE).presence());
			assertEquals(1, backup.survey(backup.dataSet("NOTES"), JobMonitor.NONE).count());
			List<String> keys = new ArrayList<>();
			ProblemException e = assertThrows(ProblemException.class, () -> backup.read(backup.dataSet("calls"),
					Selection.ALL, entry -> keys.add(entry.key()), JobMonitor.NONE));
			assertTrue(e.is(EngineProblems.DATASET_FAILED));
			assertFalse(e.problem().cause().contains("IndexOutOfBounds"), "no name of a class");
			assertEquals(List.of("a"), keys, "what came before is there");
		}
	}

	@Test
	void aReadingThatFailsIsTheDataSetsAndSaysWhatToDo() throws Exception {
		first.put("HomeDomain", "calls.txt", "a||x\n?");
		first.put("HomeDomain", "notes.txt", "b||y");
		try (OpenedBackup backup = open(first, List.of(new EachAFile("f", false, false)), "notes", "calls")) {
			DataSet calls = backup.dataSet("calls");
			ProblemException e = assertThrows(ProblemException.class,
					() -> backup.read(calls, Selection.ALL, entry -> true, JobMonitor.NONE));
			assertTrue(e.is(EngineProblems.DATASET_UNREADABLE), e::toString);
			assertEquals("CALLS cannot be read", e.problem().title());
			assertTrue(e.problem().cause().contains("Input/output error"), e.problem().cause());
			Survey survey = backup.survey(calls, JobMonitor.NONE);
			assertEquals(Presence.UNREADABLE, survey.presence());
			assertEquals(e.problem().remedy(), survey.remarks().getLast());
			assertEquals(1, backup.survey(backup.dataSet("notes"), JobMonitor.NONE).count());
			first.put("HomeDomain", "notes.txt", "b||y\n?");
			DataSet notes = backup.dataSet("notes");
			ProblemException export = assertThrows(ProblemException.class,
					() -> backup.export(wish(backup, notes, Map.of()), folder.resolve("out"), JobMonitor.NONE));
			assertTrue(export.is(EngineProblems.DATASET_UNREADABLE), export::toString);
		}
	}

	@Test
	void whatAVisitorOrAStreamThrowsIsNotTheDataSets() throws Exception {
		first.put("HomeDomain", "notes.txt", "b||y");
		IOException full = new IOException("No space left on device");
		try (OpenedBackup backup = open(first, List.of(new EachAFile("f", true, false)), "notes")) {
			DataSet notes = backup.dataSet("notes");
			assertSame(full, assertThrows(IOException.class, () -> backup.read(notes, Selection.ALL, entry -> {
				throw full;
			}, JobMonitor.NONE)));
			assertSame(full, assertThrows(IOException.class,
					() -> backup.export(wish(backup, notes, Map.of()), new OutputStream() {
						@Override
						public void write(int value) throws IOException {
							throw full;
						}
					}, JobMonitor.NONE)));
		}
	}

	private static OpenedBackup.ExportWish wish(OpenedBackup backup, DataSet dataSet, Map<String, String> options)
			throws IOException {
		return new OpenedBackup.ExportWish(dataSet, backup.exporter(dataSet, "f"), Selection.ALL, options);
	}

	@Test
	void aWishThatTheFormatDoesNotKnowIsRefused() throws Exception {
		first.put("HomeDomain", "notes.txt", "b||y");
		try (OpenedBackup backup = open(first, List.of(new EachAFile("f", false, false)), "notes")) {
			DataSet notes = backup.dataSet("notes");
			for (Map<String, String> unknown : List.of(Map.of("f.other", "x"), Map.of("f.end", "y"))) {
				ProblemException e = assertThrows(ProblemException.class,
						() -> backup.export(wish(backup, notes, unknown), folder.resolve("out"), JobMonitor.NONE));
				assertTrue(e.is(EngineProblems.OPTION_UNKNOWN), e::toString);
				assertTrue(e.problem().cause().contains("f.end=.txt"), e.problem().cause());
			}
			backup.export(wish(backup, notes, Map.of("F.end", ".TXT")), folder.resolve("out"), JobMonitor.NONE);
		}
		assertTrue(Files.exists(folder.resolve("out/y.txt")), "the option as the format writes it");
	}

	@Test
	void whatIsWantedIsAskedForAgain() throws Exception {
		first.put("HomeDomain", "notes.txt", "a||one\nb|2024-01-01T00:00:00Z|two\nc|2025-01-01T00:00:00Z|three");
		try (OpenedBackup backup = open(first, List.of(), "notes")) {
			List<String> keys = new ArrayList<>();
			backup.read(backup.dataSet("notes"), new Selection("t", Instant.parse("2024-06-01T00:00:00Z"), null, false),
					entry -> keys.add(entry.key()), JobMonitor.NONE);
			assertEquals(List.of("c"), keys);
			JobControl cancelled = new JobControl(event -> {
			});
			cancelled.cancel();
			assertThrows(CancelledException.class,
					() -> backup.read(backup.dataSet("notes"), Selection.ALL, entry -> true, cancelled));
			assertThrows(CancelledException.class, () -> backup.survey(backup.dataSet("notes"), cancelled));
		}
	}

	@Test
	void formatsAreThoseThatAcceptTheDataSet() throws Exception {
		Exporter several = new EachAFile("several", false, false);
		try (OpenedBackup backup = open(first, List.of(several, new EachAFile("careless", false, true),
				new EachAFile("several", true, false)), "notes", "calls")) {
			assertEquals(List.of(several), backup.exporters(backup.dataSet("notes")));
			assertEquals(List.of(), backup.exporters(backup.dataSet("calls")));
			assertTrue(assertThrows(ProblemException.class, () -> backup.exporter(backup.dataSet("notes"), "pdf"))
					.is(EngineProblems.FORMAT_UNKNOWN));
			ProblemException e = assertThrows(ProblemException.class,
					() -> backup.export(new OpenedBackup.ExportWish(backup.dataSet("notes"), several, Selection.ALL,
							Map.of()), new ByteArrayOutputStream(), JobMonitor.NONE));
			assertTrue(e.is(EngineProblems.FORMAT_OF_FILES));
		}
	}

	@Test
	void anExportStaysInItsFolder() throws Exception {
		first.put("HomeDomain", "notes.txt", "a||same\nb||same");
		Path out = folder.resolve("out");
		try (OpenedBackup backup = open(first, List.of(new EachAFile("f", false, false)), "notes")) {
			DataSet notes = backup.dataSet("notes");
			backup.export(new OpenedBackup.ExportWish(notes, backup.exporter(notes, "f"), Selection.ALL, Map.of()), out,
					JobMonitor.NONE);
		}
		try (Stream<Path> files = Files.list(out)) {
			assertEquals(List.of("same", "same (2)"),
					files.map(file -> file.getFileName().toString()).sorted().toList());
		}
		assertFalse(Files.exists(folder.resolve("same")));
	}

	/** A format whose folder goes away while it is filled, and which takes that for a fault of its own. */
	private record Startled(Path folder) implements Exporter {
		@Override
		public String id() {
			return "startled";
		}

		@Override
		public String title() {
			return "Startled";
		}

		@Override
		public boolean accepts(DataSet dataSet) {
			return true;
		}

		@Override
		public boolean isSingleFile() {
			return false;
		}

		@Override
		public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
			try (ExportOutput.File file = request.output().create("notes.txt", null)) {
				file.content().write(1);
				Files.move(folder, folder.resolveSibling("elsewhere"));
				file.commit();
				return new ExportReport(1, 1, 1, 0, List.of());
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a folder with open files cannot be moved there")
	void aFolderThatGoesAwayIsNeitherTheFormatsFaultNorTheBackups() throws Exception {
		Path out = folder.resolve("out");
		Startled format = new Startled(out);
		try (OpenedBackup backup = open(first, List.of(format), "notes")) {
			ProblemException told = assertThrows(ProblemException.class, () -> backup.export(
					new OpenedBackup.ExportWish(backup.dataSet("notes"), format, Selection.ALL, Map.of()), out,
					JobMonitor.NONE));
			assertEquals("backup.not-writable", told.problem().code());
			assertTrue(told.problem().title().contains("out"), told.problem()::toString);
		}
	}

	@Test
	void twoVersionsDifferInFilesAndRecords() throws Exception {
		first.put("HomeDomain", "notes.txt", "a||gone\nb||old text\nc||same");
		second.put("HomeDomain", "notes.txt", "b||new text\nc||same\nd||new\ne||new");
		second.put("MediaDomain", "x/y", "12345");
		first.put("WirelessDomain", "z", "1");
		first.put("HomeDomain", "calls.txt", "!");
		try (OpenedBackup before = open(first, List.of(), "notes", "calls");
				OpenedBackup after = open(second, List.of(), "notes", "calls")) {
			Comparison comparison = new Comparer(before, after, JobMonitor.NONE).compare();
			assertEquals(List.of("HomeDomain", "MediaDomain", "WirelessDomain"),
					comparison.domains().stream().map(Comparison.DomainChange::domain).toList());
			assertEquals(new Amount(1, 5), comparison.domains().get(1).added());
			assertEquals(new Amount(1, 1), comparison.domains().get(2).removed());
			assertEquals(1, comparison.domains().getFirst().changed().files());
			DataSetChange calls = comparison.dataSets().getFirst();
			assertEquals("calls", calls.dataSet());
			assertFalse(calls.isSame());
			assertEquals(new DataSetChange("notes", "NOTES", 3, 4, 2, 1, 1, null), comparison.dataSets().getLast());
			List<String> changes = new ArrayList<>();
			new Comparer(before, after, JobMonitor.NONE).records(after.dataSet("notes"), (change, entry) -> {
				changes.add(change + entry.key());
				return true;
			});
			assertEquals(List.of(Change.CHANGED + "b", Change.ADDED + "d", Change.ADDED + "e", Change.REMOVED + "a"),
					changes);
		}
	}

	@Test
	void aVersionDoesNotDifferFromItself() throws Exception {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			lines.append("key").append(i).append("||text ").append(i).append('\n');
		}
		first.put("HomeDomain", "notes.txt", lines.toString());
		try (OpenedBackup before = open(first, List.of(), "notes");
				OpenedBackup after = open(first, List.of(), "notes")) {
			Comparison comparison = new Comparer(before, after, JobMonitor.NONE).compare();
			assertEquals(List.of(), comparison.domains());
			assertEquals(List.of(new DataSetChange("notes", "NOTES", 5000, 5000, 0, 0, 0, null)),
					comparison.dataSets());
		}
	}

	@Test
	void damageIsToldWithTheVersionThatHasItSound() throws Exception {
		for (FolderContent content : List.of(first, second)) {
			content.put("HomeDomain", "notes.txt", "a||x");
			try (Connection connection = content.writable("HomeDomain", "notes.db");
					Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE t(a TEXT)");
				statement.execute("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
						+ " INSERT INTO t SELECT 'value ' || i FROM n");
				statement.execute("CREATE INDEX i ON t(a)");
			}
		}
		Path database = folder.resolve("second/HomeDomain/notes.db");
		byte[] bytes = Files.readAllBytes(database);
		for (int i = bytes.length / 2; i < bytes.length / 2 + 8000; i++) {
			bytes[i] ^= 0x33;
		}
		Files.write(database, bytes);
		second.put("HomeDomain", "calls.txt", "!");
		first.put("HomeDomain", "calls.txt", "c||y");
		try (OpenedBackup backup = open(second, List.of(), "notes", "calls")) {
			KeptBackup earlier = open(first, List.of(), "notes", "calls").backup();
			EarlierVersions versions = new EarlierVersions(List.of(earlier),
					version -> open(first, List.of(), "notes", "calls"), JobMonitor.NONE);
			Proof proof = new ContentCheck(backup, versions, JobMonitor.NONE).run(System.nanoTime());
			assertEquals(1, proof.files());
			assertEquals(2, proof.damage().size(), proof.damage()::toString);
			Proof.Damage damage = proof.damage().getFirst();
			assertEquals(List.of("NOTES"), damage.dataSets());
			assertEquals("notes.db", damage.path());
			assertEquals("1111111111111111", damage.earlier());
			assertEquals("1111111111111111", proof.damage().getLast().earlier());
			assertTrue(proof.duration().compareTo(Duration.ZERO) > 0);
			Proof alone = new ContentCheck(backup, new EarlierVersions(List.of(), version -> backup, JobMonitor.NONE),
					JobMonitor.NONE).run(System.nanoTime());
			assertNull(alone.damage().getFirst().earlier());
		}
		try (OpenedBackup backup = open(first, List.of(), "notes", "calls")) {
			Proof proof = new ContentCheck(backup, new EarlierVersions(List.of(), version -> backup, JobMonitor.NONE),
					JobMonitor.NONE).run(System.nanoTime());
			assertEquals(List.of(), proof.damage());
		}
	}
}
