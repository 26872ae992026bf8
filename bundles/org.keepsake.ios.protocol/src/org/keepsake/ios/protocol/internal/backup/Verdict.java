// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import org.keepsake.core.ProblemException;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/**
 * The device's final answer, told to a person. The numbers are those of the device's {@code MBErrorDomain}, collected
 * from public issues of {@code libimobiledevice/libimobiledevice} and {@code doronz88/pymobiledevice3}.
 */
final class Verdict {

	private static final int LONGEST = 300;

	private Verdict() {
	}

	/** @throws ProblemException unless the device reported success */
	static void check(Dict response, boolean restoring) throws ProblemException, PlistException {
		Long code = response.integer("ErrorCode");
		if (code == null) {
			throw new PlistException("A final answer without a code");
		}
		if (code != 0) {
			throw problem(code, response.string("ErrorDescription", ""), restoring);
		}
	}

	/**
	 * The problem for a number.
	 *
	 * @param description what the device said, from outside
	 * @param restoring   whether the device was being restored, which changes the meaning of some
	 */
	static ProblemException problem(long code, String description, boolean restoring) {
		String said = printable(description);
		String details = said.isEmpty() ? "(" + code + ")" : said + " (" + code + ")";
		if (code == 1 && said.matches("(?s).*\\b(WillEncrypt|MBErrorDomain/22|[Cc]ode=22)\\b.*")) {
			return DeviceProblems.ENCRYPTION_DEMANDED.exception(details);
		}
		return switch (Math.clamp(code, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
			case 2, 100, 101 -> DeviceProblems.FILES_UNREADABLE.exception(details);
			case 3, 102 -> DeviceProblems.NEEDS_RESTART.exception(details);
			case 4 -> restoring ? DeviceProblems.BACKUP_CORRUPT.exception(details) : other(code, said);
			case 11, 205 -> DeviceProblems.BACKUP_CORRUPT.exception(details);
			case 14 -> DeviceProblems.BUSY.exception();
			case 15 -> DeviceProblems.CONNECTION_LOST
					.exception(
							org.keepsake.ios.protocol.internal.Texts.of(restoring ? "while.restore" : "while.backup"));
			case 22 -> DeviceProblems.ENCRYPTION_DEMANDED.exception(details);
			case 25 -> DeviceProblems.CLOUD_RESTORE.exception(details);
			case 103 -> DeviceProblems.HOST_READ_FAILED.exception(details);
			case 104 -> restoring ? DeviceProblems.HOST_WRITE_FAILED.exception(details)
					: DeviceProblems.FILES_UNREADABLE.exception(details);
			case 105 -> restoring ? DeviceProblems.STORAGE_FULL.exception(details)
					: DeviceProblems.HOST_DISK_FULL.exception(details);
			case 106 -> DeviceProblems.STORAGE_FULL.exception(details);
			case 202 -> DeviceProblems.CANCELLED_ON_DEVICE.exception();
			case 203 -> DeviceProblems.VERSION_UNSUPPORTED.exception(details);
			case 204 -> DeviceProblems.BACKUP_MISSING.exception(details);
			case 207 -> DeviceProblems.BACKUP_PASSWORD_WRONG.exception(details);
			case 208 -> DeviceProblems.NEEDS_PASSCODE.exception(details);
			case 209 -> DeviceProblems.BACKUP_KEY_MISSING.exception(details);
			case 211 -> DeviceProblems.FIND_MY_ON.exception(details);
			case 212 -> DeviceProblems.SETUP_NOT_FINISHED.exception(details);
			default -> other(code, said);
		};
	}

	private static ProblemException other(long code, String said) {
		return DeviceProblems.FAILED.exception(String.valueOf(code), said.isEmpty() ? "nothing more" : said);
	}

	private static String printable(String text) {
		String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + '…' : text;
		return shown.replaceAll("\\p{Cntrl}+", " ").strip();
	}
}
