// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.ios.protocol.internal.wire.Wire;

/** AFC against canned answers. */
class AfcTest {

	/** A connection that has its answers ready. */
	private static final class Canned implements DeviceChannel {
		private final InputStream in;
		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		Canned(byte[] answers) {
			in = new ByteArrayInputStream(answers);
		}

		@Override
		public InputStream input() {
			return in;
		}

		@Override
		public OutputStream output() {
			return out;
		}

		@Override
		public void readTimeout(Duration timeout) {
			// nothing waits
		}

		@Override
		public void close() {
			// nothing is held
		}
	}

	private static byte[] packet(long operation, byte[] content) {
		return ByteBuffer.allocate(40 + content.length).order(ByteOrder.LITTLE_ENDIAN)
				.put("CFA6LPAA".getBytes(StandardCharsets.US_ASCII)).putLong(40L + content.length).putLong(40)
				.putLong(1)
				.putLong(operation).put(content).array();
	}

	private static byte[] u64(long value) {
		return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
	}

	@Test
	void sendsTheBytesOfTheProtocol() throws IOException {
		Canned canned = new Canned(packet(0x0e, u64(3)));
		assertEquals(3, new Afc(new Wire(canned, Wire.SMALL)).open("/x", Afc.READ_WRITE));
		assertEquals("434641364c504141" + "3300000000000000" + "3300000000000000" + "0100000000000000"
				+ "0d00000000000000" + "0200000000000000" + "2f7800",
				HexFormat.of().formatHex(canned.out.toByteArray()));
	}

	@Test
	void separatesParametersFromDataWhenWriting() throws IOException {
		Canned canned = new Canned(
				HexFormat.of().parseHex(HexFormat.of().formatHex(packet(0x0e, u64(3)))
						+ HexFormat.of().formatHex(packet(1, u64(0))) + HexFormat.of().formatHex(packet(1, u64(0)))));
		new Afc(new Wire(canned, Wire.SMALL)).write("/x", new byte[] { 9, 9 });
		ByteBuffer sent = ByteBuffer.wrap(canned.out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
		int write = 51;
		assertEquals(50, sent.getLong(write + 8));
		assertEquals(48, sent.getLong(write + 16));
		assertEquals(2, sent.getLong(write + 24));
		assertEquals(0x10, sent.getLong(write + 32));
		assertEquals(3, sent.getLong(write + 40));
	}

	@Test
	void tellsTheDevicesError() {
		Afc afc = new Afc(new Wire(new Canned(packet(1, u64(8))), Wire.SMALL));
		assertEquals(8, assertThrows(AfcException.class, () -> afc.info("/none")).code());
	}

	@Test
	void readsListsAndPairs() throws IOException {
		byte[] names = ".\0..\0b\0a\0".getBytes(StandardCharsets.UTF_8);
		assertEquals(List.of("b", "a"), new Afc(new Wire(new Canned(packet(2, names)), Wire.SMALL)).list("/"));
		byte[] pairs = "st_size\0005\0st_ifmt\0S_IFREG\0odd\0".getBytes(StandardCharsets.UTF_8);
		assertEquals(Map.of("st_size", "5", "st_ifmt", "S_IFREG"),
				new Afc(new Wire(new Canned(packet(2, pairs)), Wire.SMALL)).info("/a"));
	}

	@Test
	void readsAFileToItsEnd() throws IOException {
		ByteArrayOutputStream answers = new ByteArrayOutputStream();
		answers.writeBytes(packet(0x0e, u64(1)));
		answers.writeBytes(packet(2, new byte[65536]));
		answers.writeBytes(packet(2, new byte[10]));
		answers.writeBytes(packet(2, new byte[0]));
		answers.writeBytes(packet(1, u64(0)));
		Afc afc = new Afc(new Wire(new Canned(answers.toByteArray()), Wire.SMALL));
		assertArrayEquals(new byte[65546], afc.read("/a", 100_000));
	}

	@Test
	void endsWithAnErrorWhereverAnAnswerIsCutOrDamaged() {
		byte[] whole = packet(0x0e, u64(1));
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < 5000; round++) {
			byte[] damaged = Arrays.copyOf(whole, round < whole.length ? round : whole.length);
			if (round >= whole.length) {
				damaged[random.nextInt(40)] = (byte) random.nextInt();
			}
			try {
				new Afc(new Wire(new Canned(damaged), Wire.SMALL)).open("/x", Afc.READ);
			} catch (IOException e) {
				continue;
			} catch (RuntimeException | OutOfMemoryError e) {
				throw new AssertionError("seed " + seed + " round " + round, e);
			}
		}
	}
}
