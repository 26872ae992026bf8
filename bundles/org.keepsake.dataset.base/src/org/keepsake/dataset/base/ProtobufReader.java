// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A message of Protocol Buffers, read without its description: the fields are asked by their numbers. Tolerant and safe
 * with hostile bytes: nothing throws; reading ends where the bytes stop making sense, and what came before is kept
 * ({@link #isWhole} tells). No length is believed beyond the bytes that are there, messages are opened when they are
 * asked for, no deeper than {@value #MAX_DEPTH}, and none has more than {@value #MAX_FIELDS} fields. A field that occurs
 * with another wire type than asked for counts as missing. Immutable, thread-safe.
 *
 * <p>
 * Format: Protocol Buffers documentation, “Encoding”. Groups are skipped.
 */
public final class ProtobufReader {

	/** How deep messages may be nested; what is deeper reads as empty. */
	public static final int MAX_DEPTH = 64;
	/** How many fields of a message are read. */
	public static final int MAX_FIELDS = 1 << 20;

	private static final int VARINT = 0;
	private static final int FIXED64 = 1;
	private static final int BYTES = 2;
	private static final int GROUP_START = 3;
	private static final int GROUP_END = 4;
	private static final int FIXED32 = 5;

	private final byte[] data;
	private final int depth;
	private final List<Field> fields = new ArrayList<>();
	private final boolean whole;

	/** The message in all of the bytes, which are not copied and must not change. */
	public ProtobufReader(byte[] bytes) {
		this(bytes, 0, bytes.length, 0);
	}

	private ProtobufReader(byte[] data, int from, int to, int depth) {
		this.data = data;
		this.depth = depth;
		whole = depth <= MAX_DEPTH && new Scan(from, to).all();
	}

	/** Whether all of the bytes made sense. */
	public boolean isWhole() {
		return whole;
	}

	/** The numbers of its fields in the order of the bytes, each as often as it occurs. */
	public int[] numbers() {
		return fields.stream().mapToInt(Field::number).toArray();
	}

	/** Whether there is a field of the number, of any type. */
	public boolean has(int number) {
		return fields.stream().anyMatch(field -> field.number == number);
	}

	/** A varint or fixed number as it is stored; the last one where there are several, 0 if there is none. */
	public long number(int number) {
		return number(number, 0);
	}

	/** A varint or fixed number as it is stored; the last one where there are several. */
	public long number(int number, long orElse) {
		Field field = last(number, false);
		return field == null ? orElse : field.value;
	}

	/** A varint whose sign is in its lowest bit ({@code sint32}, {@code sint64}); 0 if there is none. */
	public long signed(int number) {
		long value = number(number, 0);
		return value >>> 1 ^ -(value & 1);
	}

	/** All numbers of a repeated field, packed or not; those that are packed must be varints. */
	public List<Long> numbers(int number) {
		List<Long> found = new ArrayList<>();
		for (Field field : fields) {
			if (field.number != number || found.size() >= MAX_FIELDS) {
				continue;
			}
			if (field.type != BYTES) {
				found.add(field.value);
				continue;
			}
			Scan scan = new Scan(field.from, field.to);
			while (scan.at < scan.end && found.size() < MAX_FIELDS && scan.varint()) {
				found.add(scan.value);
			}
		}
		return found;
	}

	/** A {@code float} or {@code double}; 0 if there is none. */
	public double real(int number) {
		Field field = last(number, false);
		if (field == null || field.type == VARINT) {
			return 0;
		}
		return field.type == FIXED32 ? Float.intBitsToFloat((int) field.value) : Double.longBitsToDouble(field.value);
	}

	/** Text in UTF-8, what is not valid replaced; null if there is none. */
	public @Nullable String text(int number) {
		Field field = last(number, true);
		return field == null ? null : text(field);
	}

	/** All texts of a repeated field. */
	public List<String> texts(int number) {
		return fields.stream().filter(field -> field.is(number)).map(this::text).toList();
	}

	/** A copy of the bytes; null if there are none. */
	public byte @Nullable [] bytes(int number) {
		Field field = last(number, true);
		return field == null ? null : Arrays.copyOfRange(data, field.from, field.to);
	}

	/** Copies of all bytes of a repeated field. */
	public List<byte[]> allBytes(int number) {
		return fields.stream().filter(field -> field.is(number))
				.map(field -> Arrays.copyOfRange(data, field.from, field.to)).toList();
	}

	/** The message in a field; null if there is none. Read anew at each call. */
	public @Nullable ProtobufReader message(int number) {
		Field field = last(number, true);
		return field == null ? null : message(field);
	}

	/** All messages of a repeated field. Read anew at each call. */
	public List<ProtobufReader> messages(int number) {
		List<ProtobufReader> found = new ArrayList<>();
		for (Field field : fields) {
			if (field.is(number)) {
				found.add(message(field));
			}
		}
		return found;
	}

	private ProtobufReader message(Field field) {
		return new ProtobufReader(data, field.from, field.to, depth + 1);
	}

	private String text(Field field) {
		return new String(data, field.from, field.to - field.from, StandardCharsets.UTF_8);
	}

	private @Nullable Field last(int number, boolean bytes) {
		for (int i = fields.size() - 1; i >= 0; i--) {
			Field field = fields.get(i);
			if (field.number == number && field.type == BYTES == bytes) {
				return field;
			}
		}
		return null;
	}

	/** A field: its number's value, or where its bytes are. */
	private record Field(int number, int type, long value, int from, int to) {
		boolean is(int wanted) {
			return number == wanted && type == BYTES;
		}
	}

	/** Goes through the bytes once. */
	private final class Scan {
		private final int end;
		private int at;
		private long value;

		Scan(int from, int end) {
			at = from;
			this.end = end;
		}

		/** Gathers the fields. @return false if the bytes stopped making sense */
		boolean all() {
			while (at < end) {
				if (fields.size() >= MAX_FIELDS || !varint() || !field()) {
					return false;
				}
			}
			return true;
		}

		private boolean field() {
			int number = (int) (value >>> 3);
			int type = (int) (value & 7);
			if (number <= 0 || value >>> 3 > Integer.MAX_VALUE) {
				return false;
			}
			if (type == GROUP_START) {
				return group(number);
			}
			int from = at;
			if (!take(type)) {
				return false;
			}
			fields.add(new Field(number, type, value, type == BYTES ? at - (int) value : from, at));
			return true;
		}

		/** Takes a value: its number, or its length if it is bytes. */
		private boolean take(int type) {
			return switch (type) {
				case VARINT -> varint();
				case FIXED64 -> fixed(8);
				case FIXED32 -> fixed(4);
				case BYTES -> varint() && skip(value);
				default -> false;
			};
		}

		private boolean group(int number) {
			int[] open = new int[MAX_DEPTH];
			int depthOfGroups = 1;
			open[0] = number;
			while (depthOfGroups > 0) {
				if (at >= end || !varint()) {
					return false;
				}
				int type = (int) (value & 7);
				int inner = (int) (value >>> 3);
				if (type == GROUP_START && depthOfGroups < MAX_DEPTH) {
					open[depthOfGroups++] = inner;
				} else if (type == GROUP_END && open[depthOfGroups - 1] == inner) {
					depthOfGroups--;
				} else if (!take(type)) {
					return false;
				}
			}
			return true;
		}

		private boolean skip(long length) {
			if (length < 0 || length > end - at) {
				return false;
			}
			at += (int) length;
			return true;
		}

		private boolean fixed(int size) {
			if (end - at < size) {
				return false;
			}
			value = 0;
			for (int i = 0; i < size; i++) {
				value |= (data[at++] & 0xffL) << 8 * i;
			}
			return true;
		}

		private boolean varint() {
			value = 0;
			for (int shift = 0; shift < 70 && at < end; shift += 7) {
				byte next = data[at++];
				value |= (next & 0x7fL) << shift;
				if (next >= 0) {
					return true;
				}
			}
			return false;
		}
	}
}
