// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Sends what is logged into {@code logs/} of the state folder instead of the terminal, where it would spoil the output.
 * The file is opened by the first record; where the folder cannot be written, nothing is logged.
 */
final class LogFile extends Handler {

	private static final int MOST_BYTES = 1 << 20;
	private static final int FILES = 3;
	/** Libraries that log each broken line with a stack trace, although their callers are told and try again. */
	private static final List<String> TALKATIVE = List.of("com.hierynomus.", "org.apache.sshd.");

	private final Path folder;
	private final Handler[] before;
	private @Nullable FileHandler file;
	private boolean failed;

	/** Takes over the logging of the process until it is closed. */
	LogFile(Path home) {
		folder = in(home);
		setLevel(Level.INFO);
		Logger root = root();
		before = root.getHandlers();
		for (Handler handler : before) {
			root.removeHandler(handler);
		}
		root.addHandler(this);
	}

	/** Where the log of a state folder is. */
	static Path in(Path home) {
		return home.resolve("logs");
	}

	private static Logger root() {
		return LogManager.getLogManager().getLogger("");
	}

	/** Private to its owner, as the state folder is that it may be the first thing in. */
	private void makeFolder() throws IOException {
		if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		} else {
			Files.createDirectories(folder);
		}
	}

	@Override
	public synchronized void publish(@Nullable LogRecord entry) {
		if (failed || entry == null || !isLoggable(entry) || isChatter(entry)) {
			return;
		}
		try {
			FileHandler open = file;
			if (open == null) {
				makeFolder();
				open = new FileHandler(folder.toString().replace("%", "%%") + "/keepsake.%g.log", MOST_BYTES, FILES,
						true);
				open.setFormatter(new SimpleFormatter());
				file = open;
			}
			open.publish(entry);
		} catch (IOException e) {
			failed = true;
		}
	}

	private static boolean isChatter(LogRecord entry) {
		String logger = entry.getLoggerName();
		return logger != null && entry.getLevel().intValue() < Level.SEVERE.intValue()
				&& TALKATIVE.stream().anyMatch(logger::startsWith);
	}

	@Override
	public synchronized void flush() {
		FileHandler open = file;
		if (open != null) {
			open.flush();
		}
	}

	@Override
	public synchronized void close() {
		Logger root = root();
		root.removeHandler(this);
		for (Handler handler : before) {
			root.addHandler(handler);
		}
		FileHandler open = file;
		file = null;
		if (open != null) {
			open.close();
		}
	}
}
