// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Small, real sound files: silence in AAC, one channel of 44,100 Hz, in an MPEG-4 container (ISO/IEC 14496-12 and -14)
 * with its index in front, as Voice Memos writes them. Since iOS 18 the app keeps what it understood in an atom
 * {@code tsrp} of the track's user data.
 */
final class M4a {

	private static final int RATE = 44_100;
	private static final int SAMPLES_A_FRAME = 1_024;
	/** A raw data block of one channel that says nothing. */
	private static final byte[] SILENT = { 0, (byte) 0xc8, 0, (byte) 0x80, 0x23, (byte) 0x80 };
	/** Seconds from 1904, the epoch of the container, to 1970. */
	private static final long EPOCH = 2_082_844_800L;
	private static final int[] IDENTITY = { 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000 };

	private M4a() {
	}

	/**
	 * A sound file.
	 *
	 * @param transcript what the app understood, as it keeps it; null if nothing
	 */
	static byte[] silence(int seconds, Instant made, @Nullable String transcript) {
		int frames = (seconds * RATE + SAMPLES_A_FRAME - 1) / SAMPLES_A_FRAME;
		byte[] type = box("ftyp", "M4A ".getBytes(StandardCharsets.US_ASCII), ints(0),
				"M4A mp42isom".getBytes(StandardCharsets.US_ASCII));
		byte[] draft = index(frames, made, transcript, 0);
		byte[] index = index(frames, made, transcript, type.length + draft.length + 8);
		byte[] sound = new byte[frames * SILENT.length];
		for (int i = 0; i < frames; i++) {
			System.arraycopy(SILENT, 0, sound, i * SILENT.length, SILENT.length);
		}
		return join(type, index, box("mdat", sound));
	}

	private static byte[] index(int frames, Instant made, @Nullable String transcript, int offset) {
		int date = (int) (made.getEpochSecond() + EPOCH);
		int length = frames * SAMPLES_A_FRAME;
		byte[] movie = box("mvhd", ints(0, date, date, RATE, length, 0x10000, 0x01000000, 0, 0), ints(IDENTITY),
				ints(0, 0, 0, 0, 0, 0, 2));
		byte[] track = box("tkhd", ints(7, date, date, 1, 0, length, 0, 0, 0, 0x01000000), ints(IDENTITY),
				ints(0, 0));
		byte[] media = box("mdia", box("mdhd", ints(0, date, date, RATE, length, 0x55c40000)),
				box("hdlr", ints(0, 0), "soun".getBytes(StandardCharsets.US_ASCII), ints(0, 0, 0), new byte[1]),
				box("minf", box("smhd", ints(0, 0)), box("dinf", box("dref", ints(0, 1), box("url ", ints(1)))),
						samples(frames, offset)));
		byte[] heard = transcript == null ? new byte[0]
				: box("udta", box("tsrp", transcript.getBytes(StandardCharsets.UTF_8)));
		return box("moov", movie, box("trak", track, media, heard));
	}

	private static byte[] samples(int frames, int offset) {
		byte[] config = descriptor(5, new byte[] { 0x12, 0x08 });
		byte[] decoder = descriptor(4, join(new byte[] { 0x40, 0x15, 0, 0, 0 }, ints(64_000, 64_000), config));
		byte[] stream = descriptor(3, join(new byte[3], decoder, descriptor(6, new byte[] { 2 })));
		byte[] entry = box("mp4a", ints(0, 1, 0, 0, 0x10010, 0, RATE << 16), box("esds", ints(0), stream));
		return box("stbl", box("stsd", ints(0, 1), entry), box("stts", ints(0, 1, frames, SAMPLES_A_FRAME)),
				box("stsc", ints(0, 1, 1, frames, 1)), box("stsz", ints(0, SILENT.length, frames)),
				box("stco", ints(0, 1, offset)));
	}

	private static byte[] descriptor(int tag, byte[] content) {
		return join(new byte[] { (byte) tag, (byte) content.length }, content);
	}

	private static byte[] box(String type, byte[]... parts) {
		byte[] content = join(parts);
		return join(ints(content.length + 8), type.getBytes(StandardCharsets.US_ASCII), content);
	}

	private static byte[] ints(int... values) {
		ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
		Arrays.stream(values).forEach(buffer::putInt);
		return buffer.array();
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}
}
