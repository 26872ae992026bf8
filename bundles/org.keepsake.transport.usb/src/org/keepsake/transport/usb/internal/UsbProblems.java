// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;

import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with usbmuxd. Texts: {@code problems.properties} beside this class. */
final class UsbProblems {

	/** usbmuxd is not running. Arguments: where it was looked for; 0 Linux, 1 Windows, 2 macOS. */
	static final ProblemType NO_DAEMON = type("usb.no-daemon", Retry.AFTER_REMEDY);
	/** usbmuxd may not be used by this user. Argument: where it is. */
	static final ProblemType FORBIDDEN = type("usb.forbidden", Retry.AFTER_REMEDY);
	/** usbmuxd answers, but not as it should. Argument: what it did. */
	static final ProblemType DAEMON_BROKEN = type("usb.daemon-broken", Retry.LATER);
	/** The device is no longer there. */
	static final ProblemType GONE = type("usb.device-gone", Retry.AFTER_REMEDY);
	/** The device refused the port. Argument: which. */
	static final ProblemType REFUSED = type("usb.port-refused", Retry.LATER);
	/** A device on the network cannot be reached. Argument: its address. */
	static final ProblemType UNREACHABLE = type("usb.network-unreachable", Retry.LATER);

	private UsbProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(UsbProblems.class, code, retry);
	}

	/** usbmuxd cannot be reached. */
	static ProblemException noDaemon(IOException failure, MuxAddress address, String osName) {
		String message = String.valueOf(failure.getMessage()).toLowerCase(java.util.Locale.ROOT);
		if (failure instanceof java.nio.file.AccessDeniedException || message.contains("permission denied")) {
			return FORBIDDEN.exceptionBecause(failure, address.toString());
		}
		String os = osName.toLowerCase(java.util.Locale.ROOT);
		int system = os.startsWith("windows") ? 1 : os.startsWith("mac") ? 2 : 0;
		return NO_DAEMON.exceptionBecause(failure, address.toString(), system);
	}
}
