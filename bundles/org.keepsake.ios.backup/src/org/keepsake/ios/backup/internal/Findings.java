// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.keepsake.core.ProblemException;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.VerifyReport.Damage;

/** Collects what is wrong, from many threads. Keeps so many in full and counts the others, for the sake of memory. */
final class Findings {

	private static final int MAX_KEPT = 50_000;
	private static final Comparator<Damage> ORDER = Comparator.comparing(Damage::domain).thenComparing(Damage::path)
			.thenComparing(Damage::what);

	private final List<Damage> kept = new ArrayList<>();
	/* Of the backup's own files, which several checks may find damaged. */
	private final Set<Damage> parts = ConcurrentHashMap.newKeySet();
	private final List<String> remarks = new ArrayList<>();
	private final AtomicLong more = new AtomicLong();

	/** Something of the backup itself is damaged. */
	void part(String file, String what) {
		Damage damage = new Damage("", file, "", what);
		if (parts.add(damage)) {
			add(damage);
		}
	}

	/** A stored file is damaged whose name and place on the device are not known. */
	void stored(String fileId, String what) {
		add(new Damage("", Payloads.sharded(fileId).value(), fileId, what));
	}

	/** A file is damaged. */
	void file(BackupFile file, String what) {
		add(new Damage(file.domain(), file.path(), file.fileId(), what));
	}

	/** A file is damaged, as the problem says. */
	void file(BackupFile file, ProblemException problem) {
		file(file, problem.problem().cause());
	}

	private synchronized void add(Damage damage) {
		if (kept.size() < MAX_KEPT) {
			kept.add(damage);
		} else {
			more.incrementAndGet();
		}
	}

	/** Something is odd but harmless. */
	synchronized void remark(String text) {
		remarks.add(text);
	}

	/** A remark about a number of things, if there are any. */
	void remark(String key, long count) {
		if (count > 0) {
			remark(Texts.text(key, count));
		}
	}

	/** What is damaged: the backup's own files first, then by name. */
	synchronized List<Damage> damage() {
		List<Damage> all = new ArrayList<>(kept);
		all.sort(ORDER);
		if (more.get() > 0) {
			all.add(new Damage("", "", "", Texts.text("damage.more", more.get())));
		}
		return all;
	}

	/** What is odd. */
	synchronized List<String> remarks() {
		return List.copyOf(remarks);
	}
}
