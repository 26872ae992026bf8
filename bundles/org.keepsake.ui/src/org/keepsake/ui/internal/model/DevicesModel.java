// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.engine.Devices;

/** The devices that come and go, and the one that is chosen. Thread-safe. */
public final class DevicesModel extends Model implements AutoCloseable {

	private final Devices devices;
	private final Map<Udid, DeviceItem> items = new ConcurrentHashMap<>();
	private final Watch watch;
	private volatile @Nullable Udid chosen;
	private volatile @Nullable Problem trouble;

	/** Watches the devices until closed. */
	public DevicesModel(Devices devices) {
		this.devices = devices;
		this.watch = devices.watch(new Devices.Listener() {
			@Override
			public void arrived(Udid device) {
				items.put(device, new DeviceItem(device, null, null, true));
				if (chosen == null) {
					chosen = device;
				}
				changed();
				refresh(device);
			}

			@Override
			public void departed(Udid device) {
				items.remove(device);
				if (device.equals(chosen)) {
					chosen = null;
					items.keySet().stream().min(Comparator.naturalOrder()).ifPresent(next -> chosen = next);
				}
				changed();
			}

			@Override
			public void trouble(String transport, @Nullable Problem problem) {
				trouble = problem;
				changed();
			}
		});
	}

	/** The devices, by name. */
	public List<DeviceItem> devices() {
		List<DeviceItem> sorted = new ArrayList<>(items.values());
		sorted.sort(Comparator.comparing(DeviceItem::title, String.CASE_INSENSITIVE_ORDER)
				.thenComparing(DeviceItem::udid));
		return sorted;
	}

	/** The chosen device, if there is one and it is attached. */
	public Optional<DeviceItem> chosen() {
		Udid udid = chosen;
		return udid == null ? Optional.empty() : Optional.ofNullable(items.get(udid));
	}

	/** Chooses a device. */
	public void choose(Udid device) {
		if (!device.equals(chosen)) {
			chosen = device;
			changed();
		}
	}

	/** Why no device can be found at all, such as when usbmuxd is not running; null if there is no such trouble. */
	public @Nullable Problem trouble() {
		return trouble;
	}

	/** Asks the device anew, in the background. */
	public void refresh(Udid device) {
		Thread.ofVirtual().name("describe device").start(() -> {
			DeviceItem answer = ask(device);
			if (items.computeIfPresent(device, (udid, old) -> answer) != null) {
				changed();
			}
		});
	}

	private DeviceItem ask(Udid device) {
		try {
			return new DeviceItem(device, devices.describe(device), null, true);
		} catch (IOException e) {
			return new DeviceItem(device, null, UiProblems.of(e), true);
		}
	}

	@Override
	public void close() {
		watch.close();
	}
}
