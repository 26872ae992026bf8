// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.Texts;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.service.Afc;
import org.keepsake.ios.protocol.internal.service.NotificationProxy;
import org.keepsake.ios.protocol.internal.wire.PlistWire;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * One conversation with mobilebackup2 and all that stands around it: notifications, the sync lock, cancellation from
 * either side, tidying up. Opened, used and closed by one thread.
 */
final class Conversation implements Closeable {

	/** The backup service. */
	static final String SERVICE = "com.apple.mobilebackup2";

	private static final Duration DISCONNECT = Duration.ofMillis(300);
	private static final Duration DEVICE_CANCELS = Duration.ofSeconds(10);
	private static final Duration LAST_WORDS = Duration.ofSeconds(3);

	private final Services services;
	private final JobMonitor monitor;
	private final JobMonitor.Registration cancellation;
	private @Nullable NotificationProxy notifications;
	private @Nullable Wire mediaWire;
	private @Nullable Afc media;
	private @Nullable SyncLock lock;
	private @Nullable Wire wire;
	private volatile @Nullable DeviceLink link;
	private Transport.@Nullable Watch watch;
	private volatile boolean cancelledOnDevice;
	private volatile boolean serving;
	private volatile boolean ended;
	private volatile boolean deaf;

	private Conversation(Services services, JobMonitor monitor) {
		this.services = services;
		this.monitor = monitor;
		this.cancellation = monitor.onCancel(() -> Thread.ofVirtual().name("keepsake-cancel").start(this::cancel));
	}

	/** Opens everything and takes the lock. */
	static Conversation open(Services services, JobMonitor monitor) throws IOException {
		Conversation conversation = new Conversation(services, monitor);
		boolean opened = false;
		try {
			conversation.open();
			opened = true;
			return conversation;
		} finally {
			if (!opened) {
				conversation.close();
			}
		}
	}

	private void open() throws IOException {
		Wire notices = services.open(NotificationProxy.SERVICE, Services.Use.TIDYING);
		NotificationProxy proxy = new NotificationProxy(new PlistWire(notices));
		notifications = proxy;
		proxy.observe(List.of(NotificationProxy.CANCEL_REQUEST, NotificationProxy.SUSPEND_REQUEST,
				NotificationProxy.RESUME_REQUEST, NotificationProxy.BACKUP_DOMAIN_CHANGED,
				NotificationProxy.PASSCODE_ASKED, NotificationProxy.PASSCODE_ANSWERED), this::notified);
		monitor.throwIfCancelled();
		Wire files = services.open(Afc.SERVICE, Services.Use.TIDYING);
		mediaWire = files;
		Afc afc = new Afc(files);
		media = afc;
		monitor.throwIfCancelled();
		Wire service = services.open(SERVICE, Services.Use.FILES);
		wire = service;
		DeviceLink opened = new DeviceLink(service);
		opened.handshake();
		opened.hello();
		link = opened;
		monitor.throwIfCancelled();
		lock = SyncLock.acquire(afc, proxy, services.timing(), monitor);
		watch = services.transport().watch(new Departure());
	}

	/** The device's media folder. */
	Afc media() {
		Afc opened = media;
		if (opened == null) {
			throw new IllegalStateException("Not open");
		}
		return opened;
	}

	/**
	 * Sends the request and serves the device until its final answer.
	 *
	 * @throws IOException a problem, if this side failed, whatever the device says; if somebody cancelled on the device
	 */
	Dict run(Map<String, ?> request, HostFiles files, HostTrouble trouble, Tally tally) throws IOException {
		DeviceLink opened = link;
		if (opened == null) {
			throw new IllegalStateException("Not open");
		}
		opened.wire().readTimeout(services.timing().silence());
		Thread listeningForSilence = Thread.ofVirtual().name("keepsake-deaf-device").start(() -> awaitDeafness(opened));
		try (FileServer server = new FileServer(opened, files, trouble, tally)) {
			serving = true;
			opened.process(request);
			Dict response = server.serve();
			trouble.throwIfWriteFailed();
			if (cancelledOnDevice && response.integer("ErrorCode", -1) != 0) {
				throw DeviceProblems.CANCELLED_ON_DEVICE.exception();
			}
			return response;
		} catch (org.keepsake.core.ProblemException | org.keepsake.core.CancelledException e) {
			throw e;
		} catch (IOException e) {
			trouble.throwIfRefused();
			if (cancelledOnDevice && !monitor.isCancelled()) {
				throw DeviceProblems.CANCELLED_ON_DEVICE.exceptionBecause(e);
			}
			if (!monitor.isCancelled()) {
				trouble.throwIfWriteFailed();
			}
			throw deaf ? new SocketTimeoutException("The device stopped reading") : e;
		} finally {
			serving = false;
			listeningForSilence.interrupt();
		}
	}

	/** Reads have a timeout, writes have none: a device that reads no more is broken off here. */
	private void awaitDeafness(DeviceLink opened) {
		Duration silence = services.timing().silence();
		while (sleep(silence.minus(opened.wire().writeBlocked()).plusMillis(1))) {
			if (opened.wire().writeBlocked().compareTo(silence) >= 0) {
				deaf = true;
				services.abort(Services.Use.ASKING, Services.Use.FILES);
				return;
			}
		}
	}

	private void notified(String name) {
		switch (name) {
			case NotificationProxy.PASSCODE_ASKED -> notice("device.enter-passcode", true);
			case NotificationProxy.PASSCODE_ANSWERED -> notice("device.passcode-answered", false);
			case NotificationProxy.CANCEL_REQUEST -> cancelOnDevice();
			default -> {
				// informative
			}
		}
	}

	/** Tells the person. */
	void notice(String key, boolean urgent) {
		monitor.report(new JobEvent.Notice(key, Texts.of(key), urgent));
	}

	/** The device ends the run by itself; if it does not, the connection is broken. */
	private void cancelOnDevice() {
		if (!serving) {
			return;
		}
		cancelledOnDevice = true;
		Thread.ofVirtual().name("keepsake-device-cancels").start(() -> {
			if (sleep(DEVICE_CANCELS) && !ended) {
				services.abort(Services.Use.ASKING, Services.Use.FILES);
			}
		});
	}

	/** Says goodbye if that is possible at once, breaks what may be waiting, and a little later everything else. */
	private void cancel() {
		goodbye();
		services.abort(Services.Use.ASKING, Services.Use.FILES);
		if (sleep(services.timing().cleanup()) && !ended) {
			services.abort(Services.Use.values());
		}
	}

	/** Says goodbye, without waiting for a device that does not read. */
	private void goodbye() {
		Thread goodbye = Thread.ofVirtual().name("keepsake-goodbye").start(this::disconnect);
		try {
			goodbye.join(DISCONNECT);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void disconnect() {
		DeviceLink opened = link;
		if (opened != null && !ended) {
			try {
				opened.disconnect();
			} catch (IOException e) {
				// gone already
			}
		}
	}

	private static boolean sleep(Duration duration) {
		try {
			Thread.sleep(duration);
			return true;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Notices that the cable was pulled, where the broken connections do not say so. */
	private final class Departure implements DeviceListener {
		@Override
		public void attached(AttachedDevice device) {
			// only departures matter
		}

		@Override
		public void detached(AttachedDevice device) {
			if (device.equals(services.device()) && !ended) {
				Thread.ofVirtual().name("keepsake-departure").start(this::abort);
			}
		}

		/** Its last answer may still be on its way: a device that restarts after a restore is announced gone at once. */
		private void abort() {
			if (sleep(LAST_WORDS) && !ended) {
				services.abort(Services.Use.values());
			}
		}
	}

	/** Gives the lock back, says goodbye and closes everything; never fails, and waits little. */
	@Override
	public void close() {
		Duration cleanup = services.timing().cleanup();
		Wire files = mediaWire;
		if (files != null) {
			files.readTimeout(cleanup);
		}
		SyncLock held = lock;
		if (held != null) {
			held.close();
		}
		if (!monitor.isCancelled()) {
			goodbye();
		}
		ended = true;
		Transport.Watch watching = watch;
		if (watching != null) {
			watching.close();
		}
		closeQuietly(media);
		closeQuietly(notifications);
		closeQuietly(wire);
		cancellation.close();
	}

	private static void closeQuietly(@Nullable Closeable closeable) {
		if (closeable != null) {
			try {
				closeable.close();
			} catch (IOException e) {
				// it is gone either way
			}
		}
	}
}
