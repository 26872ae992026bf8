// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.util.List;

/**
 * What a verification found.
 *
 * @param level        how much was proven
 * @param filesChecked files looked at
 * @param bytesChecked bytes read or, at {@code STRUCTURE}, accounted for
 * @param digests      files that agree with a digest of the device; it records one for few of its files, and nobody can
 *                     tell of the others whether a byte changed that leaves them readable
 * @param damaged      what is wrong; empty for a sound backup
 * @param remarks      what is odd but harmless, such as files the index does not know
 */
public record VerifyReport(VerifyLevel level, long filesChecked, long bytesChecked, long digests,
		List<Damage> damaged, List<String> remarks) {

	/** Copies the lists. */
	public VerifyReport {
		damaged = List.copyOf(damaged);
		remarks = List.copyOf(remarks);
	}

	/**
	 * One damaged file.
	 *
	 * @param domain its domain; empty for a file of the backup itself, such as {@code Manifest.db}
	 * @param path   its path
	 * @param fileId where it is kept; empty for a file of the backup itself
	 * @param what   what is wrong, for a person
	 */
	public record Damage(String domain, String path, String fileId, String what) {
	}
}
