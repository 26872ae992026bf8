// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;

/** All kept backups, and the one that is chosen. Thread-safe. */
public final class BackupsModel extends Model {

	private final Keepsake keepsake;
	private final AtomicInteger round = new AtomicInteger();
	private volatile List<KeptBackup> backups = List.of();
	private volatile boolean loaded;
	private volatile @Nullable Problem problem;
	private volatile @Nullable KeptBackup chosen;

	/** Shows nothing until {@link #refresh()}. */
	public BackupsModel(Keepsake keepsake) {
		this.keepsake = keepsake;
	}

	/** The backups, newest first. */
	public List<KeptBackup> backups() {
		return backups;
	}

	/** The newest complete backup of a device. */
	public Optional<KeptBackup> newestOf(Udid device) {
		return backups.stream().filter(backup -> backup.snapshot().summary().udid().equals(device)
				&& backup.snapshot().summary().complete()).findFirst();
	}

	/** Whether the list was read at least once. */
	public boolean isLoaded() {
		return loaded;
	}

	/** Why the list could not be read; null if it could. */
	public @Nullable Problem problem() {
		return problem;
	}

	/** The chosen backup. */
	public Optional<KeptBackup> chosen() {
		KeptBackup backup = chosen;
		return backup == null ? Optional.empty() : Optional.of(backup);
	}

	/** Chooses a backup; null for none. */
	public void choose(@Nullable KeptBackup backup) {
		chosen = backup;
		changed();
	}

	/** Reads the list anew, in the background. */
	public void refresh() {
		int mine = round.incrementAndGet();
		Thread.ofVirtual().name("list backups").start(() -> {
			List<KeptBackup> found = List.of();
			Problem trouble = null;
			try {
				found = keepsake.snapshots(null, null);
			} catch (IOException e) {
				trouble = UiProblems.of(e);
			}
			if (mine == round.get()) {
				backups = List.copyOf(found);
				problem = trouble;
				loaded = true;
				KeptBackup before = chosen;
				if (before != null && found.stream().noneMatch(before::equals)) {
					chosen = null;
				}
				changed();
			}
		});
	}
}
