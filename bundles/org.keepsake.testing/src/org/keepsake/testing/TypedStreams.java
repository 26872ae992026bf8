// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Typed streams as {@code NSArchiver} writes them, for tests of data sets: attributed strings. */
public final class TypedStreams {

	private static final int INTEGER_2 = 0x81;
	private static final int INTEGER_4 = 0x82;
	private static final int NEW = 0x84;
	private static final int NIL = 0x85;
	private static final int END = 0x86;
	private static final int FIRST_REFERENCE = -110;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final List<String> strings = new ArrayList<>();
	/** Classes by name, and places of what else has a number. */
	private final List<String> numbered = new ArrayList<>();

	private TypedStreams() {
	}

	/** A stretch of a text. @param attributes texts, whole numbers, URIs */
	public record Stretch(String text, Map<String, Object> attributes) {
	}

	/** A text of one stretch with the attribute of a message's first part. */
	public static byte[] plain(String text) {
		return attributed(List.of(new Stretch(text, Map.of("__kIMMessagePartAttributeName", 0))));
	}

	/** An {@code NSAttributedString}. */
	public static byte[] attributed(List<Stretch> stretches) {
		TypedStreams stream = new TypedStreams();
		stream.write(stretches);
		return stream.out.toByteArray();
	}

	private void write(List<Stretch> stretches) {
		out.write(4);
		out.write(11);
		out.writeBytes("streamtyped".getBytes(StandardCharsets.US_ASCII));
		integer(1000);
		shared("@");
		begin("NSAttributedString", 0);
		StringBuilder whole = new StringBuilder();
		stretches.forEach(stretch -> whole.append(stretch.text));
		shared("@");
		string(whole.toString());
		List<Map<String, Object>> sets = new ArrayList<>();
		for (Stretch stretch : stretches) {
			int known = sets.indexOf(stretch.attributes);
			shared("iI");
			integer(known < 0 ? sets.size() + 1 : known + 1);
			integer(stretch.text.length());
			if (known < 0) {
				sets.add(stretch.attributes);
				dictionary(stretch.attributes);
			}
		}
		out.write(END);
	}

	private void dictionary(Map<String, Object> attributes) {
		shared("@");
		begin("NSDictionary", 0);
		shared("i");
		integer(attributes.size());
		attributes.forEach((key, value) -> {
			shared("@");
			string(key);
			shared("@");
			value(value);
		});
		out.write(END);
	}

	private void value(Object value) {
		if (value instanceof Integer number) {
			out.write(NEW);
			numbered.add("");
			type("NSNumber", 0, "NSValue");
			shared("*");
			out.write(NEW);
			shared("i");
			numbered.add("");
			shared("i");
			integer(number);
			out.write(END);
		} else if (value instanceof java.net.URI uri) {
			begin("NSURL", 0);
			shared("c");
			out.write(0);
			shared("@");
			string(uri.toString());
			out.write(END);
		} else {
			string(value.toString());
		}
	}

	private void string(String text) {
		begin("NSString", 1);
		shared("+");
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		length(utf8.length);
		out.writeBytes(utf8);
		out.write(END);
	}

	private void begin(String type, int version) {
		out.write(NEW);
		numbered.add("");
		type(type, version);
	}

	private void type(String name, int version, String... above) {
		int known = numbered.indexOf(name);
		if (known >= 0) {
			reference(known);
			return;
		}
		out.write(NEW);
		shared(name);
		integer(version);
		numbered.add(name);
		if (above.length > 0) {
			type(above[0], 0);
		} else if (name.equals("NSObject")) {
			out.write(NIL);
		} else {
			type("NSObject", 0);
		}
	}

	private void shared(String string) {
		int known = strings.indexOf(string);
		if (known >= 0) {
			reference(known);
			return;
		}
		strings.add(string);
		out.write(NEW);
		length(string.length());
		out.writeBytes(string.getBytes(StandardCharsets.US_ASCII));
	}

	private void reference(int number) {
		integer(number + FIRST_REFERENCE);
	}

	private void length(int length) {
		if (length < 0x80) {
			out.write(length);
		} else {
			wide(length, length > 0xFFFF);
		}
	}

	private void integer(int value) {
		if (value >= FIRST_REFERENCE && value <= Byte.MAX_VALUE) {
			out.write(value);
		} else {
			wide(value, value != (short) value);
		}
	}

	private void wide(int value, boolean four) {
		out.write(four ? INTEGER_4 : INTEGER_2);
		byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
		out.write(bytes, 0, four ? 4 : 2);
	}
}
