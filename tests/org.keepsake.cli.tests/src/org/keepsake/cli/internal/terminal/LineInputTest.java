// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class LineInputTest {

	private static InputStream of(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static LineInput over(InputStream in) {
		return new LineInput(in, StandardCharsets.UTF_8);
	}

	@Test
	void readsLineByLine() throws IOException {
		LineInput input = over(of("é1\r\n\nlast"));
		assertEquals("é1", input.readLine());
		assertEquals("", input.readLine());
		assertEquals("last", input.readLine());
		assertNull(input.readLine());
	}

	@Test
	void takesNothingBeyondTheLine() throws IOException {
		InputStream in = of("one\ntwo\n");
		assertEquals("one", over(in).readLine());
		assertEquals("two", over(in).readLine());
	}

	@Test
	void refusesALineWithoutEnd() {
		assertThrows(IOException.class, () -> over(of("x".repeat(LineInput.MOST_BYTES + 1))).readLine());
	}

	@Test
	void readsTheLongestLine() throws IOException {
		assertEquals(LineInput.MOST_BYTES, String.valueOf(over(of("x".repeat(LineInput.MOST_BYTES) + '\n')).readLine())
				.length());
	}

	@Test
	void refusesWhatIsNoText() {
		assertThrows(IOException.class,
				() -> over(new ByteArrayInputStream(new byte[] { (byte) 0xC3, '\n' })).readLine());
	}
}
