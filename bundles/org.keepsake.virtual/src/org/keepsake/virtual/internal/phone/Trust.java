// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.wire.PlistFrames;

/** Whom the device trusts, kept across starts, and the dialog that asks whether to. Thread-safe. */
public final class Trust {

	/** What the dialog says now. */
	public enum Dialog {
		/** It is on the screen. */
		PENDING,
		/** Somebody tapped Trust. */
		TRUSTED,
		/** Somebody tapped Don't Trust. */
		DENIED
	}

	private static final int MOST_HOSTS = 32;

	private final Path file;
	private final VirtualOptions.Trust habit;
	private final Map<String, TrustedHost> hosts = new LinkedHashMap<>();
	private int asked;
	private @Nullable Boolean answer;

	Trust(Path file, VirtualOptions.Trust habit) throws IOException {
		this.file = file;
		this.habit = habit;
		if (PlistFile.read(file).get("Hosts") instanceof Object[] entries) {
			for (Object entry : entries) {
				TrustedHost host = TrustedHost.of(PlistFrames.dictionary(Map.of("host", entry), "host"));
				hosts.put(host.hostId(), host);
			}
		}
	}

	/** The computer that calls itself so, or null. */
	public synchronized @Nullable TrustedHost find(String hostId) {
		return hosts.get(hostId);
	}

	/** Whether any computer is trusted. */
	public synchronized boolean hasHosts() {
		return !hosts.isEmpty();
	}

	/** Trusts a computer from now on. The oldest pairing is forgotten when there are too many. */
	public synchronized void add(TrustedHost host) throws IOException {
		hosts.put(host.hostId(), host);
		if (hosts.size() > MOST_HOSTS) {
			hosts.remove(hosts.keySet().iterator().next());
		}
		dismiss();
		save();
	}

	/** Forgets a computer, with all pairings that it made. */
	public synchronized void forget(String hostId) throws IOException {
		TrustedHost host = hosts.remove(hostId);
		if (host != null) {
			hosts.values().removeIf(other -> other.systemBuid().equals(host.systemBuid()));
			save();
		}
	}

	/** Forgets all, as <i>Reset Location &amp; Privacy</i> does. */
	public synchronized void clear() throws IOException {
		hosts.clear();
		dismiss();
		save();
	}

	private void save() throws IOException {
		List<Map<String, Object>> list = new ArrayList<>();
		hosts.values().forEach(host -> list.add(host.toMap()));
		PlistFile.write(file, Map.of("Hosts", list));
	}

	/**
	 * A computer asks; the dialog comes up if it is not there yet. A computer that is trusted may make another pairing
	 * without: devices were seen to know it again, and the identifier of the computer is what tells it.
	 */
	public synchronized Dialog ask(String systemBuid, Faults faults) {
		boolean known = !systemBuid.isEmpty()
				&& hosts.values().stream().anyMatch(host -> host.systemBuid().equals(systemBuid));
		if (known && !faults.has("trust-deny") && !faults.has("pairing-pending")) {
			return Dialog.TRUSTED;
		}
		asked++;
		Boolean given = answer;
		if (given != null) {
			return given ? Dialog.TRUSTED : Dialog.DENIED;
		}
		if (asked <= faults.number("pairing-pending", 1)) {
			return Dialog.PENDING;
		}
		if (habit == VirtualOptions.Trust.DENY || faults.has("trust-deny")) {
			return Dialog.DENIED;
		}
		return habit == VirtualOptions.Trust.AUTO ? Dialog.TRUSTED : Dialog.PENDING;
	}

	/** Somebody taps a button; it counts for the dialog that is there, or the next one. */
	synchronized void answer(boolean trust) {
		answer = trust;
	}

	/** The dialog goes away, for instance because the cable was pulled. */
	synchronized void dismiss() {
		asked = 0;
		answer = null;
	}
}
