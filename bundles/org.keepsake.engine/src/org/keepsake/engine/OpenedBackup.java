// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;

/**
 * What is in a kept backup, by kind: opened once, read as often as one likes. Made by {@link Keepsake#openData}; who
 * asked for it closes it, which wipes keys and deletes decrypted copies. Thread-safe; calls block.
 *
 * <p>
 * Data sets and exporters come from many authors. Whatever one of them does wrong ends as a problem of that data set,
 * is logged with its cause, and leaves the others as they are.
 */
public interface OpenedBackup extends Closeable {

	/** Which backup it is. */
	KeptBackup backup();

	/** Its files. */
	BackupContent content();

	/** All data sets that this Keepsake knows, whether or not the backup has them, ordered by name. */
	List<DataSet> dataSets();

	/** The data set of this identifier. Problem: {@link EngineProblems#DATASET_UNKNOWN}. */
	DataSet dataSet(String id) throws IOException;

	/**
	 * Counts the data set's records. What fails is an unreadable data set, with the reason as its remark; only a
	 * cancellation is thrown.
	 */
	Survey survey(DataSet dataSet, JobMonitor monitor) throws IOException;

	/**
	 * Streams the records that are wanted.
	 *
	 * @throws IOException a problem, of which {@link EngineProblems#DATASET_FAILED} is a fault of the data set itself, and
	 *                     {@link EngineProblems#DATASET_UNREADABLE} tells that its reading failed; or what the visitor
	 *                     throws, as it is
	 */
	void read(DataSet dataSet, Selection selection, DataSet.RecordVisitor visitor, JobMonitor monitor)
			throws IOException;

	/** The formats the data set can be written in, those of its own bundle first. */
	List<Exporter> exporters(DataSet dataSet);

	/** The format of this identifier. Problem: {@link EngineProblems#FORMAT_UNKNOWN}. */
	Exporter exporter(DataSet dataSet, String id) throws IOException;

	/**
	 * Writes records into a folder: nothing outside it, each file under its name only when it is whole.
	 *
	 * @param folder made if it does not exist
	 * @throws IOException a problem, such as {@link EngineProblems#OPTION_UNKNOWN} for an option that the format lacks
	 */
	ExportReport export(ExportWish wish, Path folder, JobMonitor monitor) throws IOException;

	/**
	 * Writes records as one stream.
	 *
	 * @param out stays open
	 * @throws IOException {@link EngineProblems#FORMAT_OF_FILES} if the format makes several files, another problem, or what the
	 *                     stream throws, as it is
	 */
	ExportReport export(ExportWish wish, OutputStream out, JobMonitor monitor) throws IOException;

	/**
	 * Searches all data sets, by an index that is made when it is first needed and kept for the next time; for an
	 * encrypted backup it is kept encrypted. Passwords are never in it.
	 */
	SearchResult search(SearchRequest request, JobMonitor monitor) throws IOException;

	/** Whether {@link #preview} knows the format of files of this name. */
	default boolean previews(String name) {
		return false;
	}

	/**
	 * A picture of a format that few programs read, as JPEG and perhaps smaller. What a picture can have in it is not
	 * trusted: it ends in a preview or in none.
	 *
	 * @param picture   one of this backup's files
	 * @param mostBytes of the preview
	 * @throws IOException a problem of the backup, or a cancellation
	 */
	default Preview preview(ContentFile picture, int mostBytes, JobMonitor monitor) throws IOException {
		return Preview.NONE;
	}

	/**
	 * A picture to be looked at.
	 *
	 * @param jpeg null if there is none
	 * @param hint why there is none, and what a person can do about it; empty if nothing is known
	 */
	record Preview(byte @Nullable [] jpeg, String hint) {

		/** Nothing, and nothing to be done about it. */
		public static final Preview NONE = new Preview(null, "");
	}

	/**
	 * What is to be written.
	 *
	 * @param dataSet   whose records
	 * @param exporter  in which format
	 * @param selection which of them
	 * @param options   for the exporter
	 */
	record ExportWish(DataSet dataSet, Exporter exporter, Selection selection, Map<String, String> options) {

		/** Copies the options. */
		public ExportWish {
			options = Map.copyOf(options);
		}
	}
}
