// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.keepsake.virtual.internal.phone.Notifications;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * {@code com.apple.mobile.notification_proxy}: hosts post notifications to the device and hear of those that they
 * observe. As in {@code libimobiledevice/libimobiledevice: src/notification_proxy.c}.
 */
public final class NotificationProxy implements ServiceHandler {

	private static final String END = "";

	private final Notifications notifications;

	/** @param notifications the phone's */
	public NotificationProxy(Notifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
		Consumer<String> observer = heard::add;
		Thread relay = Thread.ofVirtual().name("notification relay").start(() -> relay(heard, connection));
		try {
			boolean open = true;
			while (open) {
				Map<String, Object> command = PlistFrames.read(connection.input());
				open = command != null && follow(command, observer);
			}
		} finally {
			notifications.forget(observer);
			heard.add(END);
			join(relay);
		}
	}

	private boolean follow(Map<String, Object> command, Consumer<String> observer) {
		String name = PlistFrames.text(command, "Name");
		switch (PlistFrames.text(command, "Command")) {
			case "PostNotification" -> notifications.post(name);
			case "ObserveNotification" -> notifications.observe(observer, name);
			case "Shutdown" -> {
				return false;
			}
			default -> {
				// devices say nothing
			}
		}
		return true;
	}

	private static void relay(LinkedBlockingQueue<String> heard, ServiceConnection connection) {
		try {
			for (String name = heard.take(); !name.equals(END); name = heard.take()) {
				Map<String, Object> relayed = new LinkedHashMap<>();
				relayed.put("Command", "RelayNotification");
				relayed.put("Name", name);
				PlistFrames.writeXml(connection.output(), relayed);
			}
			PlistFrames.writeXml(connection.output(), Map.of("Command", "ProxyDeath"));
		} catch (IOException e) {
			connection.cut();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void join(Thread relay) throws IOException {
		try {
			relay.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", e);
		}
	}
}
