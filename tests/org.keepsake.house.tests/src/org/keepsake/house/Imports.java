// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source uses, its manifest imports. The compiler sees every package of the JDK; in the framework a package such
 * as {@code javax.crypto} is there only for the bundle that imports it, and is missed when the code runs, not before.
 */
final class Imports {

	private static final Pattern IMPORT = Pattern
			.compile("^import (?:static )?((?:[a-z_][\\w]*\\.)+)[A-Z]", Pattern.MULTILINE);
	private static final Pattern SPELLED_OUT = Pattern
			.compile("(?<![\\w.\"#@])((?:javax|org\\.w3c|org\\.xml|org\\.ietf|com\\.sun)\\.(?:[a-z_]\\w*\\.)*)[A-Z]");

	private Imports() {
	}

	/** @param host the bundle that a fragment belongs to, whose imports are the fragment's too; else the room itself */
	static List<String> violations(Room room, Room host) throws IOException {
		Set<String> visible = new TreeSet<>(room.clauses("Import-Package").keySet());
		visible.addAll(host.clauses("Import-Package").keySet());
		visible.addAll(room.packages());
		visible.addAll(host.packages());
		boolean requires = !room.clauses("Require-Bundle").isEmpty() || !host.clauses("Require-Bundle").isEmpty();
		Set<String> missing = new TreeSet<>();
		for (Path source : room.sources()) {
			String text = Files.readString(source);
			for (Pattern pattern : List.of(IMPORT, SPELLED_OUT)) {
				Matcher matcher = pattern.matcher(text);
				while (matcher.find()) {
					String used = matcher.group(1).substring(0, matcher.group(1).length() - 1);
					if (!used.startsWith("java.") && !visible.contains(used) && !(requires && mayBeRequired(used))) {
						missing.add(used);
					}
				}
			}
		}
		List<String> found = new ArrayList<>();
		missing.forEach(used -> found.add(room.name() + ": uses " + used + " without importing it"));
		return found;
	}

	/** A required bundle brings packages of its own; those of the JDK and ours are imported all the same. */
	private static boolean mayBeRequired(String used) {
		return used.startsWith("org.eclipse.") || used.startsWith("org.osgi.") || used.startsWith("jakarta.");
	}
}
