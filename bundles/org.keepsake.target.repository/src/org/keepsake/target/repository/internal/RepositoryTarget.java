// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.ImportingTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.FolderImport;
import org.keepsake.repository.FolderImport.Imported;
import org.keepsake.repository.ImportOptions;
import org.keepsake.repository.RepositoryStats;
import org.keepsake.target.base.DeviceLock;

/** Backups as snapshots of a repository. Opens the repository when it is first used. */
final class RepositoryTarget implements ImportingTarget {

	/** How long others who have the repository for themselves are waited for. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String location;
	private final TargetFactory.Context context;
	private final Settings settings;
	private final Connections connections;
	private Connections.@Nullable Lease lease;

	RepositoryTarget(String location, TargetFactory.Context context, Settings settings, Connections connections) {
		this.location = location;
		this.context = context;
		this.settings = settings;
		this.connections = connections;
	}

	private synchronized Connections.Lease lease() throws IOException {
		Connections.Lease known = lease;
		if (known == null) {
			known = connections.lease(location, context, settings);
			lease = known;
		}
		return known;
	}

	/** Another use of the connection, for what may outlive this. */
	private Connections.Lease another() throws IOException {
		lease();
		return connections.lease(location, context, settings);
	}

	@Override
	public String location() {
		return location;
	}

	@Override
	public boolean encrypts() {
		return true;
	}

	@Override
	public List<Snapshot> snapshots() throws IOException {
		return told(RepositoryTarget::versions);
	}

	@Override
	public List<Snapshot> snapshots(Consumer<Problem> damage) throws IOException {
		return told(from -> from.listing().all(from.repository(), damage));
	}

	/** Lists versions. */
	@FunctionalInterface
	private interface Versions {
		List<Version> of(Connections.Lease from) throws IOException;
	}

	private List<Snapshot> told(Versions versions) throws IOException {
		try {
			return Listing.told(versions.of(lease()), location);
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public BackupTree open(Snapshot snapshot) throws IOException {
		Connections.Lease own = another();
		boolean opened = false;
		try {
			Version version = version(own, snapshot);
			BlobId folder = version.folder(own.repository());
			opened = true;
			return new KeptTree(version.name(), folder, own.repository(), new Reading(own));
		} catch (StorageException e) {
			throw told(e);
		} finally {
			if (!opened) {
				own.close();
			}
		}
	}

	private static List<Version> versions(Connections.Lease from) throws IOException {
		return from.listing().all(from.repository());
	}

	private Version version(Connections.Lease from, Snapshot snapshot) throws IOException {
		return versions(from).stream().filter(version -> version.id().equals(snapshot.id())).findFirst()
				.orElseThrow(() -> RepositoryTargetProblems.SNAPSHOT_GONE.exception(location));
	}

	@Override
	public WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) throws IOException {
		Connections.Lease own = another();
		boolean begun = false;
		try {
			WorkingTree tree = new Beginning(location, settings, own, device(udid), monitor).begin(options);
			begun = true;
			return tree;
		} catch (StorageException e) {
			throw told(e);
		} finally {
			if (!begun) {
				own.close();
			}
		}
	}

	/** What is remembered of a device on this computer. */
	private DeviceState device(Udid udid) throws IOException {
		Path folder = context.cache().resolve("devices").resolve(udid.value().toLowerCase(Locale.ROOT));
		return new DeviceState(udid, folder, location);
	}

	@Override
	public void delete(Snapshot snapshot, JobMonitor monitor) throws IOException {
		monitor.throwIfCancelled();
		Connections.Lease own = lease();
		DeviceState device = device(snapshot.summary().udid());
		try {
			version(own, snapshot);
			try (DeviceLock _ = device.lock()) {
				monitor.report(new JobEvent.Phase("deleting", Texts.DELETING.text()));
				Version version = version(own, snapshot);
				if (!version.alone()) {
					throw RepositoryTargetProblems.SHARED_SNAPSHOT.exception(location, version.record().brief());
				}
				own.repository().forget(List.of(version.record().id()), PATIENCE);
				device.forgetRunFrom(version.record().id());
				if (settings.prune()) {
					monitor.report(new JobEvent.Phase("freeing", Texts.FREEING.text()));
					new Retention(location, own, device).prune(0, monitor);
				}
			}
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public Capacity capacity() throws IOException {
		try {
			MeteredStorage storage = lease().storage();
			storage.recount();
			return storage.room();
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public Optional<StorageUse> usage(JobMonitor monitor) throws IOException {
		try {
			Connections.Lease own = lease();
			RepositoryStats stats = own.repository().stats(monitor);
			Map<SnapshotId, Long> freed = new HashMap<>();
			for (Version version : versions(own)) {
				if (version.alone()) {
					freed.put(version.id(), stats.freed().getOrDefault(version.record().id(), 0L));
				}
			}
			return Optional.of(new StorageUse(stats.storedBytes(),
					settings.quota() == Settings.UNLIMITED ? null : settings.quota(), freed));
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public OptionalLong freedBy(Collection<Snapshot> snapshots, JobMonitor monitor) throws IOException {
		try {
			Connections.Lease own = lease();
			Set<SnapshotId> ids = snapshots.stream().map(Snapshot::id).collect(Collectors.toSet());
			List<BlobId> records = versions(own).stream().filter(version -> ids.contains(version.id()))
					.filter(Version::alone).map(version -> version.record().id()).toList();
			return OptionalLong.of(own.repository().freedBy(records, monitor));
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public List<String> check() throws IOException {
		try {
			return new PlaceCheck(location, lease()).run();
		} catch (StorageException e) {
			throw told(e);
		}
	}

	private IOException told(StorageException e) {
		return switch (e.reason()) {
			case NO_SPACE -> StorageProblems.FULL.exceptionBecause(e, location);
			case FORBIDDEN -> StorageProblems.FORBIDDEN.exceptionBecause(e, location, String.valueOf(e.getMessage()));
			case NOT_FOUND, EXISTS ->
				StorageProblems.FAILED.exceptionBecause(e, location, String.valueOf(e.getMessage()));
		};
	}

	@Override
	public synchronized void close() {
		Connections.Lease known = lease;
		lease = null;
		if (known != null) {
			known.close();
		}
	}

	@Override
	public Set<SnapshotId> imported() throws IOException {
		try {
			return imported(lease());
		} catch (StorageException e) {
			throw told(e);
		}
	}

	private static Set<SnapshotId> imported(Connections.Lease from) throws IOException {
		return from.repository().readableSnapshots().stream().map(Layout::origin).flatMap(Optional::stream)
				.collect(Collectors.toSet());
	}

	@Override
	public long unusedBytes(JobMonitor monitor) throws IOException {
		try {
			RepositoryStats stats = lease().repository().stats(monitor);
			return Math.max(0, stats.storedBytes() - stats.usedBytes());
		} catch (StorageException e) {
			throw told(e);
		}
	}

	@Override
	public Optional<Snapshot> importBackup(Path folder, Snapshot backup, JobMonitor monitor) throws IOException {
		Connections.Lease own = lease();
		String origin = backup.id().value();
		try (DeviceLock _ = device(backup.summary().udid()).lock()) {
			monitor.report(new JobEvent.Phase("importing", Texts.TAKING.text()));
			if (imported(own).contains(backup.id())) {
				return Optional.empty();
			}
			ImportOptions options = new ImportOptions(Layout.tags(backup.summary(), origin), null,
					backup.summary().finishedAt(), settings.saving(PATIENCE));
			Imported imported = FolderImport.run(own.repository(), folder, backup.summary().udid().value(), options,
					monitor);
			if (!imported.skipped().isEmpty()) {
				monitor.report(new JobEvent.Notice("import.skipped",
						Texts.SKIPPED.text(imported.skipped().size(), imported.skipped().getFirst()), false));
			}
			Version version = own.listing().of(own.repository(), imported.snapshot()).getFirst();
			return Optional.of(Listing.told(version, location, isNewest(own, version)));
		} catch (StorageException e) {
			throw told(e);
		}
	}

	private static boolean isNewest(Connections.Lease from, Version version) throws IOException {
		return versions(from).stream().filter(other -> other.summary().udid().equals(version.summary().udid()))
				.filter(other -> other.summary().complete()).findFirst().filter(version::isSame).isPresent();
	}
}
