// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Reads and writes property lists. Values are {@code Map<String, Object>}, {@code List<Object>}, {@link String},
 * {@link Long}, {@link Double}, {@link Boolean}, {@link java.time.Instant}, {@code byte[]} and {@link Uid}. Integers
 * beyond 64 bits keep their low 64 bits, which is how devices and hosts exchange negative numbers. Thread-safe.
 *
 * <p>
 * Own code rather than a library because the peer is not trusted and its messages may hold millions of entries: nothing
 * is allocated by a length that was not checked against the bytes at hand, and large containers are decoded while they
 * are iterated.
 */
public final class Plist {

	/** Containers nested deeper than this are refused. */
	static final int MAX_DEPTH = 64;

	/** A null in a binary property list; nothing else is equal to it. */
	public static final Object NULL = new Object() {
		@Override
		public String toString() {
			return "null";
		}
	};

	private Plist() {
	}

	/**
	 * An object reference of an archive.
	 *
	 * @param index which object
	 */
	public record Uid(long index) {
	}

	/**
	 * Reads a property list of either form. The bytes must not change while a large container of the result is in use.
	 *
	 * @throws PlistException if the bytes are none
	 */
	public static Object parse(byte[] bytes) throws PlistException {
		return BinaryPlistReader.isBinary(bytes) ? new BinaryPlistReader(bytes).root() : XmlPlistReader.read(bytes);
	}

	/**
	 * Reads a property list whose root is a dictionary.
	 *
	 * @throws PlistException if it is none
	 */
	public static Dict parseDict(byte[] bytes) throws PlistException {
		if (parse(bytes) instanceof Map<?, ?> map) {
			return Dict.of(map);
		}
		throw new PlistException("The root is no dictionary");
	}

	/** The value as an XML property list, UTF-8, LF line ends. */
	public static byte[] xml(Object value) {
		return XmlPlistWriter.write(value);
	}

	/** Writes the value as an XML property list. */
	public static void writeXml(Object value, OutputStream out) throws IOException {
		XmlPlistWriter.write(value, out);
	}

	/** The value as a binary property list. Integers are signed, at most eight bytes. */
	public static byte[] binary(Object value) {
		return new BinaryPlistWriter().write(value);
	}
}
