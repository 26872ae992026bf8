// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.internal.Description;
import org.keepsake.ios.protocol.internal.Failures;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.Timing;
import org.keepsake.ios.protocol.internal.lockdown.Lockdown;
import org.keepsake.ios.protocol.internal.lockdown.LockdownException;
import org.keepsake.ios.protocol.internal.pairing.PairRecord;
import org.keepsake.ios.protocol.internal.pairing.Pairing;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.TlsFailedException;

/**
 * A device that can be reached: reads what it says to anybody, pairs, and opens sessions. Thread-safe; every call
 * opens connections of its own and blocks on the device.
 */
public final class DeviceClient {

	private static final System.Logger LOG = System.getLogger(DeviceClient.class.getName());

	private final Transport transport;
	private final AttachedDevice device;
	private final Timing timing;

	/** Connects to nothing yet. */
	public DeviceClient(Transport transport, AttachedDevice device) {
		this(transport, device, Timing.standard());
	}

	/** With other times to wait, for tests. */
	DeviceClient(Transport transport, AttachedDevice device, Timing timing) {
		this.transport = transport;
		this.device = device;
		this.timing = timing;
	}

	/** What the device says, in a session if it is paired, else what it tells anybody. Never prompts the person. */
	public DeviceDetails describe() throws IOException {
		return Failures.guard("describing", JobMonitor.NONE, () -> {
			PairRecord record = record();
			boolean locked = false;
			if (record != null) {
				try (Services services = new Services(transport, device, record, timing)) {
					services.session();
					try (DeviceSession session = new DeviceSession(services)) {
						return session.details();
					}
				} catch (LockdownException e) {
					locked = e.is("PasswordProtected");
				} catch (TlsFailedException e) {
					LOG.log(System.Logger.Level.DEBUG, "The device has forgotten this computer", e);
				}
			}
			return tellAnybody(locked);
		});
	}

	private DeviceDetails tellAnybody(boolean locked) throws IOException {
		try (Lockdown lockdown = lockdown()) {
			Description description = Description.toAnybody(device, lockdown);
			return (locked ? description.locked() : description).details();
		}
	}

	private Lockdown lockdown() throws IOException {
		return Lockdown.open(transport.connect(device, Lockdown.PORT), timing.answer());
	}

	/** The pair record there is, or null; one that cannot be read is none. */
	private @Nullable PairRecord record() throws IOException {
		Optional<byte[]> bytes = transport.pairRecords().read(device.udid());
		if (bytes.isEmpty()) {
			return null;
		}
		try {
			return PairRecord.parse(bytes.get());
		} catch (PlistException e) {
			LOG.log(System.Logger.Level.WARNING, "The pair record is damaged and counts as none: {0}", e.getMessage());
			return null;
		}
	}

	/**
	 * Pairs, or proves the pairing there is. Reports notices ({@code device.tap-trust}, {@code device.unlock}) and
	 * waits for the person, for minutes. A pairing that the device forgot is made anew. Problems:
	 * {@link DeviceProblems#PAIRING_DENIED}, {@link DeviceProblems#LOCKED}, {@link DeviceProblems#PAIRING_TIMED_OUT},
	 * {@link DeviceProblems#PAIRING_NEEDS_CABLE}, {@link DeviceProblems#PAIRING_FORBIDDEN}.
	 */
	public void pair(JobMonitor monitor) throws IOException {
		Failures.guard("pairing", monitor, () -> {
			PairRecord known = record();
			Pairing pairing = new Pairing(transport, device, timing, monitor);
			if (known == null || !pairing.isTrusted(known)) {
				pairing.pair();
			}
			return device;
		});
	}

	/** Ends the trust on the device, where it can be reached, and forgets the pair record. */
	public void unpair() throws IOException {
		Failures.guard("pairing", JobMonitor.NONE, () -> {
			PairRecord record = record();
			if (record != null) {
				endTrust(record);
			}
			transport.pairRecords().delete(device.udid());
			return device;
		});
	}

	/** The record is forgotten here whatever the device says: it may be away, or have forgotten first. */
	private void endTrust(PairRecord record) {
		try (Services services = new Services(transport, device, record, timing)) {
			Lockdown session = services.session();
			session.unpair(record);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The device did not confirm the end of the trust", e);
			endTrustWithoutSession(record);
		}
	}

	private void endTrustWithoutSession(PairRecord record) {
		try (Lockdown lockdown = lockdown()) {
			lockdown.unpair(record);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The device keeps its side of the pairing", e);
		}
	}

	/** Opens a session that the device has validated. Problem: {@link DeviceProblems#NOT_PAIRED}, {@code LOCKED}. */
	public DeviceSession open() throws IOException {
		return Failures.guard("connecting", JobMonitor.NONE, () -> {
			PairRecord record = record();
			if (record == null) {
				throw DeviceProblems.NOT_PAIRED.exception();
			}
			Services services = new Services(transport, device, record, timing);
			boolean opened = false;
			try {
				services.session();
				DeviceSession session = new DeviceSession(services);
				opened = true;
				return session;
			} finally {
				if (!opened) {
					services.close();
				}
			}
		});
	}
}
