// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageProblems;

/** What answers is no honest server: each ends in a problem, soon, and with little memory. */
@Timeout(60)
class HostileServerTest {

	private ServerSocket socket;
	private volatile byte[] answer = new byte[0];

	@BeforeEach
	void listen() throws IOException {
		ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		socket = listening;
		Thread.ofVirtual().start(() -> {
			while (!listening.isClosed()) {
				try (Socket client = listening.accept()) {
					client.getInputStream().readNBytes(4);
					client.getOutputStream().write(answer);
				} catch (IOException e) {
					// the client hung up, or the test is over
				}
			}
		});
	}

	@AfterEach
	void close() throws IOException {
		socket.close();
	}

	private ProblemException refused() throws IOException {
		try (Storage storage = new SmbStorageFactory().open("smb://anna@127.0.0.1:" + socket.getLocalPort() + "/share",
				Told.password("secret").setting("retry.seconds", "0"))) {
			return assertThrows(ProblemException.class, () -> storage.size("config"));
		}
	}

	private static byte[] message(byte[] content) {
		return ByteBuffer.allocate(4 + content.length).putInt(content.length).put(content).array();
	}

	/** An answer to the negotiation, up to its status; what follows is up to the test. */
	private static ByteBuffer head() {
		return ByteBuffer.allocate(64 + 64).order(ByteOrder.LITTLE_ENDIAN)
				.put(new byte[] { (byte) 0xfe, 'S', 'M', 'B', 64, 0, 0, 0 }).putInt(0).putShort((short) 0)
				.putShort((short) 1).putInt(1);
	}

	@Test
	void anotherService() throws IOException {
		answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		assertTrue(refused().is(StorageProblems.UNREACHABLE));
	}

	@Test
	void nothing() throws IOException {
		assertTrue(refused().is(StorageProblems.UNREACHABLE));
	}

	@Test
	void aBufferFarBehindTheEnd() throws IOException {
		answer = message(head().putInt(64, 65 | 0xffff << 16).putShort(64 + 4, (short) 0x0311)
				.putShort(64 + 56, (short) 0xffff).putShort(64 + 58, (short) 0xffff).array());
		refused();
	}

	@RepeatedTest(20)
	void noise() throws IOException {
		long seed = System.nanoTime();
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		byte[] content = head().array();
		for (int i = 0; i < 12; i++) {
			content[16 + random.nextInt(content.length - 16)] = (byte) random.nextInt();
		}
		answer = message(content);
		refused();
	}
}
