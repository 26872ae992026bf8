// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.ui.internal.inside.Entry.Symbol;

/** Writes entries as bytes and reads them again: for the window's own use, in one run of the program. */
final class EntryCodec {

	/** A longer text is cut; so is what has more bytes. */
	private static final int LONGEST = 1 << 20;
	private static final int DEEPEST = 20;

	private EntryCodec() {
	}

	/** Writes an entry. */
	static void write(DataOutputStream out, Entry entry) throws IOException {
		text(out, entry.key());
		value(out, entry.date(), 0);
		text(out, entry.headline());
		out.writeInt(entry.attachments().size());
		for (Attachment file : entry.attachments()) {
			text(out, file.name());
			text(out, file.mimeType());
			text(out, file.domain());
			text(out, file.path());
			out.writeBoolean(file.present());
		}
		value(out, entry.values(), 0);
	}

	/** Reads what was written. */
	static Entry read(DataInputStream in) throws IOException {
		String key = text(in);
		Instant date = (Instant) value(in);
		String headline = text(in);
		int files = in.readInt();
		List<Attachment> attachments = new ArrayList<>();
		for (int i = 0; i < files; i++) {
			attachments.add(new Attachment(text(in), text(in), text(in), text(in), in.readBoolean()));
		}
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		if (value(in) instanceof Map<?, ?> map) {
			map.forEach((name, value) -> values.put(String.valueOf(name), value));
		}
		return new Entry(key, date, headline, List.copyOf(attachments), values);
	}

	private static void value(DataOutput out, @Nullable Object value, int depth) throws IOException {
		switch (value) {
			case null -> out.writeByte('-');
			case Instant instant -> {
				out.writeByte('I');
				out.writeLong(instant.getEpochSecond());
				out.writeInt(instant.getNano());
			}
			case Duration duration -> {
				out.writeByte('D');
				out.writeLong(duration.getSeconds());
				out.writeInt(duration.getNano());
			}
			case LocalDate day -> {
				out.writeByte('L');
				out.writeLong(day.toEpochDay());
			}
			case Boolean truth -> out.writeByte(truth.booleanValue() ? 'T' : 'F');
			case Double number -> real(out, number.doubleValue());
			case Float number -> real(out, number.doubleValue());
			case Long number -> whole(out, number.longValue());
			case Integer number -> whole(out, number.longValue());
			case Short number -> whole(out, number.longValue());
			case Byte number -> whole(out, number.longValue());
			case Enum<?> one -> {
				out.writeByte('E');
				text(out, one.name());
			}
			case byte[] bytes -> {
				out.writeByte('B');
				bytes(out, bytes);
			}
			case Map<?, ?> map when depth < DEEPEST -> map(out, map, depth);
			case List<?> list when depth < DEEPEST -> list(out, list, depth);
			default -> {
				out.writeByte('S');
				text(out, value.toString());
			}
		}
	}

	private static void real(DataOutput out, double number) throws IOException {
		out.writeByte('R');
		out.writeDouble(number);
	}

	private static void whole(DataOutput out, long number) throws IOException {
		out.writeByte('N');
		out.writeLong(number);
	}

	private static void map(DataOutput out, Map<?, ?> map, int depth) throws IOException {
		out.writeByte('M');
		out.writeInt(map.size());
		for (Map.Entry<?, ?> member : map.entrySet()) {
			text(out, String.valueOf(member.getKey()));
			value(out, member.getValue(), depth + 1);
		}
	}

	private static void list(DataOutput out, List<?> list, int depth) throws IOException {
		out.writeByte('A');
		out.writeInt(list.size());
		for (Object element : list) {
			value(out, element, depth + 1);
		}
	}

	private static void text(DataOutput out, String text) throws IOException {
		String kept = text.length() > LONGEST ? text.substring(0, LONGEST) + '…' : text;
		byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static void bytes(DataOutput out, byte[] bytes) throws IOException {
		int length = bytes.length > LONGEST ? 0 : bytes.length;
		out.writeInt(length);
		out.write(bytes, 0, length);
	}

	private static @Nullable Object value(DataInput in) throws IOException {
		byte kind = in.readByte();
		return switch (kind) {
			case '-' -> null;
			case 'I' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
			case 'D' -> Duration.ofSeconds(in.readLong(), in.readInt());
			case 'L' -> LocalDate.ofEpochDay(in.readLong());
			case 'T' -> Boolean.TRUE;
			case 'F' -> Boolean.FALSE;
			case 'R' -> Double.valueOf(in.readDouble());
			case 'N' -> Long.valueOf(in.readLong());
			case 'E' -> new Symbol(text(in));
			case 'B' -> bytes(in);
			case 'M' -> map(in);
			case 'A' -> list(in);
			default -> text(in);
		};
	}

	private static Map<String, @Nullable Object> map(DataInput in) throws IOException {
		int size = in.readInt();
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put(text(in), value(in));
		}
		return map;
	}

	private static List<@Nullable Object> list(DataInput in) throws IOException {
		int size = in.readInt();
		List<@Nullable Object> list = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			list.add(value(in));
		}
		return list;
	}

	private static String text(DataInput in) throws IOException {
		return new String(bytes(in), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(DataInput in) throws IOException {
		byte[] bytes = new byte[in.readInt()];
		in.readFully(bytes);
		return bytes;
	}
}
