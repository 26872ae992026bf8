// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.StorageUse;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.target.WorkingTree;

/**
 * A target in memory that keeps its promises: a working tree begins as the interrupted run or a copy of the newest
 * version, and versions change by commit alone.
 */
final class FakeTarget implements BackupTarget {

	final String location;
	final List<Version> versions = new ArrayList<>();
	final Map<Udid, TreeMap<String, byte[]>> interrupted = new HashMap<>();
	final List<String> log = new ArrayList<>();
	long freeBytes = 1L << 40;
	@Nullable
	StorageUse use;
	IOException failure;
	IOException commitFailure;
	Runnable onCommit = () -> {
	};

	/** One version. */
	record Version(Snapshot snapshot, TreeMap<String, byte[]> files) {
	}

	FakeTarget(String location) {
		this.location = location;
	}

	/** Keeps a version with this content. */
	Snapshot keep(String udid, Instant finished, boolean complete, String... pathsAndTexts) {
		return keep(new Udid(udid), finished, complete, FakeTree.of(pathsAndTexts).files);
	}

	private Snapshot keep(Udid udid, Instant finished, boolean complete, TreeMap<String, byte[]> files) {
		long size = files.values().stream().mapToLong(content -> content.length).sum();
		byte[] manifest = files.getOrDefault(udid.value() + "/Manifest.plist", new byte[0]);
		boolean encrypted = new String(manifest).startsWith("encrypted");
		BackupSummary summary = new BackupSummary(udid, "Phone", "iPhone15,2", new IosVersion("18.5"), finished, size,
				files.size(), encrypted, complete);
		// Spread over the beginnings, as digests are.
		String id = String.format(Locale.ROOT, "%08x%08x", (versions.size() + 1) * 0x10100101, location.hashCode());
		Snapshot snapshot = new Snapshot(new SnapshotId(id), summary, location + '/' + udid.value() + '/' + id, true);
		versions.add(0, new Version(snapshot, new TreeMap<>(files)));
		return snapshot;
	}

	TreeMap<String, byte[]> newest(String udid) {
		return versions.stream().filter(version -> version.snapshot().summary().udid().equals(new Udid(udid)))
				.findFirst().orElseThrow().files();
	}

	@Override
	public String location() {
		return location;
	}

	@Override
	public List<Snapshot> snapshots() throws IOException {
		failIfAsked();
		return versions.stream().map(Version::snapshot).toList();
	}

	@Override
	public BackupTree open(Snapshot snapshot) throws IOException {
		failIfAsked();
		Version version = versions.stream().filter(each -> each.snapshot().id().equals(snapshot.id())).findFirst()
				.orElseThrow();
		return new FakeTree(version.files()).folder(snapshot.summary().udid().value());
	}

	@Override
	public WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) throws IOException {
		failIfAsked();
		log.add(options.startEmpty() ? "begin empty"
				: interrupted.containsKey(udid) ? "begin resumed" : "begin newest");
		TreeMap<String, byte[]> files = new TreeMap<>();
		if (!options.startEmpty()) {
			files.putAll(interrupted.getOrDefault(udid, versions.stream()
					.filter(version -> version.snapshot().summary().udid().equals(udid)).findFirst()
					.map(Version::files).orElse(files)));
		}
		return new Work(udid, files);
	}

	@Override
	public void delete(Snapshot snapshot, JobMonitor monitor) {
		versions.removeIf(version -> version.snapshot().id().equals(snapshot.id()));
	}

	@Override
	public Capacity capacity() throws IOException {
		failIfAsked();
		return new Capacity(freeBytes, null);
	}

	@Override
	public Optional<StorageUse> usage(JobMonitor monitor) {
		return Optional.ofNullable(use);
	}

	@Override
	public List<String> check() throws IOException {
		failIfAsked();
		return List.of("Hard links work.");
	}

	private void failIfAsked() throws IOException {
		if (failure != null) {
			throw failure;
		}
	}

	@Override
	public void close() {
		log.add("close target");
	}

	/** A working tree. */
	private final class Work extends FakeTree implements WorkingTree {

		private final Udid udid;
		private boolean open = true;

		Work(Udid udid, TreeMap<String, byte[]> files) {
			super(files);
			this.udid = udid;
		}

		@Override
		public Snapshot commit(JobMonitor monitor) throws IOException {
			log.add("commit");
			onCommit.run();
			monitor.throwIfCancelled();
			if (commitFailure != null) {
				throw commitFailure;
			}
			open = false;
			interrupted.remove(udid);
			return keep(udid, Instant.parse("2026-11-23T12:00:00Z"), true, files);
		}

		@Override
		public void discard() {
			log.add("discard");
			open = false;
			interrupted.remove(udid);
		}

		@Override
		public void close() {
			if (open) {
				log.add("close tree");
				open = false;
				interrupted.put(udid, new TreeMap<>(files));
			}
		}
	}

	/** Opens the given targets by their locations; the first is the default. */
	static TargetFactory factory(FakeTarget... targets) {
		return new TargetFactory() {
			@Override
			public boolean accepts(String location) {
				return location.startsWith("mem:") || location.startsWith("/");
			}

			@Override
			public String defaultLocation() {
				return targets.length == 0 ? null : targets[0].location;
			}

			@Override
			public BackupTarget open(String location, Context context) {
				for (FakeTarget target : targets) {
					if (target.location.equals(location)) {
						return target;
					}
				}
				return new FakeTarget(location);
			}
		};
	}
}
