// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.drill.DrillDevice;
import org.keepsake.core.drill.DrillDevice.Entry;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Extensions;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.Proof.Counted;
import org.keepsake.engine.Proof.Damage;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.JobLocks;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.Timing;
import org.keepsake.engine.internal.data.OpenedContent;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.Phone;
import org.keepsake.engine.internal.device.Waits;
import org.keepsake.engine.internal.restore.Aftermath;
import org.keepsake.engine.internal.restore.RestoreJob;
import org.keepsake.engine.internal.restore.RestorePlanner;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.PrivateTemp;

/**
 * Rehearses the restore of a version: onto a simulated device that is blank, through the protocol as a real one speaks
 * it. Then every file is compared with what the device holds, and every data set's count. All of it lies in one private
 * folder, which is gone afterwards. Used once, by one thread.
 */
public final class Drill {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.proof");
	private static final long SPARE_BYTES = 256L << 20;
	private static final Duration ATTACHING = Duration.ofSeconds(30);
	private static final int MOST_TOLD = 10_000;

	private final Parts parts;
	private final KeptBackup backup;
	private final @Nullable Secret password;
	private final JobMonitor monitor;
	private final List<Damage> damage = new ArrayList<>();
	private final MessageDigest sha256;
	private long files;
	private long bytes;

	/**
	 * What a rehearsal is made with.
	 *
	 * @param extensions  starts the device, and makes transports to it
	 * @param environment the process' environment variables
	 * @param phones      speaks to devices
	 * @param planner     checks before
	 * @param timing      how long to wait
	 * @param clock       measures
	 * @param scratch     an existing private folder; the device's files go below it
	 */
	public record Parts(Extensions extensions, Map<String, String> environment, Phone.Maker phones,
			RestorePlanner planner, Timing timing, Clock clock, Path scratch) {
	}

	/** Opens the version's tree; the caller closes it. */
	@FunctionalInterface
	public interface Trees {
		/** Opens it. */
		BackupTree open() throws IOException;
	}

	/** @param password null for a backup in clear */
	public Drill(Parts parts, KeptBackup backup, @Nullable Secret password, JobMonitor monitor) {
		this.parts = parts;
		this.backup = backup;
		this.password = password;
		this.monitor = monitor;
		try {
			sha256 = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every JDK has SHA-256", e);
		}
	}

	/**
	 * Rehearses. What goes wrong with the backup is in the result.
	 *
	 * @param opened the backup's files, unlocked
	 * @param data   what is in them
	 * @param trees  opens the version once more, for the restore
	 */
	public Proof run(Backup opened, OpenedContent data, Trees trees) throws IOException {
		long began = System.nanoTime();
		List<DrillDeviceFactory> factories = parts.extensions().drills();
		if (factories.isEmpty()) {
			throw EngineProblems.NO_DRILL_DEVICE.exception();
		}
		long size = size(opened);
		room(size);
		List<Counted> counted = List.of();
		try (PrivateTemp temp = PrivateTemp.create(parts.scratch())) {
			Path folder = Files.createDirectory(temp.folder().resolve("device"));
			monitor.report(new JobEvent.Phase("starting-device", Texts.of("phase.starting-device")));
			try (DrillDevice device = factories.getFirst()
					.start(new DrillDeviceFactory.Wish(folder, backup.snapshot().summary().iosVersion(), size))) {
				if (restored(device, temp, trees)) {
					compare(opened, device);
					counted = count(data, new DrillContent(device, data.content(),
							Files.createDirectory(temp.folder().resolve("copies"))));
				}
			}
		}
		return new Proof(ProofLevel.DRILL, files, bytes, counted, damage, List.of(),
				Duration.ofNanos(System.nanoTime() - began));
	}

	/** Bytes of all files, as the index says. */
	private long size(Backup opened) throws IOException {
		long[] sum = new long[1];
		opened.forEach(FileFilter.ALL, file -> {
			monitor.throwIfCancelled();
			sum[0] += Math.max(0, file.sizeBytes());
			return true;
		});
		return sum[0];
	}

	private void room(long size) throws IOException {
		long free = Files.getFileStore(parts.scratch()).getUsableSpace();
		long needed = size + size / 4 + SPARE_BYTES;
		if (free < needed) {
			throw EngineProblems.CACHE_FULL.exception(parts.scratch().toString(), Human.bytes(free),
					Human.bytes(needed));
		}
	}

	/** Restores through a transport of its own; what stood in the way is damage. */
	private boolean restored(DrillDevice device, PrivateTemp temp, Trees trees) throws IOException {
		Map<String, String> environment = new HashMap<>(parts.environment());
		environment.putAll(device.environment());
		Home home = new Home(temp.folder().resolve("home"));
		List<Transport> transports = parts.extensions().transports()
				.make(new TransportFactory.Context(home.folder(), Map.copyOf(environment)));
		try (BackupTree tree = trees.open()) {
			AttachedDevices devices = new AttachedDevices(transports, parts.phones(), new JobLocks());
			try (Waits waits = new Waits(devices, device.udid())) {
				if (!waits.untilPresent(ATTACHING, monitor)) {
					monitor.throwIfCancelled();
					throw EngineProblems.NOT_ATTACHED.exception(device.udid().value());
				}
			}
			RestoreRequest request = new RestoreRequest(backup, device.udid(), password, true, false, false, true,
					true);
			RestoreJob.Parts job = new RestoreJob.Parts(devices, parts.planner(),
					new Aftermath(devices, parts.timing()), new Journal(home, parts.clock()),
					home.make(home.resolve("scratch")), parts.clock());
			new RestoreJob(job, request, device.udid(), tree, new Unattended(monitor)).run();
			monitor.throwIfCancelled();
			return true;
		} catch (CancelledException e) {
			throw e;
		} catch (ProblemException e) {
			monitor.throwIfCancelled();
			LOG.log(System.Logger.Level.INFO, "The rehearsed restore failed", e);
			Problem problem = e.problem();
			damage.add(new Damage(List.of(), "", "", Texts.of("proof.restore-failed",
					problem.title() + (problem.cause().isBlank() ? "" : ". " + problem.cause())), null));
			return false;
		} finally {
			transports.forEach(Drill::close);
		}
	}

	private static void close(Transport transport) {
		try {
			transport.close();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Closing a transport", e);
		}
	}

	private void compare(Backup opened, DrillDevice device) throws IOException {
		monitor.report(new JobEvent.Phase("comparing", Texts.of("phase.comparing")));
		opened.forEach(FileFilter.ALL, file -> {
			monitor.throwIfCancelled();
			if (!file.path().isEmpty()) {
				compare(opened, file, device);
			}
			if (files % 50 == 0) {
				monitor.report(new JobEvent.Progress(-1, bytes, -1, files, -1));
			}
			return damage.size() < MOST_TOLD;
		});
	}

	private void compare(Backup opened, BackupFile file, DrillDevice device) throws IOException {
		Optional<Entry> there = device.find(file.domain(), file.path());
		if (there.isEmpty()) {
			differs(file, "proof.not-restored");
			return;
		}
		Entry entry = there.get();
		boolean alike = switch (file.kind()) {
			case DIRECTORY -> entry.kind() == DrillDevice.Kind.DIRECTORY;
			case LINK -> entry.kind() == DrillDevice.Kind.LINK
					&& String.valueOf(file.linkTarget()).equals(String.valueOf(entry.linkTarget()));
			case FILE -> entry.kind() == DrillDevice.Kind.FILE && isSame(opened, file, device, entry);
		};
		if (!alike) {
			differs(file, "proof.restored-otherwise");
		}
	}

	private void differs(BackupFile file, String key) {
		damage.add(new Damage(List.of(), file.domain(), file.path(), Texts.of(key), null));
	}

	private boolean isSame(Backup opened, BackupFile file, DrillDevice device, Entry entry) throws IOException {
		files++;
		bytes += Math.max(0, file.sizeBytes());
		try (InputStream kept = opened.read(file); InputStream restored = device.open(entry)) {
			return Arrays.equals(digest(kept), digest(restored));
		} catch (ProblemException e) {
			LOG.log(System.Logger.Level.INFO, "A file of the backup cannot be read", e);
			return false;
		}
	}

	private byte[] digest(InputStream in) throws IOException {
		byte[] buffer = new byte[1 << 16];
		for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
			monitor.throwIfCancelled();
			sha256.update(buffer, 0, length);
		}
		return sha256.digest();
	}

	private List<Counted> count(OpenedContent data, DrillContent restored) throws IOException {
		monitor.report(new JobEvent.Phase("counting", Texts.of("phase.counting")));
		List<Counted> counted = new ArrayList<>();
		for (DataSet dataSet : data.dataSets()) {
			Survey kept = data.survey(dataSet, monitor);
			Survey device = data.over(restored).survey(dataSet, monitor);
			counted.add(new Counted(dataSet.id(), dataSet.title(), kept, Long.valueOf(device.count())));
			if (kept.presence() != device.presence() || kept.count() != device.count()) {
				damage.add(new Damage(List.of(dataSet.title()), "", dataSet.id(),
						Texts.of("proof.other-count", Human.number(kept.count()), Human.number(device.count())), null));
			} else if (kept.presence() == Survey.Presence.UNREADABLE) {
				damage.add(new Damage(List.of(dataSet.title()), "", dataSet.id(), String.join(" ", kept.remarks()),
						null));
			}
		}
		return counted;
	}
}
