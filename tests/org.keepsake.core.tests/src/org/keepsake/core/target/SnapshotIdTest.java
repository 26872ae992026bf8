// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.target.BackupTarget.WorkOptions;

/** Names of snapshots, and how a backup begins. */
class SnapshotIdTest {

	@Test
	void isLowerCaseAndShownInShort() {
		SnapshotId id = new SnapshotId("0123456789ABCDEF");
		assertEquals("0123456789abcdef", id.value());
		assertEquals(new SnapshotId("0123456789abcdef"), id);
		assertEquals("01234567", id.brief());
		assertEquals("0123456789abcdef", id.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0123456789abcde", "0123456789abcdeg", "0123456789abcdef/../x",
			"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0" })
	void refusesAnythingElse(String text) {
		assertThrows(IllegalArgumentException.class, () -> new SnapshotId(text));
	}

	@Test
	void workOptionsRefuseANegativeNumberOfVersions() {
		assertThrows(IllegalArgumentException.class, () -> new WorkOptions(false, -1));
		assertEquals(new WorkOptions(false, 0), WorkOptions.DEFAULT);
	}
}
