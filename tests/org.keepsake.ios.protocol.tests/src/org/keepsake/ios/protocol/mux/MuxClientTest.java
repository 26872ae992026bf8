// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** The language of usbmuxd against canned answers. */
class MuxClientTest {

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	private MuxClient client(byte[]... answers) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] answer : answers) {
			all.writeBytes(answer);
		}
		InputStream in = new ByteArrayInputStream(all.toByteArray());
		return new MuxClient(() -> new DeviceChannel() {
			@Override
			public InputStream input() {
				return in;
			}

			@Override
			public OutputStream output() {
				return sent;
			}

			@Override
			public void readTimeout(Duration timeout) {
				// nothing waits
			}

			@Override
			public void close() {
				// nothing is held
			}
		});
	}

	private static byte[] packet(int tag, byte[] plist) {
		return ByteBuffer.allocate(16 + plist.length).order(ByteOrder.LITTLE_ENDIAN).putInt(16 + plist.length).putInt(1)
				.putInt(8).putInt(tag).put(plist).array();
	}

	private static byte[] xml(int tag, Map<String, ?> content) {
		return packet(tag, Plist.xml(content));
	}

	private Dict request() throws IOException {
		byte[] bytes = sent.toByteArray();
		ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		assertEquals(bytes.length, header.getInt());
		assertEquals(1, header.getInt());
		assertEquals(8, header.getInt());
		String plist = new String(bytes, 16, bytes.length - 16, StandardCharsets.UTF_8);
		assertTrue(plist.startsWith("<?xml"));
		return Plist.parseDict(plist.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void swapsTheBytesOfThePort() throws IOException {
		DeviceChannel channel = client(xml(1, Map.of("MessageType", "Result", "Number", 0L)),
				new byte[] { 'h', 'i' }).connect(5, 62078);
		assertEquals(32498L, request().integer("PortNumber"));
		assertEquals(5L, request().integer("DeviceID"));
		assertArrayEquals(new byte[] { 'h', 'i' }, channel.input().readAllBytes(), "what follows is the device's");
	}

	@Test
	void saysWhyTheDaemonRefused() {
		MuxClient client = client(xml(1, Map.of("MessageType", "Result", "Number", 3L)));
		assertEquals(3, assertThrows(MuxException.class, () -> client.connect(5, 1)).number());
	}

	@Test
	void findsTheNumberInEitherPlaceAndAddsTheDash() throws IOException {
		List<Object> list = List.of(
				Map.of("DeviceID", 1L, "Properties",
						Map.of("SerialNumber", "00008110000A1B2C3D4E801E", "ConnectionType", "USB")),
				Map.of("Properties", Map.of("DeviceID", 2L, "SerialNumber", "a".repeat(40), "ConnectionType", "Network",
						"NetworkAddress", HexFormat.of().parseHex("02000000c0a80105" + "00".repeat(120)))),
				Map.of("DeviceID", 3L, "Properties", Map.of("SerialNumber", "../evil")), "noise", Map.of());
		List<MuxDevice> devices = client(packet(1, Plist.binary(Map.of("DeviceList", list)))).devices();
		assertEquals(2, devices.size());
		assertEquals(1, devices.get(0).id());
		assertEquals("00008110-000A1B2C3D4E801E", devices.get(0).udid().value());
		assertEquals(2, devices.get(1).id());
		assertEquals(ConnectionType.NETWORK, devices.get(1).connection());
		assertEquals("192.168.1.5", devices.get(1).address().orElseThrow().address().getHostAddress());
	}

	@Test
	void readsAddressesOfEverySystem() {
		String v6 = "fe80000000000000aabbccddeeff0011";
		Map<String, String> expected = Map.of("100200000a000001", "10.0.0.1", "020000000a000002", "10.0.0.2",
				"1c1e000000000000" + v6 + "00000000", "fe80:0:0:0:aabb:ccdd:eeff:11",
				"0a00000000000000" + v6 + "00000000", "fe80:0:0:0:aabb:ccdd:eeff:11",
				"1700000000000000" + v6 + "00000000", "fe80:0:0:0:aabb:ccdd:eeff:11");
		expected.forEach((hex, address) -> assertEquals(address, NetworkAddress
				.parse(HexFormat.of().parseHex(hex + "00".repeat(128 - hex.length() / 2))).orElseThrow().address()
				.getHostAddress()));
		for (String bad : List.of("", "00", "0000000000000000", "ff02000000000000", "0a000000",
				"1c1e0000000000000000")) {
			assertEquals(Optional.empty(), NetworkAddress.parse(HexFormat.of().parseHex(bad)));
		}
	}

	@Test
	void ignoresWhatBelongsToOthers() throws IOException {
		byte[] event = xml(0, Map.of("MessageType", "Attached", "DeviceID", 1L));
		assertEquals("B", client(event, xml(1, Map.of("BUID", "B"))).hostIdentifier());
	}

	@Test
	void readsSavesAndDeletesRecords() throws IOException {
		byte[] record = { 1, 2 };
		assertArrayEquals(record,
				client(xml(1, Map.of("PairRecordData", record))).pairRecord("u").orElseThrow());
		assertEquals(Optional.empty(), client(xml(1, Map.of("MessageType", "Result", "Number", 2L))).pairRecord("u"));
		MuxClient broken = client(xml(1, Map.of("MessageType", "Result", "Number", 22L)));
		assertThrows(MuxException.class, () -> broken.pairRecord("u"));
		sent.reset();
		client(xml(1, Map.of("MessageType", "Result", "Number", 0L))).savePairRecord("u", 5L, record);
		assertEquals("u", request().string("PairRecordID"));
		assertArrayEquals(record, request().data("PairRecordData"));
		client(xml(1, Map.of("MessageType", "Result", "Number", 2L))).deletePairRecord("u");
	}

	@Test
	void tellsEventsAndSkipsUnknownOnes() throws IOException {
		byte[] attached = xml(0, Map.of("MessageType", "Attached", "DeviceID", 4L, "Properties",
				Map.of("SerialNumber", "a".repeat(40), "ConnectionType", "USB")));
		MuxClient.Listening events = client(xml(1, Map.of("MessageType", "Result", "Number", 0L)), attached,
				xml(0, Map.of("MessageType", "Paired", "DeviceID", 4L)),
				xml(0, Map.of("MessageType", "Detached", "DeviceID", 4L)),
				packet(0, Plist.binary(Map.of("MessageType", "Future")))).listen();
		assertTrue(events.next() instanceof MuxEvent.Attached one && one.device().id() == 4);
		assertTrue(events.next() instanceof MuxEvent.Other);
		assertEquals(new MuxEvent.Detached(4), events.next());
		assertTrue(events.next() instanceof MuxEvent.Other);
		assertThrows(IOException.class, events::next);
	}

	@Test
	void endsWithAnErrorWhereverAnAnswerIsCutOrDamaged() {
		byte[] whole = xml(1, Map.of("DeviceList", List.of(Map.of("DeviceID", 1L, "Properties",
				Map.of("SerialNumber", "a".repeat(40), "ConnectionType", "USB")))));
		for (int length = 0; length < whole.length; length++) {
			MuxClient cut = client(Arrays.copyOf(whole, length));
			assertThrows(IOException.class, cut::devices);
		}
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < 20_000; round++) {
			byte[] damaged = whole.clone();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			try {
				client(damaged).devices();
			} catch (IOException | UncheckedIOException e) {
				continue;
			} catch (RuntimeException | OutOfMemoryError e) {
				throw new AssertionError("seed " + seed + " round " + round, e);
			}
		}
	}

	@Test
	void writesAndReadsTheHostIdentifier() throws IOException {
		assertEquals(Optional.of("X"), MuxClient.hostIdentifier(MuxClient.systemConfiguration("X")));
	}
}
