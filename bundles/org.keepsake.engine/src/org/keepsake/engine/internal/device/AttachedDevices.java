// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.engine.Devices;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.JobLocks;
import org.keepsake.engine.internal.Texts;

/** The devices of all transports, one entry a device, by cable where it is attached twice. Thread-safe. */
public final class AttachedDevices implements Devices {

	private final List<Transport> transports;
	private final Phone.Maker maker;
	private final JobLocks locks;

	/** @param transports asked in this order; cable goes before network whatever the order */
	public AttachedDevices(List<Transport> transports, Phone.Maker maker, JobLocks locks) {
		this.transports = List.copyOf(transports);
		this.maker = maker;
		this.locks = locks;
	}

	/** One way to reach one device. */
	public record Reach(Transport transport, AttachedDevice device) {

		/** Whether it is by cable. */
		public boolean byCable() {
			return device.connection() == ConnectionType.USB;
		}
	}

	@Override
	public List<Udid> list() throws IOException {
		return reachable().stream().map(reach -> reach.device().udid()).distinct().toList();
	}

	@Override
	public Udid choose(@Nullable Udid wanted) throws IOException {
		if (wanted != null) {
			return reach(wanted).device().udid();
		}
		List<Udid> present = list();
		if (present.isEmpty()) {
			throw EngineProblems.NO_DEVICE.exception(systemHint());
		}
		if (present.size() > 1) {
			throw EngineProblems.SEVERAL_DEVICES
					.exception(present.stream().map(Udid::value).collect(Collectors.joining(", ")));
		}
		return present.getFirst();
	}

	@Override
	public DeviceDetails describe(Udid device) throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> phone(device).describe());
	}

	@Override
	public void pair(Udid device, JobMonitor monitor) throws IOException {
		Failures.guard(monitor, () -> {
			Reach reach = reach(device);
			try (JobLocks.Lock _ = locks.acquire(device)) {
				if (!reach.byCable() && !isPaired(reach)) {
					throw EngineProblems.PAIR_BY_CABLE.exception(device.value());
				}
				phone(reach).pair(monitor);
			}
			return device;
		});
	}

	@Override
	public void unpair(Udid device) throws IOException {
		Failures.guard(JobMonitor.NONE, () -> {
			try (JobLocks.Lock _ = locks.acquire(device)) {
				phone(device).unpair();
			}
			return device;
		});
	}

	/** The phone behind the best way to the device. Problem: not attached. */
	public Phone phone(Udid device) throws IOException {
		return phone(reach(device));
	}

	/** The phone behind this way. */
	public Phone phone(Reach reach) {
		return maker.phone(reach.transport(), reach.device());
	}

	/** The best way to the device. Problem: not attached; or why no transport works. */
	public Reach reach(Udid device) throws IOException {
		Optional<Reach> found = reachable().stream().filter(reach -> reach.device().udid().equals(device)).findFirst();
		return found.orElseThrow(() -> EngineProblems.NOT_ATTACHED.exception(device.value()));
	}

	/** Each transport with the problem that keeps it from working, or null. */
	public Map<String, @Nullable Problem> health() {
		Map<String, @Nullable Problem> health = new LinkedHashMap<>();
		for (Transport transport : transports) {
			try {
				transport.devices();
				health.put(transport.id(), null);
			} catch (ProblemException e) {
				health.put(transport.id(), e.problem());
			}
		}
		return health;
	}

	/** What to look at on this system if a device that is plugged in is not seen. */
	public static String systemHint() {
		String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		return Texts.of(system.startsWith("windows") ? "no-device.windows"
				: system.startsWith("mac") ? "no-device.mac" : "no-device.linux");
	}

	private boolean isPaired(Reach reach) throws IOException {
		return phone(reach).describe().paired();
	}

	private List<Reach> reachable() throws IOException {
		List<Reach> all = new ArrayList<>();
		@Nullable
		ProblemException trouble = null;
		int working = 0;
		for (Transport transport : transports) {
			try {
				transport.devices().forEach(device -> all.add(new Reach(transport, device)));
				working++;
			} catch (ProblemException e) {
				trouble = trouble == null ? e : trouble;
			}
		}
		if (working == 0 && trouble != null) {
			throw trouble;
		}
		all.sort(Comparator.comparing(reach -> !reach.byCable()));
		return all;
	}

	@Override
	public Watch watch(Listener listener) {
		MergedWatch merged = new MergedWatch(listener);
		transports.forEach(merged::follow);
		return merged;
	}
}
