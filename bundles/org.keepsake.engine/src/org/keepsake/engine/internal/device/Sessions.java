// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.io.IOException;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.device.AttachedDevices.Reach;
import org.keepsake.ios.protocol.DeviceProblems;

/** Opens sessions the way a person expects: a device that is attached by cable and not paired is paired first. */
public final class Sessions {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.device");

	private final AttachedDevices devices;

	/** Over these devices. */
	public Sessions(AttachedDevices devices) {
		this.devices = devices;
	}

	/** A session with the device, paired first if need be. */
	public PhoneSession open(Udid device, JobMonitor monitor) throws IOException {
		monitor.throwIfCancelled();
		Reach reach = devices.reach(device);
		Phone phone = devices.phone(reach);
		try {
			return phone.open();
		} catch (ProblemException e) {
			if (!e.is(DeviceProblems.NOT_PAIRED)) {
				throw e;
			}
			if (!reach.byCable()) {
				throw EngineProblems.PAIR_BY_CABLE.exceptionBecause(e, device.value());
			}
		}
		monitor.throwIfCancelled();
		monitor.report(new JobEvent.Phase("pairing", Texts.of("phase.pairing")));
		phone.pair(monitor);
		monitor.throwIfCancelled();
		return phone.open();
	}

	/** Closes a session whose work is done or has failed already; the device may be gone. */
	public static void closeQuietly(PhoneSession session) {
		try {
			session.close();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Closing the session", e);
		}
	}
}
