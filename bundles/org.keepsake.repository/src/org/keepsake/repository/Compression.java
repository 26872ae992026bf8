// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

/** How hard blobs are compressed; a repository of version 1 has none. What does not get smaller is kept as it is. */
public enum Compression {
	/** A balance of speed and size: Zstandard level 3. */
	AUTO(3),
	/** Data is not compressed, folders and the repository's own files are. */
	OFF(3),
	/** Small before fast: Zstandard level 11. */
	MAX(11);

	private final int level;

	Compression(int level) {
		this.level = level;
	}

	/** The level of Zstandard. */
	public int level() {
		return level;
	}

	/** Whether blobs of a kind are compressed. */
	public boolean compresses(BlobType type) {
		return this != OFF || type == BlobType.TREE;
	}
}
