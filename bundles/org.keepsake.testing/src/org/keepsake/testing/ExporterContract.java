// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;

/**
 * What every exporter must do. An author says which exporter, of which data set, and fills a backup with a few records of
 * it, so that each option changes something; what is in the files is for tests of the author's own.
 */
public abstract class ExporterContract {

	private static final int MOST_FAILURES = 15;

	@TempDir
	@Nullable
	Path given;

	/** The exporter. */
	protected abstract Exporter exporter();

	/** A data set that it accepts. */
	protected abstract DataSet dataSet();

	/** Writes what the data set reads. */
	protected abstract void fill(FolderContent content) throws Exception;

	private FolderContent content(boolean filled) throws Exception {
		FolderContent content = new FolderContent(
				Objects.requireNonNull(given).resolve(filled ? "backup" : "empty"), new IosVersion("18.5"), true);
		if (filled) {
			fill(content);
		}
		return content;
	}

	private ExportReport export(FolderContent content, FolderOutput output, Map<String, String> options,
			JobMonitor monitor) throws IOException {
		return exporter().export(new ExportRequest(dataSet(), content, Selection.ALL, output, options), monitor);
	}

	private FolderOutput output(String name) {
		return new FolderOutput(Objects.requireNonNull(given).resolve(name));
	}

	/** Names and options are as they are promised. */
	@Test
	protected void exporterDescribesItself() {
		Exporter exporter = exporter();
		assertTrue(exporter.id().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), exporter::id);
		assertLine(exporter.title());
		assertTrue(exporter.accepts(dataSet()));
		Set<String> wishes = new HashSet<>();
		for (ExportOption option : exporter.options(dataSet())) {
			assertTrue(option.name().matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9-]*)+"), option::name);
			assertTrue(option.value().matches("[^\\s=]+"), option::value);
			assertLine(option.title());
			assertTrue(wishes.add(option.name() + '=' + option.value()), option::toString);
		}
	}

	private static void assertLine(String title) {
		assertFalse(title.isBlank());
		assertEquals(1, title.lines().count(), title);
	}

	/** The report tells what was written, and all of it is ended. */
	@Test
	protected void reportsWhatItWrites() throws Exception {
		FolderOutput output = output("out");
		ExportReport report = export(content(true), output, Map.of(), JobMonitor.NONE);
		assertTrue(report.recordsRead() > 0, "the author filled in records");
		assertTrue(report.recordsWritten() <= report.recordsRead(), report::toString);
		assertEquals(report.filesWritten(), output.files().size(), output.files()::toString);
		assertTrue(!exporter().isSingleFile() || output.files().size() == 1, output.files()::toString);
		assertEquals(0, output.open());
	}

	/** A backup without the data ends in a file without records, or in none. */
	@Test
	protected void nothingIsNoError() throws Exception {
		FolderOutput output = output("out");
		ExportReport report = export(content(false), output, Map.of(), JobMonitor.NONE);
		assertEquals(0, report.recordsRead());
		assertEquals(report.filesWritten(), output.files().size(), output.files()::toString);
		assertTrue(!exporter().isSingleFile() || output.files().size() == 1, output.files()::toString);
	}

	/** Each option can be wished and changes something; a value that is unknown is as good as none. */
	@Test
	protected void hearsItsOptions() throws Exception {
		FolderContent content = content(true);
		FolderOutput usual = output("usual");
		ExportReport usualReport = export(content, usual, Map.of(), JobMonitor.NONE);
		List<ExportOption> options = exporter().options(dataSet());
		for (int i = 0; i < options.size(); i++) {
			ExportOption option = options.get(i);
			FolderOutput wished = output("wished" + i);
			ExportReport report = export(content, wished, Map.of(option.name(), option.value()), JobMonitor.NONE);
			assertNotEquals(told(usualReport, usual, true), told(report, wished, true), option::toString);
			FolderOutput unknown = output("unknown" + i);
			ExportReport same = export(content, unknown, Map.of(option.name(), "?"), JobMonitor.NONE);
			assertEquals(told(usualReport, usual, false), told(same, unknown, false), option::toString);
		}
	}

	private static String told(ExportReport report, FolderOutput output, boolean sizes) throws IOException {
		StringBuilder told = new StringBuilder(report.toString());
		for (String file : output.files()) {
			told.append('\n').append(file).append(sizes ? " " + output.bytes(file).length : "");
		}
		return told.toString();
	}

	/** What is not wanted is not in it. */
	@Test
	protected void writesWhatIsSelected() throws Exception {
		FolderOutput output = output("out");
		Selection none = new Selection("no record holds \u2603 these words", null, null, false);
		ExportReport report = exporter().export(
				new ExportRequest(dataSet(), content(true), none, output, Map.of()), JobMonitor.NONE);
		assertEquals(0, report.recordsRead());
		assertEquals(0, report.recordsWritten());
		assertEquals(report.filesWritten(), output.files().size(), output.files()::toString);
	}

	/** A disk that is full is neither passed over nor taken for damage of the backup, and nothing is left open. */
	@ParameterizedTest
	@EnumSource
	protected void passesOnWhatTheOutputThrows(FailingOutput.Moment moment) throws Exception {
		FolderContent content = content(true);
		boolean failed = true;
		for (int passes = 0; failed && passes < MOST_FAILURES; passes++) {
			FolderOutput output = output("out" + passes);
			FailingOutput full = new FailingOutput(output, moment, passes);
			ExportRequest request = new ExportRequest(dataSet(), content, Selection.ALL, full, Map.of());
			IOException thrown = null;
			try {
				exporter().export(request, JobMonitor.NONE);
			} catch (IOException e) {
				thrown = e;
			}
			assertSame(full.failure(), thrown, moment + " after " + passes);
			assertEquals(0, output.open());
			failed = thrown != null;
			assertTrue(failed || passes > 0, "something is written");
		}
	}

	/** Cancelling ends it, with nothing left open. */
	@Test
	protected void endsWhenItIsCancelled() throws Exception {
		JobControl monitor = new JobControl(event -> {
		});
		monitor.cancel();
		FolderOutput output = output("out");
		FolderContent content = content(true);
		assertThrows(CancelledException.class, () -> export(content, output, Map.of(), monitor));
		assertEquals(0, output.open());
	}
}
