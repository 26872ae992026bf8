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
	/** By ASCII code: control characters and what Windows refuses. */
	private static final boolean[] REFUSED_CHARACTERS = refusedCharacters();

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

	/** Whether the text is a path that stays inside the tree. Costs one pass: devices name files by the million. */
	public static boolean isAllowed(String text) {
		if (text.isEmpty()) {
			return true;
		}
		if (text.length() > MAX_CHARACTERS) {
			return false;
		}
		int from = 0;
		for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', from)) {
			if (!isAllowedName(text, from, slash)) {
				return false;
			}
			from = slash + 1;
		}
		return isAllowedName(text, from, text.length());
	}

	private static boolean isAllowedName(String text, int from, int to) {
		if (from == to || isLong(text, from, to)) {
			return false;
		}
		int stemEnd = to;
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if (c < REFUSED_CHARACTERS.length ? REFUSED_CHARACTERS[c] : Character.isSurrogate(c)) {
				return false;
			}
			if (c == '.' && stemEnd == to) {
				stemEnd = i;
			}
		}
		char last = text.charAt(to - 1);
		return last != '.' && last != ' ' && !isReserved(text, from, stemEnd);
	}

	/** Whether a name up to its first dot is one that Windows keeps for a device, whatever its case and its spaces. */
	private static boolean isReserved(String text, int from, int to) {
		int start = from;
		int end = to;
		while (start < end && Character.isWhitespace(text.charAt(start))) {
			start++;
		}
		while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
			end--;
		}
		int length = end - start;
		return (length == 3 || length == 4) && RESERVED.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
	}

	private static boolean isLong(String text, int from, int to) {
		int length = to - from;
		return length > MAX_NAME || length > MAX_NAME / 3
				&& text.substring(from, to).getBytes(StandardCharsets.UTF_8).length > MAX_NAME;
	}

	private static boolean[] refusedCharacters() {
		boolean[] refused = new boolean[0x80];
		Arrays.fill(refused, 0, ' ', true);
		refused[0x7f] = true;
		for (char c : "\\:*?\"<>|".toCharArray()) {
			refused[c] = true;
		}
		return refused;
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
