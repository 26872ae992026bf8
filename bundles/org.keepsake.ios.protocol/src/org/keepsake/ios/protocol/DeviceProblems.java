// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with a device. Texts: {@code problems.properties} beside this class. */
public final class DeviceProblems {

	/** The device was unplugged, or the connection broke. */
	public static final ProblemType CONNECTION_LOST = type("device.connection-lost", Retry.NOW);
	/** No pairing, or the device forgot it. */
	public static final ProblemType NOT_PAIRED = type("device.not-paired", Retry.AFTER_REMEDY);
	/** The person tapped Don't Trust. */
	public static final ProblemType PAIRING_DENIED = type("device.pairing-denied", Retry.AFTER_REMEDY);
	/** Nobody answered the Trust dialog. */
	public static final ProblemType PAIRING_TIMED_OUT = type("device.pairing-timed-out", Retry.NOW);
	/** The screen is locked, or was not unlocked since the device started. */
	public static final ProblemType LOCKED = type("device.locked", Retry.AFTER_REMEDY);

	private DeviceProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(DeviceProblems.class, code, retry);
	}
}
