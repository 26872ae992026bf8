// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ResumingInputTest {

	private static final byte[] CONTENT = new byte[10_000];

	static {
		new Random(1).nextBytes(CONTENT);
	}

	private final FakePauses pauses = new FakePauses();
	private final Retries retries = new Retries(Duration.ofSeconds(10), pauses, () -> 0);
	private final List<Long> opened = new ArrayList<>();

	@Test
	void goesOnWhereItBroke() throws IOException {
		try (InputStream in = input(this::breaksAfterAThousand, 100, 9_000)) {
			assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 9_100), in.readAllBytes());
		}
		assertEquals(List.of(100L, 1_100L, 2_100L), opened.subList(0, 3));
		try (InputStream in = input(this::breaksAfterAThousand, 5_000, -1)) {
			assertArrayEquals(Arrays.copyOfRange(CONTENT, 5_000, 10_000), in.readAllBytes());
		}
	}

	@Test
	void givesUpWhatBreaksBeforeTheFirstByte() throws IOException {
		int[] times = new int[1];
		try (InputStream in = input((offset, length) -> {
			times[0]++;
			return new Breaking(InputStream.nullInputStream(), 0);
		}, 0, 10)) {
			assertThrows(IOException.class, in::read);
		}
		assertTrue(times[0] > 2 && times[0] < 20, times[0] + " times");
		assertTrue(pauses.now >= Duration.ofSeconds(10).toNanos());
	}

	@Test
	void saysSoIfTheBlobIsShorter() throws IOException {
		try (InputStream in = input((offset, length) -> new ByteArrayInputStream(CONTENT, (int) offset, 10_000), 9_990,
				11)) {
			assertThrows(EOFException.class, in::readAllBytes);
		}
	}

	@Test
	void tellsAtOnceWhatCannotPass() {
		ResumingInput.Opener none = (offset, length) -> {
			throw new FileNotFoundException();
		};
		IOException told = assertThrows(IOException.class, () -> input(none, 0, 1).close());
		assertEquals("explained", told.getMessage());
		assertEquals(List.of(), pauses.slept);
	}

	private ResumingInput input(ResumingInput.Opener opener, long offset, long length) throws IOException {
		return new ResumingInput(opener, offset, length, retries, e -> !(e instanceof FileNotFoundException),
				e -> e instanceof EOFException ? e : new IOException("explained", e));
	}

	private InputStream breaksAfterAThousand(long offset, long length) {
		opened.add(offset);
		int count = (int) (length < 0 ? CONTENT.length - offset : length);
		return new Breaking(new ByteArrayInputStream(CONTENT, (int) offset, count), 1_000);
	}

	/** Breaks after so many bytes, unless it has ended. */
	private static final class Breaking extends InputStream {

		private final InputStream in;
		private int left;

		Breaking(InputStream in, int left) {
			this.in = in;
			this.left = left;
		}

		@Override
		public int read() throws IOException {
			if (left == 0) {
				throw new IOException("cut");
			}
			left--;
			return in.read();
		}
	}
}
