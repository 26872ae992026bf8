// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Texts;

/** The data sets, exporters and previewers there are, and which goes with which. Immutable. */
public final class Known {

	private final List<DataSet> dataSets;
	private final List<Exporter> exporters;
	private final List<PicturePreviewer> previewers;

	/** Without previewers. */
	public Known(List<DataSet> dataSets, List<Exporter> exporters) {
		this(dataSets, exporters, List.of());
	}

	/** What was contributed; data sets have identifiers of their own. */
	public Known(List<DataSet> dataSets, List<Exporter> exporters, List<PicturePreviewer> previewers) {
		this.dataSets = dataSets.stream().sorted(Comparator.comparing(set -> set.title().toLowerCase(Locale.ROOT)))
				.toList();
		this.exporters = List.copyOf(exporters);
		this.previewers = List.copyOf(previewers);
	}

	/** By name. */
	public List<DataSet> dataSets() {
		return dataSets;
	}

	/** The one of this identifier. */
	public DataSet dataSet(String id) throws IOException {
		for (DataSet set : dataSets) {
			if (set.id().equalsIgnoreCase(id)) {
				return set;
			}
		}
		throw EngineProblems.DATASET_UNKNOWN.exception(id,
				dataSets.stream().map(DataSet::id).sorted().collect(Collectors.joining(", ")));
	}

	/** Those of the data set's own bundle first, which has a class loader of its own; of several alike the first. */
	public List<Exporter> exporters(DataSet dataSet) {
		ClassLoader own = dataSet.getClass().getClassLoader();
		List<Exporter> ordered = new ArrayList<>(exporters);
		ordered.sort(Comparator.comparing(exporter -> exporter.getClass().getClassLoader() != own));
		Map<String, Exporter> accepting = new LinkedHashMap<>();
		for (Exporter exporter : ordered) {
			if (accepts(exporter, dataSet)) {
				accepting.putIfAbsent(exporter.id(), exporter);
			}
		}
		return List.copyOf(accepting.values());
	}

	/** The one of this identifier. */
	public Exporter exporter(DataSet dataSet, String id) throws IOException {
		List<Exporter> accepting = exporters(dataSet);
		for (Exporter exporter : accepting) {
			if (exporter.id().equalsIgnoreCase(id)) {
				return exporter;
			}
		}
		throw EngineProblems.FORMAT_UNKNOWN.exception(id, dataSet.title(),
				accepting.stream().map(Exporter::id).collect(Collectors.joining(", ")));
	}

	/**
	 * The options as the format writes them. Problem: {@link EngineProblems#OPTION_UNKNOWN}, as a wish that is not heard
	 * is worse than one that is refused.
	 */
	static Map<String, String> options(DataSet dataSet, Exporter exporter, Map<String, String> wished)
			throws IOException {
		List<ExportOption> known = exporter.options(dataSet);
		Map<String, String> options = new LinkedHashMap<>();
		for (Map.Entry<String, String> wish : wished.entrySet()) {
			ExportOption option = known.stream().filter(each -> means(wish, each)).findFirst()
					.orElseThrow(() -> unknown(wish, exporter, known));
			options.put(option.name(), option.value());
		}
		return options;
	}

	private static boolean means(Map.Entry<String, String> wish, ExportOption option) {
		return option.name().equalsIgnoreCase(wish.getKey()) && option.value().equalsIgnoreCase(wish.getValue());
	}

	private static ProblemException unknown(Map.Entry<String, String> wish, Exporter exporter,
			List<ExportOption> known) {
		String told = known.stream().map(each -> each.name() + '=' + each.value()).collect(Collectors.joining(", "));
		return EngineProblems.OPTION_UNKNOWN.exception(wish.getKey() + '=' + wish.getValue(), exporter.title(),
				told.isEmpty() ? Texts.of("options.none") : Texts.of("options.known", told));
	}

	/** The first that shows files of this name; null if there is none. */
	@Nullable
	PicturePreviewer previewer(String name) {
		for (PicturePreviewer previewer : previewers) {
			try {
				if (Author.run(name, JobMonitor.NONE, () -> Boolean.valueOf(previewer.accepts(name))).booleanValue()) {
					return previewer;
				}
			} catch (IOException _) {
				// Told in the log; the next may do.
			}
		}
		return null;
	}

	private static boolean accepts(Exporter exporter, DataSet dataSet) {
		try {
			return Author.run(exporter.title(), JobMonitor.NONE, () -> Boolean.valueOf(exporter.accepts(dataSet)))
					.booleanValue();
		} catch (IOException e) {
			return false;
		}
	}
}
