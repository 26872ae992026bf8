// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/**
 * Notifications to and from the device ({@code com.apple.mobile.notification_proxy}). Source:
 * {@code libimobiledevice/libimobiledevice: src/notification_proxy.c}. Any thread posts; the listener is called on a
 * thread of its own.
 */
public final class NotificationProxy implements Closeable {

	/** Service to start. */
	public static final String SERVICE = "com.apple.mobile.notification_proxy";
	/** Posted before the sync lock is taken. */
	public static final String SYNC_WILL_START = "com.apple.itunes-mobdev.syncWillStart";
	/** Posted when the lock file is open. */
	public static final String SYNC_LOCK_REQUEST = "com.apple.itunes-mobdev.syncLockRequest";
	/** Posted when the lock is held. */
	public static final String SYNC_DID_START = "com.apple.itunes-mobdev.syncDidStart";
	/** Posted when the lock was given back. */
	public static final String SYNC_DID_FINISH = "com.apple.itunes-mobdev.syncDidFinish";
	/** The person cancelled on the device. */
	public static final String CANCEL_REQUEST = "com.apple.itunes-client.syncCancelRequest";
	/** The device asks to pause. */
	public static final String SUSPEND_REQUEST = "com.apple.itunes-client.syncSuspendRequest";
	/** The device asks to go on. */
	public static final String RESUME_REQUEST = "com.apple.itunes-client.syncResumeRequest";
	/** Whether backups are encrypted changed. */
	public static final String BACKUP_DOMAIN_CHANGED = "com.apple.mobile.backup.domain_changed";
	/** The device asks for its passcode. */
	public static final String PASSCODE_ASKED = "com.apple.LocalAuthentication.ui.presented";
	/** The device no longer asks for it. */
	public static final String PASSCODE_ANSWERED = "com.apple.LocalAuthentication.ui.dismissed";

	private static final String COMMAND = "Command";
	private static final int GOODBYE_SECONDS = 1;

	private final PlistWire wire;
	private final CountDownLatch ended = new CountDownLatch(1);

	/** On a connection to {@link #SERVICE}. */
	public NotificationProxy(PlistWire wire) {
		this.wire = wire;
	}

	/** Observes the names, and calls the listener with each that comes. Called once. */
	public void observe(List<String> names, Consumer<String> listener) throws IOException {
		wire.wire().readTimeout(Duration.ZERO);
		for (String name : names) {
			wire.sendXml(Map.of(COMMAND, "ObserveNotification", "Name", name));
		}
		// Not a virtual thread: one that waits for a socket holds up the end of the process by 0.3 s.
		Thread.ofPlatform().daemon().name("keepsake-notifications").start(() -> relay(listener));
	}

	private void relay(Consumer<String> listener) {
		try {
			while (true) {
				Dict message = wire.receiveDict();
				String command = message.string(COMMAND, "");
				if (command.equals("ProxyDeath")) {
					return;
				}
				String name = message.string("Name");
				if (name != null && command.equals("RelayNotification")) {
					listener.accept(name);
				}
			}
		} catch (IOException | java.io.UncheckedIOException e) {
			// the connection ended, or speaks another language: no more notifications
		} finally {
			ended.countDown();
		}
	}

	/** Posts; the device does not acknowledge. */
	public void post(String name) throws IOException {
		wire.sendXml(Map.of(COMMAND, "PostNotification", "Name", name));
	}

	/** Says goodbye, waits a moment for the device to have read everything, and closes. */
	@Override
	public void close() throws IOException {
		try {
			wire.sendXml(Map.of(COMMAND, "Shutdown"));
			ended.await(GOODBYE_SECONDS, TimeUnit.SECONDS);
		} catch (IOException e) {
			// gone already
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			wire.close();
		}
	}

	/** Closes at once. */
	public void abort() throws IOException {
		wire.close();
	}
}
