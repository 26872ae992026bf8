// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.ui.internal.inside.Unlocking;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.ProofsModel;
import org.keepsake.ui.internal.model.UiProblems;
import org.keepsake.ui.internal.place.PlaceItem;
import org.keepsake.ui.internal.place.PlacesModel;

import jakarta.inject.Inject;

/** What the window can do: starts the engine's jobs and says how they ended. Knows no widget. */
@Creatable
public final class Actions {

	private final Keepsake keepsake;
	private final DevicesModel devices;
	private final BackupsModel backups;
	private final JobRunner jobs;
	private final Unlocking unlocking;
	private final ProofsModel proofs;
	private final PlacesModel places;

	/** With the engine and the models it keeps up to date. */
	@Inject
	public Actions(Keepsake keepsake, DevicesModel devices, BackupsModel backups, JobRunner jobs,
			Unlocking unlocking, ProofsModel proofs, PlacesModel places) {
		this.keepsake = keepsake;
		this.devices = devices;
		this.backups = backups;
		this.jobs = jobs;
		this.unlocking = unlocking;
		this.proofs = proofs;
		this.places = places;
	}

	/** Backs the device up to the chosen place. */
	public RunningJob backUp(DeviceItem device) {
		return backUp(device, places.chosen().map(PlaceItem::name).orElse(""));
	}

	private RunningJob backUp(DeviceItem device, String place) {
		String title = Messages.backup_title.formatted(device.title());
		String target = place.isEmpty() ? null : place;
		return jobs.start(title, device.udid(), Messages.backup_cancelled, () -> backUp(device, place), monitor -> {
			try {
				BackupResult result = keepsake.backup(new BackupRequest(device.udid(), target, false, 0), monitor);
				String when = Human.date(Instant.now(), ZoneId.systemDefault());
				return result.transfer().filesReceived() == 0 ? Messages.backup_done_nothing.formatted(when)
						: Messages.backup_done.formatted(when, Human.bytes(result.transfer().bytesReceived()),
								Human.duration(result.duration()));
			} finally {
				refresh(device.udid());
			}
		});
	}

	/** Pairs with the device. */
	public RunningJob pair(DeviceItem device) {
		String title = Messages.pair_title.formatted(device.title());
		return jobs.start(title, device.udid(), Messages.job_cancelled, () -> pair(device), monitor -> {
			try {
				keepsake.devices().pair(device.udid(), monitor);
				return Messages.pair_done;
			} finally {
				refresh(device.udid());
			}
		});
	}

	/** Sets (no old one), removes (no new one) or changes the backup password; takes the secrets over. */
	public RunningJob changePassword(DeviceItem device, @Nullable Secret oldPassword, @Nullable Secret newPassword) {
		return jobs.start(Messages.encryption_title, device.udid(), monitor -> {
			try {
				keepsake.changeBackupPassword(device.udid(), oldPassword, newPassword, monitor);
				return oldPassword == null ? Messages.encryption_set
						: newPassword == null ? Messages.encryption_removed : Messages.encryption_changed;
			} finally {
				close(oldPassword);
				close(newPassword);
				refresh(device.udid());
			}
		});
	}

	/** Restores, as the person has confirmed; takes the password over. */
	public RunningJob restore(RestoreRequest request, String deviceName) {
		return jobs.start(Messages.restore_working.formatted(deviceName), request.device(), monitor -> {
			try {
				RestoreResult result = keepsake.restore(request, monitor);
				String remaining = result.remaining().isEmpty() ? ""
						: Messages.restore_remaining + "\n• " + String.join("\n• ", result.remaining());
				return Messages.restore_done.formatted(Human.bytes(result.transfer().bytesSent()), remaining);
			} finally {
				close(request.password());
				refresh(request.device());
			}
		});
	}

	/** Verifies every file of a backup. */
	public RunningJob verify(KeptBackup backup) {
		String name = backup.snapshot().summary().deviceName();
		return jobs.start(Messages.verify_title.formatted(name), backup.snapshot().summary().udid(),
				Messages.job_cancelled, () -> verify(backup), monitor -> {
					VerifyReport report = unlocking.run(backup, monitor,
							password -> keepsake.verify(backup, VerifyLevel.CRYPTO, password, monitor));
					proofs.refresh();
					return report.damaged().isEmpty()
							? Messages.verify_done.formatted(Human.files(report.filesChecked()),
									Human.bytes(report.bytesChecked()))
							: Messages.verify_damaged.formatted(Human.number(report.damaged().size()),
									report.damaged().getFirst().path() + ": " + report.damaged().getFirst().what());
				});
	}

	/** Proves what is in a backup, or rehearses its restore; damage is a problem. */
	public RunningJob prove(KeptBackup backup, ProofLevel level) {
		String name = backup.snapshot().summary().deviceName();
		String title = level == ProofLevel.DRILL ? Messages.proof_drilling : Messages.proof_checking;
		return jobs.start(title.formatted(name), backup.snapshot().summary().udid(), Messages.job_cancelled,
				() -> prove(backup, level), monitor -> {
					Proof proof = unlocking.run(backup, monitor,
							password -> keepsake.prove(backup, level, password, monitor));
					proofs.proven(backup, proof);
					return sentence(proof);
				});
	}

	private static String sentence(Proof proof) throws IOException {
		if (!proof.damage().isEmpty()) {
			Proof.Damage first = proof.damage().getFirst();
			String earlier = first.earlier();
			throw UiProblems.CONTENT_DAMAGED.exception(Integer.valueOf(proof.damage().size()),
					Human.printable(first.path().isEmpty() ? first.what() : first.path() + ": " + first.what()),
					earlier == null ? "" : Messages.proof_earlier_has.formatted(earlier));
		}
		if (proof.level() == ProofLevel.DRILL) {
			return Messages.proof_drill_done.formatted(Human.exactDuration(proof.duration()),
					Human.files(proof.files()), Human.bytes(proof.bytes()));
		}
		long records = proof.dataSets().stream().mapToLong(counted -> counted.survey().count()).sum();
		return Messages.proof_content_done.formatted(Human.number(records), Human.number(proof.files()));
	}

	/** Deletes a backup. */
	public RunningJob delete(KeptBackup backup) {
		return jobs.start(Messages.delete_title, backup.snapshot().summary().udid(), monitor -> {
			try {
				keepsake.delete(backup, monitor);
				return Messages.delete_done;
			} finally {
				backups.refresh();
			}
		});
	}

	private void refresh(Udid device) {
		devices.refresh(device);
		backups.refresh();
	}

	private static void close(@Nullable Secret secret) {
		if (secret != null) {
			secret.close();
		}
	}
}
