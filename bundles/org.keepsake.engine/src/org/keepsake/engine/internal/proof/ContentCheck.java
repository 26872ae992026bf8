// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.Proof.Counted;
import org.keepsake.engine.Proof.Damage;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Texts;
import org.keepsake.ios.backup.BackupProblems;

/** Opens and counts every data set, and has SQLite check every database of theirs. Used once, by one thread. */
public final class ContentCheck {

	private final OpenedBackup backup;
	private final EarlierVersions earlier;
	private final JobMonitor monitor;
	private final List<Damage> damage = new ArrayList<>();
	private final List<String> remarks = new ArrayList<>();
	private long bytes;

	/** @param earlier where to look for what is damaged */
	public ContentCheck(OpenedBackup backup, EarlierVersions earlier, JobMonitor monitor) {
		this.backup = backup;
		this.earlier = earlier;
		this.monitor = monitor;
	}

	/** Checks; damage is in the result. @param began of {@link System#nanoTime} */
	public Proof run(long began) throws IOException {
		Map<ContentFile, List<DataSet>> databases = databases();
		int done = 0;
		for (Map.Entry<ContentFile, List<DataSet>> database : databases.entrySet()) {
			monitor.report(new JobEvent.Progress((double) done++ / databases.size(), 0, -1, done, databases.size()));
			check(database.getKey(), database.getValue());
		}
		List<Counted> counted = count();
		return new Proof(ProofLevel.CONTENT, databases.size(), bytes, counted, earlier.find(damage), remarks,
				Duration.ofNanos(System.nanoTime() - began));
	}

	/** Every database that a data set names, with those that name it. */
	private Map<ContentFile, List<DataSet>> databases() throws IOException {
		monitor.report(new JobEvent.Phase("checking-databases", Texts.of("phase.checking-databases")));
		Map<ContentFile, List<DataSet>> databases = new LinkedHashMap<>();
		for (DataSet dataSet : backup.dataSets()) {
			for (DataSet.Source source : dataSet.sources()) {
				if (source.database()) {
					backup.content().forEach(source.domain(), source.path(), file -> {
						monitor.throwIfCancelled();
						List<DataSet> owners = databases.computeIfAbsent(file, one -> new ArrayList<>());
						if (!owners.contains(dataSet)) {
							owners.add(dataSet);
						}
						return true;
					});
				}
			}
		}
		return databases;
	}

	private void check(ContentFile file, List<DataSet> owners) throws IOException {
		List<String> titles = owners.stream().map(DataSet::title).toList();
		bytes += file.sizeBytes();
		try {
			Integrity.Result result = Integrity.check(backup.content(), file, monitor);
			if (!result.flaws().isEmpty()) {
				damage.add(new Damage(titles, file.domain(), file.path(),
						Texts.of("proof.not-sound", result.flaws().getFirst()), null));
			}
			result.remarks().stream().limit(1)
					.forEach(said -> remarks.add(Texts.of("proof.odd", file.domain(), file.path(), said)));
		} catch (CancelledException e) {
			throw e;
		} catch (IOException e) {
			monitor.throwIfCancelled();
			damage.add(new Damage(titles, file.domain(), file.path(), sentence(e), null));
		}
	}

	private List<Counted> count() throws IOException {
		monitor.report(new JobEvent.Phase("counting", Texts.of("phase.counting")));
		List<Counted> counted = new ArrayList<>();
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey = backup.survey(dataSet, monitor);
			counted.add(new Counted(dataSet.id(), dataSet.title(), survey, null));
			boolean known = damage.stream().anyMatch(one -> one.dataSets().contains(dataSet.title()));
			if (survey.presence() == Survey.Presence.UNREADABLE && !known) {
				damage.add(new Damage(List.of(dataSet.title()), "", dataSet.id(), String.join(" ", survey.remarks()),
						null));
			}
		}
		return counted;
	}

	private static String sentence(IOException e) {
		if (e instanceof ProblemException damaged && damaged.is(BackupProblems.FILE_DAMAGED)
				&& !damaged.problem().cause().isBlank()) {
			return damaged.problem().cause(); // which file it is stands before
		}
		return e instanceof ProblemException known
				? known.problem().title() + (known.problem().cause().isBlank() ? "" : ". " + known.problem().cause())
				: Failures.sentence(e);
	}
}
