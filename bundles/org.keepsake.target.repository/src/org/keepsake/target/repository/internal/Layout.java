// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.Udid;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.repository.SnapshotRecord;
import org.keepsake.repository.SnapshotSummary;

/**
 * What a snapshot's tags say of the backup in it. A snapshot whose tags have the layout's name holds one backup, in the
 * only folder of its root, as Apple's programs lay it out.
 */
final class Layout {

	/** Names the layout and its version. */
	static final String NAME = "keepsake-layout=apple-1";
	/** A backup that a person brought in: it goes only if a person says so. */
	static final String IMPORTED = "imported";

	private static final String UDID = "udid=";
	private static final String DEVICE = "device=";
	private static final String PRODUCT = "product=";
	private static final String IOS = "ios=";
	private static final String ENCRYPTED = "encrypted=";
	private static final String FINISHED = "finished=";
	private static final String COMPLETE = "complete=";
	private static final String ORIGIN = "origin=";

	private Layout() {
	}

	/** The tags for a backup. @param origin the id that it had elsewhere, or null */
	static List<String> tags(BackupSummary backup, @Nullable String origin) {
		List<String> tags = new ArrayList<>(List.of(NAME, UDID + backup.udid().value()));
		add(tags, DEVICE, backup.deviceName());
		add(tags, PRODUCT, backup.productType());
		IosVersion ios = backup.iosVersion();
		add(tags, IOS, ios == null ? "" : ios.text());
		tags.add(ENCRYPTED + (backup.encrypted() ? "yes" : "no"));
		Instant finished = backup.finishedAt();
		add(tags, FINISHED, finished == null ? "" : finished.toString());
		if (!backup.complete()) {
			tags.add(COMPLETE + "no");
		}
		if (origin != null) {
			tags.add(IMPORTED);
			tags.add(ORIGIN + origin);
		}
		return tags;
	}

	private static void add(List<String> tags, String key, String value) {
		if (!value.isEmpty()) {
			tags.add(key + value);
		}
	}

	/** Whether the snapshot is one of ours. */
	static boolean isOurs(SnapshotRecord snapshot) {
		return snapshot.tags().contains(NAME) && Udid.isValid(value(snapshot, UDID));
	}

	/** Whether a person brought it in. */
	static boolean isImported(SnapshotRecord snapshot) {
		return snapshot.tags().contains(IMPORTED);
	}

	/** The id that the backup had elsewhere; empty if it was made here, or if others have written what is none. */
	static Optional<SnapshotId> origin(SnapshotRecord snapshot) {
		try {
			return Optional.of(new SnapshotId(value(snapshot, ORIGIN)));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/** Whether it is of the device. */
	static boolean isOf(SnapshotRecord snapshot, Udid device) {
		return isOurs(snapshot) && new Udid(value(snapshot, UDID)).equals(device);
	}

	/** What it says of the backup; empty if it is not ours, or somebody rewrote it without its figures. */
	static Optional<BackupSummary> summary(SnapshotRecord snapshot) {
		SnapshotSummary figures = snapshot.summary();
		if (!isOurs(snapshot) || figures == null || figures.totalFiles() == 0) {
			return Optional.empty();
		}
		String ios = value(snapshot, IOS);
		return Optional.of(new BackupSummary(new Udid(value(snapshot, UDID)), value(snapshot, DEVICE),
				value(snapshot, PRODUCT), ios.isEmpty() ? null : new IosVersion(ios), finished(snapshot),
				figures.totalBytes(), figures.totalFiles(), value(snapshot, ENCRYPTED).equals("yes"),
				!value(snapshot, COMPLETE).equals("no")));
	}

	private static @Nullable Instant finished(SnapshotRecord snapshot) {
		try {
			String text = value(snapshot, FINISHED);
			return text.isEmpty() ? null : Instant.parse(text);
		} catch (DateTimeException e) {
			return snapshot.time();
		}
	}

	private static String value(SnapshotRecord snapshot, String key) {
		return snapshot.tags().stream().filter(tag -> tag.startsWith(key)).map(tag -> tag.substring(key.length()))
				.findFirst().orElse("");
	}
}
