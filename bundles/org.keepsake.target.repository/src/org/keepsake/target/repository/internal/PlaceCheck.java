// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.Capacity;
import org.keepsake.repository.StoreTrial;

/** Tries out what keeping backups needs of a store. */
final class PlaceCheck {

	private final String location;
	private final Connections.Lease lease;
	private final List<String> sentences = new ArrayList<>();

	PlaceCheck(String location, Connections.Lease lease) {
		this.location = location;
		this.lease = lease;
	}

	/** Sentences for a person. @throws IOException if backups cannot be kept there */
	List<String> run() throws IOException {
		sentences.add(Texts.OPENS.text(location, lease.repository().readableSnapshots().size()));
		StoreTrial trial = StoreTrial.run(lease.storage(), false, false, JobMonitor.NONE);
		sentences.add(Texts.WRITES.text());
		boolean deletes = trial.of(StoreTrial.Action.DELETE) == StoreTrial.Outcome.DONE;
		sentences.add(deletes ? Texts.DELETES.text() : Texts.ADDS_ONLY.text());
		sentences.add(Texts.SPEED.text(bytes(trial.writeBytesPerSecond()), bytes(trial.readBytesPerSecond())));
		room();
		return List.copyOf(sentences);
	}

	private void room() throws IOException {
		Capacity room = lease.storage().room();
		Long total = room.totalBytes();
		if (lease.storage().hasQuota() && total != null) {
			sentences.add(Texts.QUOTA.text(bytes(room.freeBytes()), bytes(total)));
		} else if (lease.storage().capacity().isPresent()) {
			sentences.add(Texts.FREE.text(bytes(room.freeBytes())));
		} else {
			sentences.add(Texts.UNLIMITED.text());
		}
	}

	private static String bytes(long bytes) {
		String[] units = { "KB", "MB", "GB", "TB", "PB" };
		double size = bytes / 1000.0;
		int unit = 0;
		while (size >= 999.5 && unit < units.length - 1) {
			size /= 1000;
			unit++;
		}
		return String.format(Locale.getDefault(), size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
	}
}
