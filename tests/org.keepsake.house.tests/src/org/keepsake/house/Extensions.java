// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a bundle offers to others as extension points, and what it contributes to them. */
final class Extensions {

	private static final List<String> SECTIONS = List.of("since", "examples", "apiinfo", "implementation");
	private static final Pattern TEMPLATE = Pattern.compile("\\[Enter|TODO|FIXME|Lorem ipsum|description of this",
			Pattern.CASE_INSENSITIVE);
	private static final Pattern OUR_CLASS = Pattern.compile("org\\.keepsake(\\.[a-z][a-z0-9]*)+\\.[A-Z][\\w$]*");
	private static final int SHORTEST_SENTENCE = 12;
	private static final int SHORTEST_SECTION = 40;

	private Extensions() {
	}

	static List<String> violations(Room room) throws IOException {
		List<String> found = new ArrayList<>();
		List<Path> schemas = Room.files(room.folder().resolve("schema"), ".exsd");
		for (Path schema : schemas) {
			found.addAll(schema(room, schema));
		}
		Path plugin = room.folder().resolve("plugin.xml");
		if (Files.isRegularFile(plugin)) {
			found.addAll(plugin(room, plugin));
		}
		for (String file : List.of("Application.e4xmi", "fragment.e4xmi")) {
			Path model = room.folder().resolve(file);
			if (Files.isRegularFile(model)) {
				found.addAll(classes(room, model));
			}
		}
		found.addAll(shipped(room));
		return found;
	}

	private static List<String> plugin(Room room, Path plugin) throws IOException {
		List<String> found = new ArrayList<>(classes(room, plugin));
		Properties texts = texts(room);
		for (Element element : elements(parse(plugin), "*")) {
			for (int i = 0; i < element.getAttributes().getLength(); i++) {
				String value = element.getAttributes().item(i).getNodeValue();
				if (value.startsWith("%") && !texts.containsKey(value.substring(1))) {
					found.add(room.name() + ": plugin.xml names the text " + value + ", which is nowhere");
				}
			}
			if (element.getTagName().equals("extension-point")) {
				String schema = element.getAttribute("schema");
				if (schema.isEmpty() || !Files.isRegularFile(room.folder().resolve(schema))) {
					found.add(room.name() + ": the extension point " + element.getAttribute("id") + " has no schema");
				}
			}
		}
		return found;
	}

	private static Properties texts(Room room) throws IOException {
		Properties texts = new Properties();
		String base = room.header("Bundle-Localization");
		Path file = room.folder().resolve((base.isEmpty() ? "OSGI-INF/l10n/bundle" : base) + ".properties");
		if (Files.isRegularFile(file)) {
			try (InputStream in = Files.newInputStream(file)) {
				texts.load(in);
			}
		}
		return texts;
	}

	/** Every class of ours that a file names is in this bundle's sources. */
	private static List<String> classes(Room room, Path file) throws IOException {
		List<String> found = new ArrayList<>();
		for (Element element : elements(parse(file), "*")) {
			for (int i = 0; i < element.getAttributes().getLength(); i++) {
				Matcher names = OUR_CLASS.matcher(element.getAttributes().item(i).getNodeValue());
				while (names.find()) {
					if (!room.declares(names.group())) {
						found.add(room.name() + ": " + file.getFileName() + " names the class " + names.group()
								+ ", which is not in its sources");
					}
				}
			}
		}
		return found;
	}

	private static List<String> schema(Room room, Path schema) throws IOException {
		List<String> found = new ArrayList<>();
		String where = room.name() + ": " + schema.getFileName();
		Document document = parse(schema);
		List<Element> meta = elements(document, "meta.schema");
		String id = schema.getFileName().toString().replace(".exsd", "");
		if (meta.size() != 1 || !meta.get(0).getAttribute("plugin").equals(room.name())
				|| !meta.get(0).getAttribute("id").equals(id)) {
			found.add(where + " does not say whose it is: plugin " + room.name() + ", id " + id);
		}
		for (String section : SECTIONS) {
			if (elements(document, "meta.section").stream().noneMatch(e -> e.getAttribute("type").equals(section))) {
				found.add(where + " lacks the section " + section);
			}
		}
		for (Element documentation : elements(document, "documentation")) {
			found.addAll(documentation(where, documentation));
		}
		for (Element attribute : elements(document, "attribute")) {
			if (elements(attribute, "documentation").isEmpty()) {
				found.add(where + " does not describe the attribute " + attribute.getAttribute("name"));
			}
		}
		for (Element attribute : elements(document, "meta.attribute")) {
			if (attribute.getAttribute("kind").equals("java") && attribute.getAttribute("basedOn").isEmpty()) {
				found.add(where + " has a class without basedOn");
			}
		}
		return found;
	}

	private static List<String> documentation(String where, Element documentation) {
		String text = documentation.getTextContent().strip();
		Element annotation = (Element) documentation.getParentNode();
		boolean section = annotation.getParentNode().getNodeName().endsWith("schema");
		boolean since = elements(annotation, "meta.section").stream()
				.anyMatch(e -> e.getAttribute("type").equals("since"));
		int shortest = since ? 1 : section ? SHORTEST_SECTION : SHORTEST_SENTENCE;
		if (text.length() < shortest || TEMPLATE.matcher(text).find()) {
			return List.of(where + " has an empty or unfilled text: \"" + text + "\"");
		}
		return List.of();
	}

	/** What the manifest and others refer to must be in the jar as well. */
	private static List<String> shipped(Room room) throws IOException {
		List<String> found = new ArrayList<>();
		Properties build = new Properties();
		Path file = room.folder().resolve("build.properties");
		if (Files.isRegularFile(file)) {
			try (InputStream in = Files.newInputStream(file)) {
				build.load(in);
			}
		}
		List<String> included = List.of(build.getProperty("bin.includes", "").split("\\s*,\\s*"));
		for (String part : List.of("plugin.xml", "schema/", "OSGI-INF/", "Application.e4xmi", "css/", "icons/")) {
			Path path = room.folder().resolve(part);
			boolean there = part.endsWith("/") ? !Room.files(path, "").isEmpty() : Files.isRegularFile(path);
			if (there && included.stream().noneMatch(part::startsWith)
					&& included.stream().noneMatch(one -> one.startsWith(part))) {
				found.add(room.name() + ": " + part + " is not in bin.includes");
			}
		}
		return found;
	}

	/** The classes that the elements of that name contribute. */
	static List<String> contributed(Room room, String element) throws IOException {
		Path plugin = room.folder().resolve("plugin.xml");
		return Files.isRegularFile(plugin)
				? elements(parse(plugin), element).stream().map(one -> one.getAttribute("class")).toList()
				: List.of();
	}

	private static Document parse(Path file) throws IOException {
		try {
			return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
		} catch (SAXException | ParserConfigurationException e) {
			throw new IOException(file + " is not XML", e);
		}
	}

	private static List<Element> elements(Node below, String name) {
		NodeList nodes = below instanceof Document document ? document.getElementsByTagName(name)
				: ((Element) below).getElementsByTagName(name);
		return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
	}
}
