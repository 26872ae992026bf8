// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobEvent.Progress;
import org.keepsake.engine.Pace;

class ProgressTest {

	private static final String WIPE = "\r\u001b[K";
	private static final long SECOND = 1_000_000_000L;

	private final Locale locale = Locale.getDefault();
	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
	private long now = 5 * SECOND;
	private int columns = 100;

	@BeforeEach
	void beInEngland() {
		Locale.setDefault(Locale.UK);
	}

	@AfterEach
	void comeHome() {
		Locale.setDefault(locale);
	}

	private LiveReporter live() {
		return new LiveReporter(stream, Style.PLAIN, false, () -> columns, () -> now);
	}

	/** What each drawing of the line showed. */
	private List<String> drawn() {
		return List.of(bytes.toString(StandardCharsets.UTF_8).substring(WIPE.length()).split("\r\u001b\\[K", -1));
	}

	private List<String> lines() {
		return bytes.toString(StandardCharsets.UTF_8).lines().toList();
	}

	@Test
	void oneLineShowsShareBytesFilesRateAndTimeLeft() {
		try (LiveReporter reporter = live()) {
			reporter.accept(new JobEvent.Phase("receiving", "Receiving"));
			reporter.accept(new Progress(0, 0, 400_000_000, 0, -1));
			now += 2 * SECOND;
			reporter.accept(new Progress(0.25, 100_000_000, 400_000_000, 1234, -1));
		}
		assertEquals(List.of("Receiving", "Receiving  [#####---------------]  25 %  100 MB of 400 MB, 1,234 files, "
				+ "50 MB/s, 6 s left", ""), drawn());
	}

	@Test
	void whatDoesNotFitIsLeftOut() {
		Progress progress = new Progress(0.25, 100_000_000, 400_000_000, 1234, -1);
		Pace pace = new Pace();
		assertEquals("Receiving  ━━━━━───────────────  25 %  100 MB of 400 MB · 1,234 files",
				ProgressText.line("Receiving", progress, pace, 80, true));
		assertEquals("Receiving  25 %  100 MB of 400 MB", ProgressText.line("Receiving", progress, pace, 35, true));
		assertEquals("Receiving  25 %  10…", ProgressText.line("Receiving", progress, pace, 20, true));
	}

	@Test
	void theLineIsNeverAsWideAsTheTerminal() {
		for (columns = 20; columns < 120; columns++) {
			bytes.reset();
			try (LiveReporter reporter = live()) {
				reporter.accept(new JobEvent.Phase("x", "A stage with a rather long name"));
				reporter.accept(new Progress(0.5, 1, 2, 3, 4));
			}
			assertTrue(drawn().stream().allMatch(line -> Table.width(line) < columns), () -> columns + " " + drawn());
		}
	}

	@Test
	void theLineIsDrawnTenTimesASecondAtMost() {
		try (LiveReporter reporter = live()) {
			reporter.accept(new JobEvent.Phase("receiving", "Receiving"));
			for (int i = 0; i < 1000; i++) {
				now += SECOND / 1000;
				reporter.accept(new Progress(i / 1000.0, i, 1000, i, -1));
			}
		}
		assertEquals(12, drawn().size(), drawn()::toString);
	}

	@Test
	void noticesScrollAboveTheLine() {
		try (LiveReporter reporter = live()) {
			reporter.accept(new JobEvent.Phase("receiving", "Receiving"));
			reporter.accept(new JobEvent.Notice("x", "Enter the passcode\u001b[2J", true));
		}
		assertEquals(WIPE + "Receiving" + WIPE + "> Enter the passcode\ufffd[2J\n" + WIPE + "Receiving" + WIPE,
				bytes.toString(StandardCharsets.UTF_8));
	}

	@Test
	void withoutATerminalThereIsALineNowAndThen() {
		LineReporter reporter = new LineReporter(stream, () -> now);
		reporter.accept(new JobEvent.Phase("receiving", "Receiving"));
		for (int i = 0; i <= 25; i++) {
			reporter.accept(new Progress(i / 100.0, i * 1_000_000, 100_000_000, i, 100));
			now += SECOND;
		}
		reporter.accept(new JobEvent.Notice("x", "Almost there", false));
		reporter.close();
		assertEquals(List.of("Receiving", "Receiving: 10 %, 10 MB of 100 MB, 10 of 100 files, 1 MB/s, 1 min 30 s left",
				"Receiving: 20 %, 20 MB of 100 MB, 20 of 100 files, 1 MB/s, 1 min 20 s left", "Almost there"), lines());
	}

	@Test
	void programsHearFiveTimesASecondAndTheLastState() {
		JsonReporter reporter = new JsonReporter(stream, () -> now);
		reporter.accept(new JobEvent.Phase("receiving", "Receiving"));
		for (int i = 1; i <= 1000; i++) {
			now += SECOND / 1000;
			reporter.accept(new Progress(i / 1000.0, i, 1000, i, -1));
		}
		reporter.close();
		assertEquals(7, lines().size(), lines()::toString);
		assertEquals("{\"event\":\"progress\",\"phase\":\"receiving\",\"fraction\":1.0,\"bytesDone\":1000,"
				+ "\"bytesTotal\":1000,\"filesDone\":1000,\"filesTotal\":null,\"bytesPerSecond\":null,"
				+ "\"secondsLeft\":null}", lines().getLast());
	}

	@Test
	void paceIsThatOfTheLastSeconds() {
		Pace pace = new Pace();
		for (int second = 0; second <= 60; second++) {
			long bytes = second <= 30 ? second * 100L : 3000 + (second - 30) * 10L;
			pace.note(second * SECOND, new Progress(-1, bytes, 3600, 0, -1));
		}
		assertEquals(10, pace.bytesPerSecond());
		assertEquals(30, pace.secondsLeft());
	}

	@Test
	void timeLeftIsToldOnceTheDeviceSaysHowFarItIs() {
		Pace pace = new Pace();
		pace.note(0, new Progress(-1, 0, -1, 0, -1));
		pace.note(SECOND, new Progress(0.1, 100, -1, 0, -1));
		pace.note(3 * SECOND, new Progress(0.3, 300, -1, 0, -1));
		assertEquals(7, pace.secondsLeft());
	}

	@Test
	void paceIsUnknownAtFirstAndAfterAReset() {
		Pace pace = new Pace();
		pace.note(0, new Progress(0, 0, 100, 0, -1));
		assertEquals(-1, pace.bytesPerSecond());
		pace.note(2 * SECOND, new Progress(0.5, 50, 100, 0, -1));
		assertEquals(25, pace.bytesPerSecond());
		assertEquals(2, pace.secondsLeft());
		pace.reset();
		assertEquals(-1, pace.bytesPerSecond());
		assertEquals(-1, pace.secondsLeft());
	}

	@Test
	void paceBeginsAnewIfTheJobDoes() {
		Pace pace = new Pace();
		pace.note(0, new Progress(-1, 1000, -1, 0, -1));
		pace.note(2 * SECOND, new Progress(-1, 3000, -1, 0, -1));
		pace.note(3 * SECOND, new Progress(-1, 0, -1, 0, -1));
		assertEquals(-1, pace.bytesPerSecond());
	}

	@Test
	void jobThatStandsStillHasNoTimeLeft() {
		Pace pace = new Pace();
		for (int second = 0; second <= 20; second++) {
			pace.note(second * SECOND, new Progress(0.5, 100, 200, 0, -1));
		}
		assertEquals(0, pace.bytesPerSecond());
		assertEquals(-1, pace.secondsLeft());
	}
}
