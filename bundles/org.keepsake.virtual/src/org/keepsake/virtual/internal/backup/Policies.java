// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.service.ServiceConnection;

/** What keeps a device from doing what the host asks, before it begins: its state, its owner's profile, its passcode. */
final class Policies {

	private static final String PRESENTED = "com.apple.LocalAuthentication.ui.presented";
	private static final String DISMISSED = "com.apple.LocalAuthentication.ui.dismissed";
	private static final long PASSCODE_MILLIS = 300;
	private static final long IGNORED_SECONDS = 180;

	private final Phone phone;
	private final Faults faults;
	private final ServiceConnection connection;

	Policies(Phone phone, ServiceConnection connection) {
		this.phone = phone;
		this.faults = phone.faults();
		this.connection = connection;
	}

	/** Whether a state is asked for, by a fault or by a setting of the same name. */
	private boolean has(String state) {
		return faults.has(state) || "true".equals(phone.settings().get(state));
	}

	/** Whether a profile demands encrypted backups. */
	boolean demandsEncryption() {
		return has("mdm-encryption");
	}

	/** @throws BackupFailure if there can be no backup now */
	void beforeBackup(DeviceKeys keys) throws IOException {
		ready();
		if (has("mdm-forbidden")) {
			throw new BackupFailure(BackupFailure.GENERIC, "Backup is forbidden by a configuration profile");
		}
		if (demandsEncryption() && !keys.encrypted()) {
			throw new BackupFailure(BackupFailure.PASSWORD, "Encryption is required by a configuration profile");
		}
		if (Versions.atLeast(phone.iosVersion(), "16.1")) {
			askForPasscode();
		}
	}

	/** @throws BackupFailure if there can be no restore now */
	void beforeRestore() throws IOException {
		ready();
		if (has("find-my")) {
			throw new BackupFailure(BackupFailure.FIND_MY, "Find My must be turned off before restoring");
		}
		if ("true".equals(phone.settings().get(RestoreRun.AWAITING_REBOOT))) {
			throw new BackupFailure(BackupFailure.PREPARATION,
					"Restore already awaits a reboot: /var/.backup.i exists");
		}
	}

	/** @throws BackupFailure if the password can not be changed now */
	void beforePasswordChange() throws IOException {
		unlocked();
		if (Versions.atLeast(phone.iosVersion(), "13.0")) {
			askForPasscode();
		}
	}

	private void ready() throws IOException {
		if (has("setup")) {
			throw new BackupFailure(BackupFailure.SETUP, "Setup is not finished");
		}
		if (has("icloud-restore")) {
			throw new BackupFailure(BackupFailure.CLOUD_RESTORE, "A restore from iCloud is in progress");
		}
		unlocked();
	}

	private void unlocked() throws IOException {
		if (phone.isLocked() && !connection.hasEscrowBag()) {
			throw new BackupFailure(BackupFailure.LOCKED, "Device locked");
		}
	}

	/** Shows the prompt; somebody enters the passcode after a moment, unless the fault says that nobody does. */
	private void askForPasscode() throws IOException {
		if (!phone.hasPasscode()) {
			return;
		}
		phone.post(PRESENTED);
		boolean ignored = faults.has("passcode-ignored");
		try {
			Duration wait = ignored ? Duration.ofSeconds(faults.number("passcode-ignored", IGNORED_SECONDS))
					: Duration.ofMillis(number("passcode.delay-ms", PASSCODE_MILLIS));
			pause(wait);
		} finally {
			phone.post(DISMISSED);
		}
		if (ignored) {
			throw new BackupFailure(BackupFailure.LOCKED, "Device locked");
		}
	}

	private long number(String setting, long otherwise) {
		String text = phone.settings().get(setting);
		return text == null ? otherwise : Long.parseLong(text);
	}

	private static void pause(Duration wait) {
		long until = System.nanoTime() + wait.toNanos();
		for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}
}
