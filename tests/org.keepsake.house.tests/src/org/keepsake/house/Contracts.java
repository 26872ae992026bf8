// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what is contributed to an extension point is held to the contract of the point. */
final class Contracts {

	private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

	private Contracts() {
	}

	/**
	 * Those of the contributed classes of a type, such as {@code Exporter}, that no test holds to the contract of the type:
	 * one that extends {@code ExporterContract}, itself or through another test, and whose method {@code exporter} makes the
	 * class.
	 */
	static List<String> untested(Path bundles, Path tests, String type) throws IOException {
		String contract = type + "Contract";
		String method = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
		Pattern made = Pattern.compile("protected " + type + ' ' + method + "\\(\\) \\{\\s*return new ([\\w.]+)\\(");
		Set<String> held = new TreeSet<>();
		for (Room room : Room.in(tests)) {
			for (Path source : room.sources()) {
				String text = Files.readString(source);
				Matcher in = PACKAGE.matcher(text);
				if (in.find() && text.matches("(?s).* extends (" + contract + "|\\w+Test)\\b.*")) {
					Matcher matcher = made.matcher(text);
					while (matcher.find()) {
						held.add(in.group(1) + '.' + matcher.group(1).replace('.', '$'));
					}
				}
			}
		}
		List<String> found = new ArrayList<>();
		for (Room room : Room.in(bundles)) {
			for (String contributed : Extensions.contributed(room, type.toLowerCase(Locale.ROOT))) {
				if (!held.contains(contributed)) {
					found.add(room.name() + ": no test holds " + contributed + " to the " + contract);
				}
			}
		}
		return found;
	}
}
