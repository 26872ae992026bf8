// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** The values that lockdownd keeps by domain, and those that it finds out when asked. Guarded by the phone's state. */
final class LockdownValues {

	private final Map<String, Map<String, Object>> kept;

	LockdownValues(Map<String, Map<String, Object>> kept) {
		this.kept = kept;
	}

	Map<String, Map<String, Object>> kept() {
		return kept;
	}

	@Nullable
	Object kept(String domain, String key) {
		Map<String, Object> values = kept.get(domain);
		return values == null ? null : values.get(key);
	}

	/** Sets a value, null removes it; whether anything changed. */
	boolean set(String domain, String key, @Nullable Object value) {
		Map<String, Object> values = kept.computeIfAbsent(domain, name -> new LinkedHashMap<>());
		return !java.util.Objects.deepEquals(value == null ? values.remove(key) : values.put(key, value), value);
	}

	/** A whole domain with its live values, null if there is none. */
	@Nullable
	Map<String, Object> domain(String domain, VirtualPhone phone) {
		Map<String, Object> values = kept.get(domain);
		if (values == null) {
			return null;
		}
		Map<String, Object> all = new LinkedHashMap<>(values);
		switch (domain) {
			case "" -> root(all, phone);
			case "com.apple.disk_usage", "com.apple.disk_usage.factory" -> storage(all, phone);
			default -> {
				// all of it is kept
			}
		}
		return all;
	}

	private static void root(Map<String, Object> all, VirtualPhone phone) {
		Instant now = Instant.now();
		all.put("TimeIntervalSince1970", now.getEpochSecond() + now.getNano() / 1e9);
		all.put("PasswordProtected", phone.isLocked());
		all.put("HostAttached", true);
		all.put("TrustedHostAttached", phone.trust().hasHosts());
		all.put("DevicePublicKey", phone.key().publicPem());
	}

	private static void storage(Map<String, Object> all, VirtualPhone phone) {
		try {
			long free = phone.freeBytes();
			all.put("AmountDataAvailable", free);
			all.put("TotalDataAvailable", free + 200_000_000);
			all.put("AmountRestoreAvailable", free);
		} catch (IOException e) {
			System.getLogger(LockdownValues.class.getName()).log(System.Logger.Level.WARNING, "free space", e);
		}
	}
}
