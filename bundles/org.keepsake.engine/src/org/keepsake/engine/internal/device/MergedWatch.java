// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.engine.Devices;

/**
 * The watches of several transports as one: a device arrives with its first attachment and departs with its last. The
 * listener hears one call at a time, and none after {@link #close()}.
 */
final class MergedWatch implements Watch {

	private final Devices.Listener listener;
	private final List<Watch> watches = new ArrayList<>();
	private final Map<Udid, Set<AttachedDevice>> attachments = new HashMap<>();
	private final Set<String> troubled = new HashSet<>();
	private boolean closed;

	MergedWatch(Devices.Listener listener) {
		this.listener = listener;
	}

	void follow(Transport transport) {
		Watch watch = transport.watch(new DeviceListener() {
			@Override
			public void attached(AttachedDevice device) {
				MergedWatch.this.attached(device);
			}

			@Override
			public void detached(AttachedDevice device) {
				MergedWatch.this.detached(device);
			}

			@Override
			public void unavailable(Problem problem) {
				MergedWatch.this.unavailable(transport.id(), problem);
			}

			@Override
			public void available() {
				MergedWatch.this.available(transport.id());
			}
		});
		synchronized (watches) {
			watches.add(watch);
		}
	}

	private synchronized void attached(AttachedDevice device) {
		Set<AttachedDevice> ways = attachments.computeIfAbsent(device.udid(), udid -> new HashSet<>());
		boolean first = ways.isEmpty();
		if (ways.add(device) && first && !closed) {
			listener.arrived(device.udid());
		}
	}

	private synchronized void detached(AttachedDevice device) {
		Set<AttachedDevice> ways = attachments.get(device.udid());
		if (ways != null && ways.remove(device) && ways.isEmpty()) {
			attachments.remove(device.udid());
			if (!closed) {
				listener.departed(device.udid());
			}
		}
	}

	private synchronized void unavailable(String transport, Problem problem) {
		if (troubled.add(transport) && !closed) {
			listener.trouble(transport, problem);
		}
	}

	private synchronized void available(String transport) {
		if (troubled.remove(transport) && !closed) {
			listener.trouble(transport, null);
		}
	}

	@Override
	public void close() {
		synchronized (this) {
			closed = true;
		}
		List<Watch> all;
		synchronized (watches) {
			all = List.copyOf(watches);
			watches.clear();
		}
		all.forEach(Watch::close);
	}
}
