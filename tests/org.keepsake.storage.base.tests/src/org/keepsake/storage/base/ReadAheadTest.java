// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ReadAheadTest {

	private final byte[] content = new byte[10_000];
	private final long seed = System.nanoTime();
	private final Random random = new Random(seed);
	private int outstanding;
	private int mostOutstanding;
	private int unanswered = -1;
	private boolean generous;

	/** Answers with less than was asked for now and then. */
	private final class Server implements ReadAhead.File<int[]> {

		@Override
		public int[] ask(long offset, int length) {
			outstanding++;
			mostOutstanding = Math.max(mostOutstanding, outstanding);
			return new int[] { (int) offset, length };
		}

		@Override
		public ByteBuffer answer(int[] asked) {
			outstanding--;
			if (generous) {
				return ByteBuffer.allocate(asked[1] + 1);
			}
			int left = Math.max(0, content.length - asked[0]);
			int n = Math.min(asked[1], left);
			return ByteBuffer.wrap(content, Math.min(asked[0], content.length), n == 0 ? 0 : 1 + random.nextInt(n));
		}

		@Override
		public void close(Collection<int[]> requests) {
			unanswered = requests.size();
		}
	}

	@Test
	void givesEachByteInOrderHoweverTheServerAnswers() throws IOException {
		random.nextBytes(content);
		for (int i = 0; i < 100; i++) {
			int from = random.nextInt(content.length);
			int length = random.nextInt(content.length - from + 1);
			try (ReadAhead<int[]> in = new ReadAhead<>(new Server(), from, length, 1 + random.nextInt(500), 4)) {
				assertArrayEquals(Arrays.copyOfRange(content, from, from + length), in.readAllBytes(), "seed " + seed);
				assertEquals(-1, in.read());
			}
			assertEquals(0, unanswered);
		}
		assertTrue(mostOutstanding <= 5, "the window, and the rest of a short answer");
	}

	@Test
	void saysIfTheFileIsTooShort() throws IOException {
		try (ReadAhead<int[]> in = new ReadAhead<>(new Server(), 9_000, 1_001, 100, 4)) {
			assertThrows(ReadAhead.TooShort.class, in::readAllBytes);
		}
	}

	@Test
	void believesNoServerThatSendsMoreThanItWasAskedFor() throws IOException {
		generous = true;
		try (ReadAhead<int[]> in = new ReadAhead<>(new Server(), 0, 100, 10, 4)) {
			assertThrows(IOException.class, in::read);
		}
	}

	@Test
	void asksForNothingThatNobodyReads() throws IOException {
		ReadAhead<int[]> in = new ReadAhead<>(new Server(), 0, 10_000, 100, 4);
		assertEquals(0, mostOutstanding);
		in.read();
		in.close();
		assertTrue(unanswered >= 3 && unanswered <= 4, "what was on its way is handed back");
		in.close();
		assertThrows(IOException.class, in::readAllBytes);
	}
}
