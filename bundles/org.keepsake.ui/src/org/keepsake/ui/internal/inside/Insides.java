// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.job.JobRunner;

/** The backups that a person looks into, a page each. Thread-safe. */
public final class Insides implements AutoCloseable {

	private final Keepsake keepsake;
	private final JobRunner jobs;
	private final Unlocking unlocking;
	private final Map<String, InsideModel> models = new ConcurrentHashMap<>();

	/** None yet. */
	public Insides(Keepsake keepsake, JobRunner jobs, Unlocking unlocking) {
		this.keepsake = keepsake;
		this.jobs = jobs;
		this.unlocking = unlocking;
	}

	/** What names the backup among all. */
	public static String nameOf(KeptBackup kept) {
		return kept.location() + '\n' + kept.snapshot().id().value();
	}

	/** The backup's model, made and begun to open if it is not there; {@link #close(InsideModel)} ends it. */
	public InsideModel open(KeptBackup kept) {
		InsideModel model = models.computeIfAbsent(nameOf(kept),
				name -> new InsideModel(kept, keepsake, jobs, unlocking, ZoneId.systemDefault()));
		model.open();
		return model;
	}

	/** Begins to compare two versions; whoever shows it closes it. */
	public CompareModel compare(KeptBackup older, KeptBackup newer) {
		CompareModel model = new CompareModel(older, newer, keepsake, jobs, unlocking);
		model.start();
		return model;
	}

	/** Ends it. */
	public void close(InsideModel model) {
		models.remove(nameOf(model.kept()), model);
		model.close();
	}

	@Override
	public void close() {
		List.copyOf(models.values()).forEach(this::close);
	}
}
