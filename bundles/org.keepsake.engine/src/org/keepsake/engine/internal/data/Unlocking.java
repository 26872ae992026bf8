// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.internal.KeyFilePasswords;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupProblems;

/**
 * Opens key bags. A password from the store gives way to the key it gave before, which spares seconds; a password that a
 * person or the environment gives is always tried itself. Thread-safe.
 */
public final class Unlocking {

	private final KeyFilePasswords passwords;

	/** With the passwords that are remembered, and the keys kept beside them. */
	public Unlocking(KeyFilePasswords passwords) {
		this.passwords = passwords;
	}

	/**
	 * Opens the key bag of an encrypted backup.
	 *
	 * @param password stays the caller's; needed if the backup is encrypted
	 */
	public void unlock(Backup backup, Udid device, @Nullable Secret password, JobMonitor monitor) throws IOException {
		if (!backup.isEncrypted()) {
			return;
		}
		if (password == null || password.isEmpty()) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		boolean remembered = passwords.isFromHere(password);
		if (remembered && opensByKey(backup, device)) {
			return;
		}
		backup.unlock(password, monitor);
		if (remembered) {
			keep(backup, device, password);
		}
	}

	private boolean opensByKey(Backup backup, Udid device) throws IOException {
		List<Secret> keys = passwords.keys(device);
		try {
			for (Secret key : keys) {
				if (backup.unlockByKey(key)) {
					return true;
				}
			}
			return false;
		} finally {
			keys.forEach(Secret::close);
		}
	}

	private void keep(Backup backup, Udid device, Secret password) {
		Optional<Secret> key = backup.exportKey();
		if (key.isPresent()) {
			try (Secret kept = key.get()) {
				passwords.keepKey(device, password, kept);
			}
		}
	}
}
