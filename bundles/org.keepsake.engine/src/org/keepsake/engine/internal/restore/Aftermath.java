// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.BackupSummary;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.Timing;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.Phone;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.device.Waits;

/**
 * After a restore: waits for the device's restart, reads back what the device can tell, and says what is left for the
 * person. The restore has succeeded already, so nothing here fails it: a cancel or a silent device only
 * ends the waiting.
 */
public final class Aftermath {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.restore");

	private final AttachedDevices devices;
	private final Timing timing;

	/** With what it asks. */
	public Aftermath(AttachedDevices devices, Timing timing) {
		this.devices = devices;
		this.timing = timing;
	}

	/**
	 * What is known afterwards.
	 *
	 * @param confirmed what the device said
	 * @param remaining what the person has to do
	 */
	public record Seen(List<String> confirmed, List<String> remaining) {
	}

	/** Reads back. @param departures how often the device had gone away before the restore */
	public Seen read(Udid device, RestoreRequest request, Waits waits, long departures, JobMonitor monitor) {
		List<String> confirmed = new ArrayList<>();
		List<String> remaining = new ArrayList<>();
		confirmed.add(Texts.of("confirmed.done"));
		boolean present = !request.reboot() || restarted(waits, departures, confirmed, monitor);
		if (present && !monitor.isCancelled()) {
			monitor.report(new JobEvent.Phase("reading-back", Texts.of("phase.reading-back")));
			readBack(device, request, confirmed, monitor);
		} else {
			remaining.add(Texts.of("remaining.not-back"));
		}
		checklist(request, remaining);
		return new Seen(List.copyOf(confirmed), List.copyOf(remaining));
	}

	private boolean restarted(Waits waits, long departures, List<String> confirmed, JobMonitor monitor) {
		monitor.report(new JobEvent.Phase("restarting", Texts.of("phase.restarting")));
		boolean left = waits.untilDeparted(departures, timing.restartBegins(), monitor);
		boolean back = waits.untilPresent(timing.restartTakes(), monitor);
		if (left && back) {
			confirmed.add(Texts.of("confirmed.restarted"));
		}
		return back;
	}

	private void readBack(Udid device, RestoreRequest request, List<String> confirmed, JobMonitor monitor) {
		BackupSummary summary = request.backup().snapshot().summary();
		try {
			Phone phone = devices.phone(device);
			DeviceDetails now = phone.describe();
			if (!now.name().isEmpty()) {
				confirmed.add(Texts.of("confirmed.name", now.name()));
			}
			IosVersion ios = now.iosVersion();
			if (ios != null) {
				confirmed.add(Texts.of("confirmed.ios", ios.text()));
			}
			if (now.encryption() instanceof Boolean encryption && encryption == summary.encrypted()) {
				confirmed.add(Texts.of(encryption ? "confirmed.encryption-on" : "confirmed.encryption-off"));
			}
			if (now.paired()) {
				try (PhoneSession session = phone.open()) {
					confirmed.add(Texts.of("confirmed.apps", session.countApplications(monitor)));
				}
			}
		} catch (IOException | RuntimeException e) {
			// The device may still be busy with itself; what it did not tell is simply not confirmed.
			LOG.log(System.Logger.Level.DEBUG, "Reading back after a restore", e);
		}
	}

	private static void checklist(RestoreRequest request, List<String> remaining) {
		BackupSummary summary = request.backup().snapshot().summary();
		if (!request.reboot()) {
			remaining.add(Texts.of("remaining.restart"));
		}
		remaining.add(Texts.of("remaining.unlock"));
		remaining.add(Texts.of("remaining.sign-in"));
		remaining.add(Texts.of("remaining.apps"));
		if (!summary.encrypted()) {
			remaining.add(Texts.of("remaining.passwords"));
		}
		remaining.add(Texts.of("remaining.wallet"));
		if (!summary.udid().equals(request.device())) {
			remaining.add(Texts.of("remaining.esim"));
		}
		remaining.add(Texts.of("remaining.find-my"));
		remaining.add(Texts.of("remaining.look"));
	}
}
