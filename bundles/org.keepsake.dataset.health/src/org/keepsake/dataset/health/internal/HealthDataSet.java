// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.health.HealthSample;

/** Samples of Health: workouts, quantities and categories; what was deleted is left out. Encrypted backups only. */
public final class HealthDataSet implements DataSet {

	@Override
	public String id() {
		return "health";
	}

	@Override
	public String title() {
		return Texts.text("health.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return HealthSample.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(HealthDatabase.DOMAIN, HealthDatabase.PATH),
				Source.database(HealthDatabase.DOMAIN, HealthSources.PATH));
	}

	/** Counts by theme: there are hundreds of types. */
	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		try (HealthDatabase database = HealthDatabase.open(content)) {
			if (database == null) {
				return Survey.absent(content.summary().encrypted() ? "" : Texts.text("health.absent"));
			}
			Tables tables = database.tables();
			Map<String, Long> parts = new TreeMap<>();
			Span span = new Span();
			tables.query("SELECT s.data_type AS type, COUNT(*) AS number, MIN(NULLIF(s.start_date, 0)) AS low,"
					+ " MAX(NULLIF(s.start_date, 0)) AS high FROM " + database.samples() + " GROUP BY s.data_type",
					List.of(), row -> {
						monitor.throwIfCancelled();
						parts.merge(HealthTypes.theme(HealthTypes.type(row.integer("type"))), row.integer("number"),
								Long::sum);
						span.include(row.cocoa("low"));
						span.include(row.cocoa("high"));
						return true;
					});
			long count = parts.values().stream().mapToLong(Long::longValue).sum();
			return Survey.present(count, span.first(), span.last()).withParts(parts);
		} catch (ProblemException e) {
			if (!e.is(DataProblems.UNREADABLE)) {
				throw e;
			}
			return Survey.unreadable(e.problem().title() + ". " + e.problem().cause());
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		try (HealthDatabase database = HealthDatabase.open(content)) {
			if (database == null) {
				return;
			}
			try (HealthReader reader = new HealthReader(content, database)) {
				database.tables().query(database.select(), List.of(), row -> {
					monitor.throwIfCancelled();
					return visitor.visit(reader.sample(row));
				});
			}
		}
	}
}
