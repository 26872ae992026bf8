// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.util.ArrayList;
import java.util.List;

/**
 * Where things are in a backup on the host: sharded since iOS 10, flat before.
 *
 * @param folder  the backup's folder below the host's root, which is the device's identifier
 * @param sharded whether payloads are in 256 folders
 */
record Layout(String folder, boolean sharded) {

	private static final int SHARDS = 256;

	static Layout of(String folder, String iosVersion) {
		return new Layout(folder, Versions.atLeast(iosVersion, "10.0"));
	}

	String status() {
		return folder + "/Status.plist";
	}

	String info() {
		return folder + "/Info.plist";
	}

	String manifestPlist() {
		return folder + "/Manifest.plist";
	}

	String manifestName() {
		return sharded ? "Manifest.db" : "Manifest.mbdb";
	}

	String manifest() {
		return folder + "/" + manifestName();
	}

	/** Where a run gathers what is new. */
	String snapshot() {
		return folder + "/Snapshot";
	}

	String payload(String fileId) {
		return below(folder, fileId);
	}

	String snapshotPayload(String fileId) {
		return below(snapshot(), fileId);
	}

	private String below(String root, String fileId) {
		return sharded ? root + "/" + fileId.substring(0, 2) + "/" + fileId : root + "/" + fileId;
	}

	/** All folders that must exist before a run uploads. */
	List<String> directories() {
		List<String> all = new ArrayList<>();
		all.add(folder);
		all.addAll(shards(folder));
		all.add(snapshot());
		all.addAll(shards(snapshot()));
		return all;
	}

	/** The folders that hold payloads, below the backup's folder. */
	List<String> payloadFolders() {
		return sharded ? shards(folder) : List.of(folder);
	}

	/** The folders that hold payloads of a run. */
	List<String> snapshotFolders() {
		return sharded ? shards(snapshot()) : List.of(snapshot());
	}

	private List<String> shards(String root) {
		List<String> names = new ArrayList<>();
		for (int i = 0; sharded && i < SHARDS; i++) {
			names.add("%s/%02x".formatted(root, i));
		}
		return names;
	}
}
