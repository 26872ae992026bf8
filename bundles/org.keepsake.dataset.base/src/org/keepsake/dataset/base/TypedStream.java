// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Reads what {@code NSArchiver} wrote: typed streams, in which messages keep their text with its attributes. Tolerant and
 * safe with hostile bytes: nothing throws; reading ends where the bytes stop making sense, and what came before is kept.
 * No length is believed beyond the bytes that are there; objects that refer to each other in circles, or again and again,
 * are cut off.
 *
 * <p>
 * Format: {@code typedstream.h} of Darwin 0.1's Objective-C runtime (objc-1); the layout of the Foundation classes as in
 * dgelessus/python-typedstream, {@code src/typedstream/types/foundation.py}.
 */
public final class TypedStream {

	static final int MAX_DEPTH = 48;
	/** How many values are read, and how many are given again where objects are referred to more than once. */
	static final int MAX_VALUES = 100_000;
	private static final int MAX_LENGTH = 16 << 20;

	/* Heads of one byte: what is between stands for a reference, what is above for itself. */
	private static final int INTEGER_2 = -127;
	private static final int INTEGER_4 = -126;
	private static final int FLOAT = -125;
	private static final int NEW = -124;
	private static final int NIL = -123;
	private static final int END = -122;
	private static final int FIRST_REFERENCE = -110;

	private final ByteBuffer in;
	private final List<String> strings = new ArrayList<>();
	/** Objects, classes and C strings share their numbers. */
	private final List<@Nullable Object> objects = new ArrayList<>();
	private @Nullable Thing root;
	private int values;

	private TypedStream(byte[] bytes) {
		in = ByteBuffer.wrap(bytes);
	}

	/** Whether the bytes begin as a typed stream does. */
	public static boolean is(byte[] bytes) {
		if (bytes.length < 14 || bytes[0] < 3 || bytes[0] > 4 || bytes[1] != 11) {
			return false;
		}
		String signature = new String(bytes, 2, 11, StandardCharsets.US_ASCII);
		return signature.equals("streamtyped") || signature.equals("typedstream");
	}

	/**
	 * The first object in the stream: {@code String}, {@code Long}, {@code Double}, {@code byte[]}, {@code Instant},
	 * {@link AttributedText}, and lists, or maps by text, of these; an object of an unknown class is a list of its values.
	 *
	 * @return null if there is none
	 */
	public static @Nullable Object read(byte[] bytes) {
		if (!is(bytes) || bytes.length > MAX_LENGTH) {
			return null;
		}
		TypedStream stream = new TypedStream(bytes);
		boolean whole = stream.parse();
		Thing first = stream.root;
		return first == null ? null : new TypedValues(whole).plain(first, 0);
	}

	/**
	 * The text that a stream holds, as messages, reminders and others have it in a column. Where the stream cannot be
	 * understood, the first string in it is looked for.
	 */
	public static AttributedText text(byte[] bytes) {
		Object found = read(bytes);
		if (found instanceof AttributedText text && (text.isWhole() || !text.text().isEmpty())) {
			return text;
		}
		String plain = found instanceof String string ? string : firstString(bytes);
		return new AttributedText(plain, List.of(), found instanceof String);
	}

	/** Looks for the mark of a string's bytes behind the name of its class, as the simplest readers do. */
	private static String firstString(byte[] bytes) {
		int at = Math.max(indexOf(bytes, "NSString"), indexOf(bytes, "NSMutableString"));
		for (int i = Math.max(at, 0); at >= 0 && i + 3 < bytes.length; i++) {
			if (bytes[i] == 1 && bytes[i + 1] == '+') {
				ByteBuffer rest = ByteBuffer.wrap(bytes, i + 2, bytes.length - i - 2).order(ByteOrder.LITTLE_ENDIAN);
				int length = rest.get();
				if (length == INTEGER_2 && rest.remaining() >= 2) {
					length = rest.getShort() & 0xFFFF;
				} else if (length == INTEGER_4 && rest.remaining() >= 4) {
					length = rest.getInt();
				}
				int available = Math.clamp(length, 0, rest.remaining());
				return new String(bytes, rest.position(), available, StandardCharsets.UTF_8);
			}
		}
		return "";
	}

	private static int indexOf(byte[] bytes, String name) {
		return new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1).indexOf(name);
	}

	/** @return whether it could be read to the end of the first object */
	private boolean parse() {
		try {
			in.order(in.get(2) == 's' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).position(13);
			integer(in.get());
			String type = sharedString(in.get());
			if (type != null && type.startsWith("@")) {
				value(type, 0, 0, new ArrayList<>());
				return true;
			}
			return false;
		} catch (Nonsense | java.nio.BufferUnderflowException e) {
			return false;
		}
	}

	/** An object as it is stored: its class and those above it, and its values in a row. */
	static final class Thing {
		final List<String> classes = new ArrayList<>();
		final List<@Nullable Object> values = new ArrayList<>();

		boolean is(String name) {
			return classes.contains(name);
		}
	}

	/** A class and the one above it. */
	record Type(String name, @Nullable Type above) {
	}

	private static final class Nonsense extends Exception {
		private static final long serialVersionUID = 1L;

		Nonsense() {
			super(null, null, false, false);
		}
	}

	private long integer(int head) throws Nonsense {
		if (head == INTEGER_2) {
			return in.getShort();
		}
		if (head == INTEGER_4) {
			return in.getInt();
		}
		if (head < FIRST_REFERENCE) {
			throw new Nonsense();
		}
		return head;
	}

	private byte @Nullable [] rawString(int head) throws Nonsense {
		if (head == NIL) {
			return null;
		}
		long length = integer(head);
		length = head == INTEGER_2 ? length & 0xFFFF : head >= FIRST_REFERENCE ? head & 0xFF : length;
		if (length < 0 || length > in.remaining()) {
			throw new Nonsense();
		}
		byte[] bytes = new byte[(int) length];
		in.get(bytes);
		return bytes;
	}

	private @Nullable String sharedString(int head) throws Nonsense {
		if (head == NIL) {
			return null;
		}
		if (head == NEW) {
			byte[] bytes = rawString(in.get());
			if (bytes == null) {
				throw new Nonsense();
			}
			String string = new String(bytes, StandardCharsets.UTF_8);
			strings.add(string);
			return string;
		}
		return at(strings, head);
	}

	private <T> T at(List<T> table, int head) throws Nonsense {
		long index = integer(head) - FIRST_REFERENCE;
		if (index < 0 || index >= table.size()) {
			throw new Nonsense();
		}
		return table.get((int) index);
	}

	/** Reads a value of the type at a position of an encoding. @return the position behind that type */
	private int value(String types, int position, int depth, List<@Nullable Object> into) throws Nonsense {
		if (depth > MAX_DEPTH || ++values > MAX_VALUES || position >= types.length()) {
			throw new Nonsense();
		}
		char type = types.charAt(position);
		switch (type) {
			case 'B' -> into.add(Long.valueOf(in.get()));
			case 'c' -> into.add(Long.valueOf(in.get()));
			case 'C' -> into.add(Long.valueOf(in.get() & 0xFF));
			case 's', 'i', 'l', 'q', 'S', 'I', 'L', 'Q' -> into.add(number(in.get(), Character.isUpperCase(type)));
			case 'f' -> into.add(real(in.get(), 4));
			case 'd' -> into.add(real(in.get(), 8));
			case '%', ':' -> into.add(sharedString(in.get()));
			case '+' -> into.add(rawString(in.get()));
			case '*' -> into.add(cString(in.get()));
			case '#' -> {
				Type found = type(in.get());
				into.add(found == null ? null : found.name);
			}
			case '@' -> into.add(object(in.get(), depth));
			case '!' -> {
			}
			case '[' -> {
				return array(types, position, depth, into);
			}
			case '{' -> {
				return struct(types, position, depth, into);
			}
			default -> throw new Nonsense();
		}
		return position + 1;
	}

	private Long number(int head, boolean unsigned) throws Nonsense {
		long value = integer(head);
		if (!unsigned || value >= 0) {
			return value;
		}
		return head == INTEGER_4 ? value & 0xFFFF_FFFFL : head == INTEGER_2 ? value & 0xFFFF : value & 0xFF;
	}

	private Double real(int head, int width) throws Nonsense {
		if (head == FLOAT) {
			return width == 4 ? in.getFloat() : in.getDouble();
		}
		return (double) integer(head);
	}

	private @Nullable Object cString(int head) throws Nonsense {
		if (head == NEW) {
			String string = sharedString(in.get());
			objects.add(string);
			return string;
		}
		return head == NIL ? null : at(objects, head);
	}

	private @Nullable Type type(int firstHead) throws Nonsense {
		List<String> names = new ArrayList<>();
		List<Integer> places = new ArrayList<>();
		int head = firstHead;
		while (head == NEW) {
			String name = sharedString(in.get());
			integer(in.get());
			if (name == null || names.size() > MAX_DEPTH) {
				throw new Nonsense();
			}
			names.add(name);
			places.add(objects.size());
			objects.add(null);
			head = in.get();
		}
		Type above = null;
		if (head != NIL) {
			if (!(at(objects, head) instanceof Type known)) {
				throw new Nonsense();
			}
			above = known;
		}
		for (int i = names.size() - 1; i >= 0; i--) {
			above = new Type(names.get(i), above);
			objects.set(places.get(i), above);
		}
		return above;
	}

	private @Nullable Object object(int head, int depth) throws Nonsense {
		if (head == NIL) {
			return null;
		}
		if (head != NEW) {
			return at(objects, head);
		}
		Thing thing = new Thing();
		objects.add(thing);
		if (root == null) {
			root = thing;
		}
		for (Type type = type(in.get()); type != null && thing.classes.size() <= MAX_DEPTH; type = type.above) {
			thing.classes.add(type.name);
		}
		for (int next = in.get(); next != END; next = in.get()) {
			String types = sharedString(next);
			if (types == null || types.isEmpty()) {
				throw new Nonsense();
			}
			for (int position = 0; position < types.length();) {
				position = value(types, position, depth + 1, thing.values);
			}
		}
		return thing;
	}

	private int array(String types, int start, int depth, List<@Nullable Object> into) throws Nonsense {
		int position = start + 1;
		int count = 0;
		while (position < types.length() && Character.digit(types.charAt(position), 10) >= 0) {
			count = count * 10 + Character.digit(types.charAt(position++), 10);
			if (count > in.remaining()) {
				throw new Nonsense();
			}
		}
		if (position >= types.length()) {
			throw new Nonsense();
		}
		if ("cC".indexOf(types.charAt(position)) >= 0) {
			byte[] bytes = new byte[count];
			in.get(bytes);
			into.add(bytes);
			return closed(types, position + 1, ']');
		}
		List<@Nullable Object> elements = new ArrayList<>();
		into.add(elements);
		int behind = position;
		for (int i = 0; i < count; i++) {
			behind = value(types, position, depth + 1, elements);
		}
		return count == 0 ? skip(types, start) : closed(types, behind, ']');
	}

	private int struct(String types, int start, int depth, List<@Nullable Object> into) throws Nonsense {
		List<@Nullable Object> fields = new ArrayList<>();
		into.add(fields);
		int position = types.indexOf('=', start) + 1;
		if (position <= 0) {
			throw new Nonsense();
		}
		while (position < types.length() && types.charAt(position) != '}') {
			position = value(types, position, depth + 1, fields);
		}
		return closed(types, position, '}');
	}

	private static int closed(String types, int position, char bracket) throws Nonsense {
		if (position >= types.length() || types.charAt(position) != bracket) {
			throw new Nonsense();
		}
		return position + 1;
	}

	/** The position behind the brackets that begin at one. */
	private static int skip(String types, int start) throws Nonsense {
		int open = 0;
		for (int i = start; i < types.length(); i++) {
			char c = types.charAt(i);
			open += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
			if (open == 0) {
				return i + 1;
			}
		}
		throw new Nonsense();
	}
}
