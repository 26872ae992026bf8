// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

class IndexTableTest {

	@Test
	void findsEachBlobWhereItWasPut() {
		IndexTable table = new IndexTable();
		Random random = new Random(9);
		List<BlobId> packs = new ArrayList<>();
		List<List<PackedBlob>> blobs = new ArrayList<>();
		for (int p = 0; p < 40; p++) {
			packs.add(id(random));
			List<PackedBlob> inPack = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				inPack.add(new PackedBlob(id(random), i % 5 == 0 ? BlobType.TREE : BlobType.DATA, i * 100, 100,
						i % 2 == 0 ? 0 : 300));
			}
			blobs.add(inPack);
			table.add(packs.get(p), inPack);
			table.add(packs.get(p), inPack);
		}
		assertEquals(40_000, table.size(), "nothing is added twice");
		for (int p = 0; p < packs.size(); p++) {
			for (PackedBlob blob : blobs.get(p)) {
				int entry = table.find(blob.id(), blob.type());
				assertEquals(blob, table.blob(entry));
				assertEquals(packs.get(p), table.pack(table.packOf(entry)));
				BlobType other = blob.type() == BlobType.DATA ? BlobType.TREE : BlobType.DATA;
				assertEquals(IndexTable.NONE, table.find(blob.id(), other));
			}
		}
		assertEquals(IndexTable.NONE, table.find(id(random), BlobType.DATA));
	}

	@Test
	void findsAllPlacesOfABlob() {
		IndexTable table = new IndexTable();
		Random random = new Random(10);
		BlobId shared = id(random);
		for (int p = 0; p < 5; p++) {
			table.add(id(random), List.of(new PackedBlob(shared, BlobType.DATA, 7, 50, 0)));
		}
		assertEquals(5, table.findAll(shared, BlobType.DATA).length);
		assertEquals(0, table.findAll(shared, BlobType.TREE).length);
		IndexTable.ByPack byPack = table.byPack();
		assertEquals(5, byPack.entries().length);
		assertTrue(byPack.starts()[5] == 5 && byPack.starts()[0] == 0);
	}

	private static BlobId id(Random random) {
		return new BlobId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
	}
}
