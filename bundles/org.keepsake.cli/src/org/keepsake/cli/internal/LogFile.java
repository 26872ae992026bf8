// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what is logged into {@code logs/} of the state folder instead of the terminal, where it would spoil output. */
final class LogFile {

	private static final int MOST_BYTES = 1 << 20;
	private static final int FILES = 3;

	private LogFile() {
	}

	/** Where the log of a state folder is. */
	static Path in(Path home) {
		return home.resolve("logs");
	}

	/** Takes over the logging of the process; where the folder cannot be written, nothing is logged. */
	static void install(Path home) {
		Logger root = LogManager.getLogManager().getLogger("");
		for (Handler handler : root.getHandlers()) {
			root.removeHandler(handler);
			handler.close();
		}
		try {
			Path folder = Files.createDirectories(in(home));
			String pattern = folder.toString().replace("%", "%%") + "/keepsake.%g.log";
			FileHandler file = new FileHandler(pattern, MOST_BYTES, FILES, true);
			file.setFormatter(new SimpleFormatter());
			file.setLevel(Level.INFO);
			root.addHandler(file);
		} catch (IOException e) {
			root.setLevel(Level.OFF);
		}
	}
}
