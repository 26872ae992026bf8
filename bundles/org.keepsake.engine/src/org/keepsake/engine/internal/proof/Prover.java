// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.data.OpenedContent;
import org.keepsake.engine.internal.data.Opener;
import org.keepsake.engine.internal.keep.Shelf;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;

/** Proves kept backups, and remembers what came of it. */
public final class Prover {

	private final Opener opener;
	private final Shelf shelf;
	private final Journal journal;
	private final Drills drills;

	/** How a restore is rehearsed. */
	@FunctionalInterface
	public interface Drills {
		/** What a rehearsal needs; its folder for what is in between is made now. */
		Drill.Parts parts() throws IOException;
	}

	/** Proves nothing yet. */
	public Prover(Opener opener, Shelf shelf, Journal journal, Drills drills) {
		this.opener = opener;
		this.shelf = shelf;
		this.journal = journal;
		this.drills = drills;
	}

	/** By the files themselves. */
	public VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		try (Backup opened = opener.open(backup)) {
			if (level == VerifyLevel.CRYPTO || password != null) {
				opener.unlock(backup, opened, password, monitor);
			}
			VerifyReport report = opened.verify(level, monitor);
			journal.verified(backup, report);
			return report;
		}
	}

	/** By what is in it, or by a rehearsal. */
	public Proof prove(KeptBackup backup, ProofLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		long began = System.nanoTime();
		Proof proof;
		try (Backup opened = opener.open(backup, password, monitor)) {
			OpenedContent data = opener.content(backup, opened);
			proof = level == ProofLevel.DRILL
					? new Drill(drills.parts(), backup, password, monitor).run(opened, data, () -> opener.tree(backup))
					: new ContentCheck(data, earlier(backup, password, monitor), monitor).run(began);
		}
		journal.verified(backup, level, proof.damage().size());
		return proof;
	}

	private EarlierVersions earlier(KeptBackup backup, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		Instant finished = backup.snapshot().summary().finishedAt();
		List<KeptBackup> before = shelf.list(backup.location(), backup.snapshot().summary().udid(), problem -> {
		}).stream().filter(kept -> finished != null && kept.snapshot().summary().finishedAt() instanceof Instant other
				&& other.isBefore(finished)).toList();
		return new EarlierVersions(before, version -> opener.data(version, password, monitor), monitor);
	}
}
