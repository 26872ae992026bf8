// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Advisory locks on files of the media area, as {@code flock} has them. Thread-safe. */
public final class FileLocks {

	/** The file whose exclusive lock says that a host syncs. */
	public static final String SYNC = "/com.apple.itunes.lock_sync";

	private final Map<String, Object> exclusive = new HashMap<>();
	private final Map<String, Set<Object>> shared = new HashMap<>();

	/** Locks for an owner, or says no. An owner's lock may change its kind. */
	public synchronized boolean lock(String path, Object owner, boolean alone) {
		Object holder = exclusive.get(path);
		if (holder != null && holder != owner) {
			return false;
		}
		Set<Object> readers = shared.computeIfAbsent(path, key -> new HashSet<>());
		if (alone && readers.stream().anyMatch(reader -> reader != owner)) {
			return false;
		}
		unlock(path, owner);
		if (alone) {
			exclusive.put(path, owner);
		} else {
			readers.add(owner);
		}
		return true;
	}

	/** Gives the owner's lock back, if there is one. */
	public synchronized void unlock(String path, Object owner) {
		exclusive.remove(path, owner);
		Set<Object> readers = shared.get(path);
		if (readers != null) {
			readers.remove(owner);
		}
	}

	/** Whether a host syncs. */
	public synchronized boolean syncHeld() {
		return exclusive.containsKey(SYNC);
	}
}
