// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with a device. Texts: {@code problems.properties} beside this class. */
public final class DeviceProblems {

	/** The device was unplugged, or the connection broke. Argument: what was going on. */
	public static final ProblemType CONNECTION_LOST = type("device.connection-lost", Retry.NOW);
	/** The device is there but says nothing for very long. Argument: what was going on. */
	public static final ProblemType NOT_RESPONDING = type("device.not-responding", Retry.AFTER_REMEDY);
	/** The device sent what no device sends. Argument: what was wrong. */
	public static final ProblemType PROTOCOL = type("device.protocol", Retry.LATER);
	/** The device speaks a newer version of the backup protocol. Argument: its version. */
	public static final ProblemType PROTOCOL_TOO_NEW = type("device.protocol-too-new", Retry.NEVER);

	/** No pairing, or the device forgot it. */
	public static final ProblemType NOT_PAIRED = type("device.not-paired", Retry.AFTER_REMEDY);
	/** The person tapped Don't Trust. */
	public static final ProblemType PAIRING_DENIED = type("device.pairing-denied", Retry.AFTER_REMEDY);
	/** Nobody answered the Trust dialog. */
	public static final ProblemType PAIRING_TIMED_OUT = type("device.pairing-timed-out", Retry.NOW);
	/** Pairing was tried over Wi-Fi. */
	public static final ProblemType PAIRING_NEEDS_CABLE = type("device.pairing-needs-cable", Retry.AFTER_REMEDY);
	/** An organisation that manages the device forbids pairing with this computer. */
	public static final ProblemType PAIRING_FORBIDDEN = type("device.pairing-forbidden", Retry.AFTER_REMEDY);
	/** The pair record cannot be kept. Argument: why. */
	public static final ProblemType PAIRING_NOT_KEPT = type("device.pairing-not-kept", Retry.AFTER_REMEDY);

	/** The screen is locked, or was not unlocked since the device started. */
	public static final ProblemType LOCKED = type("device.locked", Retry.AFTER_REMEDY);
	/** The passcode was asked for on the device, and not entered in time (208). */
	public static final ProblemType NEEDS_PASSCODE = type("device.needs-passcode", Retry.AFTER_REMEDY);
	/** The device is locked, and the pairing lacks what lets it work nevertheless (208). */
	public static final ProblemType ESCROW_MISSING = type("device.escrow-missing", Retry.AFTER_REMEDY);
	/** Another program holds the sync lock, or the device is busy (14). */
	public static final ProblemType BUSY = type("device.busy", Retry.LATER);
	/** The device refuses a service. Arguments: its name, the device's word. */
	public static final ProblemType SERVICE_REFUSED = type("device.service-refused", Retry.AFTER_REMEDY);
	/** The device refuses the backup service: an organisation's profile forbids it. Argument: the device's word. */
	public static final ProblemType BACKUP_FORBIDDEN = type("device.backup-forbidden", Retry.AFTER_REMEDY);
	/** The device is in recovery or restore mode. */
	public static final ProblemType IN_RECOVERY = type("device.in-recovery", Retry.AFTER_REMEDY);
	/** Lockdown answered with an error that has no problem of its own. Arguments: what was asked, the error. */
	public static final ProblemType REFUSED = type("device.refused", Retry.LATER);

	/** The person cancelled on the device (202). */
	public static final ProblemType CANCELLED_ON_DEVICE = type("device.cancelled-on-device", Retry.AFTER_REMEDY);
	/** The device says it is done, but its own status says otherwise. */
	public static final ProblemType UNFINISHED = type("device.unfinished", Retry.NOW);
	/** The disk with the backup is full (105, or found here). Argument: details. */
	public static final ProblemType HOST_DISK_FULL = type("device.host-disk-full", Retry.AFTER_REMEDY);
	/** The backup cannot be written here (104, or found here). Argument: details. */
	public static final ProblemType HOST_WRITE_FAILED = type("device.host-write-failed", Retry.LATER);
	/** The device could not read the backup from here (103). Argument: details. */
	public static final ProblemType HOST_READ_FAILED = type("device.host-read-failed", Retry.LATER);
	/** The device could not read many of its own files (2, 104). Argument: details. */
	public static final ProblemType FILES_UNREADABLE = type("device.files-unreadable", Retry.AFTER_REMEDY);
	/** The device's own storage is full (106). Argument: details. */
	public static final ProblemType STORAGE_FULL = type("device.storage-full", Retry.AFTER_REMEDY);
	/** A leftover on the device; restarting it helps (3, 102). Argument: details. */
	public static final ProblemType NEEDS_RESTART = type("device.needs-restart", Retry.AFTER_REMEDY);
	/** A restore from iCloud is running (25). Argument: details. */
	public static final ProblemType CLOUD_RESTORE = type("device.cloud-restore-running", Retry.LATER);
	/** A profile forbids unencrypted backups (22). Argument: details. */
	public static final ProblemType ENCRYPTION_DEMANDED = type("device.encryption-demanded", Retry.AFTER_REMEDY);
	/** The backup is of a newer system, or of a form the device cannot read (203). Argument: details. */
	public static final ProblemType VERSION_UNSUPPORTED = type("device.version-unsupported", Retry.AFTER_REMEDY);
	/** There is no backup to restore (204). Argument: details. */
	public static final ProblemType BACKUP_MISSING = type("device.backup-missing", Retry.NEVER);
	/** The backup is damaged or incomplete (11, 205). Argument: details. */
	public static final ProblemType BACKUP_CORRUPT = type("device.backup-corrupt", Retry.AFTER_REMEDY);
	/** The backup password is wrong, or does not fit the device's encryption state (207). Argument: details. */
	public static final ProblemType BACKUP_PASSWORD_WRONG = type("device.backup-password-wrong", Retry.AFTER_REMEDY);
	/** The key to the backup is missing on the device (209). Argument: details. */
	public static final ProblemType BACKUP_KEY_MISSING = type("device.backup-key-missing", Retry.AFTER_REMEDY);
	/** Find My is on (211). Argument: details. */
	public static final ProblemType FIND_MY_ON = type("device.find-my-on", Retry.AFTER_REMEDY);
	/** The setup assistant is not finished (212). Argument: details. */
	public static final ProblemType SETUP_NOT_FINISHED = type("device.setup-not-finished", Retry.AFTER_REMEDY);
	/** The device ended with another error. Arguments: its number, what it said. */
	public static final ProblemType FAILED = type("device.failed", Retry.LATER);

	private DeviceProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(DeviceProblems.class, code, retry);
	}
}
