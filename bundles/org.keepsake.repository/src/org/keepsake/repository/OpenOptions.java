// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How an open repository is read.
 *
 * @param cache           a folder on this computer for what is read from a store far away; several repositories, and
 *                        several processes, may share it. It is made if it is not there, for this user only. Files lie in
 *                        it as they are stored, encrypted. Null for none, as for a repository in a local folder
 * @param cachedPackBytes bytes of packs with data that the cache keeps at most, those used last; 0 for none. Indexes,
 *                        snapshots and packs with folders are kept beyond that, as long as the repository has them
 * @param connections     requests at once, 1 to 32; 0 for as many as suit a disk
 */
public record OpenOptions(@Nullable Path cache, long cachedPackBytes, int connections) {

	/** For a repository in a local folder. */
	public static final OpenOptions LOCAL = new OpenOptions(null, 0, 0);

	/** @throws IllegalArgumentException if a number is out of bounds */
	public OpenOptions {
		if (cachedPackBytes < 0 || connections < 0 || connections > 32) {
			throw new IllegalArgumentException("0 bytes or more are cached, and 1 to 32 requests are made at once");
		}
	}

	/** For a repository on a server: with 512 MiB of packs in a cache, and five requests at once. */
	public static OpenOptions remote(Path cache) {
		return new OpenOptions(cache, 512L << 20, 5);
	}
}
