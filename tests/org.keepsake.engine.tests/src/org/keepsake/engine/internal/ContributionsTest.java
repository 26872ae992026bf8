// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IContributor;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.junit.jupiter.api.Test;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.TransportFactory;

/** What bundles contribute, the broken ones among them. */
class ContributionsTest {

	private static final TransportFactory.Context CONTEXT = new TransportFactory.Context(Path.of("home"), Map.of());

	/** Makes what an extension's class attribute names. */
	private interface Maker {
		Object make() throws CoreException;
	}

	private static IConfigurationElement element(String name, Maker maker) {
		return (IConfigurationElement) Proxy.newProxyInstance(ContributionsTest.class.getClassLoader(),
				new Class<?>[] { IConfigurationElement.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "getName" -> name;
					case "getAttribute" -> "an-id";
					case "createExecutableExtension" -> maker.make();
					case "getContributor" -> (IContributor) () -> "some.bundle";
					default -> throw new AssertionError(method);
				});
	}

	private static Contributions contributions(String point, IConfigurationElement... elements) {
		IExtensionRegistry registry = (IExtensionRegistry) Proxy.newProxyInstance(
				ContributionsTest.class.getClassLoader(), new Class<?>[] { IExtensionRegistry.class },
				(proxy, method, arguments) -> {
					assertEquals("getConfigurationElementsFor", method.getName());
					return "[org.keepsake.core, %s]".formatted(point).equals(Arrays.toString(arguments)) ? elements
							: new IConfigurationElement[0];
				});
		return new Contributions(registry);
	}

	@Test
	void withoutARegistryThereIsNothing() {
		assertTrue(new Contributions(null).transports(CONTEXT).isEmpty());
		assertTrue(new Contributions(null).targets().isEmpty());
	}

	@Test
	void brokenContributionsAreLeftOut() {
		TransportFactory good = context -> (org.keepsake.core.transport.Transport) Proxy.newProxyInstance(
				ContributionsTest.class.getClassLoader(),
				new Class<?>[] { org.keepsake.core.transport.Transport.class }, (proxy, method, arguments) -> null);
		TransportFactory failing = context -> {
			throw new IllegalStateException("no library");
		};
		Contributions contributions = contributions("transports", element("transport", () -> {
			throw new CoreException(new Status(IStatus.ERROR, "some.bundle", "no such class"));
		}), element("transport", () -> "not a factory"), element("other", () -> good), element("transport", () -> {
			throw new NoClassDefFoundError("missing");
		}), element("transport", () -> failing), element("transport", () -> good));
		assertEquals(1, contributions.transports(CONTEXT).size());
	}

	@Test
	void factoriesOfTargetsAreInTheRegistrysOrder() {
		TargetFactory first = new Named();
		TargetFactory second = new Named();
		assertEquals(java.util.List.of(first, second),
				contributions("targets", element("target", () -> first), element("target", () -> second)).targets());
	}

	@Test
	void dataSetsHaveNamesOfTheirOwn() {
		DataSet first = dataSet("messages");
		DataSet other = dataSet("calls");
		assertEquals(java.util.List.of(first, other),
				contributions("datasets", element("dataset", () -> first), element("dataset", () -> other),
						element("dataset", () -> dataSet("messages")), element("dataset", () -> "no data set"),
						element("dataset", () -> dataSet(null))).dataSets());
		assertTrue(new Contributions(null).dataSets().isEmpty());
	}

	@Test
	void exportersAndDrillsAreInTheRegistrysOrder() {
		Exporter first = proxy(Exporter.class, method -> null);
		Exporter second = proxy(Exporter.class, method -> null);
		assertEquals(java.util.List.of(first, second), contributions("exporters", element("exporter", () -> first),
				element("exporter", () -> second), element("other", () -> first)).exporters());
		DrillDeviceFactory drill = wish -> {
			throw new AssertionError();
		};
		assertEquals(java.util.List.of(drill), contributions("drills", element("drill", () -> {
			throw new NoClassDefFoundError("missing");
		}), element("drill", () -> drill)).drills());
	}

	/** @param id null for an author that cannot even tell it */
	private static DataSet dataSet(String id) {
		return proxy(DataSet.class, method -> {
			if (id == null) {
				throw new IllegalStateException("careless");
			}
			return id;
		});
	}

	private static <T> T proxy(Class<T> type, java.util.function.Function<String, Object> answers) {
		return type.cast(Proxy.newProxyInstance(ContributionsTest.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> Boolean.valueOf(proxy == arguments[0]);
					case "hashCode" -> Integer.valueOf(System.identityHashCode(proxy));
					case "toString" -> type.getSimpleName();
					default -> answers.apply(method.getName());
				}));
	}

	private static final class Named implements TargetFactory {
		@Override
		public boolean accepts(String location) {
			return false;
		}

		@Override
		public String defaultLocation() {
			return null;
		}

		@Override
		public BackupTarget open(String location, Context context) {
			throw new AssertionError();
		}
	}
}
