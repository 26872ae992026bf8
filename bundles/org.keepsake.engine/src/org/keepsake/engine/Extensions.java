// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;

import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;

/**
 * What bundles contribute besides transports and targets, for embedders without an extension registry.
 *
 * @param dataSets   the data sets; no two with the same identifier
 * @param exporters  the formats
 * @param drills     devices to rehearse restores on; the first is used
 * @param storages   the kinds of stores for repositories
 * @param previewers show pictures of formats that few programs read; the first that accepts one is used
 * @param transports makes transports anew, such as for a device to rehearse on, which only they can reach
 */
public record Extensions(List<DataSet> dataSets, List<Exporter> exporters, List<DrillDeviceFactory> drills,
		Storages storages, List<PicturePreviewer> previewers, Transports transports) {

	/** Nothing. */
	public static final Extensions NONE = new Extensions(List.of(), List.of(), List.of(), Storages.NONE,
			context -> List.of());

	/** Without previewers. */
	public Extensions(List<DataSet> dataSets, List<Exporter> exporters, List<DrillDeviceFactory> drills,
			Storages storages, Transports transports) {
		this(dataSets, exporters, drills, storages, List.of(), transports);
	}

	/** Copies the lists. */
	public Extensions {
		dataSets = List.copyOf(dataSets);
		exporters = List.copyOf(exporters);
		drills = List.copyOf(drills);
		previewers = List.copyOf(previewers);
	}

	/** Makes a transport of each kind. */
	@FunctionalInterface
	public interface Transports {
		/** Makes them; the caller closes them. */
		List<Transport> make(TransportFactory.Context context);
	}
}
