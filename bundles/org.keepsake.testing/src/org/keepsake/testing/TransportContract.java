// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.core.transport.Transport;

/**
 * What every {@link Transport} must do. The subclass brings the other side: something that plays the daemon or the
 * network, begins without devices, and is started before each test. A port of every device must send back what it gets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class TransportContract {

	private static final long SECONDS = 20;
	private static final Udid FIRST = new Udid("00008110-00123456789ABCDE");
	private static final Udid SECOND = new Udid("0123456789abcdef0123456789abcdef01234567");

	private @Nullable Transport opened;

	/** A transport to the test's other side. */
	protected abstract Transport open() throws IOException;

	/** Makes a device reachable. */
	protected abstract void attach(Udid udid) throws IOException;

	/** Makes a device unreachable; its channels break. */
	protected abstract void detach(Udid udid) throws IOException;

	/** A port at which every device sends back what it gets, and closes when the other end closes. */
	protected abstract int echoPort();

	/** A port that every device refuses. */
	protected abstract int refusedPort();

	/** Takes the daemon or the network away, as when usbmuxd is stopped. */
	protected abstract void stop() throws IOException;

	/** Brings it back, with the same devices. */
	protected abstract void restart() throws IOException;

	@BeforeEach
	final void openTransport() throws IOException {
		opened = open();
	}

	@AfterEach
	final void closeTransport() throws IOException {
		transport().close();
	}

	private Transport transport() {
		Transport transport = opened;
		if (transport == null) {
			throw new IllegalStateException("not opened");
		}
		return transport;
	}

	private AttachedDevice attached(Udid udid) throws IOException {
		attach(udid);
		return transport().devices().stream().filter(device -> device.udid().equals(udid)).findFirst().orElseThrow();
	}

	/** What a listener heard, in order. */
	private static final class Heard implements DeviceListener {

		private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();

		private record Came(AttachedDevice device) {
		}

		private record Went(AttachedDevice device) {
		}

		@Override
		public void attached(AttachedDevice device) {
			calls.add(new Came(device));
		}

		@Override
		public void detached(AttachedDevice device) {
			calls.add(new Went(device));
		}

		@Override
		public void unavailable(Problem problem) {
			calls.add(problem);
		}

		@Override
		public void available() {
			calls.add("available");
		}

		/** The next call of the kind; others before it are passed over. */
		<T> T next(Class<T> kind) throws InterruptedException {
			while (true) {
				Object call = calls.poll(SECONDS, TimeUnit.SECONDS);
				assertNotNull(call, "heard nothing of " + kind.getSimpleName());
				if (kind.isInstance(call)) {
					return kind.cast(call);
				}
			}
		}
	}

	/** {@link Transport#devices}. */
	@Nested
	class Devices {

		@Test
		void areNoneAtFirst() throws IOException {
			assertEquals(List.of(), transport().devices());
		}

		@Test
		void areThoseThatAreAttached() throws IOException {
			attach(FIRST);
			attach(SECOND);
			Set<Udid> udids = new HashSet<>();
			Set<String> handles = new HashSet<>();
			for (AttachedDevice device : transport().devices()) {
				udids.add(device.udid());
				handles.add(device.handle());
				assertEquals(transport().id(), device.transport());
			}
			assertEquals(Set.of(FIRST, SECOND), udids);
			assertEquals(2, handles.size());
			detach(FIRST);
			assertEquals(1, transport().devices().size());
		}

		@Test
		void cannotBeToldWithoutTheOtherSide() throws IOException {
			attach(FIRST);
			stop();
			assertThrows(ProblemException.class, () -> transport().devices());
			restart();
			assertEquals(1, transport().devices().size());
		}
	}

	/** {@link Transport#watch}. */
	@Nested
	class Watch {

		@Test
		void announcesThoseThatArePresentThenArrivalsAndDepartures() throws Exception {
			attach(FIRST);
			Heard heard = new Heard();
			try (Transport.Watch _ = transport().watch(heard)) {
				AttachedDevice first = heard.next(Heard.Came.class).device();
				assertEquals(FIRST, first.udid());
				attach(SECOND);
				assertEquals(SECOND, heard.next(Heard.Came.class).device().udid());
				detach(FIRST);
				assertEquals(first, heard.next(Heard.Went.class).device());
				attach(FIRST);
				assertEquals(FIRST, heard.next(Heard.Came.class).device().udid());
			}
		}

		@Test
		void survivesARestartOfTheOtherSide() throws Exception {
			attach(FIRST);
			Heard heard = new Heard();
			try (Transport.Watch _ = transport().watch(heard)) {
				AttachedDevice first = heard.next(Heard.Came.class).device();
				stop();
				assertEquals(first, heard.next(Heard.Went.class).device(), "its devices go first");
				assertFalse(heard.next(Problem.class).remedy().isBlank());
				restart();
				assertEquals(FIRST, heard.next(Heard.Came.class).device().udid());
			}
		}

		@Test
		void beginsThoughTheOtherSideIsNotThereYet() throws Exception {
			stop();
			Heard heard = new Heard();
			try (Transport.Watch _ = transport().watch(heard)) {
				heard.next(Problem.class);
				restart();
				attach(FIRST);
				assertEquals(FIRST, heard.next(Heard.Came.class).device().udid());
			}
		}

		@Test
		void isSilentOnceItIsClosed() throws Exception {
			Heard closed = new Heard();
			Transport.Watch watch = transport().watch(closed);
			attach(FIRST);
			closed.next(Heard.Came.class);
			watch.close();
			watch.close();
			closed.calls.clear();
			Heard other = new Heard();
			try (Transport.Watch _ = transport().watch(other)) {
				detach(FIRST);
				other.next(Heard.Went.class);
			}
			assertNull(closed.calls.poll(), "no call begins after it was closed");
		}
	}

	/** {@link Transport#connect}. */
	@Nested
	class Connect {

		@Test
		void givesAChannelInBothDirections() throws IOException {
			try (DeviceChannel channel = transport().connect(attached(FIRST), echoPort())) {
				assertEchoed(channel, "hello");
				assertEchoed(channel, "again");
			}
		}

		@Test
		void carriesMuchAtOnceWhileItIsRead() throws Exception {
			byte[] sent = new byte[3_000_000];
			new java.util.Random(7).nextBytes(sent);
			try (DeviceChannel channel = transport().connect(attached(FIRST), echoPort());
					var threads = Executors.newVirtualThreadPerTaskExecutor()) {
				var writing = threads.submit(() -> {
					channel.output().write(sent);
					channel.output().flush();
					return null;
				});
				assertArrayEquals(sent, channel.input().readNBytes(sent.length));
				writing.get(SECONDS, TimeUnit.SECONDS);
			}
		}

		@Test
		void carriesManyChannelsAtOnce() throws IOException {
			AttachedDevice first = attached(FIRST);
			AttachedDevice second = attached(SECOND);
			List<DeviceChannel> channels = new ArrayList<>();
			try {
				for (int i = 0; i < 20; i++) {
					channels.add(transport().connect(i % 2 == 0 ? first : second, echoPort()));
				}
				for (int i = 0; i < channels.size(); i++) {
					assertEchoed(channels.get(i), "channel " + i);
				}
			} finally {
				for (DeviceChannel channel : channels) {
					channel.close();
				}
			}
		}

		@Test
		void refusesAPortThatTheDeviceRefuses() throws IOException {
			AttachedDevice device = attached(FIRST);
			assertThrows(ProblemException.class, () -> transport().connect(device, refusedPort()).close());
		}

		@Test
		void refusesADeviceThatIsGone() throws IOException {
			AttachedDevice device = attached(FIRST);
			detach(FIRST);
			assertThrows(ProblemException.class, () -> transport().connect(device, echoPort()).close());
		}

		@Test
		void endsABlockedReadWhenTheChannelIsClosed() throws Exception {
			DeviceChannel channel = transport().connect(attached(FIRST), echoPort());
			CountDownLatch reading = new CountDownLatch(1);
			CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
				try {
					assertEchoed(channel, "it works");
					reading.countDown();
					return channel.input().read();
				} catch (IOException _) {
					return -2;
				}
			}, Thread.ofVirtual()::start);
			assertTrue(reading.await(SECONDS, TimeUnit.SECONDS));
			channel.close();
			channel.close();
			assertEquals(-2, read.get(SECONDS, TimeUnit.SECONDS), "a read ends with an exception");
		}

		@Test
		void endsAReadWhenTheDeviceGoes() throws IOException {
			try (DeviceChannel channel = transport().connect(attached(FIRST), echoPort())) {
				assertEchoed(channel, "it works");
				detach(FIRST);
				int read;
				try {
					read = channel.input().read();
				} catch (SocketTimeoutException e) {
					throw e;
				} catch (IOException _) {
					read = -1;
				}
				assertEquals(-1, read);
			}
		}

		@Test
		void endsAReadAfterTheTimeout() throws IOException {
			try (DeviceChannel channel = transport().connect(attached(FIRST), echoPort())) {
				channel.readTimeout(Duration.ofMillis(50));
				assertThrows(SocketTimeoutException.class, () -> channel.input().read());
				channel.readTimeout(Duration.ZERO);
				assertEchoed(channel, "still open");
			}
		}

		@Test
		void endsWithTheTransport() throws IOException {
			DeviceChannel channel = transport().connect(attached(FIRST), echoPort());
			assertEchoed(channel, "it works");
			transport().close();
			assertThrows(IOException.class, () -> {
				if (channel.input().read() < 0) {
					throw new IOException("ended");
				}
			});
		}

		private void assertEchoed(DeviceChannel channel, String text) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			channel.output().write(bytes);
			channel.output().flush();
			assertArrayEquals(bytes, channel.input().readNBytes(bytes.length));
		}
	}

	/** {@link Transport#pairRecords}. */
	@Nested
	class Pairing {

		@Test
		void isUnknownAtFirst() throws IOException {
			assertEquals(Optional.empty(), transport().pairRecords().read(FIRST));
			transport().pairRecords().delete(FIRST);
		}

		@Test
		void isKeptReplacedAndForgotten() throws IOException {
			AttachedDevice first = attached(FIRST);
			AttachedDevice second = attached(SECOND);
			PairRecords records = transport().pairRecords();
			records.save(first, record("one"));
			records.save(second, record("two"));
			assertArrayEquals(record("one"), records.read(FIRST).orElseThrow());
			records.save(first, record("three"));
			assertArrayEquals(record("three"), records.read(FIRST).orElseThrow());
			records.delete(FIRST);
			assertEquals(Optional.empty(), records.read(FIRST));
			assertArrayEquals(record("two"), records.read(SECOND).orElseThrow());
		}

		@Test
		void isTheSameForAnotherTransport() throws IOException {
			transport().pairRecords().save(attached(FIRST), record("one"));
			try (Transport again = open()) {
				assertArrayEquals(record("one"), again.pairRecords().read(FIRST).orElseThrow());
				assertEquals(transport().pairRecords().hostIdentifier(), again.pairRecords().hostIdentifier());
			}
		}

		@Test
		void knowsTheHost() throws IOException {
			assertFalse(transport().pairRecords().hostIdentifier().isBlank());
		}

		private byte[] record(String text) {
			return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>HostID</key><string>"
					+ text + "</string></dict></plist>\n").getBytes(StandardCharsets.UTF_8);
		}
	}
}
