// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Keepsake keeps its state. The engine says the same; it cannot be asked before the framework runs. */
final class Home {

	private Home() {
	}

	/**
	 * {@code KEEPSAKE_HOME}, or the platform's usual place.
	 *
	 * @param systemName as {@code os.name} spells it
	 * @param userHome   the person's own folder
	 */
	static Path locate(Map<String, String> environment, String systemName, Path userHome) {
		String wanted = environment.get("KEEPSAKE_HOME");
		if (wanted != null && !wanted.isBlank()) {
			return Path.of(wanted);
		}
		String system = systemName.toLowerCase(Locale.ROOT);
		if (system.startsWith("windows")) {
			String roaming = environment.get("APPDATA");
			Path base = roaming == null || roaming.isBlank() ? userHome.resolve("AppData").resolve("Roaming")
					: Path.of(roaming);
			return base.resolve("Keepsake");
		}
		if (system.startsWith("mac")) {
			return userHome.resolve("Library").resolve("Application Support").resolve("Keepsake");
		}
		String data = environment.get("XDG_DATA_HOME");
		// The XDG specification tells to ignore a relative path.
		boolean usable = data != null && data.startsWith("/");
		return (usable ? Path.of(data) : userHome.resolve(".local").resolve("share")).resolve("keepsake");
	}
}
