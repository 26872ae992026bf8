// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who waits for which notification. Thread-safe. */
public final class Notifications {

	private final Map<Consumer<String>, Set<String>> observers = new ConcurrentHashMap<>();

	/** Tells the observer whenever the notification is posted; it must not block. */
	public void observe(Consumer<String> observer, String notification) {
		observers.computeIfAbsent(observer, key -> ConcurrentHashMap.newKeySet()).add(notification);
	}

	/** Forgets an observer. */
	public void forget(Consumer<String> observer) {
		observers.remove(observer);
	}

	/** Tells everybody who waits for it. */
	public void post(String notification) {
		observers.forEach((observer, names) -> {
			if (names.contains(notification)) {
				observer.accept(notification);
			}
		});
	}
}
