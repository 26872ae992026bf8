// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The texts of the window and the sources that use them. */
class TextsTest {

	private static final Path BUNDLE = Path.of(System.getProperty("keepsake.root", "../.."))
			.resolve("bundles/org.keepsake.ui");

	@Test
	void everyFieldHasATextAndEveryTextAField() throws Exception {
		Properties texts = new Properties();
		try (InputStream in = Messages.class.getResourceAsStream("messages.properties")) {
			assertNotNull(in);
			texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
		}
		Set<String> fields = new TreeSet<>();
		for (Field field : Messages.class.getFields()) {
			if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
				fields.add(field.getName());
				String text = (String) field.get(null);
				assertFalse(text == null || text.isBlank(), field.getName() + " has no text");
				assertEquals(texts.getProperty(field.getName()), text, field.getName() + " is read as it is written");
			}
		}
		assertFalse(fields.isEmpty());
		assertEquals(fields, new TreeSet<>(texts.stringPropertyNames()));
	}

	@Test
	void everyTextIsUsed() throws Exception {
		String sources = sources();
		Set<String> unused = new TreeSet<>();
		for (Field field : Messages.class.getFields()) {
			if (!Pattern.compile("Messages\\." + field.getName() + "\\b").matcher(sources).find()) {
				unused.add(field.getName());
			}
		}
		assertEquals(Set.of(), unused);
	}

	@Test
	void modelAndPluginUseEveryTextOfTheirsAndNoOther() throws Exception {
		Properties texts = new Properties();
		try (var in = Files.newBufferedReader(BUNDLE.resolve("OSGI-INF/l10n/bundle.properties"))) {
			texts.load(in);
		}
		String users = Files.readString(BUNDLE.resolve("Application.e4xmi"))
				+ Files.readString(BUNDLE.resolve("plugin.xml"))
				+ Files.readString(BUNDLE.resolve("META-INF/MANIFEST.MF"));
		Set<String> used = new TreeSet<>();
		Matcher keys = Pattern.compile("[\"=\\s]%([A-Za-z0-9.]+)").matcher(users);
		while (keys.find()) {
			used.add(keys.group(1));
		}
		assertTrue(used.contains("app.name"));
		assertEquals(used, new TreeSet<>(texts.stringPropertyNames()));
	}

	private static String sources() throws IOException {
		StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(BUNDLE.resolve("src"))) {
			for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
				all.append(Files.readString(file));
			}
		}
		return all.toString();
	}
}
