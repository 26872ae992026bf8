// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A house of two or three rooms in a folder of its own, in order until a test breaks it. */
final class SmallHouse {

	private static final String LICENCE = """
			// SPDX-FileCopyrightText: The Keepsake contributors
			// SPDX-License-Identifier: EPL-2.0
			""";

	private final Path bundles;

	SmallHouse(Path bundles) {
		this.bundles = bundles;
	}

	/** Adds a room that exports the package of its own name; {@code more} are further lines of its manifest. */
	Path room(String name, String... more) throws IOException {
		String symbolicName = "org.keepsake." + name;
		write(symbolicName + "/META-INF/MANIFEST.MF", """
				Manifest-Version: 1.0
				Bundle-ManifestVersion: 2
				Bundle-SymbolicName: %1$s
				Bundle-Version: 0.1.0.qualifier
				Bundle-RequiredExecutionEnvironment: JavaSE-25
				Automatic-Module-Name: %1$s
				Export-Package: %1$s;version="0.1.0"
				%2$s
				""".formatted(symbolicName, String.join("\n", more)).strip() + "\n");
		write(symbolicName + "/build.properties", "bin.includes = META-INF/,.,plugin.xml,schema/\n");
		packageInfo(symbolicName, symbolicName);
		return bundles.resolve(symbolicName);
	}

	void packageInfo(String bundle, String packageName) throws IOException {
		write(bundle + "/src/" + packageName.replace('.', '/') + "/package-info.java",
				LICENCE + "@NonNullByDefault\npackage " + packageName + ";\n");
	}

	void write(String file, String content) throws IOException {
		Path path = bundles.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

	/** Replaces words in a file; they must be there. */
	void change(String file, String from, String to) throws IOException {
		String content = Files.readString(bundles.resolve(file));
		if (!content.contains(from)) {
			throw new IOException(file + " does not contain " + from);
		}
		write(file, content.replace(from, to));
	}

	List<String> violations() throws IOException {
		return HouseRules.violations(bundles);
	}
}
