// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.disk.FullDisk;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/** One extraction from one backup: the files, on all cores, then the links, so that no file is written through one. */
final class Extractor {

	private static final int MAX_LINK_REMARKS = 100;
	private static final long MAX_FILE = 1L << 50;
	/** Entries of a list that is short enough to be kept: some 15 MB. */
	private static final int MAX_KEPT = 25_000;
	private static final int MAX_LINKS = 10_000;

	private final Reader reader;
	private final FileFilter filter;
	private final JobMonitor monitor;
	private final @Nullable ClassKeys keys;
	private final Path folder;
	private final SafeNames names;
	private final Findings findings = new Findings();
	private final AtomicLong files = new AtomicLong();
	private final AtomicLong bytes = new AtomicLong();
	private final AtomicLong renamed = new AtomicLong();
	/* What the first visit saw; null once it is too much to be kept. */
	private @Nullable List<IndexEntry> kept = new ArrayList<>();
	private @Nullable List<IndexEntry> links = new ArrayList<>();
	private @Nullable IndexException damage;

	Extractor(Reader reader, FileFilter filter, Path folder, SafeNames names, JobMonitor monitor) {
		this.reader = reader;
		this.filter = filter;
		this.folder = folder;
		this.names = names;
		this.monitor = monitor;
		keys = reader.keys();
	}

	ExtractReport extract() throws IOException {
		monitor.report(new JobEvent.Phase("index", Texts.text("phase.choosing")));
		Index index = reader.index(monitor);
		long[] totals = new long[2];
		damage = visit(index, entry -> {
			totals[0] += entry.file().kind() == Kind.FILE ? 1 : 0;
			totals[1] = Math.min(Long.MAX_VALUE / 4, totals[1] + Math.min(entry.file().sizeBytes(), MAX_FILE));
			kept = keep(kept, entry, MAX_KEPT);
			links = isLink(entry) ? keep(links, entry, MAX_LINKS) : links;
			return true;
		});
		Meter meter = new Meter(monitor, totals[0], totals[1]);
		try (OutputFolder output = OutputFolder.open(folder)) {
			requireSpace(index, totals[1], output.usableBytes());
			monitor.report(new JobEvent.Phase("extracting", Texts.text("phase.extracting")));
			Workers.run("extract", Workers.threads(output.isPastCache()), keys,
					sink -> again(index, kept, entry -> isLink(entry) || sink.visit(entry)),
					(entry, work) -> extract(entry.file(), output, meter, work));
			output.forgetFolders();
			links(index, output);
			IndexException flaw = damage;
			if (flaw != null) {
				findings.part(index.fileName(), String.valueOf(flaw.getMessage()));
			}
		}
		meter.finish();
		findings.remark("remark.renamed", renamed.get());
		return new ExtractReport(files.get(), bytes.get(), findings.damage(), findings.remarks());
	}

	/** Visits what can be read of the index. @return why it could not be read to its end, else null */
	private @Nullable IndexException visit(Index index, IndexEntry.Visitor visitor) throws IOException {
		try {
			index.forEach(filter, false, entry -> {
				monitor.throwIfCancelled();
				return visitor.visit(entry);
			});
			return null;
		} catch (IndexException e) {
			return e;
		}
	}

	private static @Nullable List<IndexEntry> keep(@Nullable List<IndexEntry> list, IndexEntry entry, int most) {
		if (list == null || list.size() == most) {
			return null;
		}
		list.add(entry);
		return list;
	}

	/** Visits what was kept; if it was too much, the index once more. */
	private void again(Index index, @Nullable List<IndexEntry> list, IndexEntry.Visitor visitor) throws IOException {
		if (list == null) {
			visit(index, visitor);
			return;
		}
		for (IndexEntry entry : list) {
			monitor.throwIfCancelled();
			if (!visitor.visit(entry)) {
				return;
			}
		}
	}

	/** Recorded sizes may lie; before they forbid anything, what is really stored is counted. */
	private void requireSpace(Index index, long recorded, long usable) throws IOException {
		if (recorded <= usable) {
			return;
		}
		long[] needed = new long[1];
		again(index, kept, entry -> {
			BackupFile file = entry.file();
			if (file.kind() == Kind.FILE && FileIds.isValid(file.fileId())) {
				needed[0] += reader.payloads().size(file.fileId());
			}
			return true;
		});
		if (needed[0] > usable) {
			throw BackupProblems.NO_SPACE.exception(folder, Texts.text("space.needed", needed[0], usable));
		}
	}

	private static boolean isLink(IndexEntry entry) {
		return entry.file().kind() == Kind.LINK;
	}

	private void extract(BackupFile file, OutputFolder output, Meter meter, Workspace work) throws IOException {
		boolean regular = file.kind() == Kind.FILE;
		List<String> components = names.components(file.domain(), file.path());
		if (components == null || regular && components.size() < 2) {
			findings.file(file, Texts.text("output.refused"));
			meter.add(regular ? 1 : 0, 0);
			return;
		}
		try {
			if (regular) {
				long told = write(file, components, output, meter, work);
				files.incrementAndGet();
				bytes.addAndGet(told);
			} else {
				output.folder(components);
			}
			if (!String.join("/", components).equals(file.path().isEmpty() ? file.domain()
					: file.domain() + '/' + file.path())) {
				renamed.incrementAndGet();
			}
		} catch (CancelledException e) {
			throw e;
		} catch (ProblemException e) {
			findings.file(file, e);
		} catch (IOException e) {
			if (FullDisk.isToldBy(e)) {
				throw BackupProblems.NO_SPACE.exceptionBecause(e, folder, Texts.text("space.output"));
			}
			findings.file(file, Texts.text("output.failed", reason(e)));
		}
		meter.add(regular ? 1 : 0, 0);
	}

	private static String reason(IOException e) {
		String reason = e instanceof FileSystemException system ? system.getReason() : null;
		return reason == null ? e.getClass().getSimpleName() : reason;
	}

	private long write(BackupFile file, List<String> components, OutputFolder output, Meter meter, Workspace work)
			throws IOException {
		try (PayloadStream content = PayloadStream.open(reader.payloads(), file, keys, work);
				OutputFolder.Output out = output.create(components, work.output(output))) {
			long written = 0;
			for (int length = content.nextChunk(); length >= 0; length = content.nextChunk()) {
				out.write(content.chunk(), 0, length);
				written += length;
				meter.add(0, length);
			}
			out.finish(file.modified());
			return written;
		}
	}

	private void links(Index index, OutputFolder output) throws IOException {
		long[] skipped = new long[1];
		again(index, links, entry -> {
			if (isLink(entry) && !link(entry.file(), output) && skipped[0]++ < MAX_LINK_REMARKS) {
				findings.remark(Texts.text("remark.link", entry.file().domain() + '/' + entry.file().path()));
			}
			return true;
		});
		findings.remark("remark.links", Math.max(0, skipped[0] - MAX_LINK_REMARKS));
	}

	private boolean link(BackupFile file, OutputFolder output) {
		List<String> components = names.components(file.domain(), file.path());
		if (components == null || components.size() < 2) {
			return false;
		}
		try {
			return output.link(components, file.linkTarget());
		} catch (IOException e) {
			return false;
		}
	}
}
