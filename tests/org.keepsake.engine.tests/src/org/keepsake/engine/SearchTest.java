// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.SearchResult.Hit;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.data.Known;
import org.keepsake.engine.internal.data.OpenedContent;
import org.keepsake.engine.internal.search.SearchIndexes;
import org.keepsake.testing.FolderContent;

/** The search over what is in a backup. */
class SearchTest {

	private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	@TempDir
	Path folder = Path.of("");

	private final List<JobEvent> events = new ArrayList<>();
	private final JobControl monitor = new JobControl(events::add);

	private OpenedBackup open(byte @Nullable [] key, String... dataSets) {
		FolderContent content = new FolderContent(folder.resolve("content"), new IosVersion("18.0"), key != null);
		KeptBackup kept = new KeptBackup("t", "/t",
				new Snapshot(new SnapshotId("00112233445566778899aabbccddeeff"), content.summary(), "/t/x", true));
		List<DataSet> sets = Stream.of(dataSets).<DataSet>map(Diary::new).toList();
		return new OpenedContent(kept, content, new Known(sets, List.of()),
				new SearchIndexes(new Home(folder.resolve("home"))), purpose -> key == null ? null : key.clone(),
				() -> {
				});
	}

	private void write(String id, String... lines) throws IOException {
		new FolderContent(folder.resolve("content"), new IosVersion("18.0"), true).put("HomeDomain", id + ".txt",
				String.join("\n", lines));
	}

	private List<String> found(OpenedBackup backup, String text) throws IOException {
		return backup.search(new SearchRequest(text, null, 100), monitor).groups().stream()
				.flatMap(group -> group.hits().stream().map(Hit::key)).sorted().toList();
	}

	private long made() {
		return events.stream()
				.filter(event -> event instanceof JobEvent.Phase phase && phase.phase().equals("indexing"))
				.count();
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> walk = Files.walk(folder.resolve("home"))) {
			return walk.filter(Files::isRegularFile).sorted().toList();
		}
	}

	@Test
	void findsAllWordsInAnyOrderCaseAndAccent() throws Exception {
		write("notes", "a||Überraschung für Anna am Freitag", "b||anna schreibt", "c||Kuchen", "d||日本語の手紙 🎉",
				"e||anna@example.com");
		try (OpenedBackup backup = open(null, "notes")) {
			assertEquals(List.of("a", "b", "e"), found(backup, "ANNA"));
			assertEquals(List.of("a"), found(backup, "freitag uberrasch"));
			assertEquals(List.of("d"), found(backup, "本語"));
			assertEquals(List.of("d"), found(backup, "🎉"));
			assertEquals(List.of("e"), found(backup, "anna@example.com"));
			assertEquals(List.of(), found(backup, "anna kuchen"));
			assertEquals(List.of("c"), found(backup, "\"kuchen\" (*) ^ -"), "no language of queries");
		}
	}

	@Test
	void groupsByDataSetAndMarksWhatItFound() throws Exception {
		write("calls", "1|2024-05-06T07:08:09Z|Anna called\u0007 back");
		write("notes", "2||nothing", "3||about anna and Anna");
		try (OpenedBackup backup = open(null, "notes", "calls")) {
			SearchResult result = backup.search(new SearchRequest("anna", null, 10), monitor);
			assertEquals(List.of("calls", "notes"), result.groups().stream().map(SearchResult.Group::dataSet).toList());
			Hit call = result.groups().getFirst().hits().getFirst();
			assertEquals(Instant.parse("2024-05-06T07:08:09Z"), call.date());
			assertEquals("Anna called  back", call.excerpt());
			assertEquals(List.of(new SearchResult.Mark(0, 4)), call.marks());
			assertEquals(2, result.groups().getLast().hits().getFirst().marks().size());
			assertEquals(1, backup.search(new SearchRequest("anna", "notes", 10), monitor).groups().size());
		}
	}

	@Test
	void isLimitedButCountsAll() throws Exception {
		write("notes", Stream.iterate(1, n -> n + 1).limit(50).map(n -> n + "||word " + n).toArray(String[]::new));
		try (OpenedBackup backup = open(null, "notes")) {
			SearchResult result = backup.search(new SearchRequest("word", null, 3), monitor);
			assertEquals(50, result.matches());
			assertEquals(3, result.groups().getFirst().hits().size());
		}
	}

	@Test
	void makesTheIndexOnceForEachSetOfDataSets() throws Exception {
		write("notes", "a||x1");
		write("calls", "b||x1");
		for (int i = 0; i < 2; i++) {
			try (OpenedBackup backup = open(null, "notes")) {
				assertEquals(List.of("a"), found(backup, "x1"));
			}
		}
		assertEquals(1, made());
		try (OpenedBackup backup = open(null, "notes", "calls")) {
			assertEquals(List.of("a", "b"), found(backup, "x1"));
		}
		assertEquals(2, made());
		assertEquals(1, files().size(), "the older index is gone");
	}

	@Test
	void aSealedIndexTellsNothingWithoutItsKey() throws Exception {
		write("notes", "a||a very secret sentence");
		try (OpenedBackup backup = open(KEY, "notes")) {
			assertEquals(List.of("a"), found(backup, "secret"));
		}
		List<Path> files = files();
		assertEquals(1, files.size(), files::toString);
		String bytes = new String(Files.readAllBytes(files.getFirst()), StandardCharsets.ISO_8859_1);
		assertFalse(bytes.contains("secret") || bytes.contains("SQLite") || bytes.contains("notes"));
		try (OpenedBackup backup = open(KEY, "notes")) {
			assertEquals(List.of("a"), found(backup, "sentence"));
		}
		assertEquals(1, made());
		byte[] other = KEY.clone();
		other[0]++;
		try (OpenedBackup backup = open(other, "notes")) {
			assertEquals(List.of("a"), found(backup, "sentence"));
		}
		assertEquals(2, made(), "an index of another key is made anew");
	}

	@Test
	void whatWasAlteredOrCutShortIsMadeAnew() throws Exception {
		String[] lines = Stream.iterate(1, n -> n + 1).limit(4000).map(n -> n + "||common word" + n)
				.toArray(String[]::new);
		write("notes", lines);
		for (byte[] key : Arrays.asList(null, KEY)) {
			try (OpenedBackup backup = open(key, "notes")) {
				assertEquals(List.of("3999"), found(backup, "word3999"));
			}
			Path file = files().getFirst();
			byte[] sound = Files.readAllBytes(file);
			byte[] altered = sound.clone();
			// In clear it is SQLite that notices, once it reads what was altered.
			Arrays.fill(altered, key == null ? 100 : sound.length / 4, sound.length / 4 * 3, (byte) 0x5A);
			long before = made();
			for (byte[] bytes : List.of(altered, Arrays.copyOf(sound, sound.length / 2), new byte[0],
					new byte[] { 1 })) {
				Files.write(file, bytes);
				try (OpenedBackup backup = open(key, "notes")) {
					assertEquals(List.of("3999"), found(backup, "word3999"));
				}
			}
			assertEquals(before + 4, made());
			new SearchIndexes(new Home(folder.resolve("home"))).clear();
			assertEquals(List.of(), files());
		}
	}

	@Test
	void aFailingDataSetIsToldAndTheRestIsSearched() throws Exception {
		write("calls", "a||x1", "!");
		write("notes", "b||x1");
		try (OpenedBackup backup = open(null, "calls", "notes")) {
			SearchResult result = backup.search(new SearchRequest("x1", null, 10), monitor);
			assertEquals(List.of("calls", "notes"), result.groups().stream().map(SearchResult.Group::dataSet).toList());
			assertTrue(result.remarks().getFirst().startsWith("CALLS"), result.remarks()::toString);
		}
	}

	@Test
	void cancelledItLeavesNoIndex() throws Exception {
		write("notes", "a||x");
		monitor.cancel();
		try (OpenedBackup backup = open(null, "notes")) {
			assertThrows(CancelledException.class, () -> found(backup, "x"));
		}
		assertEquals(List.of(), files());
	}

	@Test
	void withoutAWordThereIsNothingToSearchFor() throws Exception {
		try (OpenedBackup backup = open(null, "notes")) {
			for (String nothing : List.of("", "  ", "-- * \"")) {
				ProblemException e = assertThrows(ProblemException.class,
						() -> backup.search(new SearchRequest(nothing, null, 1), JobMonitor.NONE));
				assertTrue(e.is(EngineProblems.SEARCH_EMPTY));
			}
			ProblemException e = assertThrows(ProblemException.class,
					() -> backup.search(new SearchRequest("x", "nope", 1), JobMonitor.NONE));
			assertTrue(e.is(EngineProblems.DATASET_UNKNOWN));
		}
	}
}
