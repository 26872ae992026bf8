// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What every bundle's manifest, package and source has to say. */
final class Manifests {

	private static final Set<String> MAY_REQUIRE_BUNDLES = Set.of("org.keepsake.ui");
	private static final List<String> HEADER = List.of("// SPDX-FileCopyrightText: The Keepsake contributors",
			"// SPDX-License-Identifier: EPL-2.0");

	private Manifests() {
	}

	static List<String> violations(Room room) throws IOException {
		List<String> found = new ArrayList<>();
		String name = room.name();
		if (!room.symbolicName().equals(name)) {
			found.add(name + ": the symbolic name is " + room.symbolicName());
		}
		if (!room.header("Bundle-RequiredExecutionEnvironment").equals("JavaSE-25")) {
			found.add(name + ": does not require JavaSE-25");
		}
		if (!room.header("Automatic-Module-Name").equals(name)) {
			found.add(name + ": Automatic-Module-Name is not the symbolic name");
		}
		if (!room.header("Bundle-Activator").isEmpty()) {
			found.add(name + ": has an activator");
		}
		if (!room.header("Require-Bundle").isEmpty() && !MAY_REQUIRE_BUNDLES.contains(name)) {
			found.add(name + ": requires bundles; import packages");
		}
		found.addAll(ranges(room));
		found.addAll(exports(room));
		found.addAll(packages(room));
		for (Path source : room.sources()) {
			found.addAll(source(room, source));
		}
		return found;
	}

	private static List<String> ranges(Room room) {
		List<String> found = new ArrayList<>();
		room.clauses("Import-Package").forEach((imported, attributes) -> {
			if (imported.startsWith("org.keepsake.") && !attributes.matches(".*version=\"\\[[\\d.]+,[\\d.]+\\)\".*")) {
				found.add(room.name() + ": imports " + imported + " without a range of versions");
			}
		});
		room.clauses("Require-Bundle").forEach((required, attributes) -> {
			if (!attributes.contains("bundle-version=\"[")) {
				found.add(room.name() + ": requires " + required + " without a range of versions");
			}
			if (attributes.contains("reexport")) {
				found.add(room.name() + ": re-exports " + required);
			}
		});
		return found;
	}

	private static List<String> exports(Room room) {
		List<String> found = new ArrayList<>();
		room.clauses("Export-Package").forEach((exported, attributes) -> {
			if ((exported + ".").contains(".internal.")) {
				found.add(room.name() + ": exports the internal package " + exported);
			}
			if (!attributes.matches("(.*;)?\\s*version=\"?\\d+\\.\\d+\\.\\d+\"?.*")) {
				found.add(room.name() + ": exports " + exported + " without a version");
			}
			if (attributes.contains("x-internal") || attributes.contains("x-friends")) {
				found.add(room.name() + ": exports " + exported + " to some only");
			}
			if (!room.packages().contains(exported)) {
				found.add(room.name() + ": exports " + exported + ", which has no source");
			}
		});
		return found;
	}

	private static List<String> packages(Room room) throws IOException {
		List<String> found = new ArrayList<>();
		for (String inside : room.packages()) {
			if (!(inside + ".").startsWith(room.name() + ".")) {
				found.add(room.name() + ": the package " + inside + " does not begin with the bundle's name");
			}
			if (!(inside + ".").contains(".internal.") && !room.clauses("Export-Package").containsKey(inside)) {
				found.add(room.name() + ": the package " + inside + " is neither exported nor internal");
			}
			Path info = room.folder().resolve("src").resolve(inside.replace('.', '/')).resolve("package-info.java");
			if (!Files.isRegularFile(info)) {
				found.add(room.name() + ": the package " + inside + " has no package-info");
			} else if (!Files.readString(info).contains("@NonNullByDefault")) {
				found.add(room.name() + ": the package " + inside + " is not @NonNullByDefault");
			}
		}
		return found;
	}

	static List<String> source(Room room, Path source) throws IOException {
		List<String> found = new ArrayList<>();
		List<String> lines = Files.readAllLines(source);
		String where = room.name() + ": " + source.getFileName();
		if (lines.size() < 2 || !lines.subList(0, 2).equals(HEADER)) {
			found.add(where + " does not begin with the licence's two lines");
		}
		if (lines.stream().anyMatch(line -> line.matches("import .*\\.\\*;"))) {
			found.add(where + " has a star import");
		}
		return found;
	}
}
