// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;

/** The last part of a backup, once all uploads are on the host: move, remove, finish, verify. */
final class BackupCommit {

	private static final int MOVES = 2000;
	private static final String FILE_ID = "[0-9a-f]{40}";

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;
	private final Faults faults;
	private final String uuid;
	private final boolean full;
	private final Memory run;

	BackupCommit(Phone phone, HostLink link, Layout layout, Faults faults, String uuid, boolean full)
			throws IOException {
		this.phone = phone;
		this.link = link;
		this.layout = layout;
		this.faults = faults;
		this.uuid = uuid;
		this.full = full;
		run = new Memory(phone, "run");
	}

	/** Goes on with a commit that was interrupted, by what the host says it has. */
	void resume(Path database) throws IOException {
		try (ManifestDb manifest = ManifestDb.open(database)) {
			status(Metadata.MOVING, 92.0);
			List<String> payloads = new ArrayList<>();
			for (String folder : layout.snapshotFolders()) {
				for (String name : HostListing.of(link, folder).keySet()) {
					if (name.matches(FILE_ID) && manifest.find(name) != null) {
						payloads.add(name);
					}
				}
			}
			movePayloads(payloads);
			Map<String, Object> moves = new LinkedHashMap<>();
			for (String name : HostListing.of(link, layout.snapshot()).keySet()) {
				if (name.equals("Manifest.plist") || name.equals(layout.manifestName())) {
					moves.put(layout.snapshot() + "/" + name, layout.folder() + "/" + name);
				}
			}
			move(moves, 95.0);
			status(Metadata.REMOVING, 96.0);
			removeUnlisted(manifest);
			finish(manifest);
		}
	}

	/**
	 * Commits a run.
	 *
	 * @param base      what was there before, if the device knows
	 * @param payloads  what waits in the snapshot folder
	 * @param leftovers whether there may be payloads that no manifest names
	 */
	void commit(ManifestDb manifest, Path database, @Nullable ManifestDb base, List<String> payloads, boolean leftovers)
			throws IOException {
		status(Metadata.MOVING, 92.0);
		movePayloads(payloads);
		Map<String, Object> manifests = new LinkedHashMap<>();
		for (String name : List.of("Manifest.plist", layout.manifestName())) {
			manifests.put(layout.snapshot() + "/" + name, layout.folder() + "/" + name);
		}
		move(manifests, 95.0);
		status(Metadata.REMOVING, 96.0);
		if (base != null) {
			List<String> gone = new ArrayList<>();
			base.forEachNotIn(database, name -> remove(gone, layout.payload(name)));
			flush(gone);
		}
		if (leftovers) {
			removeUnlisted(manifest);
		} else {
			removeAll(List.of(layout.snapshot()));
		}
		finish(manifest);
	}

	private void movePayloads(List<String> payloads) throws IOException {
		Map<String, Object> moves = new LinkedHashMap<>();
		long moved = 0;
		for (String fileId : payloads) {
			moves.put(layout.snapshotPayload(fileId), layout.payload(fileId));
			if (moves.size() >= MOVES) {
				moved += moves.size();
				move(moves, 92.0 + 3.0 * moved / payloads.size());
				moves.clear();
			}
		}
		move(moves, 95.0);
	}

	private void move(Map<String, Object> moves, double progress) throws IOException {
		if (!moves.isEmpty()) {
			HostAnswer answer = link.move(moves, progress);
			if (!answer.ok()) {
				throw answer.failure(BackupFailure.HOST_WRITE, "Error moving files");
			}
		}
	}

	/** Removes what lies in the backup and is not in the manifest. */
	private void removeUnlisted(ManifestDb manifest) throws IOException {
		List<String> gone = new ArrayList<>();
		for (String folder : layout.payloadFolders()) {
			for (String name : HostListing.of(link, folder).keySet()) {
				if (name.matches(FILE_ID) && manifest.find(name) == null) {
					remove(gone, layout.payload(name));
				}
			}
		}
		flush(gone);
		removeAll(List.of(layout.snapshot()));
	}

	private void remove(List<String> gone, String path) throws IOException {
		gone.add(path);
		if (gone.size() >= MOVES) {
			flush(gone);
		}
	}

	private void flush(List<String> gone) throws IOException {
		if (!gone.isEmpty()) {
			removeAll(gone);
			gone.clear();
		}
	}

	private void removeAll(List<String> paths) throws IOException {
		HostAnswer answer = link.remove(paths, 97.0);
		if (!answer.ok() && !answer.onlyMissing()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Error removing files");
		}
	}

	private byte[] status(String state, double progress) throws IOException {
		byte[] status = Metadata.status(uuid, state, full, layout.sharded());
		BackupRun.uploadStatus(link, layout, status, progress);
		return status;
	}

	private void finish(ManifestDb manifest) throws IOException {
		byte[] status = status(Metadata.FINISHED, 98.0);
		Map<String, Object> memory = new HashMap<>(run.recall());
		memory.put("Status", Digests.hex(status));
		memory.keySet().retainAll(List.of("Status", "ManifestPlist", "Manifest"));
		HostSurvey.remembered(phone, layout).keep(memory);
		run.forget();
		verify(manifest, memory);
	}

	/** Reads back what was given, and looks whether everything is there. */
	private void verify(ManifestDb manifest, Map<String, Object> digests) throws IOException {
		same("Status.plist", digests.get("Status"), layout.status());
		same("Manifest.plist", digests.get("ManifestPlist"), layout.manifestPlist());
		Path copy = Memory.folder(phone).resolve("host-manifest");
		if (!link.fetch(layout.manifest(), copy) || !Digests.hex(copy).equals(digests.get("Manifest"))) {
			throw new BackupFailure(BackupFailure.CORRUPT, layout.manifestName() + " is not what was written");
		}
		boolean lie = faults.has("lie-listing");
		for (String folder : layout.payloadFolders()) {
			Map<String, HostListing.Entry> listed = new HashMap<>(HostListing.of(link, folder));
			if (lie && listed.keySet().removeIf(name -> name.matches(FILE_ID))) {
				lie = false;
			}
			verify(manifest, folder, listed);
		}
	}

	private void same(String name, @Nullable Object digest, String path) throws IOException {
		byte[] bytes = link.fetch(path, HostSurvey.MAX_PLIST);
		if (bytes == null || !Digests.hex(bytes).equals(digest)) {
			throw new BackupFailure(BackupFailure.CORRUPT, name + " is not what was written");
		}
	}

	private void verify(ManifestDb manifest, String folder, Map<String, HostListing.Entry> listed) throws IOException {
		String shard = folder.substring(folder.lastIndexOf('/') + 1);
		String where = layout.sharded() ? "+flags = 1 AND fileID >= '%s' AND fileID < '%sg'".formatted(shard, shard)
				: "flags = 1";
		manifest.forEach(where, "fileID", row -> {
			HostListing.Entry entry = listed.get(row.fileId());
			if (entry == null || !entry.regular()) {
				throw new BackupFailure(BackupFailure.CORRUPT,
						"Manifest references files not in backup: " + row.fileId());
			}
			long expected = MbFile.decode(row.file()).storedSize();
			if (entry.size() != expected) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Payload " + row.fileId() + " has " + entry.size()
						+ " bytes instead of " + expected);
			}
		});
	}
}
