// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody waits. */
final class FakePauses implements Pauses {

	final List<Duration> slept = new ArrayList<>();
	long now;

	@Override
	public long nanoTime() {
		return now;
	}

	@Override
	public void sleep(Duration pause) {
		slept.add(pause);
		now += pause.toNanos();
	}
}
