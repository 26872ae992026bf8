// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.mux.MuxClient;
import org.keepsake.ios.protocol.mux.MuxEvent;

/** Listens to usbmuxd, and again when it was restarted; on a virtual thread of its own. */
final class UsbWatch implements Transport.Watch {

	private static final System.Logger LOG = System.getLogger(UsbWatch.class.getName());

	/**
	 * How soon to try again after the daemon went away: the first pause, doubled each time up to the longest.
	 *
	 * @param first   pause
	 * @param longest pause
	 */
	record Pace(Duration first, Duration longest) {

		/** What suits a daemon that is restarted or started by a plug. */
		static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofSeconds(4));

		Duration after(Duration pause) {
			Duration twice = pause.multipliedBy(2);
			return twice.compareTo(longest) > 0 ? longest : twice;
		}
	}

	private final UsbTransport transport;
	private final DeviceListener listener;
	private final Pace pace;
	private final Consumer<UsbWatch> whenClosed;
	private final CountDownLatch closed = new CountDownLatch(1);
	private final ReentrantLock calling = new ReentrantLock();
	private final Map<Long, AttachedDevice> present = new LinkedHashMap<>();
	private volatile MuxClient.@Nullable Listening listening;
	private boolean unavailable;

	UsbWatch(UsbTransport transport, DeviceListener listener, Pace pace, Consumer<UsbWatch> whenClosed) {
		this.transport = transport;
		this.listener = listener;
		this.pace = pace;
		this.whenClosed = whenClosed;
	}

	/** Listens already when it returns, if the daemon is there: nothing that happens from then on is missed. */
	void start() {
		try {
			listening = transport.mux().listen();
		} catch (IOException | UncheckedIOException e) {
			// the thread tries again, and tells the listener
		}
		// Not a virtual thread: one that waits for a socket holds up the end of the process by 0.3 s.
		Thread.ofPlatform().daemon().name("keepsake-usb-watch").start(this::run);
	}

	private MuxClient.Listening listen() throws IOException {
		MuxClient.Listening first = listening;
		return first == null ? transport.mux().listen() : first;
	}

	private boolean isClosed() {
		return closed.getCount() == 0;
	}

	private void run() {
		Duration pause = pace.first();
		while (!isClosed()) {
			try (MuxClient.Listening events = listen()) {
				listening = events;
				pause = pace.first();
				available();
				while (!isClosed()) {
					handle(events.next());
				}
			} catch (IOException e) {
				ended(e);
			} catch (UncheckedIOException e) {
				ended(new IOException(e));
			} finally {
				listening = null;
			}
			if (pause(pause)) {
				return;
			}
			pause = pace.after(pause);
		}
	}

	/** @return whether the watch is closed */
	private boolean pause(Duration pause) {
		try {
			return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/** Calls the listener, unless the watch is closed; a listener that fails does not end the watch. */
	private void call(Runnable call) {
		calling.lock();
		try {
			if (!isClosed()) {
				call.run();
			}
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "A listener to devices failed", e);
		} finally {
			calling.unlock();
		}
	}

	private void available() {
		if (unavailable) {
			unavailable = false;
			call(listener::available);
		}
	}

	private void handle(MuxEvent event) {
		switch (event) {
			case MuxEvent.Attached attached -> {
				AttachedDevice device = transport.attached(attached.device());
				AttachedDevice before = present.put(attached.device().id(), device);
				if (before != null && !before.equals(device)) {
					call(() -> listener.detached(before));
				}
				if (before == null || !before.equals(device)) {
					call(() -> listener.attached(device));
				}
			}
			case MuxEvent.Detached detached -> {
				AttachedDevice device = present.remove(detached.id());
				if (device != null) {
					call(() -> listener.detached(device));
				}
			}
			case MuxEvent.Other _ -> {
				// of no interest
			}
		}
	}

	private void ended(IOException failure) {
		if (isClosed()) {
			return;
		}
		List<AttachedDevice> lost = List.copyOf(present.values());
		present.clear();
		lost.forEach(device -> call(() -> listener.detached(device)));
		if (!unavailable) {
			unavailable = true;
			call(() -> listener.unavailable(transport.trouble(failure)));
		}
	}

	/** Waits for a call to the listener that is under way, unless it is that call which closes. */
	@Override
	public void close() {
		closed.countDown();
		MuxClient.Listening events = listening;
		if (events != null) {
			try {
				events.close();
			} catch (IOException e) {
				// it ends either way
			}
		}
		calling.lock();
		calling.unlock();
		whenClosed.accept(this);
	}
}
