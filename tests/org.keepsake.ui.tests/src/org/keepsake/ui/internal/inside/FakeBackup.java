// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;

/** An open backup of which nothing but its records is asked for. */
class FakeBackup implements OpenedBackup {

	@Override
	public KeptBackup backup() {
		throw new AssertionError();
	}

	@Override
	public BackupContent content() {
		return (BackupContent) Proxy.newProxyInstance(FakeBackup.class.getClassLoader(),
				new Class<?>[] { BackupContent.class }, (proxy, method, arguments) -> {
					throw new AssertionError(method);
				});
	}

	@Override
	public List<DataSet> dataSets() {
		return List.of();
	}

	@Override
	public DataSet dataSet(String id) {
		throw new AssertionError();
	}

	@Override
	public Survey survey(DataSet dataSet, JobMonitor monitor) {
		throw new AssertionError();
	}

	@Override
	public void read(DataSet dataSet, Selection selection, DataSet.RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		dataSet.read(content(), selection, entry -> {
			monitor.throwIfCancelled();
			return !selection.accepts(entry) || visitor.visit(entry);
		}, monitor);
	}

	@Override
	public List<Exporter> exporters(DataSet dataSet) {
		return List.of();
	}

	@Override
	public Exporter exporter(DataSet dataSet, String id) {
		throw new AssertionError();
	}

	@Override
	public ExportReport export(ExportWish wish, Path folder, JobMonitor monitor) {
		throw new AssertionError();
	}

	@Override
	public ExportReport export(ExportWish wish, OutputStream out, JobMonitor monitor) {
		throw new AssertionError();
	}

	@Override
	public SearchResult search(SearchRequest request, JobMonitor monitor) throws IOException {
		throw new IOException("Not searched");
	}

	@Override
	public void close() {
		// Nothing is open.
	}
}
