// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;

/** Whatever a device names stays inside the tree. */
class TreePathTest {

	@ParameterizedTest
	@ValueSource(strings = { "..", ".", "../x", "x/..", "x/../y", "a/./b", "/", "/x", "//x", "x/", "x//y", "\\x",
			"x\\..\\y",
			"C:", "C:x", "C:\\x", "x:stream", "x\0y", "x\ny", "x\u007f", "a*b", "a?", "<a>", "a|b", "\"a\"", "x.", "x ",
			".../y",
			"con", "CON", "Nul.txt", "aux", "com1", "LPT9.log", "prn .txt", "x/con/y", "\ud83d\ude00", "\ud800" })
	void refusesWhatLeavesTheTreeOrNoFileSystemHolds(String text) {
		assertFalse(TreePath.isAllowed(text));
		assertThrows(IllegalArgumentException.class, () -> new TreePath(text));
		ProblemException refused = assertThrows(ProblemException.class, () -> TreePath.parse(text));
		assertTrue(refused.is(TreePath.REFUSED));
		assertFalse(refused.problem().title().chars().anyMatch(Character::isISOControl), "fit to be shown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00008110-00123456789ABCDE/Status.plist", "u/Snapshot/00/00ab", "..x", "x..y", ".hidden",
			"console", "com10", "a b", "\u00e9t\u00e9", "a+b=c,d;e@f#g$h%i&j(k)[l]{m}~n`o'p!q^r" })
	void acceptsWhatIsInside(String text) throws ProblemException {
		assertEquals(text, TreePath.parse(text).value());
	}

	@Test
	void limitsNamesToBytesAndPathsToCharacters() {
		assertTrue(TreePath.isAllowed("x".repeat(255)));
		assertFalse(TreePath.isAllowed("x".repeat(256)));
		assertTrue(TreePath.isAllowed("\u00e9".repeat(127)));
		assertFalse(TreePath.isAllowed("\u00e9".repeat(128)), "256 bytes");
		assertTrue(TreePath.isAllowed("x/".repeat(511) + "xx"));
		assertFalse(TreePath.isAllowed("x/".repeat(512) + "x"));
		assertFalse(TreePath.isAllowed("/".repeat(100_000)));
	}

	@Test
	void namesARefusedPathInShort() {
		ProblemException refused = assertThrows(ProblemException.class, () -> TreePath.parse("../" + "x".repeat(5000)));
		assertTrue(refused.getMessage().length() < 400);
	}

	@Test
	void isTakenApartAndPutTogether() {
		TreePath path = new TreePath("a/b/c");
		assertEquals(List.of("a", "b", "c"), path.components());
		assertEquals("c", path.name());
		assertEquals(new TreePath("a/b"), path.parent());
		assertEquals(path, path.parent().resolve("c"));
		assertEquals(path, TreePath.ROOT.resolve("a").resolve("b/c"));
		assertThrows(IllegalArgumentException.class, () -> path.resolve("../x"));
		assertEquals("a/b/c", path.toString());
	}

	@Test
	void knowsItsRoot() throws ProblemException {
		assertTrue(TreePath.parse("").isRoot());
		assertEquals(List.of(), TreePath.ROOT.components());
		assertEquals("", TreePath.ROOT.name());
		assertEquals(TreePath.ROOT, TreePath.ROOT.parent());
		assertEquals(TreePath.ROOT, new TreePath("a").parent());
		assertFalse(new TreePath("a").isRoot());
	}

	@Test
	void startsWithWholeNamesOnly() {
		assertTrue(new TreePath("a/b").startsWith(new TreePath("a")));
		assertTrue(new TreePath("a/b").startsWith(new TreePath("a/b")));
		assertTrue(new TreePath("a/b").startsWith(TreePath.ROOT));
		assertFalse(new TreePath("ab/c").startsWith(new TreePath("a")));
		assertFalse(new TreePath("a").startsWith(new TreePath("a/b")));
	}

	@Test
	void neverResolvesOutsideWhateverTheCharacters() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		String alphabet = "././..//\\:a\u0000 ~C\u2024\uff0e\u2215";
		Path root = Path.of("/root/of/tree");
		for (int i = 0; i < 200_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int n = random.nextInt(8); n >= 0; n--) {
				text.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			if (TreePath.isAllowed(text.toString()) && text.chars().allMatch(c -> c < 128)) {
				Path resolved = root.resolve(text.toString());
				assertTrue(resolved.normalize().equals(resolved) && resolved.startsWith(root),
						"seed " + seed + ": " + text);
			}
		}
	}
}
