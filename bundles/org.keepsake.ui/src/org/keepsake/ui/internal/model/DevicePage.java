// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.Problem;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.place.PlaceItem;
import org.keepsake.ui.internal.place.PlacesModel;

/** What the page of the chosen device shows. */
public final class DevicePage extends Model implements AutoCloseable {

	private final DevicesModel devices;
	private final BackupsModel backups;
	private final JobRunner jobs;
	private final List<Subscription> watching;
	private final PlacesModel places;

	/** Follows the models until closed. */
	public DevicePage(DevicesModel devices, BackupsModel backups, JobRunner jobs, PlacesModel places) {
		this.devices = devices;
		this.backups = backups;
		this.jobs = jobs;
		this.places = places;
		this.watching = List.of(devices.onChange(this::changed), backups.onChange(this::changed),
				jobs.onChange(this::changed), places.onChange(this::changed));
	}

	/**
	 * One row of facts.
	 *
	 * @param label what
	 * @param value how it is
	 */
	public record Fact(String label, String value) {
	}

	/**
	 * What is shown at one moment.
	 *
	 * @param device   the device; null if none is connected
	 * @param trouble  why no device can be found, or why this one does not answer; null if all is well
	 * @param facts    rows of facts
	 * @param canBackUp whether a backup can be started
	 * @param canRestore whether there is a backup of this device to restore
	 * @param job      the job that runs or has just ended; null if none
	 */
	public record Snapshot(@Nullable DeviceItem device, @Nullable Problem trouble, List<Fact> facts, boolean canBackUp,
			boolean canRestore, @Nullable RunningJob job) {

		/** Whether a job runs on the device. */
		public boolean isBusy() {
			RunningJob known = job;
			return known != null && known.isActive();
		}
	}

	/** The chosen device. */
	public Optional<DeviceItem> device() {
		return devices.chosen();
	}

	/** The newest complete backup of the chosen device. */
	public Optional<KeptBackup> lastBackup() {
		return device().flatMap(item -> backups.newestOf(item.udid()));
	}

	/** The places to choose from for the next backup; empty if there is no choice. */
	public List<PlaceItem> places() {
		List<PlaceItem> all = places.places();
		return all.size() > 1 ? all : List.of();
	}

	/** Where the next backup goes. */
	public Optional<PlaceItem> place() {
		return places.chosen();
	}

	/** Chooses where the next backup goes. */
	public void choose(PlaceItem place) {
		places.choose(place.name());
	}

	/** Cancels the job of the chosen device. */
	public void cancel() {
		device().flatMap(item -> jobs.jobOf(item.udid())).ifPresent(RunningJob::cancel);
	}

	/** Forgets how the last job of the chosen device ended. */
	public void dismiss() {
		device().ifPresent(item -> jobs.dismiss(item.udid()));
	}

	/** What to show now. */
	public Snapshot snapshot() {
		return device().map(this::snapshot)
				.orElseGet(() -> new Snapshot(null, devices.trouble(), List.of(), false, false, null));
	}

	private Snapshot snapshot(DeviceItem item) {
		boolean free = !jobs.isBusy(item.udid());
		@Nullable
		RunningJob job = null;
		Optional<RunningJob> known = jobs.jobOf(item.udid());
		if (known.isPresent()) {
			job = known.get();
		}
		return new Snapshot(item, item.problem(), facts(item), free && !item.needsPairing(),
				free && lastBackup().isPresent(), job);
	}

	private List<Fact> facts(DeviceItem item) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact(Messages.device_last_backup,
				lastBackup().map(KeptBackup::snapshot)
						.map(snapshot -> Human.date(snapshot.summary().finishedAt(), ZoneId.systemDefault()) + "  ·  "
								+ Human.bytes(snapshot.summary().sizeBytes()))
						.orElse(Messages.device_last_backup_none)));
		facts.add(new Fact(Messages.device_kept_in, place().map(PlaceItem::location).orElseGet(this::noPlace)));
		DeviceDetails details = item.details();
		if (details != null) {
			Boolean encrypted = details.encryption();
			facts.add(new Fact(Messages.device_encryption, encrypted == null ? Messages.device_encryption_unknown
					: encrypted.booleanValue() ? Messages.device_encryption_on : Messages.device_encryption_off));
			Long capacity = details.capacityBytes();
			Long free = details.freeBytes();
			if (capacity != null && free != null) {
				facts.add(new Fact(Messages.device_storage, Messages.device_storage_value
						.formatted(Human.bytes(capacity.longValue() - free.longValue()), Human.bytes(capacity))));
			}
			Integer battery = details.batteryPercent();
			if (battery != null) {
				String form = Boolean.TRUE.equals(details.charging()) ? Messages.device_battery_charging
						: Messages.device_battery_value;
				facts.add(new Fact(Messages.device_battery, form.formatted(battery)));
			}
		}
		return facts;
	}

	private String noPlace() {
		Problem trouble = places.problem();
		return trouble == null ? Messages.place_none : trouble.title();
	}

	@Override
	public void close() {
		watching.forEach(Subscription::close);
	}
}
