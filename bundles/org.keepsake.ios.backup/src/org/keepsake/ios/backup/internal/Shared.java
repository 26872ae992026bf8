// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** Objects by their type, each made once, by whoever needs it first. What one needs of another may be asked for while it
 * is made. Thread-safe. */
final class Shared implements Closeable {

	/** Makes an object. */
	@FunctionalInterface
	interface Maker<T> {
		T make() throws IOException;
	}

	/** The place of an object; whoever holds its monitor makes it. */
	private static final class Slot {
		private @Nullable Object value;
	}

	private final Map<Class<?>, Slot> slots = new HashMap<>();
	/* In the order in which they were made. */
	private final List<AutoCloseable> closeables = new ArrayList<>();
	private boolean closed;

	/** The object of the type. If making it fails, the next one who asks tries again. */
	<T> T get(Class<T> type, Maker<T> maker) throws IOException {
		Slot slot;
		synchronized (slots) {
			if (closed) {
				throw new IOException("The backup was closed");
			}
			slot = slots.computeIfAbsent(type, any -> new Slot());
		}
		synchronized (slot) {
			Object known = slot.value;
			if (known == null) {
				known = keep(maker.make());
				slot.value = known;
			}
			return type.cast(known);
		}
	}

	private <T> T keep(T made) throws IOException {
		if (made instanceof AutoCloseable closeable) {
			synchronized (slots) {
				if (!closed) {
					closeables.add(closeable);
					return made;
				}
			}
			close(List.of(closeable));
			throw new IOException("The backup was closed");
		}
		return made;
	}

	@Override
	public void close() throws IOException {
		List<AutoCloseable> closing;
		synchronized (slots) {
			closed = true;
			slots.clear();
			closing = List.copyOf(closeables).reversed();
			closeables.clear();
		}
		close(closing);
	}

	private static void close(List<AutoCloseable> closing) throws IOException {
		IOException first = null;
		for (AutoCloseable each : closing) {
			try {
				each.close();
			} catch (Exception e) {
				if (first == null) {
					first = e instanceof IOException io ? io
							: new IOException("What was shared could not be closed", e);
				}
			}
		}
		if (first != null) {
			throw first;
		}
	}
}
