// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/** What lies in a backup's folder, found by listing it once. Not thread-safe. */
final class StoredFiles {

	private static final Set<String> KNOWN = Set.of("Info.plist", "Status.plist", "Manifest.plist", "Manifest.db",
			"Manifest.mbdb", "Manifest.mbdx");
	private static final int MAX_UNALIGNED = 1000;
	private static final String SNAPSHOT = "Snapshot";

	final PayloadTable table = new PayloadTable(ThreadLocalRandom.current().nextLong());
	/** Stored bytes of all payloads. */
	private long bytes;
	/** Payloads whose length is not whole cipher blocks, the first so many. */
	private final List<TreeEntry> unaligned = new ArrayList<>();
	/** Files that do not belong to a backup. */
	private long foreign;
	/** Whether an unfinished run left its folder. */
	private boolean snapshot;

	private StoredFiles() {
	}

	/** Lists the tree. */
	static StoredFiles list(BackupTree tree, JobMonitor monitor) throws IOException {
		StoredFiles files = new StoredFiles();
		for (TreeEntry entry : tree.list(TreePath.ROOT)) {
			monitor.throwIfCancelled();
			if (FileIds.isValid(entry.name())) {
				files.add(entry);
			} else if (entry.isDirectory() && isShard(entry.name())) {
				files.shard(tree, entry.name());
			} else if (entry.name().equals(SNAPSHOT)) {
				files.snapshot = true;
			} else if (!KNOWN.contains(entry.name())) {
				files.foreign++;
			}
		}
		return files;
	}

	private static boolean isShard(String name) {
		return name.length() == 2 && FileIds.isValid(name + "0".repeat(38));
	}

	private void shard(BackupTree tree, String name) throws IOException {
		for (TreeEntry entry : tree.list(new TreePath(name))) {
			if (FileIds.isValid(entry.name()) && entry.name().startsWith(name)) {
				add(entry);
			} else {
				foreign++;
			}
		}
	}

	private void add(TreeEntry entry) {
		table.put(entry.name(), entry.isFile() ? entry.sizeBytes() : PayloadTable.NO_FILE);
		bytes += entry.sizeBytes();
		if (entry.sizeBytes() % Workspace.BLOCK != 0 && unaligned.size() < MAX_UNALIGNED) {
			unaligned.add(entry);
		}
	}

	long bytes() {
		return bytes;
	}

	List<TreeEntry> unaligned() {
		return unaligned;
	}

	long foreign() {
		return foreign;
	}

	boolean hasSnapshot() {
		return snapshot;
	}
}
