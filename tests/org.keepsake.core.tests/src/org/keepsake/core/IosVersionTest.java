// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of iOS compare as numbers. */
class IosVersionTest {

	@Test
	void comparesNumbersAndNotText() {
		List<String> order = List.of("4.3.5", "9.3", "9.3.6", "10.0", "10.2", "10.11", "17.0.1", "17.4", "26.0");
		List<IosVersion> versions = new ArrayList<>(order.stream().map(IosVersion::new).toList());
		Collections.shuffle(versions, new java.util.Random(5));
		Collections.sort(versions);
		assertEquals(order, versions.stream().map(IosVersion::text).toList());
	}

	@ParameterizedTest
	@CsvSource({ "17,17.0", "17.0,17.0.0", "'17.1 ',17.1", "17.1b2,17.1", "16.1 beta,16.1" })
	void takesMissingPartsForZeroAndLeavesOutWhatIsNoNumber(String one, String other) {
		assertEquals(0, new IosVersion(one).compareTo(new IosVersion(other)));
	}

	@Test
	void tellsWhetherItIsAtLeastAnother() {
		IosVersion version = new IosVersion("16.1.2");
		assertTrue(version.isAtLeast(16, 1));
		assertTrue(version.isAtLeast(9, 9));
		assertFalse(version.isAtLeast(16, 2));
		assertFalse(version.isAtLeast(26, 0));
		assertEquals(16, version.major());
		assertEquals("16.1.2", version.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "x", "-1", "999999999999999999999", "\0", "\u0661" })
	void survivesWhatIsNoVersion(String text) {
		IosVersion odd = new IosVersion(text);
		assertEquals(0, odd.major());
		assertTrue(odd.compareTo(new IosVersion("1")) < 0);
	}
}
