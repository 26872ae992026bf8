// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.lockdown.TestLockdown;

@NonNullByDefault({})
class AfcTest {

	private static final String LOCK = "/com.apple.itunes.lock_sync";

	@TempDir
	Path folder;

	private VirtualIPhones phones;
	private TestLockdown lockdown;
	private Client afc;

	@BeforeEach
	void start() throws IOException {
		phones = VirtualIPhones.start(0, List.of(VirtualOptions.in(folder)));
		lockdown = TestLockdown.paired(phones.address(), phones.udids().getFirst());
		afc = new Client(lockdown.service("com.apple.afc"));
	}

	@AfterEach
	void stop() throws IOException {
		afc.close();
		lockdown.close();
		phones.close();
	}

	/** A client made of bytes. */
	private static final class Client implements Closeable {

		private final Socket socket;
		private long number = 41;
		private long kind;
		private byte[] content = {};

		Client(Socket socket) {
			this.socket = socket;
		}

		/** Sends an operation; its status, or 0 if it was answered with something else. */
		long ask(int operation, Object... parameters) throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			for (Object parameter : parameters) {
				switch (parameter) {
					case String text -> {
						bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
						bytes.write(0);
					}
					case byte[] data -> bytes.writeBytes(data);
					default -> bytes.writeBytes(number(((Number) parameter).longValue()));
				}
			}
			ByteBuffer packet = ByteBuffer.allocate(40 + bytes.size()).order(ByteOrder.LITTLE_ENDIAN);
			packet.put("CFA6LPAA".getBytes(StandardCharsets.US_ASCII)).putLong(40 + bytes.size())
					.putLong(40 + bytes.size()).putLong(++number).putLong(operation).put(bytes.toByteArray());
			socket.getOutputStream().write(packet.array());
			DataInputStream in = new DataInputStream(socket.getInputStream());
			byte[] header = new byte[40];
			in.readFully(header);
			ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
			assertEquals(number, fields.getLong(24));
			kind = fields.getLong(32);
			content = new byte[(int) fields.getLong(8) - 40];
			in.readFully(content);
			return kind == 1 ? value() : 0;
		}

		private static byte[] number(long value) {
			return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
		}

		long value() {
			return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
		}

		List<String> texts() {
			return new ArrayList<>(Arrays.asList(new String(content, StandardCharsets.UTF_8).split("\0")));
		}

		long open(int mode, String path) throws IOException {
			assertEquals(0, ask(0x0D, mode, path), path);
			assertEquals(0x0E, kind);
			return value();
		}

		@Override
		public void close() throws IOException {
			socket.close();
		}
	}

	@Test
	void writesReadsAndTellsOfAFile() throws IOException {
		assertEquals(0, afc.ask(0x09, "/iTunesRestore"));
		long handle = afc.open(4, "/iTunesRestore/Grüße.plist");
		assertEquals(0, afc.ask(0x10, handle, "hello world".getBytes(StandardCharsets.US_ASCII)));
		assertEquals(0, afc.ask(0x11, handle, 0, 6));
		assertEquals(0, afc.ask(0x12, handle));
		assertEquals(6, afc.value());
		assertEquals(0, afc.ask(0x0F, handle, 100));
		assertArrayEquals("world".getBytes(StandardCharsets.US_ASCII), afc.content);
		assertEquals(0, afc.ask(0x15, handle, 5));
		assertEquals(0, afc.ask(0x14, handle));
		assertEquals(7, afc.ask(0x14, handle), "the handle is closed");
		assertEquals(0, afc.ask(0x0A, "/iTunesRestore/Grüße.plist"));
		List<String> pairs = afc.texts();
		assertEquals("5", pairs.get(pairs.indexOf("st_size") + 1));
		assertEquals("S_IFREG", pairs.get(pairs.indexOf("st_ifmt") + 1));
		assertEquals(19, pairs.get(pairs.indexOf("st_mtime") + 1).length(), "nanoseconds");
		assertEquals(0, afc.ask(0x03, "/iTunesRestore"));
		assertEquals(List.of(".", "..", "Grüße.plist"), afc.texts());
	}

	@Test
	void tellsOneFailureFromAnother() throws IOException {
		assertEquals(8, afc.ask(0x0A, "/Books/iBooksData2.plist"));
		assertEquals(8, afc.ask(0x0D, 1, "/nowhere"));
		assertEquals(8, afc.ask(0x03, "/nowhere"));
		assertEquals(8, afc.ask(0x08, "/nowhere"));
		assertEquals(9, afc.ask(0x0D, 1, "/DCIM"));
		assertEquals(33, afc.ask(0x08, "/DCIM"));
		assertEquals(7, afc.ask(0x0D, 9, "/x"));
		assertEquals(7, afc.ask(0x0F, 4711, 1));
		assertEquals(7, afc.ask(0x0F));
		assertEquals(6, afc.ask(0x77));
		assertEquals(10, afc.ask(0x22, "/"));
		assertEquals(0, afc.ask(0x09, "/DCIM"), "a directory that is there is no failure");
	}

	@Test
	void renamesLinksAndRemovesTrees() throws IOException {
		assertEquals(0, afc.ask(0x09, "/a/b/c"));
		assertEquals(0, afc.ask(0x14, afc.open(3, "/a/b/c/file")));
		assertEquals(0, afc.ask(0x18, "/a/b", "/a/d"));
		assertEquals(0, afc.ask(0x1C, 2, "d/c", "/a/link"));
		assertEquals(0, afc.ask(0x0A, "/a/link"));
		assertTrue(afc.texts().containsAll(List.of("S_IFLNK", "d/c")));
		assertEquals(0, afc.ask(0x22, "/a"));
		assertEquals(8, afc.ask(0x0A, "/a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/../device.key", "../../x", "/DCIM/../../device.key", "/out/secret", "/out" })
	void neverLeavesTheMediaArea(String path) throws IOException {
		Path outside = Files.createDirectory(folder.resolve("outside"));
		Files.writeString(outside.resolve("secret"), "secret");
		Files.createSymbolicLink(folder.resolve("media/out"), outside);
		assertEquals(10, afc.ask(0x0D, 1, path));
		assertEquals(10, afc.ask(0x03, path));
		assertEquals(10, afc.ask(0x0D, 3, path));
		assertEquals(10, afc.ask(0x1C, 2, "/../../etc", "/link"));
		assertEquals("secret", Files.readString(outside.resolve("secret")));
		assertTrue(Files.exists(folder.resolve("device.key")));
	}

	@Test
	void locksForOneHostAtATime() throws IOException {
		long mine = afc.open(2, LOCK);
		assertEquals(0, afc.ask(0x1B, mine, 6));
		try (Client other = new Client(lockdown.service("com.apple.afc"))) {
			long theirs = other.open(2, LOCK);
			assertEquals(19, other.ask(0x1B, theirs, 6));
			assertEquals(19, other.ask(0x1B, theirs, 5));
			assertEquals(0, afc.ask(0x1B, mine, 12));
			assertEquals(0, other.ask(0x1B, theirs, 6));
			assertEquals(0, other.ask(0x14, theirs));
			assertEquals(0, afc.ask(0x1B, mine, 6));
		}
	}

	@Test
	void isBusyAsOftenAsAskedFor() throws IOException {
		phones.faults(phones.udids().getFirst(), Faults.parse("sync-busy=2"));
		long handle = afc.open(2, LOCK);
		assertEquals(19, afc.ask(0x1B, handle, 6));
		assertEquals(19, afc.ask(0x1B, handle, 6));
		assertEquals(0, afc.ask(0x1B, handle, 6));
	}

	@Test
	void hangsUpOnWhatIsNoPacket() throws IOException {
		afc.socket.getOutputStream().write(new byte[80]);
		assertFalse(afc.socket.getInputStream().read() >= 0);
	}
}
