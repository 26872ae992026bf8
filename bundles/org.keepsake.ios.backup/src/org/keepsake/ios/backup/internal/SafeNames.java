// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Names of a device as names of files here. A name that would lead elsewhere is refused; what the system cannot hold is
 * altered as little as possible. Immutable.
 */
final class SafeNames {

	private static final String WINDOWS_REFUSES = "<>:\"\\|?*";
	private static final Set<String> WINDOWS_DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "com0",
			"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3",
			"lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

	private final boolean windows;

	/** @param windows whether the names must suit Windows */
	SafeNames(boolean windows) {
		this.windows = windows;
	}

	/** For the system we run on. */
	static SafeNames ofThisSystem() {
		return new SafeNames(System.getProperty("os.name", "").startsWith("Windows"));
	}

	/**
	 * The components of {@code domain/path}, each fit to be the name of a file.
	 *
	 * @return null if one is empty, or {@code .} or {@code ..}: such a path is refused
	 */
	@Nullable
	List<String> components(String domain, String path) {
		if (domain.indexOf('/') >= 0) {
			return null;
		}
		List<String> names = new ArrayList<>();
		if (!add(names, domain)) {
			return null;
		}
		int from = path.isEmpty() ? 1 : 0;
		while (from <= path.length()) {
			int slash = path.indexOf('/', from);
			int end = slash < 0 ? path.length() : slash;
			if (!add(names, path.substring(from, end))) {
				return null;
			}
			from = end + 1;
		}
		return names;
	}

	private boolean add(List<String> names, String name) {
		return !name.isEmpty() && !name.equals(".") && !name.equals("..")
				&& names.add(isPlain(name) ? name : safe(name));
	}

	/** Whether the name suits every system as it is; nearly all do. */
	private boolean isPlain(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c >= 0x7F || c < 0x20) {
				return false;
			}
		}
		return !windows;
	}

	/** One component, fit to be the name of a file; it is neither empty nor {@code .} nor {@code ..}. */
	String safe(String name) {
		StringBuilder safe = new StringBuilder(name);
		for (int i = 0; i < safe.length(); i++) {
			char c = safe.charAt(i);
			if (Character.isISOControl(c) || c == '/' || windows && WINDOWS_REFUSES.indexOf(c) >= 0) {
				safe.setCharAt(i, '_');
			}
		}
		if (windows) {
			char last = safe.charAt(safe.length() - 1);
			if (last == '.' || last == ' ') {
				safe.setCharAt(safe.length() - 1, '_');
			}
			int dot = safe.indexOf(".");
			String stem = safe.substring(0, dot < 0 ? safe.length() : dot).strip().toLowerCase(Locale.ROOT);
			if (WINDOWS_DEVICES.contains(stem)) {
				safe.insert(0, '_');
			}
		}
		return representable(safe.toString());
	}

	/* Without a UTF-8 locale the JDK cannot name files beyond ASCII: then their UTF-8 bytes are written as %XX. */
	private static String representable(String name) {
		try {
			Path.of(name);
			return name;
		} catch (InvalidPathException e) {
			StringBuilder escaped = new StringBuilder();
			for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
				if (b > 0) {
					escaped.append((char) b);
				} else {
					escaped.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
				}
			}
			return escaped.toString();
		}
	}
}
