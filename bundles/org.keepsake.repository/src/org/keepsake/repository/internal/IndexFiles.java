// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/** Reads and writes the files in {@code index/}. Source: restic/restic doc/design.rst, "Indexing". */
final class IndexFiles {

	/** Blobs that one file lists, as in restic: such a file stays below 8 MiB. */
	static final int BLOBS_PER_FILE = 50_000;

	private IndexFiles() {
	}

	/** Hears of an index file that is damaged. */
	@FunctionalInterface
	interface Damage {
		void found(BlobId index, ProblemException problem) throws IOException;
	}

	/** One pack of an index. */
	record Pack(BlobId id, List<PackedBlob> blobs) {
	}

	/** Reads index files into a table. */
	static void load(Vault vault, List<BlobId> files, IndexTable table, Damage damage) throws IOException {
		Parallel.forEach("index", vault.readers(), files, id -> {
			try {
				for (Pack pack : read(vault, id)) {
					table.add(pack.id(), pack.blobs());
				}
			} catch (ProblemException e) {
				synchronized (table) {
					damage.found(id, e);
				}
			}
		});
	}

	/** The packs that an index file lists. */
	static List<Pack> read(Vault vault, BlobId file) throws IOException {
		byte[] json = vault.files().load(Vault.INDEX, file);
		List<Pack> packs = new ArrayList<>();
		try {
			JsonReader in = new JsonReader(json);
			in.beginObject();
			while (in.more()) {
				if (in.name().equals("packs")) {
					in.beginArray();
					while (in.more()) {
						packs.add(pack(in));
					}
				} else {
					in.skip();
				}
			}
			in.end();
		} catch (JsonReader.JsonException e) {
			throw vault.damaged(Vault.name(Vault.INDEX, file));
		}
		return packs;
	}

	private static Pack pack(JsonReader in) throws IOException {
		@Nullable
		BlobId id = null;
		List<PackedBlob> blobs = new ArrayList<>();
		in.beginObject();
		while (in.more()) {
			switch (in.name()) {
				case "id" -> id = in.id();
				case "blobs" -> {
					in.beginArray();
					while (in.more()) {
						blobs.add(blob(in));
					}
				}
				default -> in.skip();
			}
		}
		if (id == null) {
			throw new JsonReader.JsonException("A pack without an id");
		}
		return new Pack(id, blobs);
	}

	private static PackedBlob blob(JsonReader in) throws IOException {
		@Nullable
		BlobId id = null;
		@Nullable
		BlobType type = null;
		int offset = 0;
		int length = 0;
		int uncompressed = 0;
		in.beginObject();
		while (in.more()) {
			switch (in.name()) {
				case "id" -> id = in.id();
				case "type" -> type = switch (in.string()) {
					case "data" -> BlobType.DATA;
					case "tree" -> BlobType.TREE;
					default -> throw new JsonReader.JsonException("An unknown type of blob");
				};
				case "offset" -> offset = in.length();
				case "length" -> length = in.length();
				case "uncompressed_length" -> uncompressed = in.length();
				default -> in.skip();
			}
		}
		if (id == null || type == null) {
			throw new JsonReader.JsonException("A blob without an id or a type");
		}
		PackedBlob blob = new PackedBlob(id, type, offset, length, uncompressed);
		if (!blob.isPossible()) {
			throw new JsonReader.JsonException("A blob with impossible lengths");
		}
		return blob;
	}

	/** Writes one index file. */
	static BlobId write(Vault vault, List<Pack> packs, List<BlobId> supersedes) throws IOException {
		JsonWriter out = new JsonWriter(1 << 16);
		out.raw("{");
		if (!supersedes.isEmpty()) {
			out.raw("\"supersedes\":").value(supersedes).raw(",");
		}
		out.raw("\"packs\":[");
		String packComma = "";
		for (Pack pack : packs) {
			out.raw(packComma).raw("{\"id\":").id(pack.id()).raw(",\"blobs\":[");
			packComma = ",";
			String comma = "";
			for (PackedBlob blob : pack.blobs()) {
				out.raw(comma).raw("{\"id\":").id(blob.id()).raw(",\"type\":\"").raw(blob.type().word())
						.raw("\",\"offset\":").number(blob.offset()).raw(",\"length\":").number(blob.length());
				if (blob.uncompressed() > 0) {
					out.raw(",\"uncompressed_length\":").number(blob.uncompressed());
				}
				out.raw("}");
				comma = ",";
			}
			out.raw("]}");
		}
		out.raw("]}");
		return vault.files().save(Vault.INDEX, out.toBytes());
	}
}
