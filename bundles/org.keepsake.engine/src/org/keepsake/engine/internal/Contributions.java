// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;

/**
 * What bundles contribute to the extension points of {@code org.keepsake.core}: transports, targets, stores,
 * data sets, exporters and devices to rehearse restores on. The one place that reads the extension registry. A contribution that is broken is
 * logged with the bundle's name, and left out.
 */
public final class Contributions {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.contributions");
	private static final String POINTS = "org.keepsake.core";

	private final @Nullable IExtensionRegistry registry;

	/** @param registry null where there is none, outside OSGi */
	public Contributions(@Nullable IExtensionRegistry registry) {
		this.registry = registry;
	}

	/** Those of the running platform. */
	public static Contributions ofPlatform() {
		return new Contributions(RegistryFactory.getRegistry());
	}

	/** A transport of each contributed kind, in the registry's order. */
	public List<Transport> transports(TransportFactory.Context context) {
		List<Transport> transports = new ArrayList<>();
		for (IConfigurationElement element : elements("transports", "transport")) {
			make(element, TransportFactory.class).ifPresent(factory -> {
				try {
					transports.add(factory.create(context));
				} catch (RuntimeException | LinkageError e) {
					broken(element, e);
				}
			});
		}
		return transports;
	}

	/** A factory of each contributed kind of target, in the registry's order. */
	public List<TargetFactory> targets() {
		return all("targets", "target", TargetFactory.class);
	}

	/** The kinds of stores for repositories, in the registry's order. */
	public Storages storages() {
		return new Storages(all("storages", "storage", StorageFactory.class));
	}

	/** The data sets, in the registry's order; of several with the same identifier the first. */
	public List<DataSet> dataSets() {
		List<DataSet> dataSets = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (IConfigurationElement element : elements("datasets", "dataset")) {
			make(element, DataSet.class).ifPresent(made -> {
				try {
					if (ids.add(made.id())) {
						dataSets.add(made);
					} else {
						broken(element, new IllegalStateException("There is a data set " + made.id() + " already"));
					}
				} catch (RuntimeException | LinkageError e) {
					broken(element, e);
				}
			});
		}
		return dataSets;
	}

	/** The exporters, in the registry's order. */
	public List<Exporter> exporters() {
		return all("exporters", "exporter", Exporter.class);
	}

	/** Who starts devices to rehearse restores on, in the registry's order. */
	public List<DrillDeviceFactory> drills() {
		return all("drills", "drill", DrillDeviceFactory.class);
	}

	/** Who shows pictures of formats that few programs read, in the registry's order. */
	public List<PicturePreviewer> previewers() {
		return all("previewers", "previewer", PicturePreviewer.class);
	}

	private <T> List<T> all(String point, String name, Class<T> type) {
		List<T> all = new ArrayList<>();
		for (IConfigurationElement element : elements(point, name)) {
			make(element, type).ifPresent(all::add);
		}
		return all;
	}

	private List<IConfigurationElement> elements(String point, String name) {
		IExtensionRegistry known = registry;
		if (known == null) {
			return List.of();
		}
		List<IConfigurationElement> elements = new ArrayList<>();
		for (IConfigurationElement element : known.getConfigurationElementsFor(POINTS, point)) {
			if (name.equals(element.getName())) {
				elements.add(element);
			}
		}
		return elements;
	}

	private static <T> Optional<T> make(IConfigurationElement element, Class<T> type) {
		try {
			Object made = element.createExecutableExtension("class");
			if (type.isInstance(made)) {
				return Optional.of(type.cast(made));
			}
			broken(element, new ClassCastException("Not a " + type.getSimpleName()));
		} catch (CoreException | RuntimeException | LinkageError e) {
			broken(element, e);
		}
		return Optional.empty();
	}

	private static void broken(IConfigurationElement element, Throwable e) {
		LOG.log(System.Logger.Level.WARNING, "Contribution " + element.getAttribute("id") + " of bundle "
				+ element.getContributor().getName() + " is broken and left out", e);
	}
}
