// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;

/** The notes of the app Notes: those of iOS 9 and newer, and those of before, which a newer device can have as well. */
public final class NotesDataSet implements DataSet {

	@Override
	public String id() {
		return "notes";
	}

	@Override
	public String title() {
		return "Notes";
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return Note.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(NoteStore.DOMAIN, NoteStore.PATH),
				Source.database(OldNotes.DOMAIN, OldNotes.PATH), Source.files(NoteStore.DOMAIN, "Accounts/**"),
				Source.files(NoteStore.DOMAIN, "Media/**"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		Survey now = surveyNew(content);
		monitor.throwIfCancelled();
		return together(now, surveyOld(content));
	}

	private static Survey surveyNew(BackupContent content) throws IOException {
		try (@Nullable
		NoteStore store = NoteStore.open(content)) {
			return store == null ? Survey.absent("") : store.survey();
		} catch (ProblemException e) {
			return unreadable(e);
		}
	}

	private static Survey surveyOld(BackupContent content) throws IOException {
		try (@Nullable
		OldNotes store = OldNotes.open(content)) {
			return store == null ? Survey.absent("") : store.survey();
		} catch (ProblemException e) {
			return unreadable(e);
		}
	}

	private static Survey unreadable(ProblemException e) {
		return Survey.unreadable(e.problem().title() + ": " + e.problem().cause());
	}

	private static Survey together(Survey one, Survey other) {
		List<String> remarks = new ArrayList<>(one.remarks());
		remarks.addAll(other.remarks());
		if (one.presence() == Presence.PRESENT || other.presence() == Presence.PRESENT) {
			return Survey.present(one.count() + other.count(), earlier(one.first(), other.first()),
					later(one.last(), other.last())).withRemarks(remarks);
		}
		return (one.presence() == Presence.UNREADABLE ? one : other).withRemarks(remarks);
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		return one == null ? other : other == null || one.isBefore(other) ? one : other;
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		return one == null ? other : other == null || one.isAfter(other) ? one : other;
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		boolean[] more = { true };
		@Nullable
		ProblemException damage = null;
		try (@Nullable
		NoteStore store = NoteStore.open(content)) {
			if (store != null) {
				store.read(entry -> {
					// Who receives them and fails is not called again.
					more[0] = false;
					more[0] = visitor.visit(entry);
					return more[0];
				}, monitor);
			}
		} catch (ProblemException e) {
			// The other database may be sound.
			damage = e;
		}
		try (@Nullable
		OldNotes store = more[0] ? OldNotes.open(content) : null) {
			if (store != null) {
				store.read(visitor, monitor);
			}
		}
		if (damage != null) {
			throw damage;
		}
	}
}
