// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.Capacity;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.SnapshotRecord;

/**
 * Lets earlier versions go, after a new one stands. Whatever fails is told, and left to the next run: the backup is made.
 *
 * @param location of the repository
 * @param lease    of the repository
 * @param device   whose versions
 */
record Retention(String location, Connections.Lease lease, DeviceState device) {

	private static final System.Logger LOG = System.getLogger(Retention.class.getName());
	private static final int BEARABLE_UNUSED_PERCENT = 10;
	/** Freeing room reads the lists of all files of all versions: not after each backup, unless there is little left. */
	private static final Duration PRUNE_EVERY = Duration.ofDays(1);

	/** Forgets the device's versions beyond the number, and frees their room if that is wanted. */
	void after(SnapshotRecord made, int keepEarlier, Settings settings, JobMonitor monitor) {
		try {
			List<BlobId> surplus = surplus(made, keepEarlier);
			if (surplus.isEmpty()) {
				return;
			}
			lease.repository().forget(surplus, RepositoryTarget.PATIENCE);
		} catch (IOException e) {
			tell("retention.kept-more", Texts.KEPT_MORE, e, monitor);
			return;
		}
		if (settings.prune()) {
			try {
				Capacity room = lease.storage().room();
				Long total = room.totalBytes();
				boolean tight = total != null && room.freeBytes() < total / 5;
				if (!tight && device.wasPrunedWithin(PRUNE_EVERY)) {
					return;
				}
				monitor.report(new JobEvent.Phase("freeing", Texts.FREEING.text()));
				prune(BEARABLE_UNUSED_PERCENT, monitor);
			} catch (IOException e) {
				tell("retention.not-freed", Texts.NOT_FREED, e, monitor);
			}
		}
	}

	/** Ours, complete, older than the new one, and beyond the number; never what a person brought in. */
	private List<BlobId> surplus(SnapshotRecord made, int keepEarlier) throws IOException {
		List<BlobId> surplus = new ArrayList<>();
		int earlier = 0;
		for (Version version : lease.listing().all(lease.repository())) {
			SnapshotRecord record = version.record();
			if (!record.id().equals(made.id()) && Layout.isOf(record, device.udid()) && version.alone()
					&& !Layout.isImported(record) && ++earlier > keepEarlier) {
				surplus.add(record.id());
			}
		}
		return surplus;
	}

	/** Frees room. @param bearablePercent how much may stay unused, so that little is written anew */
	void prune(int bearablePercent, JobMonitor monitor) throws IOException {
		PruneOptions options = PruneOptions.DEFAULT.withMaxUnused(bearablePercent);
		lease.repository().prune(new PruneOptions(false, options.maxUnusedPercent(), options.repackSmall(),
				options.packSize(), RepositoryTarget.PATIENCE), monitor);
		lease.storage().recount();
		device.pruned();
	}

	private static void tell(String code, Texts text, IOException failure, JobMonitor monitor) {
		LOG.log(System.Logger.Level.WARNING, "Earlier versions stay for now: {0}", failure.getMessage());
		if (!(failure instanceof CancelledException)) {
			String why = failure instanceof ProblemException problem ? problem.problem().title() + '.' : "";
			monitor.report(new JobEvent.Notice(code, text.text(why), false));
		}
	}
}
