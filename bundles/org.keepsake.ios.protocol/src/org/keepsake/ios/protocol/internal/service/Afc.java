// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * The device's media folder ({@code com.apple.afc}). Source: {@code libimobiledevice/libimobiledevice: src/afc.c}. Used
 * by one thread at a time. Operations throw {@link AfcException} for the device's errors.
 */
public final class Afc implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.afc";
	/** {@link #open}: read. */
	public static final long READ = 1;
	/** {@link #open}: read and write, made if missing. */
	public static final long READ_WRITE = 2;
	/** {@link #open}: write from the beginning, made if missing. */
	public static final long WRITE = 3;
	/** {@link #open}: read and write from the beginning, made if missing. */
	public static final long WRITE_READ = 4;

	private static final byte[] MAGIC = "CFA6LPAA".getBytes(StandardCharsets.US_ASCII);
	private static final int HEADER = 40;
	private static final int LONGEST = 16 << 20;
	private static final int CHUNK = 64 * 1024;
	private static final int STATUS = 1;
	private static final int READ_DIR = 3;
	private static final int REMOVE_PATH = 8;
	private static final int MAKE_DIR = 9;
	private static final int FILE_INFO = 0x0a;
	private static final int DEVICE_INFO = 0x0b;
	private static final int FILE_OPEN = 0x0d;
	private static final int FILE_OPEN_RESULT = 0x0e;
	private static final int FILE_READ = 0x0f;
	private static final int FILE_WRITE = 0x10;
	private static final int FILE_CLOSE = 0x14;
	private static final int FILE_LOCK = 0x1b;
	private static final long EXCLUSIVE = 6;
	private static final long UNLOCK = 12;

	private final Wire wire;
	private long packets;

	/** On a connection to {@link #SERVICE}. */
	public Afc(Wire wire) {
		this.wire = wire;
	}

	/** A packet from the device: what it is, and parameters and data behind one another. */
	private record Answer(long operation, byte[] content) {
	}

	private Answer ask(int operation, byte[] parameters, byte[] data) throws IOException {
		ByteBuffer packet = ByteBuffer.allocate(HEADER + parameters.length + data.length)
				.order(ByteOrder.LITTLE_ENDIAN);
		packet.put(MAGIC);
		packet.putLong(HEADER + parameters.length + data.length); // entire length
		packet.putLong(HEADER + parameters.length); // this length
		packet.putLong(++packets);
		packet.putLong(operation);
		packet.put(parameters).put(data);
		wire.write(packet.array());
		Answer answer = receive();
		if (answer.operation == STATUS) {
			long code = answer.content.length >= 8 ? u64(answer.content, 0) : 1;
			if (code != 0) {
				throw new AfcException(operation, code);
			}
		}
		return answer;
	}

	private Answer receive() throws IOException {
		byte[] header = wire.readBytes(HEADER);
		long entire = u64(header, 8);
		long self = u64(header, 16);
		if (!java.util.Arrays.equals(header, 0, 8, MAGIC, 0, 8) || entire < HEADER || entire > LONGEST
				|| self < HEADER || self > entire) {
			throw new PlistException("An AFC packet with a bad header");
		}
		return new Answer(u64(header, 32), wire.readBytes((int) entire - HEADER));
	}

	private static long u64(byte[] bytes, int at) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
	}

	private static byte[] numbers(long... numbers) {
		ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
		for (long number : numbers) {
			bytes.putLong(number);
		}
		return bytes.array();
	}

	private static byte[] path(String path) {
		return (path + '\0').getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] join(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	private static final byte[] NOTHING = {};

	/** Opens a file; {@link #READ} and its siblings say how. */
	public long open(String path, long mode) throws IOException {
		Answer answer = ask(FILE_OPEN, join(numbers(mode), path(path)), NOTHING);
		if (answer.operation != FILE_OPEN_RESULT || answer.content.length < 8) {
			throw new PlistException("An AFC answer of another kind");
		}
		return u64(answer.content, 0);
	}

	/** Closes a file. */
	public void close(long handle) throws IOException {
		ask(FILE_CLOSE, numbers(handle), NOTHING);
	}

	/** Takes the exclusive lock on an open file; {@link AfcException#WOULD_BLOCK} if another has it. */
	public void lock(long handle) throws IOException {
		ask(FILE_LOCK, numbers(handle, EXCLUSIVE), NOTHING);
	}

	/** Gives the lock back. */
	public void unlock(long handle) throws IOException {
		ask(FILE_LOCK, numbers(handle, UNLOCK), NOTHING);
	}

	/** The whole file. */
	public byte[] read(String path, int longest) throws IOException {
		long handle = open(path, READ);
		try {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			while (true) {
				byte[] part = ask(FILE_READ, numbers(handle, CHUNK), NOTHING).content;
				if (part.length == 0) {
					return content.toByteArray();
				}
				content.writeBytes(part);
				if (content.size() > longest) {
					throw new PlistException("A file longer than expected");
				}
			}
		} finally {
			close(handle);
		}
	}

	/** Writes a file, in place of what was there. */
	public void write(String path, byte[] content) throws IOException {
		long handle = open(path, WRITE_READ);
		try {
			for (int at = 0; at < content.length; at += CHUNK) {
				byte[] part = java.util.Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK));
				ask(FILE_WRITE, numbers(handle), part);
			}
		} finally {
			close(handle);
		}
	}

	/** Makes a folder; without effect if it is there. */
	public void makeDirectory(String path) throws IOException {
		try {
			ask(MAKE_DIR, path(path), NOTHING);
		} catch (AfcException e) {
			if (e.code() != AfcException.EXISTS) {
				throw e;
			}
		}
	}

	/** Removes a file or an empty folder. */
	public void remove(String path) throws IOException {
		ask(REMOVE_PATH, path(path), NOTHING);
	}

	/** Names in a folder, without the folder itself and the one above. */
	public List<String> list(String path) throws IOException {
		List<String> names = texts(ask(READ_DIR, path(path), NOTHING).content);
		names.removeAll(List.of(".", ".."));
		return names;
	}

	/** What is known of a file: {@code st_size}, {@code st_ifmt}, {@code st_mtime} and more. */
	public Map<String, String> info(String path) throws IOException {
		return pairs(ask(FILE_INFO, path(path), NOTHING).content);
	}

	/** What is known of the device's media folder: {@code FSTotalBytes}, {@code FSFreeBytes}, {@code Model}. */
	public Map<String, String> deviceInfo() throws IOException {
		return pairs(ask(DEVICE_INFO, NOTHING, NOTHING).content);
	}

	private static List<String> texts(byte[] content) {
		List<String> texts = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < content.length; i++) {
			if (content[i] == 0) {
				texts.add(new String(content, start, i - start, StandardCharsets.UTF_8));
				start = i + 1;
			}
		}
		return texts;
	}

	private static Map<String, String> pairs(byte[] content) {
		List<String> texts = texts(content);
		Map<String, String> pairs = new LinkedHashMap<>();
		for (int i = 0; i + 1 < texts.size(); i += 2) {
			pairs.put(texts.get(i), texts.get(i + 1));
		}
		return pairs;
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
