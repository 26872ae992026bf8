// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.search.SearchIndexes;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.FolderOutput;

/** Opened content with the data sets that are known. */
public final class OpenedContent implements OpenedBackup {

	private static final String KEYCHAIN = "KeychainDomain";

	private final KeptBackup backup;
	private final BackupContent content;
	private final Known known;
	private final SearchIndexes indexes;
	private final KeySource keys;
	private final Closeable owned;
	private SearchIndexes.@Nullable Open index;

	/** Where the key of what is kept of the backup elsewhere comes from. */
	@FunctionalInterface
	public interface KeySource {
		/** 32 bytes, which the caller wipes; null for a backup in clear. */
		byte @Nullable [] key(String purpose) throws IOException;
	}

	/**
	 * Content that was opened.
	 *
	 * @param owned closed with this
	 */
	public OpenedContent(KeptBackup backup, BackupContent content, Known known, SearchIndexes indexes, KeySource keys,
			Closeable owned) {
		this.backup = backup;
		this.content = content;
		this.known = known;
		this.indexes = indexes;
		this.keys = keys;
		this.owned = owned;
	}

	/** The same data sets over other files; nothing of it has to be closed. */
	public OpenedContent over(BackupContent other) {
		return new OpenedContent(backup, other, known, indexes, purpose -> null, () -> {
		});
	}

	/** The backup it was opened from, with how each file is stored; null for other files. */
	@Nullable
	Backup backupFiles() {
		return owned instanceof Backup files ? files : null;
	}

	@Override
	public KeptBackup backup() {
		return backup;
	}

	@Override
	public BackupContent content() {
		return content;
	}

	@Override
	public List<DataSet> dataSets() {
		return known.dataSets();
	}

	@Override
	public DataSet dataSet(String id) throws IOException {
		return known.dataSet(id);
	}

	@Override
	public Survey survey(DataSet dataSet, JobMonitor monitor) throws IOException {
		try {
			monitor.throwIfCancelled();
			Survey survey = Author.run(dataSet.title(), monitor, () -> dataSet.survey(content, monitor));
			return survey.presence() == Survey.Presence.UNREADABLE && isSealed(dataSet)
					? Survey.absent(String.join(" ", survey.remarks())) : survey;
		} catch (CancelledException e) {
			throw e;
		} catch (IOException e) {
			if (monitor.isCancelled()) {
				throw new CancelledException();
			}
			return Survey.unreadable("").withRemarks(Author.sentences(e));
		}
	}

	/**
	 * Whether all of it is sealed with a key that never leaves the device, as the keychain is in every backup that is not
	 * encrypted: then it is as good as not there, and nothing is wrong with the backup.
	 */
	private boolean isSealed(DataSet dataSet) {
		List<DataSet.Source> sources = dataSet.sources();
		return !content.summary().encrypted() && !sources.isEmpty()
				&& sources.stream().allMatch(source -> source.domain().equals(KEYCHAIN));
	}

	@Override
	public void read(DataSet dataSet, Selection selection, DataSet.RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		Author.Guest guest = new Author.Guest();
		try {
			Author.run(dataSet.title(), guest, monitor, () -> {
				dataSet.read(content, selection, entry -> {
					monitor.throwIfCancelled();
					return !selection.accepts(entry)
							|| guest.call(() -> Boolean.valueOf(visitor.visit(entry))).booleanValue();
				}, monitor);
				return dataSet;
			});
		} catch (IOException e) {
			throw guest.threw(e) ? e : Failures.asProblem(monitor, e);
		}
	}

	@Override
	public List<Exporter> exporters(DataSet dataSet) {
		return known.exporters(dataSet);
	}

	@Override
	public Exporter exporter(DataSet dataSet, String id) throws IOException {
		return known.exporter(dataSet, id);
	}

	@Override
	public ExportReport export(ExportWish wish, Path folder, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			try (FolderOutput output = FolderOutput.open(folder)) {
				Author.Guest guest = new Author.Guest();
				return export(wish, new GuestOutput(output, guest), guest, monitor);
			}
		});
	}

	@Override
	public ExportReport export(ExportWish wish, OutputStream out, JobMonitor monitor) throws IOException {
		if (!wish.exporter().isSingleFile()) {
			throw EngineProblems.FORMAT_OF_FILES.exception(wish.exporter().id());
		}
		Author.Guest guest = new Author.Guest();
		try {
			return export(wish, new OneFile(out, guest), guest, monitor);
		} catch (IOException e) {
			throw guest.threw(e) ? e : Failures.asProblem(monitor, e);
		}
	}

	private ExportReport export(ExportWish wish, ExportOutput output, Author.Guest guest, JobMonitor monitor)
			throws IOException {
		monitor.report(new JobEvent.Phase("exporting", Texts.of("phase.exporting", wish.dataSet().title())));
		return Author.run(wish.dataSet().title(), guest, monitor, () -> {
			ExportRequest request = new ExportRequest(wish.dataSet(), content, wish.selection(), output,
					Known.options(wish.dataSet(), wish.exporter(), wish.options()));
			return wish.exporter().export(request, monitor);
		});
	}

	@Override
	public boolean previews(String name) {
		return known.previewer(name) != null;
	}

	@Override
	public Preview preview(ContentFile picture, int mostBytes, JobMonitor monitor) throws IOException {
		PicturePreviewer previewer = known.previewer(picture.name());
		if (previewer == null) {
			return Preview.NONE;
		}
		BoundedBytes jpeg = new BoundedBytes(mostBytes);
		String[] hint = { "" };
		Failures.guard(monitor, () -> Author.run(picture.name(), monitor, () -> {
			String told = previewer.preview(content, picture, jpeg, monitor);
			hint[0] = told == null ? "" : told;
			return previewer;
		}));
		return hint[0].isEmpty() && jpeg.size() > 0 ? new Preview(jpeg.toByteArray(), "") : new Preview(null, hint[0]);
	}

	@Override
	public synchronized SearchResult search(SearchRequest request, JobMonitor monitor) throws IOException {
		String only = request.dataSet();
		if (only != null) {
			dataSet(only);
		}
		return Failures.guard(monitor, () -> {
			SearchIndexes.Open open = index;
			if (open == null) {
				open = indexes.open(this, keys.key(SearchIndexes.PURPOSE), monitor);
				index = open;
			}
			return open.search(request, monitor);
		});
	}

	@Override
	public synchronized void close() throws IOException {
		SearchIndexes.Open open = index;
		index = null;
		try (Closeable _ = owned) {
			if (open != null) {
				open.close();
			}
		}
	}
}
