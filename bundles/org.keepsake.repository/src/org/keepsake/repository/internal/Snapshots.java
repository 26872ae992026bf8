// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotDraft;
import org.keepsake.repository.SnapshotRecord;
import org.keepsake.repository.SnapshotSummary;

/** Reads and writes the files in {@code snapshots/}. What Keepsake does not understand in one stays in it. */
public final class Snapshots {

	/** Newest first; of the same moment, by id. */
	private static final Comparator<SnapshotRecord> NEWEST_FIRST = Comparator.comparing(SnapshotRecord::time).reversed()
			.thenComparing(SnapshotRecord::id);
	private static final String PROGRAM = "Keepsake 0.1.0";

	private Snapshots() {
	}

	/** Hears of a snapshot that cannot be read. */
	@FunctionalInterface
	public interface Damage {
		/** May throw to end. */
		void found(BlobId snapshot, ProblemException problem) throws IOException;
	}

	/** All snapshots, newest first. */
	public static List<SnapshotRecord> list(Vault vault, Damage damage) throws IOException {
		List<SnapshotRecord> found = new ArrayList<>();
		List<BlobId> ids = vault.files().list(Vault.SNAPSHOTS);
		vault.files().retain(Vault.SNAPSHOTS, ids);
		Parallel.forEach("snapshots", vault.readers(), ids, id -> {
			try {
				SnapshotRecord read = read(vault, id);
				synchronized (found) {
					found.add(read);
				}
			} catch (ProblemException e) {
				if (e.is(RepositoryProblems.MISSING)) {
					return; // forgotten meanwhile
				}
				synchronized (found) {
					damage.found(id, e);
				}
			}
		});
		found.sort(NEWEST_FIRST);
		return List.copyOf(found);
	}

	/** One snapshot. */
	public static SnapshotRecord read(Vault vault, BlobId id) throws IOException {
		Map<String, @Nullable Object> map = document(vault, id);
		BlobId tree = id(map.get("tree"));
		if (tree == null) {
			throw vault.damaged(Vault.name(Vault.SNAPSHOTS, id));
		}
		return new SnapshotRecord(id, time(map.get("time")), GoTime.offset(text(map.get("time"))), tree,
				strings(map.get("paths")),
				text(map.get("hostname")), text(map.get("username")), strings(map.get("tags")), id(map.get("parent")),
				id(map.get("original")), text(map.get("program_version")), summary(map.get("summary")));
	}

	private static Map<String, @Nullable Object> document(Vault vault, BlobId id) throws IOException {
		byte[] json = vault.files().load(Vault.SNAPSHOTS, id);
		try {
			JsonReader in = new JsonReader(json);
			Map<String, @Nullable Object> map = in.object();
			in.end();
			return map;
		} catch (JsonReader.JsonException e) {
			throw vault.damaged(Vault.name(Vault.SNAPSHOTS, id));
		}
	}

	private static Instant time(@Nullable Object value) {
		try {
			return GoTime.parse(text(value));
		} catch (JsonReader.JsonException e) {
			return Instant.EPOCH;
		}
	}

	private static String text(@Nullable Object value) {
		return value instanceof String text ? text : "";
	}

	private static @Nullable BlobId id(@Nullable Object value) {
		try {
			return value instanceof String text ? BlobId.parse(text) : null;
		} catch (IllegalArgumentException e) {
			return null;
		}
	}

	private static List<String> strings(@Nullable Object value) {
		List<String> strings = new ArrayList<>();
		if (value instanceof List<?> list) {
			for (Object element : list) {
				if (element instanceof String text) {
					strings.add(text);
				}
			}
		}
		return strings;
	}

	private static @Nullable SnapshotSummary summary(@Nullable Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return null;
		}
		return new SnapshotSummary(time(map.get("backup_start")), time(map.get("backup_end")),
				number(map.get("files_new")), number(map.get("files_changed")), number(map.get("files_unmodified")),
				number(map.get("data_blobs")), number(map.get("tree_blobs")), number(map.get("data_added")),
				number(map.get("data_added_packed")), number(map.get("total_files_processed")),
				number(map.get("total_bytes_processed")));
	}

	private static long number(@Nullable Object value) {
		try {
			return value == null ? 0 : Long.parseLong(value.toString());
		} catch (NumberFormatException e) {
			return 0;
		}
	}

	/** Saves a snapshot; all that it names is stored already. */
	public static SnapshotRecord save(Vault vault, SnapshotDraft draft) throws IOException {
		ZoneId zone = ZoneId.systemDefault();
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("time", GoTime.format(draft.time(), zone));
		if (draft.parent() != null) {
			map.put("parent", draft.parent());
		}
		map.put("tree", draft.tree());
		map.put("paths", draft.paths());
		put(map, "hostname", draft.host());
		put(map, "username", draft.user());
		if (!draft.tags().isEmpty()) {
			map.put("tags", draft.tags());
		}
		if (draft.original() != null) {
			map.put("original", draft.original());
		}
		map.put("program_version", PROGRAM);
		SnapshotSummary summary = draft.summary();
		if (summary != null) {
			map.put("summary", summary(summary, zone));
		}
		return read(vault, vault.files().save(Vault.SNAPSHOTS, new JsonWriter(1000).value(map).toBytes()));
	}

	private static void put(Map<String, @Nullable Object> map, String name, String value) {
		if (!value.isEmpty()) {
			map.put(name, value);
		}
	}

	private static Map<String, @Nullable Object> summary(SnapshotSummary summary, ZoneId zone) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("backup_start", GoTime.format(summary.started(), zone));
		map.put("backup_end", GoTime.format(summary.ended(), zone));
		map.put("files_new", summary.filesNew());
		map.put("files_changed", summary.filesChanged());
		map.put("files_unmodified", summary.filesUnmodified());
		map.put("dirs_new", 0);
		map.put("dirs_changed", 0);
		map.put("dirs_unmodified", 0);
		map.put("data_blobs", summary.dataBlobs());
		map.put("tree_blobs", summary.treeBlobs());
		map.put("data_added", summary.bytesAdded());
		map.put("data_added_packed", summary.bytesAddedPacked());
		map.put("total_files_processed", summary.totalFiles());
		map.put("total_bytes_processed", summary.totalBytes());
		return map;
	}

	/**
	 * Saves a snapshot anew with another tree or other tags, and keeps all else that its file says.
	 *
	 * @param tree the other tree, or null for the same
	 */
	public static SnapshotRecord rewrite(Vault vault, SnapshotRecord old, @Nullable BlobId tree, List<String> tags)
			throws IOException {
		Map<String, @Nullable Object> map = document(vault, old.id());
		if (tree != null) {
			map.put("tree", tree);
		}
		if (tags.isEmpty()) {
			map.remove("tags");
		} else {
			map.put("tags", tags);
		}
		map.put("original", Objects.requireNonNullElse(old.original(), old.id()));
		return read(vault, vault.files().save(Vault.SNAPSHOTS, new JsonWriter(1000).value(map).toBytes()));
	}
}
