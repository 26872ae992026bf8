// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.keepsake.repository.BlobId;

/** What packs hold by their own headers, whatever indexes say. */
public final class PackContents {

	private PackContents() {
	}

	/** The blobs of each pack; none of one whose header cannot be read. */
	public static Map<BlobId, List<BlobId>> of(Vault vault) throws IOException {
		Map<BlobId, List<BlobId>> packs = new TreeMap<>();
		for (Map.Entry<BlobId, Long> pack : vault.files().sizes(Vault.DATA).entrySet()) {
			List<BlobId> ids = new ArrayList<>();
			List<PackedBlob> blobs = vault.blobs().header(pack.getKey(), pack.getValue());
			if (blobs != null) {
				blobs.forEach(blob -> ids.add(blob.id()));
			}
			packs.put(pack.getKey(), ids);
		}
		return packs;
	}
}
