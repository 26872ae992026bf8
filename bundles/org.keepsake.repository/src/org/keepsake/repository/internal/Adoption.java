// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.keepsake.repository.BlobId;

/** Lists the packs that no index names: those that an interrupted run had finished. */
public final class Adoption {

	private Adoption() {
	}

	/** Writes an index of them. A pack whose header cannot be read is left alone. */
	public static void adopt(Vault vault) throws IOException {
		vault.listing().beginSaving();
		try {
			Map<BlobId, Long> unlisted = vault.listing().unlistedPacks();
			List<IndexFiles.Pack> found = new ArrayList<>();
			Parallel.forEach("adoption", vault.readers(), unlisted.entrySet(), entry -> {
				List<PackedBlob> blobs = vault.blobs().header(entry.getKey(), entry.getValue());
				if (blobs == null) {
					System.getLogger(Adoption.class.getName()).log(Level.WARNING,
							"A pack without a readable header: {0}",
							entry.getKey());
					return;
				}
				synchronized (found) {
					found.add(new IndexFiles.Pack(entry.getKey(), blobs));
				}
			});
			write(vault, found, List.of());
			for (IndexFiles.Pack pack : found) {
				vault.index().add(pack.id(), pack.blobs());
			}
		} finally {
			vault.listing().endSaving();
		}
	}

	/** Writes packs into as many index files as it takes. */
	static List<BlobId> write(Vault vault, List<IndexFiles.Pack> packs, List<BlobId> supersedes) throws IOException {
		List<BlobId> written = new ArrayList<>();
		List<IndexFiles.Pack> batch = new ArrayList<>();
		int blobs = 0;
		for (IndexFiles.Pack pack : packs) {
			batch.add(pack);
			blobs += pack.blobs().size();
			if (blobs >= IndexFiles.BLOBS_PER_FILE) {
				written.add(IndexFiles.write(vault, batch, supersedes));
				batch.clear();
				blobs = 0;
			}
		}
		if (!batch.isEmpty()) {
			written.add(IndexFiles.write(vault, batch, supersedes));
		}
		return written;
	}
}
