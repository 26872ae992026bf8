// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.KeyFilePasswords;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.device.Sessions;
import org.keepsake.engine.internal.keep.ConfiguredTargets;
import org.keepsake.engine.internal.keep.Rehearsal;
import org.keepsake.engine.internal.keep.Shelf;

/** Sets, removes or changes the backup password of a device. Thread-safe. */
public final class PasswordChange {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.password");

	private final AttachedDevices devices;
	private final ConfiguredTargets targets;
	private final Rehearsal rehearsal;
	private final KeyFilePasswords passwords;

	/** With what it asks. */
	public PasswordChange(AttachedDevices devices, ConfiguredTargets targets, Rehearsal rehearsal,
			KeyFilePasswords passwords) {
		this.devices = devices;
		this.targets = targets;
		this.rehearsal = rehearsal;
		this.passwords = passwords;
	}

	/** Changes it; the device asks the person for its passcode. */
	public void run(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword, JobMonitor monitor)
			throws IOException {
		if (newPassword == null ? oldPassword == null : newPassword.isEmpty()) {
			throw EngineProblems.PASSWORD_EMPTY.exception();
		}
		monitor.report(new JobEvent.Phase("connecting", Texts.of("phase.connecting")));
		PhoneSession session = new Sessions(devices).open(device, monitor);
		try {
			agree(session.details(), oldPassword, newPassword);
			if (oldPassword != null) {
				rehearse(device, oldPassword, monitor);
			}
			monitor.report(new JobEvent.Phase("changing-password", Texts.of("phase.changing-password")));
			session.changeBackupPassword(oldPassword, newPassword, monitor);
		} finally {
			Sessions.closeQuietly(session);
		}
		if (newPassword != null) {
			passwords.replaceIfRemembered(device, newPassword);
		}
	}

	/** What the device would refuse anyway, told in words a person understands. */
	private static void agree(DeviceDetails details, @Nullable Secret oldPassword, @Nullable Secret newPassword)
			throws ProblemException {
		if (oldPassword == null && Boolean.TRUE.equals(details.encryption())) {
			throw EngineProblems.ENCRYPTION_IS_ON.exception();
		}
		if (oldPassword != null && Boolean.FALSE.equals(details.encryption())) {
			throw EngineProblems.ENCRYPTION_IS_OFF.exception();
		}
		if (newPassword == null && Boolean.TRUE.equals(details.encryptionRequired())) {
			throw EngineProblems.ENCRYPTION_REQUIRED.exception();
		}
	}

	/** The device may have been given another password since, so a mismatch is told but does not end the job. */
	private void rehearse(Udid device, Secret password, JobMonitor monitor) throws IOException {
		try (BackupTarget target = targets.open(targets.defaultTarget().name())) {
			Optional<Snapshot> newest = Shelf.newest(target, device).filter(found -> found.summary().encrypted());
			if (newest.isEmpty()) {
				return;
			}
			try (BackupTree tree = target.open(newest.get())) {
				if (!rehearsal.opens(newest.get(), tree, password, monitor)) {
					monitor.report(new JobEvent.Notice("password.differs", Texts.of("notice.password.differs"), false));
				}
			}
		} catch (ProblemException e) {
			// Without a place to look there is nothing to compare with; the device itself decides.
			LOG.log(System.Logger.Level.DEBUG, "No rehearsal", e);
		}
	}
}
