// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password. {@link #toString()} shows nothing of it; {@link #close()} wipes it. Not thread-safe.
 */
public final class Secret implements AutoCloseable {

	private final char[] characters;

	/** Copies the characters; the caller wipes its own array. */
	public Secret(char[] characters) {
		this.characters = characters.clone();
	}

	/** For text that is in a string already, such as an environment variable's. */
	public static Secret of(CharSequence text) {
		return new Secret(text.toString().toCharArray());
	}

	/** Whether there is no character in it. */
	public boolean isEmpty() {
		return characters.length == 0;
	}

	/** A copy of the characters, which the caller wipes. */
	public char[] revealCharacters() {
		return characters.clone();
	}

	/** The UTF-8 bytes, as key derivations take them; the caller wipes the array. */
	public byte[] revealUtf8() {
		ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
		byte[] bytes = new byte[encoded.remaining()];
		encoded.get(bytes);
		Arrays.fill(encoded.array(), (byte) 0);
		return bytes;
	}

	/** An independent copy, to be closed by whoever took it. */
	public Secret copy() {
		return new Secret(characters);
	}

	/** Whether both hold the same characters. */
	public boolean sameAs(Secret other) {
		return Arrays.equals(characters, other.characters);
	}

	@Override
	public void close() {
		Arrays.fill(characters, '\0');
	}

	@Override
	public String toString() {
		return "Secret";
	}
}
