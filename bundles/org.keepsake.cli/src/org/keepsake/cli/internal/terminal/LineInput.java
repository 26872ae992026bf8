// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/** Reads single lines from a stream and not a byte beyond them, so that several readers can follow each other. */
public final class LineInput {

	/** Longer lines are refused: nobody types them. */
	public static final int MOST_BYTES = 4096;

	private final InputStream in;
	private final Charset charset;

	/** Reads nothing yet. */
	public LineInput(InputStream in, Charset charset) {
		this.in = in;
		this.charset = charset;
	}

	/** The next line without its end, or null at the end of the input. */
	public @Nullable String readLine() throws IOException {
		char[] characters = readCharacters();
		return characters == null ? null : new String(characters);
	}

	/**
	 * The next line as characters that the caller can wipe, or null at the end of the input; leaves no other copy.
	 *
	 * @throws IOException if the line is longer than {@value #MOST_BYTES} bytes or not valid in the charset
	 */
	public char @Nullable [] readCharacters() throws IOException {
		byte[] line = new byte[MOST_BYTES];
		try {
			int length = 0;
			int next;
			while ((next = in.read()) >= 0 && next != '\n') {
				if (length == line.length) {
					throw new IOException("The line is longer than " + MOST_BYTES + " bytes");
				}
				line[length++] = (byte) next;
			}
			if (next < 0 && length == 0) {
				return null;
			}
			if (length > 0 && line[length - 1] == '\r') {
				length--;
			}
			return decode(line, length);
		} finally {
			Arrays.fill(line, (byte) 0);
		}
	}

	private char[] decode(byte[] line, int length) throws IOException {
		try {
			CharBuffer decoded = charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
			char[] characters = new char[decoded.remaining()];
			decoded.get(characters);
			Arrays.fill(decoded.array(), '\0');
			return characters;
		} catch (CharacterCodingException e) {
			throw new IOException("The line is not valid " + charset.name(), e);
		}
	}
}
