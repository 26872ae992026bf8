// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;

/**
 * Writes JSON byte for byte as Go's encoding/json does: no white space, {@code <}, {@code >} and {@code &} escaped. So
 * equal folders have equal ids, whoever wrote them.
 */
final class JsonWriter {

	/** A value that is written as it is, such as a number. */
	record Raw(String text) {
		@Override
		public String toString() {
			return text;
		}
	}

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private byte[] bytes;
	private int size;

	JsonWriter(int capacity) {
		bytes = new byte[capacity];
	}

	int size() {
		return size;
	}

	byte[] toBytes() {
		return java.util.Arrays.copyOf(bytes, size);
	}

	void copyTo(ByteArrayOutputStream out) {
		out.write(bytes, 0, size);
	}

	void clear() {
		size = 0;
	}

	/** ASCII as it is. */
	JsonWriter raw(String text) {
		int length = text.length();
		ensure(length);
		for (int i = 0; i < length; i++) {
			bytes[size++] = (byte) text.charAt(i);
		}
		return this;
	}

	JsonWriter raw(byte[] text) {
		ensure(text.length);
		System.arraycopy(text, 0, bytes, size, text.length);
		size += text.length;
		return this;
	}

	JsonWriter id(BlobId id) {
		ensure(66);
		bytes[size++] = '"';
		for (int i = 0; i < 4; i++) {
			long word = id.word(i);
			for (int shift = 60; shift >= 0; shift -= 4) {
				bytes[size++] = HEX[(int) (word >>> shift) & 15];
			}
		}
		bytes[size++] = '"';
		return this;
	}

	JsonWriter number(long value) {
		return raw(Long.toString(value));
	}

	JsonWriter unsigned(long value) {
		return raw(Long.toUnsignedString(value));
	}

	JsonWriter string(String text) {
		int length = text.length();
		ensure(length * 6 + 2);
		bytes[size++] = '"';
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
				bytes[size++] = (byte) c;
			} else {
				i += special(text, i, c);
			}
		}
		bytes[size++] = '"';
		return this;
	}

	/** @return how many more characters were taken */
	private int special(String text, int i, char c) {
		switch (c) {
			case '"', '\\' -> {
				bytes[size++] = '\\';
				bytes[size++] = (byte) c;
			}
			case '\n' -> raw("\\n");
			case '\r' -> raw("\\r");
			case '\t' -> raw("\\t");
			default -> {
				if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
					raw("\\u");
					for (int shift = 12; shift >= 0; shift -= 4) {
						bytes[size++] = HEX[c >>> shift & 15];
					}
				} else {
					return utf8(text, i, c);
				}
			}
		}
		return 0;
	}

	private int utf8(String text, int i, char c) {
		int code = c;
		int taken = 0;
		if (Character.isSurrogate(c)) {
			code = text.codePointAt(i);
			if (code > 0xffff) {
				taken = 1;
			} else {
				code = 0xfffd;
			}
		}
		byte[] encoded = Character.toString(code).getBytes(StandardCharsets.UTF_8);
		System.arraycopy(encoded, 0, bytes, size, encoded.length);
		size += encoded.length;
		return taken;
	}

	/** A whole value as {@link JsonReader#object} gives it, or an id. */
	JsonWriter value(@Nullable Object value) {
		switch (value) {
			case null -> raw("null");
			case String text -> string(text);
			case BlobId id -> id(id);
			case Map<?, ?> map -> {
				raw("{");
				String comma = "";
				for (Map.Entry<?, ?> entry : map.entrySet()) {
					raw(comma).string(String.valueOf(entry.getKey())).raw(":").value(entry.getValue());
					comma = ",";
				}
				raw("}");
			}
			case List<?> list -> {
				raw("[");
				String comma = "";
				for (Object element : list) {
					raw(comma).value(element);
					comma = ",";
				}
				raw("]");
			}
			default -> raw(value.toString());
		}
		return this;
	}

	private void ensure(int more) {
		if (bytes.length - size < more) {
			int wanted = Math.addExact(size, more);
			bytes = java.util.Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 64,
					bytes.length * 2L)));
		}
	}
}
