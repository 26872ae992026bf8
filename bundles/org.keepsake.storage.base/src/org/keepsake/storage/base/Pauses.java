// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Time and waiting, so that tests need none. */
interface Pauses {

	/** The computer's own. */
	Pauses SYSTEM = new Pauses() {
		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public void sleep(Duration pause) throws InterruptedIOException {
			try {
				Thread.sleep(pause);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				InterruptedIOException end = new InterruptedIOException("Interrupted");
				end.initCause(e);
				throw end;
			}
		}
	};

	long nanoTime();

	/** Leaves the thread marked as interrupted if it throws. */
	void sleep(Duration pause) throws InterruptedIOException;
}
