// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.JsonValues;
import org.keepsake.dataset.base.KeyedArchive;

/**
 * What Voice Memos understood of a recording, which it keeps in the recording since iOS 18: in {@code .m4a} as the atom
 * {@code moov/trak/udta/tsrp}, in {@code .qta} as the item {@code com.apple.VoiceMemos.tsrp} of {@code moov/trak/meta}; in
 * both as JSON of words and times. Only heads of atoms are read, and the words. As extract-apple-voice-memos-transcript and
 * other public readers have found it.
 */
final class Transcript {

	private static final int MOST_ATOMS = 20_000;
	private static final int MOST_BYTES = 8 << 20;
	private static final int MAX_DEPTH = 8;
	private static final int HEAD = 8;
	private static final int LONG_HEAD = 16;
	/** The version of an item's data and its language. */
	private static final int DATA_HEAD = 8;
	private static final String ITEM = "com.apple.VoiceMemos.tsrp";

	private final SeekableByteChannel channel;
	private int atoms;
	private String words = "";

	private Transcript(SeekableByteChannel channel) {
		this.channel = channel;
	}

	/** The words; empty if the recording has none, or is damaged. */
	static String of(SeekableByteChannel channel) throws IOException {
		Transcript transcript = new Transcript(channel);
		try {
			transcript.atoms(0, channel.size(), 0);
		} catch (EOFException _) {
			// Cut off: what was found counts.
		}
		return transcript.words;
	}

	/** An atom. @param type four characters, or a number @param from where its content begins */
	private record Atom(int type, long from, long to) {

		boolean is(String name) {
			return type == ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
		}
	}

	private ByteBuffer read(long from, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length);
		channel.position(from);
		while (bytes.hasRemaining()) {
			if (channel.read(bytes) < 0) {
				throw new EOFException();
			}
		}
		return bytes.flip();
	}

	/** The atom that begins there; null if none does. */
	private @Nullable Atom atom(long from, long to) throws IOException {
		if (to - from < HEAD || ++atoms > MOST_ATOMS) {
			return null;
		}
		ByteBuffer head = read(from, HEAD);
		long length = Integer.toUnsignedLong(head.getInt());
		int type = head.getInt();
		int own = HEAD;
		if (length == 1 && to - from >= LONG_HEAD) {
			length = read(from + HEAD, HEAD).getLong();
			own = LONG_HEAD;
		} else if (length == 0) {
			length = to - from;
		}
		return length < own || length > to - from ? null : new Atom(type, from + own, from + length);
	}

	private void atoms(long from, long to, int depth) throws IOException {
		Atom atom = depth > MAX_DEPTH ? null : atom(from, to);
		while (atom != null && words.isEmpty()) {
			if (atom.is("moov") || atom.is("trak") || atom.is("udta")) {
				atoms(atom.from, atom.to, depth + 1);
			} else if (atom.is("meta")) {
				items(atom);
			} else if (atom.is("tsrp")) {
				words(atom.from, atom.to);
			}
			atom = atom(atom.to, to);
		}
	}

	/** In QuickTime's files the atoms begin at once, in those of MPEG-4 behind a version. */
	private void items(Atom meta) throws IOException {
		long from = meta.from;
		Atom first = atom(from, meta.to);
		if (first == null || !first.is("hdlr") && !first.is("keys") && !first.is("ilst")) {
			from += 4;
		}
		int item = 0;
		Atom list = null;
		for (Atom atom = atom(from, meta.to); atom != null; atom = atom(atom.to, meta.to)) {
			if (atom.is("keys")) {
				item = item(atom);
			} else if (atom.is("ilst")) {
				list = atom;
			}
		}
		for (Atom atom = list == null || item == 0 ? null : atom(list.from, list.to); atom != null
				&& list != null; atom = atom(atom.to, list.to)) {
			Atom data = atom.type == item ? atom(atom.from, atom.to) : null;
			if (data != null && data.is("data")) {
				words(data.from + DATA_HEAD, data.to);
			}
		}
	}

	/** The number of the item, counted from 1; 0 if there is no such item. */
	private int item(Atom keys) throws IOException {
		int number = 0;
		for (Atom key = atom(keys.from + HEAD, keys.to); key != null; key = atom(key.to, keys.to)) {
			number++;
			if (key.to - key.from == ITEM.length() && ITEM.equals(
					StandardCharsets.US_ASCII.decode(read(key.from, ITEM.length())).toString())) {
				return number;
			}
		}
		return 0;
	}

	private void words(long from, long to) throws IOException {
		if (to - from <= 0 || to - from > MOST_BYTES) {
			return;
		}
		byte[] bytes = read(from, (int) (to - from)).array();
		int start = 0;
		while (start < bytes.length && bytes[start] != '{') {
			start++;
		}
		Object said = KeyedArchive.at(JsonValues.readOrNull(Arrays.copyOfRange(bytes, start, bytes.length)),
				"attributedString");
		Object runs = said instanceof List<?> ? said : KeyedArchive.at(said, "runs");
		StringBuilder text = new StringBuilder();
		if (runs instanceof List<?> list) {
			for (Object run : list) {
				text.append(run instanceof String word ? word : "");
			}
		}
		words = text.toString().strip();
	}
}
