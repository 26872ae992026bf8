// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Form;
import org.keepsake.core.storage.Setting.Option;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.repository.RepositoryAccess;
import org.keepsake.testing.MemoryStorage;

/** Places with real repositories in memory, at {@code restic:NAME}; what backups are in them a test says. */
public final class Vaults implements TargetFactory, StorageFactory {

	private static final String SCHEME = "restic:";

	/** Where the repositories are. */
	public final MemoryStorage memory = new MemoryStorage();
	/** The backups that are in every one of them, newest first. */
	public final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();

	@Override
	public boolean accepts(String location) {
		return location.startsWith(SCHEME);
	}

	@Override
	public @Nullable String defaultLocation() {
		return null;
	}

	@Override
	public List<Setting> settings(String location, Storages storages) {
		return List.of(setting("quota", Topic.STORING, new Form.Line("no limit")),
				setting("prune", Topic.STORING,
						new Form.Choice(List.of(new Option("auto", "By itself"), new Option("never", "Never")))),
				setting("append-only", Topic.STORING, new Form.Flag()),
				setting("ca", Topic.SERVER, new Form.File("those of this computer")),
				setting(REPOSITORY_PASSWORD, Topic.SERVER, new Form.Hidden()));
	}

	private static Setting setting(String key, Topic topic, Form form) {
		return new Setting(key, topic, form, "The " + key, "What the " + key + " does.");
	}

	@Override
	public Storage open(String location, StorageFactory.Context context) throws IOException {
		return memory.open(location, context);
	}

	@Override
	public BackupTarget open(String location, TargetFactory.Context context) throws IOException {
		if ("much".equals(context.settings().get("quota"))) {
			throw StorageProblems.LOCATION.exception(location, "quota=50GB");
		}
		return new Vault(location, context);
	}

	private final class Vault implements BackupTarget {

		private final String location;
		private final TargetFactory.Context context;

		Vault(String location, TargetFactory.Context context) {
			this.location = location;
			this.context = context;
		}

		private void unlock() throws IOException {
			RepositoryAccess.open(location, context).close();
		}

		@Override
		public String location() {
			return location;
		}

		@Override
		public List<Snapshot> snapshots() throws IOException {
			unlock();
			return List.copyOf(snapshots);
		}

		@Override
		public Capacity capacity() throws IOException {
			unlock();
			return new Capacity(5_000_000_000L, Long.valueOf(50_000_000_000L));
		}

		@Override
		public Optional<StorageUse> usage(JobMonitor monitor) throws IOException {
			unlock();
			Map<SnapshotId, Long> freed = snapshots.stream()
					.collect(Collectors.toMap(Snapshot::id, each -> Long.valueOf(each.summary().files() * 1_000_000)));
			return Optional.of(new StorageUse(45_000_000_000L, Long.valueOf(50_000_000_000L), freed));
		}

		@Override
		public List<String> check() throws IOException {
			unlock();
			return List.of("A small file was written and read.");
		}

		@Override
		public void delete(Snapshot snapshot, JobMonitor monitor) throws IOException {
			unlock();
			snapshots.remove(snapshot);
		}

		@Override
		public BackupTree open(Snapshot snapshot) {
			throw new AssertionError(snapshot);
		}

		@Override
		public WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) {
			throw new AssertionError(udid);
		}

		@Override
		public void close() {
			// Every use opens the repository anew.
		}
	}
}
