// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which bundle may know which: the picture of the architecture as a table. Arrows point downwards, never sideways. */
final class Arrows {

	private static final String HOUSE = "org.keepsake.";

	/** A new bundle is written in here, by the way with a decision record of why it is one. */
	private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
			Map.entry("core", Set.of()),
			Map.entry("launcher", Set.of()),
			Map.entry("testing", Set.of("core")),
			Map.entry("ios.protocol", Set.of("core")),
			Map.entry("disk", Set.of()),
			Map.entry("ios.backup", Set.of("core", "disk")),
			Map.entry("transport.usb", Set.of("core", "ios.protocol")),
			Map.entry("target.base", Set.of()),
			Map.entry("target.local", Set.of("core", "disk", "ios.backup", "target.base")),
			Map.entry("pdf", Set.of()),
			Map.entry("dataset.base", Set.of("core", "ios.backup")),
			Map.entry("dataset.people", Set.of("core", "ios.backup", "dataset.base")),
			Map.entry("dataset.messages", Set.of("core", "ios.backup", "dataset.base", "pdf")),
			Map.entry("dataset.media", Set.of("core", "ios.backup", "dataset.base")),
			Map.entry("dataset.notes", Set.of("core", "ios.backup", "dataset.base")),
			Map.entry("dataset.organizer", Set.of("core", "ios.backup", "dataset.base")),
			Map.entry("dataset.health", Set.of("core", "ios.backup", "dataset.base")),
			Map.entry("dataset.system", Set.of("core", "ios.backup", "dataset.base")),
			// The model for third parties: nothing but what they have.
			Map.entry("dataset.whatsapp", Set.of("core", "dataset.base")),
			Map.entry("export", Set.of("core")),
			Map.entry("repository", Set.of("core", "disk")),
			Map.entry("storage.file", Set.of("core", "disk")),
			Map.entry("storage.base", Set.of("core")),
			Map.entry("storage.s3", Set.of("core", "storage.base")),
			Map.entry("storage.rest", Set.of("core", "storage.base")),
			Map.entry("storage.sftp", Set.of("core", "storage.base")),
			Map.entry("storage.smb", Set.of("core", "storage.base")),
			Map.entry("target.repository", Set.of("core", "ios.backup", "repository", "target.base")),
			Map.entry("engine", Set.of("core", "ios.protocol", "ios.backup", "repository", "pdf")),
			// The simulated iPhone must be able to disagree with the client side, so it shares nothing with it.
			Map.entry("virtual", Set.of("core")),
			Map.entry("cli", Set.of("core", "ios.protocol", "ios.backup", "repository", "engine", "virtual")),
			Map.entry("ui", Set.of("core", "ios.protocol", "ios.backup", "repository", "engine")));

	/** Libraries that belong to some rooms only. */
	private static final Map<String, Set<String>> LIBRARIES = Map.of(
			"org.eclipse.swt", Set.of("ui"),
			"org.eclipse.jface", Set.of("ui"),
			"org.eclipse.e4", Set.of("ui"),
			"org.eclipse.ui", Set.of(),
			"picocli", Set.of("cli"),
			"org.openpdf", Set.of("pdf", "dataset.messages", "engine"),
			"org.junit", Set.of("testing"),
			"org.sqlite", Set.of("ios.backup", "virtual", "engine", "testing"));

	private Arrows() {
	}

	static List<String> violations(List<Room> rooms) {
		List<String> found = new ArrayList<>();
		Map<String, String> exporters = new TreeMap<>();
		rooms.forEach(room -> room.clauses("Export-Package").keySet()
				.forEach(exported -> exporters.put(exported, room.symbolicName())));
		for (Room room : rooms) {
			String name = room.symbolicName();
			Set<String> allowed = MAY_KNOW.get(shorten(name));
			if (allowed == null) {
				found.add(name + " is not in the table of arrows");
				continue;
			}
			for (String known : known(room, exporters)) {
				if (!known.equals(name) && !allowed.contains(shorten(known))) {
					found.add(name + " must not know " + known);
				}
			}
			found.addAll(libraries(room));
		}
		return found;
	}

	private static Set<String> known(Room room, Map<String, String> exporters) {
		Set<String> known = new TreeSet<>();
		for (String imported : room.clauses("Import-Package").keySet()) {
			if (imported.startsWith(HOUSE)) {
				known.add(exporters.getOrDefault(imported, "whoever should export " + imported));
			}
		}
		room.clauses("Require-Bundle").keySet().stream().filter(required -> required.startsWith(HOUSE))
				.forEach(known::add);
		return known;
	}

	private static List<String> libraries(Room room) {
		List<String> found = new ArrayList<>();
		Set<String> names = new TreeSet<>(room.clauses("Import-Package").keySet());
		names.addAll(room.clauses("Require-Bundle").keySet());
		names.addAll(room.clauses("DynamicImport-Package").keySet());
		for (String name : names) {
			if (shorten(room.symbolicName()).equals("core") && !name.equals("org.eclipse.jdt.annotation")) {
				found.add(room.symbolicName() + " needs nothing but the JDK, yet imports " + name);
			}
			LIBRARIES.forEach((library, homes) -> {
				if ((name + ".").startsWith(library + ".") && !homes.contains(shorten(room.symbolicName()))) {
					found.add(room.symbolicName() + " must not use " + name + ", which is for " + homes);
				}
			});
		}
		return found;
	}

	private static String shorten(String symbolicName) {
		return symbolicName.startsWith(HOUSE) ? symbolicName.substring(HOUSE.length()) : symbolicName;
	}
}
