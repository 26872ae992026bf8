// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.ios.protocol.fake.MemoryFiles;
import org.keepsake.ios.protocol.internal.wire.Wire;

/** Uploads of many times the buffer of a wire, so that files are written while others come. */
class UploadsTest {

	private static final String FOLDER = "device/Snapshot/";
	private static final int FILES = 600;

	private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
	private final DataOutputStream device = new DataOutputStream(stream);
	private final Random random = seeded();
	private final MemoryFiles files = new MemoryFiles();
	private final HostTrouble trouble = new HostTrouble(name -> name.equals("device"));

	private static Random seeded() {
		long seed = System.nanoTime();
		System.out.println("UploadsTest: seed " + seed);
		return new Random(seed);
	}

	private record Sent(ByteArrayInputStream bytes) implements DeviceChannel {
		@Override
		public InputStream input() {
			return bytes;
		}

		@Override
		public OutputStream output() {
			return OutputStream.nullOutputStream();
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

	private void text(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		device.writeInt(bytes.length);
		device.write(bytes);
	}

	private void frame(byte[] content, int from, int to) throws IOException {
		device.writeInt(to - from + 1);
		device.writeByte(0x0c);
		device.write(content, from, to - from);
	}

	/** Sends a file in frames of random lengths. */
	private byte[] send(String name, int size) throws IOException {
		byte[] content = new byte[size];
		random.nextBytes(content);
		text("/.b/6/" + name);
		text(FOLDER + name);
		for (int at = 0; at < size;) {
			int to = Math.min(size, at + 1 + random.nextInt(100_000));
			frame(content, at, to);
			at = to;
		}
		device.writeInt(1);
		device.writeByte(0);
		return content;
	}

	private Map<String, byte[]> sendMany() throws IOException {
		Map<String, byte[]> sent = new TreeMap<>();
		for (int i = 0; i < FILES; i++) {
			int size = i % 50 == 0 ? random.nextInt(600_000) : random.nextInt(9_000);
			sent.put("f" + i, send("f" + i, i % 40 == 1 ? 0 : size));
		}
		return sent;
	}

	private Wire wire() {
		return new Wire(new Sent(new ByteArrayInputStream(stream.toByteArray())), Wire.LARGE);
	}

	private Answer receive(Wire wire, MemoryFiles into) throws IOException {
		try (Uploads uploads = new Uploads(wire, into, trouble, new Tally(JobMonitor.NONE))) {
			return uploads.receive();
		}
	}

	private void assertWhole(String name, byte[] content) {
		assertArrayEquals(content, files.content(FOLDER + name), name);
	}

	@Test
	void writesEachFileAsItWasSentBeforeItAnswers() throws IOException {
		Map<String, byte[]> sent = sendMany();
		device.writeInt(0);
		text("what comes next");
		Wire wire = wire();
		assertSame(Answer.OK, receive(wire, files));
		sent.forEach(this::assertWhole);
		assertEquals("what comes next", wire.readText((int) wire.readU32()), "nothing was read beyond the end");
	}

	@Test
	void writesSeveralUploadsOneAfterTheOther() throws IOException {
		Map<String, byte[]> sent = sendMany();
		device.writeInt(0);
		sent.put("f7", send("f7", 1_000_000)); // replaces what the first upload brought
		device.writeInt(0);
		Wire wire = wire();
		try (Uploads uploads = new Uploads(wire, files, trouble, new Tally(JobMonitor.NONE))) {
			assertSame(Answer.OK, uploads.receive());
			assertSame(Answer.OK, uploads.receive());
		}
		sent.forEach(this::assertWhole);
	}

	@Test
	void answersThatTheDiskIsFullAfterTheLastByte() throws IOException {
		Map<String, byte[]> sent = sendMany();
		device.writeInt(0);
		text("what comes next");
		files.free = 3_000_000;
		Wire wire = wire();
		Answer answer = receive(wire, files);
		assertEquals(-15, answer.code());
		assertEquals("what comes next", wire.readText((int) wire.readU32()), "the upload was read to its end");
		assertThrows(IOException.class, trouble::throwIfWriteFailed);
		long kept = 0;
		for (Map.Entry<String, byte[]> file : sent.entrySet()) {
			if (files.has(FOLDER + file.getKey())) {
				assertWhole(file.getKey(), file.getValue());
				kept++;
			}
		}
		assertTrue(kept > 0 && kept < FILES, kept + " files were written before");
	}

	@Test
	void keepsWhatWasWholeWhenTheConnectionBreaks() throws IOException {
		Map<String, byte[]> sent = sendMany();
		text("/.b/6/cut");
		text(FOLDER + "cut");
		frame(new byte[2_000_000], 0, 2_000_000);
		Wire wire = wire();
		assertThrows(EOFException.class, () -> receive(wire, files));
		sent.forEach(this::assertWhole);
		assertFalse(files.has(FOLDER + "cut"));
	}

	@Test
	void leavesOutWhatTheDeviceCouldNotRead() throws IOException {
		Map<String, byte[]> sent = sendMany();
		text("/.b/6/unreadable");
		text(FOLDER + "unreadable");
		frame(new byte[900_000], 0, 900_000);
		byte[] why = "Operation not permitted".getBytes(StandardCharsets.UTF_8);
		device.writeInt(why.length + 1);
		device.writeByte(0x0b);
		device.write(why);
		sent.put("after", send("after", 500_000));
		device.writeInt(0);
		assertSame(Answer.OK, receive(wire(), files));
		sent.forEach(this::assertWhole);
		assertFalse(files.has(FOLDER + "unreadable"));
	}

	@Test
	void writesNothingAfterAHostilePath() throws IOException {
		Map<String, byte[]> before = sendMany();
		text("/.b/6/x");
		text("device/../x");
		frame(new byte[10], 0, 10);
		device.writeInt(0);
		send("after", 1000);
		device.writeInt(0);
		receive(wire(), files);
		assertThrows(IOException.class, trouble::throwIfRefused);
		before.forEach(this::assertWhole);
		assertFalse(files.has(FOLDER + "after"));
	}

	@Test
	void doesNotHideADefectOfTheFiles() throws IOException {
		sendMany();
		device.writeInt(0);
		MemoryFiles broken = new MemoryFiles() {
			@Override
			public OutputStream write(TreePath file) {
				if (file.name().equals("f300")) {
					throw new IllegalStateException("a defect");
				}
				return super.write(file);
			}
		};
		IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> receive(wire(), broken));
		assertEquals("a defect", thrown.getMessage());
		assertFalse(Arrays.asList(FOLDER + "f301", FOLDER + "f599").stream().anyMatch(broken::has));
	}
}
