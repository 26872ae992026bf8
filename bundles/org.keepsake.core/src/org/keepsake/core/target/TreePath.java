// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/**
 * A relative path inside a tree of backups, such as {@code <UDID>/Snapshot/00/00ab…}. Checked when made: whatever a
 * device names stays inside the tree on every system. Refused are absolute paths, empty components, {@code .} and
 * {@code ..}, backslashes, colons, control characters, wildcards, names that Windows reserves or trims, names over 255
 * bytes and paths over 1,024 characters. The root itself is {@link #ROOT}.
 *
 * @param value components joined by {@code /}; empty for the root
 */
public record TreePath(String value) implements Comparable<TreePath> {

	/** The root of the tree. */
	public static final TreePath ROOT = new TreePath("");

	/** A path that would leave the tree or that some file system cannot hold. */
	public static final ProblemType REFUSED = ProblemType.of(TreePath.class, "device.path-refused", Retry.NEVER);

	private static final int MAX_CHARACTERS = 1024;
	private static final int MAX_NAME = 255;
	private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4",
			"com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
			"lpt9");

	/** @throws IllegalArgumentException if the path is refused; for text from outside use {@link #parse} */
	public TreePath {
		if (!isAllowed(value)) {
			throw new IllegalArgumentException("Not a path inside the tree");
		}
	}

	/**
	 * The path for text that comes from a device or a file.
	 *
	 * @throws ProblemException {@link #REFUSED}
	 */
	public static TreePath parse(String text) throws ProblemException {
		if (!isAllowed(text)) {
			throw REFUSED.exception(printable(text));
		}
		return new TreePath(text);
	}

	/** Whether the text is a path that stays inside the tree. */
	public static boolean isAllowed(String text) {
		if (text.isEmpty()) {
			return true;
		}
		if (text.length() > MAX_CHARACTERS) {
			return false;
		}
		return Arrays.stream(text.split("/", -1)).allMatch(TreePath::isAllowedName);
	}

	private static boolean isAllowedName(String name) {
		if (name.isEmpty() || name.equals(".") || name.equals("..") || isLong(name)) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c < ' ' || c == 0x7f || "\\:*?\"<>|".indexOf(c) >= 0 || Character.isSurrogate(c)) {
				return false;
			}
		}
		char last = name.charAt(name.length() - 1);
		int dot = name.indexOf('.');
		String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
		return last != '.' && last != ' ' && !RESERVED.contains(stem);
	}

	private static boolean isLong(String name) {
		return name.length() > MAX_NAME || name.length() > MAX_NAME / 3
				&& name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME;
	}

	private static String printable(String text) {
		String shown = text.length() > 80 ? text.substring(0, 80) + '…' : text;
		return shown.replaceAll("\\p{Cntrl}", "\u00b7");
	}

	/** Whether this is the root. */
	public boolean isRoot() {
		return value.isEmpty();
	}

	/** The components from the root down; none for the root. */
	public List<String> components() {
		return isRoot() ? List.of() : List.of(value.split("/"));
	}

	/** The last component; empty for the root. */
	public String name() {
		return value.substring(value.lastIndexOf('/') + 1);
	}

	/** The path above; the root's is the root. */
	public TreePath parent() {
		int slash = value.lastIndexOf('/');
		return slash < 0 ? ROOT : new TreePath(value.substring(0, slash));
	}

	/** The path of something below this one. */
	public TreePath resolve(String below) {
		return new TreePath(isRoot() ? below : value + '/' + below);
	}

	/** Whether this path is the other one or lies below it. */
	public boolean startsWith(TreePath other) {
		return other.isRoot() || value.equals(other.value) || value.startsWith(other.value + '/');
	}

	@Override
	public int compareTo(TreePath other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}
}
