// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.content.FileStore;
import org.keepsake.virtual.internal.mux.MuxServer;
import org.keepsake.virtual.internal.phone.PlistFile;
import org.keepsake.virtual.internal.phone.StateFolder;
import org.keepsake.virtual.internal.phone.VirtualPhone;
import org.keepsake.virtual.internal.service.ServicePorts;
import org.keepsake.virtual.internal.service.Services;

/**
 * One or several virtual iPhones behind one usbmuxd on a loopback port. Thread-safe.
 *
 * <pre>
 * try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(VirtualOptions.in(folder)))) {
 *     String socket = "127.0.0.1:" + phones.address().getPort(); // USBMUXD_SOCKET_ADDRESS of any client
 *     …
 * }
 * </pre>
 */
public final class VirtualIPhones implements Closeable {

	private static final Duration START = Duration.ofMillis(300);

	private record Plugged(VirtualPhone phone, ServicePorts ports) {
	}

	private final MuxServer mux;
	private final Map<String, Plugged> devices = new LinkedHashMap<>();
	private volatile boolean closed;

	private VirtualIPhones(MuxServer mux) {
		this.mux = mux;
	}

	/**
	 * Starts the usbmuxd and attaches the devices. The computer's pair records are kept in the first device's state
	 * folder.
	 *
	 * @param port 0 for any free port
	 * @throws IOException a problem of {@link VirtualProblems}, or if a state folder cannot be read or written
	 */
	public static VirtualIPhones start(int port, List<VirtualOptions> devices) throws IOException {
		Path folder = devices.isEmpty() ? Files.createTempDirectory("keepsake-usbmuxd")
				: devices.getFirst().state().resolve("usbmuxd");
		return start(port, devices, folder);
	}

	/**
	 * Starts the usbmuxd and attaches the devices.
	 *
	 * @param port       0 for any free port
	 * @param hostFolder where the computer keeps its pair records, which are not a device's
	 * @throws IOException a problem of {@link VirtualProblems}, or if a folder cannot be read or written
	 */
	public static VirtualIPhones start(int port, List<VirtualOptions> devices, Path hostFolder) throws IOException {
		VirtualIPhones phones;
		try {
			phones = new VirtualIPhones(new MuxServer(port, hostFolder));
		} catch (BindException e) {
			throw VirtualProblems.PORT_IN_USE.exceptionBecause(e, Integer.toString(port));
		}
		boolean started = false;
		try {
			for (VirtualOptions options : devices) {
				phones.add(options);
			}
			phones.devices.keySet().forEach(phones::plug);
			started = true;
			return phones;
		} finally {
			if (!started) {
				phones.close();
			}
		}
	}

	private void add(VirtualOptions options) throws IOException {
		VirtualPhone phone = VirtualPhone.open(options, new VirtualPhone.Cable() {
			@Override
			public void unplug(VirtualPhone which) {
				mux.unplug(which);
			}

			@Override
			public void restart(VirtualPhone which) {
				VirtualIPhones.this.restart(which);
			}
		});
		if (devices.containsKey(phone.udid())) {
			phone.close();
			throw VirtualProblems.SAME_DEVICE.exception(phone.udid());
		}
		devices.put(phone.udid(), new Plugged(phone, new ServicePorts(Services.of(phone))));
	}

	/** The computer sees the device go and come; what asked for it may be one of the connections that break. */
	private void restart(VirtualPhone phone) {
		Thread.ofVirtual().name("restart").start(() -> {
			mux.unplug(phone);
			devices.values().stream().filter(device -> device.phone() == phone)
					.forEach(device -> device.ports().close());
			try {
				phone.started();
				Thread.sleep(START);
			} catch (IOException e) {
				System.getLogger(VirtualIPhones.class.getName()).log(System.Logger.Level.WARNING, "restarting", e);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			if (!closed) {
				plug(phone.udid());
			}
		});
	}

	/** Where the usbmuxd listens: what {@code USBMUXD_SOCKET_ADDRESS} names. */
	public InetSocketAddress address() {
		try {
			return mux.address();
		} catch (IOException e) {
			throw new UncheckedIOException("The usbmuxd is closed", e);
		}
	}

	/** The devices' identifiers, in the order given. */
	public List<String> udids() {
		return List.copyOf(devices.keySet());
	}

	private VirtualPhone phone(String udid) {
		return plugged(udid).phone();
	}

	private Plugged plugged(String udid) {
		Plugged device = devices.get(udid);
		if (device == null) {
			throw new IllegalArgumentException("There is no virtual iPhone " + udid);
		}
		return device;
	}

	/** The device's name now. */
	public String name(String udid) {
		return phone(udid).name();
	}

	/** The device's system version. */
	public String iosVersion(String udid) {
		return phone(udid).iosVersion();
	}

	/** Pulls the cable: all connections break, the device is announced as gone, and its trust dialog goes away. */
	public void unplug(String udid) {
		mux.unplug(phone(udid));
	}

	/** Plugs it in again. */
	public void plug(String udid) {
		Plugged device = plugged(udid);
		mux.plug(device.phone(), device.ports());
	}

	/** Breaks all connections to the device, which stays plugged in. */
	public void cut(String udid) {
		phone(udid).cutConnections();
	}

	/** Answers a pending trust dialog, or the next one. */
	public void answerTrust(String udid, boolean trust) {
		phone(udid).answerTrust(trust);
	}

	/** Locks or unlocks the screen; only a passcode makes that felt. */
	public void lock(String udid, boolean locked) {
		phone(udid).lock(locked);
	}

	/** Makes the device misbehave from now on; counters of bytes start anew. */
	public void faults(String udid, Faults faults) {
		try {
			phone(udid).misbehave(faults);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Posts a notification on the device, for clients that observe it. */
	public void post(String udid, String notification) {
		phone(udid).post(notification);
	}

	/** The device's files, for tests to compare and to change; closed with the device. */
	public VirtualFiles files(String udid) {
		return phone(udid).files();
	}

	/**
	 * The files of a device that may or may not be running, in this process or another; the caller closes them.
	 *
	 * @throws IOException {@link VirtualProblems#NO_DEVICE} if the folder keeps none, or if it cannot be read
	 */
	public static VirtualFiles openFiles(Path state) throws IOException {
		requireDevice(state);
		return FileStore.open(state);
	}

	/**
	 * Forgets a device with its content, pairings and faults, so that the next start makes a new one. Other files in
	 * the folder stay.
	 *
	 * @throws IOException {@link VirtualProblems#NO_DEVICE} if the folder keeps none,
	 *                     {@link VirtualProblems#STATE_IN_USE} if it is running
	 */
	public static void reset(Path state) throws IOException {
		requireDevice(state);
		try (StateFolder folder = StateFolder.take(state)) {
			folder.reset();
		}
	}

	/**
	 * Makes a device misbehave that may be running in another process; it looks at the next request to its lockdownd.
	 *
	 * @throws IOException {@link VirtualProblems#NO_DEVICE} if the folder keeps none, or if it cannot be written
	 */
	public static void writeFaults(Path state, Faults faults) throws IOException {
		requireDevice(state);
		if (faults.settings().isEmpty()) {
			Files.deleteIfExists(StateFolder.faults(state));
		} else {
			PlistFile.replace(StateFolder.faults(state), faults.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private static void requireDevice(Path state) throws IOException {
		if (!StateFolder.holdsDevice(state)) {
			throw VirtualProblems.NO_DEVICE.exception(state);
		}
	}

	@Override
	public void close() {
		closed = true;
		closing(mux);
		devices.values().forEach(device -> closing(device.phone()));
	}

	private static void closing(Closeable part) {
		try {
			part.close();
		} catch (IOException e) {
			System.getLogger(VirtualIPhones.class.getName()).log(System.Logger.Level.WARNING, "closing", e);
		}
	}
}
