// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * One bundle's folder, as its sources have it.
 *
 * @param folder   the folder
 * @param manifest its manifest's main attributes
 */
record Room(Path folder, Attributes manifest) {

	/** The rooms in a folder of bundles, by name. */
	static List<Room> in(Path bundles) throws IOException {
		List<Room> rooms = new ArrayList<>();
		try (Stream<Path> folders = Files.list(bundles)) {
			for (Path folder : folders.sorted().toList()) {
				Path file = folder.resolve("META-INF/MANIFEST.MF");
				if (Files.isRegularFile(file)) {
					try (InputStream in = Files.newInputStream(file)) {
						rooms.add(new Room(folder, new Manifest(in).getMainAttributes()));
					}
				}
			}
		}
		return rooms;
	}

	/** The name of the folder; a rule wants it to be the symbolic name. */
	String name() {
		return folder.getFileName().toString();
	}

	String symbolicName() {
		return clauses("Bundle-SymbolicName").keySet().stream().findFirst().orElse("");
	}

	/** A header's value, empty where it is missing. */
	String header(String name) {
		String value = manifest.getValue(name);
		return value == null ? "" : value;
	}

	/** A header's clauses: what each names, and the attributes and directives behind it. */
	Map<String, String> clauses(String header) {
		Map<String, String> clauses = new LinkedHashMap<>();
		StringBuilder clause = new StringBuilder();
		boolean quoted = false;
		for (char c : (header(header) + ",").toCharArray()) {
			quoted ^= c == '"';
			if (c == ',' && !quoted) {
				String[] parts = clause.toString().strip().split(";", 2);
				if (!parts[0].isBlank()) {
					clauses.put(parts[0].strip(), parts.length > 1 ? parts[1] : "");
				}
				clause.setLength(0);
			} else {
				clause.append(c);
			}
		}
		return clauses;
	}

	/** Its Java sources. */
	List<Path> sources() {
		return files(folder.resolve("src"), ".java");
	}

	/** Whether its sources declare a class, nested ones by their outermost. */
	boolean declares(String className) {
		String file = className.replace('.', '/').replaceFirst("\\$.*", "") + ".java";
		return Files.isRegularFile(folder.resolve("src").resolve(file));
	}

	/** The packages that have sources. */
	List<String> packages() {
		Path src = folder.resolve("src");
		return sources().stream()
				.map(file -> src.relativize(file.getParent()).toString().replace('/', '.').replace('\\',
						'.'))
				.distinct().sorted().toList();
	}

	static List<Path> files(Path folder, String ending) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
