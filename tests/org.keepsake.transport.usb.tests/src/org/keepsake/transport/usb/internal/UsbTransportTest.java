// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;

/** The transport over a scripted usbmuxd. */
@Timeout(60)
class UsbTransportTest {

	private static final String A = "a".repeat(40);
	private static final String B = "00008110-000A1B2C3D4E801E";
	private static final AttachedDevice DEVICE_A = new AttachedDevice("usb", "4", new Udid(A), ConnectionType.USB);

	private Path folder = Path.of("unused");
	private FakeMux mux = start();
	private Transport transport = transport(mux.port());

	private static FakeMux start() {
		try {
			return new FakeMux();
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	private static Transport transport(int port) {
		return new UsbTransport(new MuxAddress.Tcp("127.0.0.1", port), "Linux", Path.of("unused"), Path.of("unused"),
				new UsbWatch.Pace(Duration.ofMillis(1), Duration.ofMillis(20)));
	}

	@BeforeEach
	void keepRecordsInTheFolder(@TempDir Path own) throws IOException {
		folder = own;
		transport.close();
		transport = new UsbTransport(new MuxAddress.Tcp("127.0.0.1", mux.port()), "Linux", folder.resolve("own"),
				folder.resolve("system"), new UsbWatch.Pace(Duration.ofMillis(1), Duration.ofMillis(20)));
	}

	@AfterEach
	void close() throws IOException {
		transport.close();
		mux.close();
	}

	/** Writes down what it hears. */
	private static final class Journal implements DeviceListener {
		private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

		@Override
		public void attached(AttachedDevice device) {
			lines.add("+" + device.handle() + " " + device.connection());
		}

		@Override
		public void detached(AttachedDevice device) {
			lines.add("-" + device.handle());
		}

		@Override
		public void unavailable(Problem problem) {
			lines.add("unavailable " + problem.code());
		}

		@Override
		public void available() {
			lines.add("available");
		}

		String next() throws InterruptedException {
			return String.valueOf(lines.poll(30, TimeUnit.SECONDS));
		}
	}

	@Test
	void listsEveryAttachmentWithTheCableFirst() throws IOException {
		mux.attach(1, FakeMux.network(1, A, new byte[128]));
		mux.attach(4, FakeMux.usb(4, A));
		mux.attach(5, FakeMux.usb(5, B.replace("-", "")));
		List<AttachedDevice> devices = transport.devices();
		assertEquals(List.of("5", "4", "1"), devices.stream().map(AttachedDevice::handle).toList());
		assertEquals(B, devices.getFirst().udid().value());
		assertEquals(DEVICE_A, devices.get(1));
	}

	@Test
	void hasNoDevicesIfThereAreNone() throws IOException {
		assertEquals(List.of(), transport.devices());
	}

	@Test
	void connectsToAPort() throws IOException {
		mux.attach(4, FakeMux.usb(4, A));
		try (DeviceChannel channel = transport.connect(DEVICE_A, 62078)) {
			assertEquals("port 32498", new String(channel.input().readNBytes(10), StandardCharsets.UTF_8));
			channel.output().write("echo".getBytes(StandardCharsets.UTF_8));
			assertEquals("echo", new String(channel.input().readNBytes(4), StandardCharsets.UTF_8));
		}
	}

	@Test
	void saysWhyItCannotConnect() throws IOException {
		assertEquals("usb.device-gone",
				assertThrows(ProblemException.class, () -> transport.connect(DEVICE_A, 1)).problem().code());
		mux.attach(4, FakeMux.usb(4, A));
		mux.connectResult = 3;
		assertEquals("usb.port-refused",
				assertThrows(ProblemException.class, () -> transport.connect(DEVICE_A, 1)).problem().code());
		mux.connectResult = 2;
		assertEquals("usb.device-gone",
				assertThrows(ProblemException.class, () -> transport.connect(DEVICE_A, 1)).problem().code());
		mux.connectResult = 99;
		assertEquals("usb.daemon-broken",
				assertThrows(ProblemException.class, () -> transport.connect(DEVICE_A, 1)).problem().code());
	}

	@Test
	void reachesADeviceOnTheNetworkByItselfIfTheDaemonDoesNot() throws IOException {
		byte[] loopback = new byte[128];
		loopback[0] = 2;
		loopback[4] = 127;
		loopback[7] = 1;
		mux.attach(1, FakeMux.network(1, A, loopback));
		mux.connectResult = 3;
		AttachedDevice device = new AttachedDevice("usb", "1", new Udid(A), ConnectionType.NETWORK);
		try (ServerSocket phone = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }));
				DeviceChannel channel = transport.connect(device, phone.getLocalPort())) {
			phone.accept().close();
			assertEquals(-1, channel.input().read());
		}
	}

	@Test
	void saysThatTheDaemonIsNotRunning() throws IOException {
		mux.close();
		ProblemException failure = assertThrows(ProblemException.class, transport::devices);
		assertEquals("usb.no-daemon", failure.problem().code());
		assertTrue(failure.problem().remedy().contains("usbmuxd"), failure.problem().remedy());
	}

	@Test
	void announcesWhatIsThereAndWhatComesAndGoes() throws Exception {
		mux.attach(4, FakeMux.usb(4, A));
		Journal journal = new Journal();
		try (Transport.Watch _ = transport.watch(journal)) {
			assertEquals("+4 USB", journal.next());
			mux.attach(5, FakeMux.usb(5, B));
			assertEquals("+5 USB", journal.next());
			mux.detach(4);
			assertEquals("-4", journal.next());
		}
	}

	@Test
	void survivesADaemonThatIsRestarted() throws Exception {
		mux.attach(4, FakeMux.usb(4, A));
		Journal journal = new Journal();
		try (Transport.Watch _ = transport.watch(journal)) {
			assertEquals("+4 USB", journal.next());
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), mux.port());
			mux.close();
			assertEquals("-4", journal.next());
			assertTrue(journal.next().startsWith("unavailable usb."));
			mux = new FakeMux(address);
			mux.attach(9, FakeMux.usb(9, B));
			assertEquals("available", journal.next());
			assertEquals("+9 USB", journal.next());
		}
	}

	@Test
	void waitsForADaemonThatIsNotThereYet() throws Exception {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), mux.port());
		mux.close();
		Journal journal = new Journal();
		try (Transport.Watch _ = transport.watch(journal)) {
			assertEquals("unavailable usb.no-daemon", journal.next());
			mux = new FakeMux(address);
			assertEquals("available", journal.next());
		}
	}

	@Test
	void saysNothingAnyMoreOnceTheWatchIsClosed() throws Exception {
		Journal journal = new Journal();
		Transport.Watch watch = transport.watch(journal);
		watch.close();
		mux.close();
		assertTrue(journal.lines.isEmpty());
	}

	@Test
	void isNotDisturbedByAListenerThatFails() throws Exception {
		LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
		DeviceListener failing = new DeviceListener() {
			@Override
			public void attached(AttachedDevice device) {
				heard.add(device.handle());
				throw new IllegalStateException("a listener's mistake");
			}

			@Override
			public void detached(AttachedDevice device) {
				heard.add("-" + device.handle());
			}
		};
		mux.attach(4, FakeMux.usb(4, A));
		try (Transport.Watch _ = transport.watch(failing)) {
			assertEquals("4", heard.poll(30, TimeUnit.SECONDS));
			mux.detach(4);
			assertEquals("-4", heard.poll(30, TimeUnit.SECONDS));
		}
	}

	@Test
	void keepsPairRecordsInTheDaemon() throws IOException {
		PairRecords records = transport.pairRecords();
		assertEquals("THE-BUID", records.hostIdentifier());
		assertEquals(Optional.empty(), records.read(new Udid(A)));
		records.save(DEVICE_A, new byte[] { 1, 2, 3 });
		assertArrayEquals(new byte[] { 1, 2, 3 }, records.read(new Udid(A)).orElseThrow());
		assertFalse(Files.exists(folder.resolve("own")));
		records.delete(new Udid(A));
		assertEquals(Optional.empty(), records.read(new Udid(A)));
		records.delete(new Udid(A));
	}

	@Test
	void keepsPairRecordsItselfIfTheDaemonDoesNot() throws IOException {
		mux.saveResult = 1;
		mux.withBuid = false;
		PairRecords records = transport.pairRecords();
		String identifier = records.hostIdentifier();
		assertEquals(identifier, records.hostIdentifier(), "the same for ever");
		records.save(DEVICE_A, new byte[] { 1, 2, 3 });
		assertArrayEquals(new byte[] { 1, 2, 3 }, records.read(new Udid(A)).orElseThrow());
		Path file = folder.resolve("own").resolve(A + ".plist");
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
		records.delete(new Udid(A));
		assertFalse(Files.exists(file));
	}

	@Test
	void readsTheSystemsRecords() throws IOException {
		Files.createDirectories(folder.resolve("system"));
		Files.write(folder.resolve("system").resolve(A + ".plist"), new byte[] { 9 });
		assertArrayEquals(new byte[] { 9 }, transport.pairRecords().read(new Udid(A)).orElseThrow());
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void talksOverAUnixSocket() throws Exception {
		Path socket = folder.resolve("mux");
		try (FakeMux unix = new FakeMux(socket);
				Transport over = new UsbTransportFactory().create(new TransportFactory.Context(folder,
						Map.of("USBMUXD_SOCKET_ADDRESS", "UNIX:" + socket)))) {
			unix.attach(4, FakeMux.usb(4, A));
			assertEquals(List.of(DEVICE_A), over.devices());
			try (DeviceChannel channel = over.connect(DEVICE_A, 1)) {
				assertEquals("port 256", new String(channel.input().readNBytes(8), StandardCharsets.UTF_8));
				channel.readTimeout(Duration.ofMillis(30));
				assertThrows(SocketTimeoutException.class, () -> channel.input().read());
			}
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void closingEndsABlockedReadOnAUnixSocket() throws Exception {
		Path socket = folder.resolve("mux");
		try (FakeMux unix = new FakeMux(socket)) {
			unix.attach(4, FakeMux.usb(4, A));
			DeviceChannel channel = new MuxAddress.Unix(socket).open();
			Thread closer = Thread.ofVirtual().start(() -> {
				try {
					channel.close();
				} catch (IOException e) {
					throw new java.io.UncheckedIOException(e);
				}
			});
			assertThrows(IOException.class, () -> {
				if (channel.input().read() < 0) {
					throw new IOException("ended");
				}
			});
			closer.join();
		}
	}

	@Test
	void endsItsChannelsWhenClosed() throws IOException {
		mux.attach(4, FakeMux.usb(4, A));
		DeviceChannel channel = transport.connect(DEVICE_A, 62078);
		channel.input().readNBytes(10);
		transport.close();
		assertThrows(IOException.class, () -> channel.input().read());
	}
}
