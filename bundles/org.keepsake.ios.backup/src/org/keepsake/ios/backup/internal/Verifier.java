// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;
import org.keepsake.ios.backup.internal.crypto.KeyBagException;

/** One verification of one backup. */
final class Verifier {

	private final Reader reader;
	private final Metadata metadata;
	private final VerifyLevel level;
	private final JobMonitor monitor;
	private final @Nullable ClassKeys keys;
	private final Findings findings = new Findings();
	private final AtomicLong stale = new AtomicLong();
	private final AtomicLong digested = new AtomicLong();
	private final AtomicLong checkedBytes = new AtomicLong();
	private final StoredFiles stored;
	private final Meter meter;
	/* Of the entry that isThere() was last asked about; only the thread that reads the index uses it. */
	private long lastSize;

	Verifier(Reader reader, VerifyLevel level, JobMonitor monitor) throws IOException {
		this.reader = reader;
		this.level = level;
		this.monitor = monitor;
		metadata = reader.metadata();
		keys = reader.keys();
		phase("listing");
		stored = StoredFiles.list(reader.tree(), monitor);
		meter = new Meter(monitor, stored.table.count(), level == VerifyLevel.CRYPTO ? stored.bytes() : 0);
	}

	private void phase(String phase) {
		monitor.report(new JobEvent.Phase(phase, Texts.text("phase." + phase)));
	}

	VerifyReport verify() throws IOException {
		metadata();
		Index index = index();
		if (index != null) {
			phase("index");
			index.check(monitor, flaw -> findings.part(index.fileName(), flaw));
			phase("files");
			files(index);
			findings.remark("remark.surplus", stored.table.unseen());
		}
		findings.remark("remark.stale", stale.get());
		findings.remark("remark.foreign", stored.foreign());
		if (stored.hasSnapshot()) {
			findings.remark(Texts.text("remark.snapshot"));
		}
		meter.finish();
		return new VerifyReport(level, meter.files(), checkedBytes.get(), digested.get(), findings.damage(),
				findings.remarks());
	}

	private void metadata() {
		part(metadata.status, true);
		part(metadata.manifest, true);
		part(metadata.info, false);
		if (metadata.status.isRead() && !metadata.isFinished()) {
			String state = metadata.snapshotState();
			findings.part(metadata.status.file().value(),
					state.isEmpty() ? Texts.text("status.no-state") : Texts.text("status.unfinished", state));
		}
		if (metadata.manifest.isRead()) {
			try {
				metadata.keyBag();
			} catch (KeyBagException e) {
				findings.part(metadata.manifest.file().value(),
						Texts.text("keybag.unusable", String.valueOf(e.getMessage())));
			}
		}
	}

	private void part(Metadata.Part part, boolean needed) {
		String flaw = part.flaw();
		if (flaw != null) {
			findings.part(part.file().value(), flaw);
		} else if (!part.present() && needed) {
			findings.part(part.file().value(), Texts.text("file.missing"));
		} else if (!part.present()) {
			findings.remark(Texts.text("remark.part-missing", part.file().value()));
		}
	}

	/** The index; null if there is none that can be opened. */
	private @Nullable Index index() throws IOException {
		try {
			return reader.index(monitor);
		} catch (ProblemException e) {
			if (e.is(BackupProblems.PASSWORD_NEEDED)) {
				withoutPassword();
			} else if (e.is(BackupProblems.DAMAGED) || e.is(BackupProblems.KEY_MISSING)) {
				findings.part(Indexes.DATABASE.value(), e.problem().cause());
			} else if (e.is(BackupProblems.INCOMPLETE)) {
				findings.part(Indexes.DATABASE.value(), Texts.text("file.missing"));
			} else {
				throw e;
			}
			return null;
		}
	}

	/** What can be said of an encrypted backup whose index cannot be read. */
	private void withoutPassword() throws CancelledException {
		findings.remark(Texts.text("remark.locked"));
		if (metadata.databaseBytes() % Workspace.BLOCK != 0) {
			findings.part(Indexes.DATABASE.value(), Texts.text("file.blocks", metadata.databaseBytes()));
		}
		for (TreeEntry entry : stored.unaligned()) {
			findings.stored(entry.name(), Texts.text("file.blocks", entry.sizeBytes()));
		}
		checkedBytes.addAndGet(stored.bytes());
		meter.add(stored.table.count(), 0);
	}

	private void files(Index index) throws IOException {
		if (level == VerifyLevel.CRYPTO) {
			Workers.run("verify", Workers.threads(false), keys,
					sink -> visit(index, entry -> !isThere(entry) || sink.visit(entry)),
					this::content);
			return;
		}
		try (Workspace work = new Workspace(keys, Workspace.LEAST)) {
			visit(index, entry -> {
				if (isThere(entry)) {
					size(entry.file(), work);
				}
				return true;
			});
		}
	}

	/** Visits what can be read of the index; that it is damaged must not keep that from being checked. */
	private void visit(Index index, IndexEntry.Visitor visitor) throws IOException {
		try {
			index.forEach(FileFilter.ALL, true, visitor);
		} catch (IndexException e) {
			findings.part(index.fileName(), String.valueOf(e.getMessage()));
		}
	}

	/** Whether there is stored content to look at; what is wrong before that is noted. */
	private boolean isThere(IndexEntry entry) throws CancelledException {
		BackupFile file = entry.file();
		boolean regular = file.kind() == Kind.FILE;
		String flaw = entry.flaw();
		if (flaw != null) {
			findings.file(file, flaw);
		}
		if (!regular || !FileIds.isValid(file.fileId())) {
			meter.add(regular ? 1 : 0, 0);
			return false;
		}
		long size = stored.table.see(file.fileId());
		if (size < 0) {
			findings.file(file, Texts.text(size == PayloadTable.ABSENT ? "file.content-missing" : "file.no-file"));
			meter.add(1, 0);
			return false;
		}
		if (file.content().flaw() != null) {
			meter.add(1, 0);
			return false;
		}
		lastSize = size;
		return true;
	}

	/** Compares the sizes; where they do not agree, the last block of an encrypted file decides. */
	private void size(BackupFile file, Workspace work) throws IOException {
		long size = lastSize;
		checkedBytes.addAndGet(size);
		meter.add(1, 0);
		long recorded = file.sizeBytes();
		boolean encrypted = metadata.isEncrypted() && file.content().wrappedKey() != null;
		if (!encrypted) {
			if (size != recorded) {
				findings.file(file, Texts.text("file.length", size, recorded));
			}
		} else if (size % Workspace.BLOCK != 0) {
			findings.file(file, Texts.text("file.blocks", size));
		} else if (size < recorded || size - recorded > Workspace.BLOCK) {
			if (keys == null) {
				stale.incrementAndGet();
			} else {
				padding(file, work);
			}
		}
	}

	private void padding(BackupFile file, Workspace work) throws IOException {
		try (PayloadStream content = PayloadStream.open(reader.payloads(), file, keys, work)) {
			String flaw = content.lengthFlaw();
			if (flaw != null) {
				findings.file(file, flaw);
			} else {
				stale.incrementAndGet();
			}
		} catch (ProblemException e) {
			findings.file(file, e);
		}
	}

	/** Reads and decrypts the whole content; on one of several threads. */
	private void content(IndexEntry entry, Workspace work) throws IOException {
		BackupFile file = entry.file();
		try (PayloadStream content = PayloadStream.open(reader.payloads(), file, keys, work)) {
			long told = 0;
			for (int length = content.nextChunk(); length >= 0; length = content.nextChunk()) {
				meter.add(0, length);
				told += length;
			}
			checkedBytes.addAndGet(content.storedBytes());
			meter.add(1, content.storedBytes() - told);
			if (file.content().digest() != null) {
				digested.incrementAndGet();
			}
			if (content.isSizeStale()) {
				stale.incrementAndGet();
			}
		} catch (ProblemException e) {
			findings.file(file, e);
			meter.add(1, 0);
		}
	}
}
