// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListParser;
import com.dd.plist.XMLPropertyListWriter;

/** Property lists behind their length (u32, big endian), as lockdownd and most services speak; and as bytes. */
public final class PlistFrames {

	private static final int MOST_BYTES = 64 * 1024 * 1024;

	private PlistFrames() {
	}

	/** The next dictionary; null at the end of the stream. */
	public static @Nullable Map<String, Object> read(InputStream in) throws IOException {
		byte[] header = in.readNBytes(4);
		if (header.length < 4) {
			return null;
		}
		int length = ByteBuffer.wrap(header).getInt();
		if (length < 0 || length > MOST_BYTES) {
			throw new IOException("A frame of " + Integer.toUnsignedString(length) + " bytes");
		}
		byte[] body = in.readNBytes(length);
		return body.length < length ? null : parse(body);
	}

	/** Sends a dictionary as XML. */
	public static void writeXml(OutputStream out, Map<String, ?> dictionary) throws IOException {
		write(out, xml(dictionary));
	}

	/** Sends a dictionary in the binary form. */
	public static void writeBinary(OutputStream out, Map<String, ?> dictionary) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		BinaryPropertyListWriter.write(NSObject.fromJavaObject(dictionary), bytes);
		write(out, bytes.toByteArray());
	}

	private static void write(OutputStream out, byte[] body) throws IOException {
		out.write(ByteBuffer.allocate(4).putInt(body.length).array());
		out.write(body);
		out.flush();
	}

	/** The dictionary as XML. */
	public static byte[] xml(Map<String, ?> dictionary) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			XMLPropertyListWriter.write(NSObject.fromJavaObject(dictionary), bytes);
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	/** The dictionary in XML or binary bytes, as plain Java objects. */
	public static Map<String, Object> parse(byte[] bytes) throws IOException {
		NSObject parsed;
		try {
			parsed = PropertyListParser.parse(bytes);
		} catch (IOException e) {
			throw e;
		} catch (Exception e) {
			String start = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1);
			throw new IOException("No property list: " + start, e);
		}
		if (!(parsed instanceof NSDictionary dictionary)) {
			throw new IOException("A property list that is no dictionary");
		}
		Map<String, Object> map = new LinkedHashMap<>();
		for (Map.Entry<String, NSObject> entry : dictionary.entrySet()) {
			map.put(entry.getKey(), entry.getValue().toJavaObject());
		}
		return map;
	}

	/** The text under a key; empty where there is none. */
	public static String text(Map<String, ?> dictionary, String key) {
		return dictionary.get(key) instanceof String text ? text : "";
	}

	/** The bytes under a key; empty where there are none. */
	public static byte[] data(Map<String, ?> dictionary, String key) {
		return dictionary.get(key) instanceof byte[] bytes ? bytes : new byte[0];
	}

	/** The dictionary under a key; empty where there is none. */
	@SuppressWarnings("unchecked")
	public static Map<String, Object> dictionary(Map<String, ?> dictionary, String key) {
		return dictionary.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
	}
}
