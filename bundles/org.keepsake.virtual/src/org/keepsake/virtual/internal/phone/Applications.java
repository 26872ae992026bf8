// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.virtual.internal.wire.PlistFrames;

/** The applications a person installed, kept across starts. Thread-safe. */
public final class Applications {

	private static final List<InstalledApplication> FIRST = List.of(
			new InstalledApplication("org.example.diary", "Diary", "3.1", 1_500_000_001),
			new InstalledApplication("org.example.recipes", "Recipes", "12.0.4", 1_500_000_002),
			new InstalledApplication("org.example.scanner", "Scanner", "2.0", 1_500_000_003),
			new InstalledApplication("org.example.notes", "Notizbücher", "7.2", 1_500_000_004),
			new InstalledApplication("org.example.edges", "Edges", "1.0", 1_500_000_005),
			new InstalledApplication("net.whatsapp.WhatsApp", "WhatsApp", "26.30.75", 310_633_997));

	private final Path file;
	private final Map<String, InstalledApplication> installed = new LinkedHashMap<>();

	Applications(Path file, boolean blank) throws IOException {
		this.file = file;
		if (Files.exists(file)) {
			if (PlistFile.read(file).get("Applications") instanceof Object[] entries) {
				for (Object entry : entries) {
					add(InstalledApplication.of(PlistFrames.dictionary(Map.of("app", entry), "app")));
				}
			}
		} else {
			if (!blank) {
				FIRST.forEach(this::add);
			}
			save();
		}
	}

	private void add(InstalledApplication application) {
		installed.put(application.bundleId(), application);
	}

	private void save() throws IOException {
		PlistFile.write(file, Map.of("Applications",
				installed.values().stream().map(InstalledApplication::toMap).toList()));
	}

	/** All of them, in the order of their installation. */
	public synchronized Collection<InstalledApplication> all() {
		return List.copyOf(installed.values());
	}

	/** Installs one, or another version of it. */
	public synchronized void install(InstalledApplication application) throws IOException {
		add(application);
		save();
	}

	/** Removes all. */
	synchronized void clear() throws IOException {
		installed.clear();
		save();
	}

	/**
	 * Downloads what a restore left to be downloaded.
	 *
	 * @param list a property list of dictionaries by bundle id, as hosts write {@code RestoreApplications.plist}
	 */
	synchronized void restore(Path list) throws IOException {
		Map<String, Object> wanted = PlistFile.read(list);
		for (String bundleId : wanted.keySet()) {
			Map<String, Object> info = PlistFrames.dictionary(wanted, bundleId);
			byte[] bytes = PlistFrames.data(info, "iTunesMetadata");
			Map<String, Object> metadata = bytes.length == 0 ? Map.of() : PlistFrames.parse(bytes);
			String name = PlistFrames.text(metadata, "itemName");
			String version = PlistFrames.text(metadata, "bundleShortVersionString");
			add(new InstalledApplication(bundleId, name.isEmpty() ? bundleId : name,
					version.isEmpty() ? "1.0" : version,
					metadata.get("itemId") instanceof Number number ? number.intValue() : 0));
		}
		save();
	}
}
