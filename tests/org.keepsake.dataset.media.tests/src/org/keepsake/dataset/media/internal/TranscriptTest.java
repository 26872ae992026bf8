// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {

	private static final String SAID = """
			{"attributedString":{"runs":["Grüße ",0,"aus ",1,"Wien",2],"attributeTable":[{"timeRange":[0,0.5]},\
			{"timeRange":[0.5,0.8]},{"timeRange":[0.8,1.5]}]},"locale":{"identifier":"de_AT","current":1}}""";

	@TempDir
	Path folder;

	static byte[] atom(String type, byte[]... parts) {
		byte[] content = join(parts);
		return join(ByteBuffer.allocate(4).putInt(content.length + 8).array(),
				type.getBytes(StandardCharsets.ISO_8859_1), content);
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	/** A recording in MPEG-4. */
	static byte[] m4a(String said) {
		return join(atom("ftyp", "M4A ".getBytes(StandardCharsets.US_ASCII)), atom("mdat", new byte[1000]),
				atom("moov", atom("mvhd", new byte[100]),
						atom("trak", atom("mdia", new byte[50]),
								atom("udta", atom("tsrp", said.getBytes(StandardCharsets.UTF_8))))));
	}

	/** A recording as QuickTime has it, with a list of items that means something else in front. */
	private static byte[] qta(String said, byte[] version) {
		byte[] keys = atom("keys", new byte[] { 0, 0, 0, 0, 0, 0, 0, 2 },
				atom("mdta", "com.apple.quicktime.title".getBytes(StandardCharsets.US_ASCII)),
				atom("mdta", "com.apple.VoiceMemos.tsrp".getBytes(StandardCharsets.US_ASCII)));
		byte[] items = atom("ilst", atom("\0\0\0\1", atom("data", new byte[8], "Title".getBytes())),
				atom("\0\0\0\2", atom("data", new byte[] { 0, 0, 0, 1, 0, 0, 0, 0 },
						said.getBytes(StandardCharsets.UTF_8))));
		byte[] other = atom("udta", atom("meta", new byte[4], atom("hdlr", new byte[24])), new byte[4]);
		return join(atom("ftyp", "qt  ".getBytes(StandardCharsets.US_ASCII)), atom("wide"),
				atom("mdat", new byte[1000]), atom("moov", other,
						atom("trak", atom("meta", version, atom("hdlr", new byte[24]), keys, items))));
	}

	private String read(byte[] recording) throws IOException {
		Path file = Files.write(folder.resolve("recording"), recording);
		try (FileChannel channel = FileChannel.open(file)) {
			return Transcript.of(channel);
		}
	}

	@Test
	void isReadFromBothKindsOfRecordings() throws Exception {
		assertEquals("Grüße aus Wien", read(m4a(SAID)));
		assertEquals("Grüße aus Wien", read(m4a("tsrp" + SAID)), "some versions repeat the atom's name");
		assertEquals("Grüße aus Wien", read(qta(SAID, new byte[0])));
		assertEquals("Grüße aus Wien", read(qta(SAID, new byte[4])));
		assertEquals("This is it", read(m4a("{\"attributedString\":[\"This is\",{\"timeRange\":[0,1]},\" it\"]}")));
	}

	@Test
	void nothingUnderstoodIsNothing() throws Exception {
		assertEquals("", read(m4a("{\"attributedString\":{\"runs\":[\"\",0],\"attributeTable\":[]}}")));
		assertEquals("", read(m4a("no JSON")));
		assertEquals("", read(atom("moov", atom("trak"))));
		assertEquals("", read(new byte[0]));
	}

	@Test
	void anAtomThatClaimsMoreThanThereIsEndsTheSearch() throws Exception {
		byte[] recording = m4a(SAID);
		recording[recording.length - SAID.getBytes(StandardCharsets.UTF_8).length - 8] = 0x7f;
		assertEquals("", read(recording));
	}

	@Test
	void damageEndsInWordsOrInNothing() {
		byte[][] sound = { m4a(SAID), qta(SAID, new byte[0]) };
		long seed = 20_261_123;
		System.out.println("Seed " + seed);
		Random random = new Random(seed);
		assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
			for (int i = 0; i < 10_000; i++) {
				byte[] bytes = sound[i % 2].clone();
				if (random.nextInt(3) == 0) {
					bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
				}
				for (int j = random.nextInt(8); j > 0 && bytes.length > 0; j--) {
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
				}
				assertTrue(read(bytes).length() < 200);
			}
		});
	}
}
