// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Something the window shows and is told to show anew when it changes. Listeners are called on the thread that made the
 * change; a part moves to its own thread.
 */
public abstract class Model {

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	/** Calls the listener after every change until the result is closed. */
	public final Subscription onChange(Runnable listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	/** Tells the listeners. */
	protected final void changed() {
		listeners.forEach(Runnable::run);
	}

	/** Ends the listening. */
	public interface Subscription extends AutoCloseable {
		@Override
		void close();
	}
}
