// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers of devices, which name folders. */
class UdidTest {

	private static final String OLD = "0123456789abcdef0123456789abcdef01234567";
	private static final String NEW = "00008110-00123456789ABCDE";

	@Test
	void keepsTheDevicesSpelling() {
		assertEquals(OLD, new Udid(OLD).value());
		assertEquals(NEW, new Udid(NEW).value());
	}

	@Test
	void putsTheDashWhereTheUsbBusLeavesItOut() {
		assertEquals(NEW, new Udid("0000811000123456789ABCDE").value());
		assertEquals(new Udid(NEW), new Udid("0000811000123456789abcde"));
	}

	@Test
	void isEqualInAnyCase() {
		assertEquals(new Udid(NEW), new Udid(NEW.toLowerCase(java.util.Locale.ROOT)));
		assertEquals(new Udid(NEW).hashCode(), new Udid(NEW.toLowerCase(java.util.Locale.ROOT)).hashCode());
		assertEquals(0, new Udid(NEW).compareTo(new Udid(NEW.toLowerCase(java.util.Locale.ROOT))));
		assertNotEquals(new Udid(OLD), new Udid(NEW));
		assertNotEquals(new Udid(OLD), null);
		assertTrue(new Udid("a").compareTo(new Udid("B")) < 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "..", ".", "a/b", "a\\b", "-a", "a-", "a b", "a\0", "a.b", "\u00e9", "~", "a\n",
			"00000000000000000000000000000000000000000000000000000000000000000" })
	void refusesWhatCannotNameAFolder(String text) {
		assertFalse(Udid.isValid(text));
		assertThrows(IllegalArgumentException.class, () -> new Udid(text));
	}

	@Test
	void acceptsShortOnesOfSimulators() {
		assertTrue(Udid.isValid("a"));
		assertTrue(Udid.isValid("0".repeat(64)));
	}

	@Test
	void showsOnlyItsBeginning() {
		assertEquals("00008110\u2026", new Udid(NEW).toString());
		assertEquals("short", new Udid("short").toString());
		assertFalse(String.valueOf(new Udid(OLD)).contains(OLD.substring(10)));
	}
}
