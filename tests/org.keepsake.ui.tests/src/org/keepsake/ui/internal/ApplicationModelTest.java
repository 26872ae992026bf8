// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.di.annotations.Execute;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Everything that the application model names is there. */
class ApplicationModelTest {

	private static final Path BUNDLE = Path.of(System.getProperty("keepsake.root", "../.."))
			.resolve("bundles/org.keepsake.ui");
	private static final String CLASS = "bundleclass://";

	private final List<Element> elements = elements(BUNDLE.resolve("Application.e4xmi"));

	private static List<Element> elements(Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			NodeList nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
					.getElementsByTagName("*");
			List<Element> all = new ArrayList<>();
			for (int i = 0; i < nodes.getLength(); i++) {
				all.add((Element) nodes.item(i));
			}
			return all;
		} catch (Exception e) {
			throw new IllegalStateException(file.toString(), e);
		}
	}

	private Stream<String> values(String attribute) {
		return elements.stream().map(element -> element.getAttribute(attribute)).filter(value -> !value.isEmpty());
	}

	private static Class<?> load(String uri) throws ClassNotFoundException {
		assertTrue(uri.startsWith(CLASS), uri);
		String[] path = uri.substring(CLASS.length()).split("/", 2);
		if (FrameworkUtil.getBundle(ApplicationModelTest.class) == null) {
			return Class.forName(path[1]);
		}
		Bundle bundle = Platform.getBundle(path[0]);
		assertNotNull(bundle, path[0]);
		return bundle.loadClass(path[1]);
	}

	@Test
	void everyClassIsThere() throws Exception {
		Set<String> uris = new TreeSet<>(values("contributionURI").toList());
		assertTrue(uris.size() > 10);
		for (String uri : uris) {
			assertNotNull(load(uri), uri);
		}
	}

	@Test
	void everyHandlerCanBeExecutedAndEveryCommandHasOne() throws Exception {
		Set<String> handled = new TreeSet<>();
		for (Element element : elements) {
			if (element.getTagName().equals("handlers")) {
				Class<?> handler = load(element.getAttribute("contributionURI"));
				assertTrue(Stream.of(handler.getDeclaredMethods()).map(method -> executes(method)).anyMatch(yes -> yes),
						handler.getName());
				assertTrue(handled.add(element.getAttribute("command")), handler.getName());
			}
		}
		assertEquals(handled, new TreeSet<>(ids("commands")));
	}

	private static Boolean executes(Method method) {
		return Boolean.valueOf(method.isAnnotationPresent(Execute.class));
	}

	private List<String> ids(String tag) {
		return elements.stream().filter(element -> element.getTagName().equals(tag))
				.map(element -> element.getAttribute("xmi:id")).toList();
	}

	@Test
	void everyReferenceResolvesAndEveryIdIsUnique() {
		Map<String, Element> byId = new HashMap<>();
		Set<String> stable = new TreeSet<>();
		for (Element element : elements) {
			String id = element.getAttribute("xmi:id");
			if (!id.isEmpty()) {
				assertEquals(null, byId.put(id, element), id);
				assertTrue(stable.add(element.getAttribute("elementId")), element.getAttribute("elementId"));
			}
		}
		for (String attribute : List.of("command", "selectedElement", "bindingContext", "bindingContexts")) {
			values(attribute).forEach(id -> assertTrue(byId.containsKey(id), attribute + " " + id));
		}
		values("command").forEach(id -> assertEquals("commands", byId.get(id).getTagName()));
	}

	@Test
	void everyIconAndStyleSheetIsThere() {
		Stream<String> icons = values("iconURI").map(uri -> uri.replaceFirst("platform:/plugin/org.keepsake.ui/", ""));
		Stream<String> sheets = elements(BUNDLE.resolve("plugin.xml")).stream()
				.map(element -> element.getAttribute("basestylesheeturi")).filter(uri -> !uri.isEmpty());
		List<String> files = Stream.concat(icons, sheets).toList();
		assertFalse(files.isEmpty());
		files.forEach(file -> assertTrue(Files.isRegularFile(BUNDLE.resolve(file)), file));
	}

	@Test
	void everyNamedIdIsInTheModel() throws Exception {
		Set<String> known = new TreeSet<>(values("elementId").toList());
		elements(BUNDLE.resolve("plugin.xml")).stream().filter(element -> element.getTagName().equals("theme"))
				.forEach(theme -> known.add(theme.getAttribute("id")));
		for (Field field : Ids.class.getFields()) {
			assertTrue(known.contains(field.get(null)), field.getName());
		}
	}

	@Test
	void noKeyIsBoundTwice() {
		List<String> keys = values("keySequence").toList();
		assertEquals(keys.size(), Set.copyOf(keys).size(), keys::toString);
	}
}
