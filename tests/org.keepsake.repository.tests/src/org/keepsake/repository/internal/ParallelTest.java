// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTest {

	/** Heaps are what the command starts Java with, and a little less, as Java counts them. */
	@ParameterizedTest
	@CsvSource({ "1, 4096, 2", "2, 186, 2", "8, 186, 3", "8, 247, 5", "8, 1024, 8", "64, 4096, 8", "4, 64, 2" })
	void asManyWorkAsThereAreProcessorsAndMemoryFor(int processors, long heapMebibytes, int expected) {
		assertEquals(expected, Parallel.threads(processors, heapMebibytes << 20));
	}
}
