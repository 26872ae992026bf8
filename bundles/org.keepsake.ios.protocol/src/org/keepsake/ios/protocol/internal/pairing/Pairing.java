// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.Texts;
import org.keepsake.ios.protocol.internal.Timing;
import org.keepsake.ios.protocol.internal.lockdown.Lockdown;
import org.keepsake.ios.protocol.internal.lockdown.LockdownException;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.TlsFailedException;

/**
 * Makes a new pairing: certificates, the Trust dialog, the record. The same certificates are offered until the person
 * has answered. Source: {@code libimobiledevice/libimobiledevice: src/lockdown.c, lockdownd_do_pair}.
 */
public final class Pairing {

	private final Transport transport;
	private final AttachedDevice device;
	private final Timing timing;
	private final JobMonitor monitor;
	private String noticed = "";

	/** Connects to nothing yet. */
	public Pairing(Transport transport, AttachedDevice device, Timing timing, JobMonitor monitor) {
		this.transport = transport;
		this.device = device;
		this.timing = timing;
		this.monitor = monitor;
	}

	/** Whether the device still knows the record. While it is locked, it does not say: the person is asked to unlock it. */
	public boolean isTrusted(PairRecord record) throws IOException {
		long deadline = System.nanoTime() + timing.trust().toNanos();
		while (true) {
			Services services = new Services(transport, device, record, timing);
			try (services; JobMonitor.Registration _ = monitor.onCancel(() -> services.abort())) {
				services.session();
				return true;
			} catch (TlsFailedException e) {
				return false;
			} catch (LockdownException e) {
				if (e.is("InvalidHostID", "InvalidPairRecord", "MissingPairRecord", "MissingHostID")) {
					return false;
				}
				if (!e.is("PasswordProtected") || System.nanoTime() - deadline > 0) {
					throw e;
				}
			}
			notice("PasswordProtected");
			try (Attempt attempt = new Attempt(); JobMonitor.Registration _ = monitor.onCancel(attempt::abort)) {
				attempt.pause();
			}
			monitor.throwIfCancelled();
		}
	}

	/** Pairs anew; a record that the device no longer knows is replaced when the new one is there. */
	public void pair() throws IOException {
		Attempt attempt = new Attempt();
		PairRecord record;
		try (attempt; JobMonitor.Registration _ = monitor.onCancel(attempt::abort)) {
			PairRecord offered = offer(attempt);
			byte[] bag = ask(attempt, offered);
			record = offered.withEscrowBag(bag);
		}
		keep(record);
		try (Services services = new Services(transport, device, record, timing)) {
			services.session();
		}
	}

	/** The connection of an attempt, which may have to be opened again. */
	private final class Attempt implements AutoCloseable {
		private volatile @Nullable Lockdown lockdown;
		private final CountDownLatch cancelled = new CountDownLatch(1);

		Lockdown lockdown() throws IOException {
			monitor.throwIfCancelled();
			Lockdown open = lockdown;
			if (open == null) {
				open = Lockdown.open(transport.connect(device, Lockdown.PORT), timing.answer());
				lockdown = open;
			}
			return open;
		}

		void abort() {
			cancelled.countDown();
			drop();
		}

		void drop() {
			Lockdown open = lockdown;
			lockdown = null;
			if (open != null) {
				open.abort();
			}
		}

		/** Waits a little before the next request. */
		void pause() throws IOException {
			try {
				cancelled.await(timing.trustPoll().toMillis(), TimeUnit.MILLISECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("Interrupted while waiting for the person");
			}
		}

		@Override
		public void close() {
			drop();
		}
	}

	private PairRecord offer(Attempt attempt) throws IOException {
		Lockdown lockdown = attempt.lockdown();
		Object key = lockdown.value(null, "DevicePublicKey");
		Object wifi = lockdown.value(null, "WiFiAddress");
		if (!(key instanceof byte[] devicePublicKey)) {
			throw new PlistException("The device gave no public key");
		}
		try {
			PairingCertificates certificates = PairingCertificates.create(devicePublicKey, Instant.now());
			return PairRecord.create(certificates, transport.pairRecords().hostIdentifier(),
					wifi instanceof String address ? address.toLowerCase(Locale.ROOT) : null);
		} catch (GeneralSecurityException e) {
			throw new PlistException("The device gave a public key that is none");
		}
	}

	/** Asks until the person has answered; also through a connection that the device drops around the dialog. */
	private byte @Nullable [] ask(Attempt attempt, PairRecord offered) throws IOException {
		long deadline = System.nanoTime() + timing.trust().toNanos();
		int broken = 0;
		while (true) {
			String word;
			try {
				return attempt.lockdown().pair(offered);
			} catch (LockdownException e) {
				word = e.error();
				if (!isPending(word)) {
					throw e;
				}
				broken = 0;
			} catch (ProblemException | PlistException e) {
				throw e;
			} catch (IOException e) {
				attempt.drop();
				word = "";
				if (++broken > 3) {
					throw e;
				}
			}
			notice(word);
			if (System.nanoTime() - deadline > 0) {
				throw (word.equals("PasswordProtected") ? DeviceProblems.LOCKED : DeviceProblems.PAIRING_TIMED_OUT)
						.exception();
			}
			attempt.pause();
		}
	}

	private static boolean isPending(String word) {
		return word.equals("PairingDialogResponsePending") || word.equals("PasswordProtected");
	}

	private void notice(String word) {
		String key = switch (word) {
			case "PairingDialogResponsePending" -> "device.tap-trust";
			case "PasswordProtected" -> "device.unlock";
			default -> noticed;
		};
		if (!key.equals(noticed)) {
			noticed = key;
			monitor.report(new JobEvent.Notice(key, Texts.of(key), true));
		}
	}

	private void keep(PairRecord record) throws IOException {
		try {
			transport.pairRecords().save(device, record.serialise());
		} catch (ProblemException e) {
			throw e;
		} catch (IOException e) {
			String message = e.getMessage();
			throw DeviceProblems.PAIRING_NOT_KEPT.exceptionBecause(e, message == null ? "" : message);
		}
	}
}
