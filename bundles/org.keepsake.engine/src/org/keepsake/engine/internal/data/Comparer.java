// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.RecordValues;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.Amount;
import org.keepsake.engine.Comparison.Change;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.Comparison.DomainChange;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.internal.Texts;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.StoredContent;

/** Tells what two versions differ in, with some 30 bytes of memory for each file or record. Used by one thread. */
public final class Comparer {

	private final OpenedBackup older;
	private final OpenedBackup newer;
	private final JobMonitor monitor;

	/** Two versions, which the caller closes. */
	public Comparer(OpenedBackup older, OpenedBackup newer, JobMonitor monitor) {
		this.older = older;
		this.newer = newer;
		this.monitor = monitor;
	}

	/** Files by domain, and records by data set. */
	public Comparison compare() throws IOException {
		monitor.report(new JobEvent.Phase("comparing-files", Texts.of("phase.comparing-files")));
		List<DomainChange> domains = files();
		List<DataSetChange> dataSets = new ArrayList<>();
		for (DataSet dataSet : newer.dataSets()) {
			monitor.report(new JobEvent.Phase("comparing-data", Texts.of("phase.comparing-data", dataSet.title())));
			DataSetChange change = records(dataSet);
			if (change.before() > 0 || change.after() > 0 || change.trouble() != null) {
				dataSets.add(change);
			}
		}
		return new Comparison(domains, dataSets);
	}

	private List<DomainChange> files() throws IOException {
		Traces before = new Traces();
		Traces digests = new Traces();
		visit(older, (file, stored) -> {
			long name = name(before, file);
			before.put(name, likeness(before, file));
			if (stored.digest() != null) {
				digests.put(name, contentTrace(digests, stored));
			}
		});
		Traces after = new Traces();
		Map<String, DomainChange> changes = new TreeMap<>();
		visit(newer, (file, stored) -> {
			long name = name(after, file);
			long likeness = likeness(after, file);
			after.put(name, likeness);
			long known = before.get(name);
			if (known != likeness
					|| stored.digest() != null && differs(digests.get(name), contentTrace(after, stored))) {
				note(changes, known == 0 ? Change.ADDED : Change.CHANGED, file);
			}
		});
		visit(older, (file, _) -> {
			if (after.get(name(before, file)) == 0) {
				note(changes, Change.REMOVED, file);
			}
		});
		return List.copyOf(changes.values());
	}

	/** Hears of a file, and of how it is stored as far as that is known. */
	@FunctionalInterface
	private interface StoredVisitor {
		void visit(ContentFile file, StoredContent stored) throws IOException;
	}

	private void visit(OpenedBackup backup, StoredVisitor visitor) throws IOException {
		if (backup instanceof OpenedContent content && content.backupFiles() instanceof Backup files) {
			files.forEach(FileFilter.ALL, file -> {
				monitor.throwIfCancelled();
				if (file.kind() == BackupFile.Kind.FILE) {
					visitor.visit(new ContentFile(file.domain(), file.path(), file.sizeBytes(), file.modified()),
							file.content());
				}
				return true;
			});
			return;
		}
		backup.content().forEach(null, null, file -> {
			monitor.throwIfCancelled();
			visitor.visit(file, StoredContent.PLAIN);
			return true;
		});
	}

	/**
	 * What is stored, in one number: the upper half tells by which key, the lower what. Digests are of stored bytes, and
	 * the same content looks different under another key.
	 */
	private static long contentTrace(Traces traces, StoredContent stored) {
		return traces.of(stored.wrappedKey()) << 32 | traces.of(stored.digest()) & 0xFFFF_FFFFL;
	}

	private static boolean differs(long before, long after) {
		return before != 0 && before >>> 32 == after >>> 32 && before != after;
	}

	private static long name(Traces traces, ContentFile file) {
		return traces.of(List.of(file.domain(), file.path()));
	}

	private static long likeness(Traces traces, ContentFile file) {
		return traces.of(List.of(Long.valueOf(file.sizeBytes()), file.modified()));
	}

	private static void note(Map<String, DomainChange> changes, Change change, ContentFile file) {
		DomainChange known = changes.getOrDefault(file.domain(),
				new DomainChange(file.domain(), Amount.NONE, Amount.NONE, Amount.NONE));
		changes.put(file.domain(), switch (change) {
			case ADDED -> new DomainChange(known.domain(), known.added().plus(file.sizeBytes()), known.changed(),
					known.removed());
			case CHANGED -> new DomainChange(known.domain(), known.added(), known.changed().plus(file.sizeBytes()),
					known.removed());
			case REMOVED -> new DomainChange(known.domain(), known.added(), known.changed(),
					known.removed().plus(file.sizeBytes()));
		});
	}

	private DataSetChange records(DataSet dataSet) throws IOException {
		long[] counts = new long[Change.values().length];
		if (isAbsent(older, dataSet) && isAbsent(newer, dataSet)) {
			return change(dataSet, 0, 0, counts, null);
		}
		try {
			Traces[] both = visit(dataSet, (change, _) -> {
				counts[change.ordinal()]++;
				return true;
			});
			return change(dataSet, both[0].size(), both[1].size(), counts, null);
		} catch (CancelledException e) {
			throw e;
		} catch (IOException e) {
			monitor.throwIfCancelled();
			return change(dataSet, count(older, dataSet), count(newer, dataSet), new long[counts.length],
					Author.sentence(e));
		}
	}

	private boolean isAbsent(OpenedBackup backup, DataSet dataSet) throws IOException {
		return backup.survey(dataSet, monitor).presence() == Survey.Presence.ABSENT;
	}

	private long count(OpenedBackup backup, DataSet dataSet) throws IOException {
		Survey survey = backup.survey(dataSet, monitor);
		return survey.presence() == Survey.Presence.PRESENT ? survey.count() : 0;
	}

	private static DataSetChange change(DataSet dataSet, long before, long after, long[] counts,
			@Nullable String trouble) {
		return new DataSetChange(dataSet.id(), dataSet.title(), before, after, counts[Change.ADDED.ordinal()],
				counts[Change.CHANGED.ordinal()], counts[Change.REMOVED.ordinal()], trouble);
	}

	/** Visits the records that differ: those added or changed in the order of the newer version, then those removed. */
	public void records(DataSet dataSet, Comparison.RecordVisitor visitor) throws IOException {
		monitor.report(new JobEvent.Phase("comparing-data", Texts.of("phase.comparing-data", dataSet.title())));
		visit(dataSet, visitor);
	}

	private Traces[] visit(DataSet dataSet, Comparison.RecordVisitor visitor) throws IOException {
		Traces before = new Traces();
		older.read(dataSet, Selection.ALL, entry -> {
			before.put(before.of(entry.key()), likeness(before, entry));
			return true;
		}, monitor);
		Traces after = new Traces();
		boolean[] more = { true };
		newer.read(dataSet, Selection.ALL, entry -> {
			long key = after.of(entry.key());
			long likeness = likeness(after, entry);
			after.put(key, likeness);
			long known = before.get(key);
			if (known != likeness) {
				more[0] = visitor.visit(known == 0 ? Change.ADDED : Change.CHANGED, entry);
			}
			return more[0];
		}, monitor);
		if (more[0]) {
			older.read(dataSet, Selection.ALL,
					entry -> after.get(before.of(entry.key())) != 0 || visitor.visit(Change.REMOVED, entry), monitor);
		}
		return new Traces[] { before, after };
	}

	private static long likeness(Traces traces, DataRecord entry) {
		return traces.of(RecordValues.of(entry));
	}
}
