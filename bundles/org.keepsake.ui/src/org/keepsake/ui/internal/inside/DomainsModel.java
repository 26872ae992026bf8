// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.model.Model;
import org.keepsake.ui.internal.model.UiProblems;

/** The domains of a backup with what they hold, counted in the background until closed. Thread-safe. */
public final class DomainsModel extends Model implements AutoCloseable {

	private volatile boolean closed;
	private volatile @Nullable Problem problem;
	private volatile @Nullable List<Domain> domains;

	/**
	 * Files that belong together.
	 *
	 * @param name  of the domain
	 * @param files how many
	 * @param bytes theirs
	 */
	public record Domain(String name, long files, long bytes) {

		private Domain plus(long size) {
			return new Domain(name, files + 1, bytes + Math.max(0, size));
		}
	}

	/** Begins to count. */
	public DomainsModel(OpenedBackup backup) {
		Thread.ofVirtual().name("count domains").start(() -> count(backup));
	}

	private void count(OpenedBackup backup) {
		Map<String, Domain> found = new TreeMap<>();
		try {
			backup.content().forEach(null, null, file -> {
				found.compute(file.domain(), (name, known) -> (known == null ? new Domain(name, 0, 0) : known)
						.plus(file.sizeBytes()));
				return !closed;
			});
		} catch (IOException | RuntimeException e) {
			problem = UiProblems.of(e);
		}
		domains = new ArrayList<>(found.values());
		changed();
	}

	/** The domains by name; null until they are counted. */
	public @Nullable List<Domain> domains() {
		return domains;
	}

	/** Why they could not be counted; null if they could. */
	public @Nullable Problem problem() {
		return problem;
	}

	@Override
	public void close() {
		closed = true;
	}
}
