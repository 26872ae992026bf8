// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.house;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page of all problems, made of the texts in the bundles, and the codes that the sources declare. */
final class ProblemPage {

	private static final Pattern DECLARED = Pattern
			.compile("(?:ProblemType\\.of\\(\\s*\\w+\\.class,|\\btype\\()\\s*\"([a-z0-9.-]+)\"");
	/** A place that is filled when the problem is told, with its format, which may nest once. */
	private static final Pattern PLACE = Pattern.compile("\\{\\d(?:[^{}]|\\{[^{}]*\\})*\\}");

	private ProblemPage() {
	}

	/** All texts of all bundles: {@code <code>.title}, {@code .cause}, {@code .remedy}. */
	static Map<String, String> texts(Path root) throws IOException {
		Map<String, String> texts = new TreeMap<>();
		for (Path file : sources(root, "problems.properties")) {
			Properties properties = new Properties();
			try (Reader reader = Files.newBufferedReader(file)) {
				properties.load(reader);
			}
			properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
		}
		return texts;
	}

	/** All codes that sources declare. */
	static List<String> declared(Path root) throws IOException {
		List<String> codes = new ArrayList<>();
		for (Path file : sources(root, ".java")) {
			Matcher matcher = DECLARED.matcher(Files.readString(file));
			while (matcher.find()) {
				codes.add(matcher.group(1));
			}
		}
		return codes.stream().distinct().sorted().toList();
	}

	/** The page as it should be. */
	static String page(Path root) throws IOException {
		Map<String, String> texts = texts(root);
		StringBuilder page = new StringBuilder(
				"""
						# Problems

						Every problem a person can be told, by its stable code, with what the program says. Made from the texts in the
						bundles; a test fails when this page is not what they say.
						""");
		for (String key : texts.keySet()) {
			if (key.endsWith(".title")) {
				String code = key.substring(0, key.length() - ".title".length());
				page.append("\n## ").append(code).append("\n\n**").append(text(texts, key)).append(".**\n");
				if (texts.containsKey(code + ".cause")) {
					page.append('\n').append(text(texts, code + ".cause")).append('\n');
				}
				page.append("\n*What to do:* ").append(text(texts, code + ".remedy")).append('\n');
			}
		}
		return page.toString();
	}

	private static String text(Map<String, String> texts, String key) {
		return PLACE.matcher(texts.getOrDefault(key, "")).replaceAll("…").replace("''", "'").strip();
	}

	private static List<Path> sources(Path root, String ending) throws IOException {
		try (Stream<Path> files = Files.walk(root.resolve("bundles"))) {
			return files.filter(path -> path.toString().endsWith(ending) && path.toString().contains("/src/")).sorted()
					.toList();
		}
	}
}
