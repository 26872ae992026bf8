// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.engine.internal.Texts;

/**
 * Passes on what a rehearsal does, but not what it would have a person do on the device: the simulated one has nobody in
 * front of it, and must not send anybody to a phone that may be lying there. Thread-safe.
 */
final class Unattended implements JobMonitor {

	private final JobMonitor monitor;

	Unattended(JobMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void report(JobEvent event) {
		switch (event) {
			case JobEvent.Notice _ -> {
			}
			case JobEvent.Phase(String phase, String _) when phase.equals("pairing") ->
				monitor.report(new JobEvent.Phase(phase, Texts.of("phase.pairing.simulated")));
			default -> monitor.report(event);
		}
	}

	@Override
	public boolean isCancelled() {
		return monitor.isCancelled();
	}

	@Override
	public Registration onCancel(Runnable action) {
		return monitor.onCancel(action);
	}
}
