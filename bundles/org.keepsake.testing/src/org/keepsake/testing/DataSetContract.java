// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.RecordValues;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;

/**
 * What every data set must do. An author says which data set, and fills content in the schemas of at least three
 * generations of iOS; what is in the records is for tests of the author's own.
 */
public abstract class DataSetContract {

	private static final int MUTATIONS = 150;
	private static final int MOST_RECORDS = 100_000;

	@TempDir
	@Nullable
	Path given;

	/** The data set, by its public constructor. */
	protected abstract DataSet dataSet();

	/** At least three. */
	protected abstract List<Generation> generations();

	/**
	 * Content as a generation of iOS writes it.
	 *
	 * @param ios     its version
	 * @param records how many records the data set must find
	 * @param filler  writes the files
	 */
	public record Generation(String ios, int records, Filler filler) {
	}

	/** Writes the files of a generation. */
	@FunctionalInterface
	public interface Filler {
		/** Writes them. */
		void fill(FolderContent content) throws Exception;
	}

	/** Where the contents are put. */
	protected final Path folder() {
		return Objects.requireNonNull(given);
	}

	private FolderContent content(String name, String ios) {
		return new FolderContent(folder().resolve(name), new IosVersion(ios), true);
	}

	private FolderContent filled(String name, Generation generation) throws Exception {
		FolderContent content = content(name, generation.ios());
		generation.filler().fill(content);
		return content;
	}

	private List<DataRecord> read(FolderContent content, Selection selection) throws IOException {
		List<DataRecord> records = new ArrayList<>();
		dataSet().read(content, selection, entry -> {
			records.add(entry);
			return records.size() < MOST_RECORDS;
		}, JobMonitor.NONE);
		return records;
	}

	/** Names and types are as they are promised. */
	@Test
	protected void describesItself() {
		assertTrue(dataSet().id().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), dataSet()::id);
		assertFalse(dataSet().title().isBlank());
		assertTrue(dataSet().recordType().isRecord(), "records are Java records");
		assertFalse(dataSet().sources().isEmpty(), "it says where its data lie");
		assertTrue(generations().size() >= 3, "three generations of iOS are tried");
	}

	/** A backup without the data is nothing special. */
	@Test
	protected void absentIsNoError() throws Exception {
		FolderContent content = content("empty", "17.5");
		assertEquals(Presence.ABSENT, dataSet().survey(content, JobMonitor.NONE).presence());
		assertEquals(List.of(), read(content, Selection.ALL));
	}

	/** Each generation is counted as it is read. */
	@TestFactory
	protected Stream<DynamicTest> readsEachGeneration() {
		return generations().stream().map(generation -> DynamicTest.dynamicTest("iOS " + generation.ios(), () -> {
			FolderContent content = filled("ios" + generation.ios(), generation);
			List<DataRecord> records = read(content, Selection.ALL);
			Survey survey = dataSet().survey(content, JobMonitor.NONE);
			assertEquals(Presence.PRESENT, survey.presence(), survey.remarks()::toString);
			assertEquals(generation.records(), records.size());
			assertEquals(records.size(), survey.count(), "what is counted is what is read");
			if (!survey.parts().isEmpty()) {
				assertEquals(survey.count(), survey.parts().values().stream().mapToLong(Long::longValue).sum());
			}
			Set<String> keys = new HashSet<>();
			for (DataRecord entry : records) {
				assertTrue(keys.add(entry.key()), () -> "two records with the key " + entry.key());
				checkRecord(entry, survey);
			}
		}));
	}

	private void checkRecord(DataRecord entry, Survey survey) throws Exception {
		assertTrue(dataSet().recordType().isInstance(entry));
		assertFalse(entry.headline().isBlank(), "a line for a person");
		assertTrue(entry.headline().lines().count() == 1, "one line");
		assertNotNull(entry.searchText());
		Instant date = entry.date();
		Instant first = survey.first();
		Instant last = survey.last();
		if (date != null) {
			assertTrue(first != null && !date.isBefore(first), () -> date + " is before " + first);
			assertTrue(last != null && !date.isAfter(last), () -> date + " is after " + last);
		}
		checkValue(entry, 0);
	}

	private void checkValue(@Nullable Object value, int depth) throws Exception {
		assertTrue(depth < 12, "records do not contain themselves");
		switch (value) {
			case null -> {
			}
			case String _,Number _,Boolean _,Enum<?> _,byte[] _,TemporalAccessor _,TemporalAmount _ -> {
			}
			case Collection<?> elements -> {
				for (Object element : elements) {
					checkValue(element, depth + 1);
				}
			}
			case Map<?, ?> map -> {
				for (Map.Entry<?, ?> element : map.entrySet()) {
					assertTrue(element.getKey() instanceof String);
					checkValue(element.getValue(), depth + 1);
				}
			}
			case Record nested -> {
				for (RecordComponent component : nested.getClass().getRecordComponents()) {
					checkValue(component.getAccessor().invoke(nested), depth + 1);
				}
			}
			default -> throw new AssertionError("A component of the type " + value.getClass() + " cannot be exported");
		}
	}

	/** What is masked unless it is asked for can be asked for: the data set says that it has secrets, and only then. */
	@Test
	protected void saysWhetherItHasSecrets() throws Exception {
		boolean masked = false;
		for (Generation generation : generations()) {
			FolderContent content = filled("secrets" + generation.ios(), generation);
			masked |= !values(content, false).equals(values(content, true));
		}
		assertEquals(masked, dataSet().hasSecrets(), "some records differ if secrets are asked for: " + masked);
	}

	/** What an export has of the records, as text. */
	private List<String> values(FolderContent content, boolean secrets) throws IOException {
		return read(content, new Selection(null, null, null, secrets)).stream().map(RecordValues::of)
				.map(DataSetContract::text).toList();
	}

	/** A value so that bytes are told by what they are. */
	private static String text(@Nullable Object value) {
		return switch (value) {
			case null -> "";
			case byte[] bytes -> Arrays.toString(bytes);
			case Map<?, ?> map -> map.entrySet().stream().map(part -> part.getKey() + "=" + text(part.getValue()))
					.toList().toString();
			case Collection<?> elements -> elements.stream().map(DataSetContract::text).toList().toString();
			default -> value.toString();
		};
	}

	/** All files it needs are among those it names, so that damage can be told. */
	@Test
	protected void namesItsSources() throws Exception {
		for (Generation generation : generations()) {
			FolderContent content = filled("sources" + generation.ios(), generation);
			Set<String> named = new HashSet<>();
			for (DataSet.Source source : dataSet().sources()) {
				content.forEach(source.domain(), source.path(), file -> named.add(file.domain() + '/' + file.path()));
			}
			assertFalse(named.isEmpty() && generation.records() > 0, "a file of iOS " + generation.ios() + " is named");
		}
	}

	/** The visitor, and the owner, can end the reading at any moment. */
	@Test
	protected void endsWhenAsked() throws Exception {
		Generation generation = generations().getLast();
		FolderContent content = filled("end", generation);
		int[] visits = new int[1];
		dataSet().read(content, Selection.ALL, _ -> {
			visits[0]++;
			return false;
		}, JobMonitor.NONE);
		assertEquals(Math.min(1, generation.records()), visits[0]);
		JobControl control = new JobControl(_ -> {
		});
		control.cancel();
		if (generation.records() > 0) {
			assertThrows(CancelledException.class, () -> dataSet().read(content, Selection.ALL, _ -> true, control));
		}
	}

	/** What whoever receives the records throws, such as that the disk is full, is not taken for damage of the backup. */
	@Test
	protected void passesOnWhatTheVisitorThrows() throws Exception {
		for (Generation generation : generations()) {
			FolderContent content = filled("throws" + generation.ios(), generation);
			ProblemException full = new ProblemException(
					new Problem("test.full", "The disk is full", "", "Make room.", Retry.NEVER), null);
			int[] visits = new int[1];
			if (generation.records() > 0) {
				ProblemException thrown = assertThrows(ProblemException.class,
						() -> dataSet().read(content, Selection.ALL, _ -> {
							visits[0]++;
							throw full;
						}, JobMonitor.NONE));
				assertSame(full, thrown, "iOS " + generation.ios());
				assertEquals(1, visits[0], "nothing is given after that");
			}
		}
	}

	/** Damage ends in a problem or in a part of the records: in nothing else, and in time. */
	@Test
	protected void bearsDamage() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		Generation generation = generations().getLast();
		FolderContent content = filled("damage", generation);
		List<Path> files;
		try (Stream<Path> walk = Files.walk(folder().resolve("damage"))) {
			files = walk.filter(Files::isRegularFile).sorted().toList();
		}
		for (int i = 0; i < MUTATIONS && !files.isEmpty(); i++) {
			Path file = files.get(random.nextInt(files.size()));
			byte[] sound = Files.readAllBytes(file);
			Files.write(file, damaged(sound, random));
			FolderContent again = new FolderContent(folder().resolve("damage"), new IosVersion(generation.ios()), true);
			try {
				dataSet().survey(again, JobMonitor.NONE);
				read(again, Selection.ALL);
			} catch (IOException e) {
				assertNotNull(e.toString());
			} catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
				throw new AssertionError("mutation " + i + " of " + file.getFileName() + ", seed " + seed, e);
			}
			Files.write(file, sound);
		}
		assertEquals(generation.records(), read(content, Selection.ALL).size(), "the content is sound again");
	}

	private static byte[] damaged(byte[] sound, Random random) {
		if (sound.length == 0) {
			return new byte[] { 1 };
		}
		if (random.nextInt(4) == 0) {
			return Arrays.copyOf(sound, random.nextInt(sound.length));
		}
		byte[] damaged = sound.clone();
		for (int i = 1 + random.nextInt(8); i > 0; i--) {
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return damaged;
	}
}
