// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.util.List;

import org.keepsake.core.Problem;

/**
 * What a check has found.
 *
 * @param snapshots    snapshots that can be read
 * @param packs        packs that are stored
 * @param blobs        blobs that the index lists
 * @param packsRead    packs of which every byte was proven
 * @param bytesRead    their bytes
 * @param findings     what is wrong
 * @param hints        what is not wrong but could be better, such as packs that no index lists
 * @param touched      files that the damage touches; the first thousand
 * @param touchedCount how many there are in all
 */
public record CheckReport(int snapshots, int packs, int blobs, int packsRead, long bytesRead, List<Finding> findings,
		List<String> hints, List<Touched> touched, long touchedCount) {

	/** Copies the lists. */
	public CheckReport {
		findings = List.copyOf(findings);
		hints = List.copyOf(hints);
		touched = List.copyOf(touched);
	}

	/**
	 * Something wrong.
	 *
	 * @param file    the file of the repository, such as {@code data/ab12…}, or the blob that is missing
	 * @param problem for a person
	 */
	public record Finding(String file, Problem problem) {
	}

	/**
	 * A file of a snapshot, or a folder with all in it, that cannot be restored whole.
	 *
	 * @param snapshot in which
	 * @param path     its path in the snapshot; empty for all of it
	 */
	public record Touched(SnapshotRecord snapshot, String path) {
	}

	/** Whether nothing is wrong. */
	public boolean isSound() {
		return findings.isEmpty();
	}
}
