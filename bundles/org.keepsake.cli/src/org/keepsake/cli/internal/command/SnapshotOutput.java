// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;

/** How a kept backup is told, in text and in JSON. */
final class SnapshotOutput {

	private SnapshotOutput() {
	}

	/** The fields of {@code snapshots}. */
	static JsonObject json(KeptBackup kept) {
		BackupSummary summary = kept.snapshot().summary();
		return new JsonObject().put("id", kept.snapshot().id().value()).put("udid", summary.udid().value())
				.put("deviceName", DeviceOutput.orNull(summary.deviceName())).put("iosVersion", summary.iosVersion())
				.put("finishedAt", summary.finishedAt()).putKnown("sizeBytes", summary.sizeBytes())
				.putKnown("files", summary.files()).put("encrypted", Boolean.valueOf(summary.encrypted()))
				.put("complete", Boolean.valueOf(summary.complete())).put("target", kept.target())
				.put("path", kept.snapshot().path());
	}

	/** A verification for a program. */
	static JsonObject json(Verification verification) {
		return new JsonObject().put("level", verification.level().word()).put("at", verification.when())
				.put("damaged", Long.valueOf(verification.damaged()));
	}

	/** How it was proven, in a word: by its strongest proof, or that the last one found damage. */
	static String proven(List<Verification> verifications) {
		if (verifications.isEmpty()) {
			return "–";
		}
		if (verifications.getLast().damaged() > 0) {
			return "DAMAGED";
		}
		return verifications.stream().filter(one -> one.damaged() == 0).map(Verification::level)
				.max(Comparator.naturalOrder()).map(ProofLevel::word).orElse("–");
	}

	/** One line: whose backup, of when, how large. */
	static String line(KeptBackup kept, ZoneId zone) {
		BackupSummary summary = kept.snapshot().summary();
		String name = summary.deviceName().isBlank() ? summary.udid().value() : summary.deviceName();
		IosVersion ios = summary.iosVersion();
		String version = ios == null ? "" : ", iOS " + Human.printable(ios.text());
		String made = summary.finishedAt() == null ? "unfinished backup"
				: "backup of " + Human.date(summary.finishedAt(),
						zone);
		return Human.printable(name) + version + ", " + made + " (" + kept.snapshot().id().brief() + ", "
				+ Human.bytes(summary.sizeBytes()) + (summary.encrypted() ? ", encrypted" : ", not encrypted") + ")";
	}
}
