// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.mux.MuxClient;
import org.keepsake.ios.protocol.mux.MuxDevice;
import org.keepsake.ios.protocol.mux.MuxException;
import org.keepsake.ios.protocol.mux.NetworkAddress;

/** Devices behind this computer's usbmuxd: those on a cable, and those on the network that it knows. */
final class UsbTransport implements Transport {

	/** {@link #id()}. */
	static final String ID = "usb";

	private final MuxAddress address;
	private final String osName;
	private final MuxClient mux;
	private final UsbPairRecords records;
	private final UsbWatch.Pace pace;
	private final Set<UsbWatch> watches = ConcurrentHashMap.newKeySet();
	private final Set<DeviceChannel> channels = ConcurrentHashMap.newKeySet();
	private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();

	UsbTransport(MuxAddress address, String osName, Path ownRecords, Path systemRecords, UsbWatch.Pace pace) {
		this.address = address;
		this.osName = osName;
		this.mux = new MuxClient(address::open);
		this.records = new UsbPairRecords(mux, ownRecords, systemRecords);
		this.pace = pace;
	}

	@Override
	public String id() {
		return ID;
	}

	@Override
	public List<AttachedDevice> devices() throws ProblemException {
		try {
			return mux.devices().stream().map(this::attached)
					.sorted(Comparator.comparing(AttachedDevice::udid).thenComparing(AttachedDevice::connection))
					.toList();
		} catch (IOException e) {
			throw daemonTrouble(e);
		} catch (UncheckedIOException e) {
			throw daemonTrouble(new IOException(e));
		}
	}

	/** As others see it; its address on the network is remembered here. */
	AttachedDevice attached(MuxDevice device) {
		String handle = Long.toString(device.id());
		device.address().map(NetworkAddress::address).ifPresent(known -> addresses.put(handle, known));
		return new AttachedDevice(ID, handle, device.udid(), device.connection());
	}

	private ProblemException daemonTrouble(IOException failure) {
		return switch (failure) {
			case ProblemException problem -> problem;
			case MuxException refused -> broken(refused);
			case SocketTimeoutException silent -> broken(silent);
			case java.io.EOFException closed -> broken(closed);
			default -> failure.getClass().getName().startsWith("org.keepsake.") ? broken(failure)
					: UsbProblems.noDaemon(failure, address, osName);
		};
	}

	private static ProblemException broken(IOException failure) {
		return UsbProblems.DAEMON_BROKEN.exceptionBecause(failure, String.valueOf(failure.getMessage()));
	}

	/** What to tell of a failure to listen. */
	Problem trouble(IOException failure) {
		return daemonTrouble(failure).problem();
	}

	/** The daemon's language. */
	MuxClient mux() {
		return mux;
	}

	@Override
	public Watch watch(DeviceListener listener) {
		UsbWatch watch = new UsbWatch(this, listener, pace, watches::remove);
		watches.add(watch);
		watch.start();
		return watch;
	}

	/** The daemon's number for the attachment, or null if it is none. */
	static @Nullable Long id(AttachedDevice device) {
		return device.handle().matches("\\d{1,18}") ? Long.valueOf(device.handle()) : null;
	}

	@Override
	public DeviceChannel connect(AttachedDevice device, int port) throws ProblemException {
		Long id = id(device);
		if (id == null) {
			throw UsbProblems.GONE.exception();
		}
		try {
			return track(mux.connect(id, port));
		} catch (MuxException e) {
			if (device.connection() == ConnectionType.NETWORK) {
				return direct(device, port);
			}
			if (e.number() == MuxException.CONNECTION_REFUSED) {
				throw UsbProblems.REFUSED.exceptionBecause(e, String.valueOf(port));
			}
			if (e.number() == MuxException.BAD_DEVICE) {
				throw UsbProblems.GONE.exceptionBecause(e);
			}
			throw broken(e);
		} catch (IOException e) {
			throw daemonTrouble(e);
		}
	}

	/** Some daemons only announce devices on the network, and leave the connection to the client. */
	private DeviceChannel direct(AttachedDevice device, int port) throws ProblemException {
		Optional<InetAddress> known = Optional.ofNullable(addresses.get(device.handle()));
		if (known.isEmpty()) {
			devices();
			known = Optional.ofNullable(addresses.get(device.handle()));
		}
		if (known.isEmpty()) {
			throw UsbProblems.GONE.exception();
		}
		try {
			return track(MuxAddress.Tcp.connect(new InetSocketAddress(known.get(), port)));
		} catch (IOException e) {
			throw UsbProblems.UNREACHABLE.exceptionBecause(e, known.get().getHostAddress());
		}
	}

	private DeviceChannel track(DeviceChannel channel) {
		DeviceChannel tracked = new Tracked(channel);
		channels.add(tracked);
		return tracked;
	}

	/** A channel that is closed with the transport. */
	private final class Tracked implements DeviceChannel {
		private final DeviceChannel channel;

		Tracked(DeviceChannel channel) {
			this.channel = channel;
		}

		@Override
		public InputStream input() {
			return channel.input();
		}

		@Override
		public OutputStream output() {
			return channel.output();
		}

		@Override
		public void readTimeout(Duration timeout) {
			channel.readTimeout(timeout);
		}

		@Override
		public void close() throws IOException {
			channels.remove(this);
			channel.close();
		}
	}

	@Override
	public PairRecords pairRecords() {
		return records;
	}

	@Override
	public void close() throws IOException {
		List.copyOf(watches).forEach(UsbWatch::close);
		for (DeviceChannel channel : List.copyOf(channels)) {
			channel.close();
		}
	}
}
