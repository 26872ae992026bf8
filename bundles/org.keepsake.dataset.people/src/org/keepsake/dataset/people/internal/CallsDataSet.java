// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.people.Call;

/**
 * The calls: {@code CallHistory.storedata}, with what was noted before the first unlock beside it, and
 * {@code call_history.db} up to iOS 7.
 */
public final class CallsDataSet implements DataSet {

	private static final List<Source> SOURCES = List.of(
			Source.database("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
			Source.database("HomeDomain", "Library/CallHistoryDB/CallHistoryTemp.storedata"),
			Source.database("WirelessDomain", "Library/CallHistory/call_history.db"));

	@Override
	public String id() {
		return "calls";
	}

	@Override
	public String title() {
		return Texts.text("calls.title");
	}

	@Override
	public Class<Call> recordType() {
		return Call.class;
	}

	@Override
	public List<Source> sources() {
		return SOURCES;
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		long count = 0;
		DateRange range = DateRange.NONE;
		Map<String, Long> parts = new LinkedHashMap<>();
		boolean present = false;
		try {
			for (Source source : SOURCES) {
				Optional<Tables> database = Tables.open(content, source.domain(), source.path());
				if (database.isPresent()) {
					try (Tables tables = database.get()) {
						CallTable table = CallTable.of(tables);
						if (table != null) {
							present = true;
							count += table.count(parts);
							range = range.with(table.range());
						}
					}
				}
			}
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().cause());
		}
		if (!present) {
			return Survey.absent(content.summary().encrypted() ? "" : Texts.text("calls.encrypted-only"));
		}
		return Survey.present(count, range.first(), range.last()).withParts(parts);
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		People people = People.of(content);
		boolean[] more = { true };
		for (int i = 0; i < SOURCES.size() && more[0]; i++) {
			Source source = SOURCES.get(i);
			Optional<Tables> database = Tables.open(content, source.domain(), source.path());
			if (database.isPresent()) {
				try (Tables tables = database.get()) {
					CallTable table = CallTable.of(tables);
					if (table != null) {
						table.read(people, i == 1 ? "temp-" : "", call -> {
							monitor.throwIfCancelled();
							more[0] = visitor.visit(call);
							return more[0];
						});
					}
				}
			}
		}
	}
}
