// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Problem;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;

/**
 * The server goes away, or its disk is full, in the middle of a whole backup. {@code -Dkeepsake.restarts=N} sets how often
 * each server is killed.
 */
@Timeout(3600)
class StoreTroubleTest {

	private static final int RESTARTS = Integer.getInteger("keepsake.restarts", 1);
	private static final int PHOTOS = 14;
	private static final int PHOTO_BYTES = 2_000_000;
	private static final int DISK_MEGABYTES = 400;
	/** Of all kinds of repositories. */
	private static final Map<String, String> SETTINGS = Map.of("prune", "never", "pack.size", "4M");
	/** A folder has no such; slow enough for a pack to be on its way whenever something happens. */
	private static final Map<String, String> OF_SERVERS = Map.of("limit.upload", "20M");

	@TempDir
	Path folder;

	private final long seed = Long.getLong("keepsake.seed", System.nanoTime());
	private final Random random = new Random(seed);

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "FOLDER")
	void aServerThatIsKilledAndStartedAgainOnlyDelaysABackup(Store.Kind kind) throws Exception {
		System.out.println(kind + ", seed " + seed);
		try (Store store = kind.open(folder.resolve("server")); Lab lab = lab(kind, store)) {
			long whole = backup(lab, lab.monitor).transfer().bytesReceived();
			for (int restart = 0; restart < RESTARTS; restart++) {
				lab.putPhotos(0, PHOTOS, PHOTO_BYTES, random);
				Map<String, Long> before = lab.packs();
				Map<String, Long> then = new HashMap<>();
				CompletableFuture<Void> started = new CompletableFuture<>();
				long moment = whole / 4 + random.nextLong(whole / 2);
				BackupResult result = backup(lab, when(moment, () -> {
					store.kill();
					then.putAll(lab.packs());
					started.completeAsync(() -> start(store));
				}));
				started.get();
				String when = "killed at " + moment + " of " + whole + ", seed " + seed;
				assertTrue(lab.packs().size() > then.size(), when);
				assertEquals(lab.unencryptedFilesOf(0), lab.filesOf(result.backup()), when);
				lab.assertStoreSound(when);
				Restic.check(lab);
				Restic.assertNothingIsStoredTwice(lab);
				System.out.println(when + ": " + (then.size() - before.size()) + " packs before, "
						+ (lab.packs().size() - then.size()) + " after");
			}
		}
	}

	private static Void start(Store store) {
		try {
			store.start();
			return null;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** What happens in the middle of a backup, on the device's own thread: it waits meanwhile. */
	@FunctionalInterface
	private interface Accident {
		void happen() throws IOException;
	}

	/** Lets something happen once so much has come from the device. */
	private static JobControl when(long bytes, Accident accident) {
		AtomicBoolean happened = new AtomicBoolean();
		return new JobControl(event -> {
			if (event instanceof JobEvent.Progress progress && progress.bytesDone() >= bytes
					&& happened.compareAndSet(false, true)) {
				try {
					accident.happen();
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				}
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void aFullDiskIsToldAndLeavesWhatWasKept(Store.Kind kind) throws Exception {
		System.out.println(kind + ", seed " + seed);
		try (Store store = kind.open(folder.resolve("server"));
				SmallDisk disk = SmallDisk.at(store.files(), DISK_MEGABYTES);
				Lab lab = lab(kind, store)) {
			BackupResult first = backup(lab, lab.monitor);
			long whole = first.transfer().bytesReceived();
			if (kind != Store.Kind.FOLDER) {
				lab.keepsake.targets().configure("store", Map.of("retry.seconds", "1"));
			}
			lab.putPhotos(0, PHOTOS, PHOTO_BYTES, random);
			Map<String, Long> before = lab.packs();
			Problem problem = Lab.problemOf(() -> backup(lab, when(whole / 3, disk::fill)));
			assertTrue(told(kind).contains(problem.code()), problem::toString);
			assertFalse(problem.remedy().isEmpty());
			assertEquals(List.of(first.backup().snapshot().id()),
					lab.versions(0).stream().map(version -> version.snapshot().id()).toList());
			Restic.check(lab);
			Map<String, Long> packs = lab.packs();
			packs.keySet().removeAll(before.keySet());

			disk.clear();
			BackupResult next = backup(lab, lab.monitor);
			assertEquals(lab.unencryptedFilesOf(0), lab.filesOf(next.backup()));
			assertTrue(lab.packs().keySet().containsAll(packs.keySet()));
			lab.assertStoreSound("after room was made");
			Restic.assertNothingIsStoredTwice(lab);
		}
	}

	/** What a person is told, by the device, which asks for the room left, or by the store; some servers name no reason. */
	private static Set<String> told(Store.Kind kind) {
		return switch (kind) {
			case FOLDER, SFTP, SMB -> Set.of("device.host-disk-full", "storage.full");
			case REST, S3 -> Set.of("device.host-disk-full", "storage.full", "storage.failed");
		};
	}

	private Lab lab(Store.Kind kind, Store store) throws Exception {
		Map<String, String> settings = new TreeMap<>(SETTINGS);
		settings.putAll(kind == Store.Kind.FOLDER ? Map.of() : OF_SERVERS);
		Lab lab = Lab.with(store, settings, folder.resolve("lab"), Lab.device(folder.resolve("phone"), 33, false));
		lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
		lab.putPhotos(0, PHOTOS, PHOTO_BYTES, random);
		return lab;
	}

	private static BackupResult backup(Lab lab, JobControl monitor) throws IOException {
		return lab.keepsake.backup(new BackupRequest(lab.udid(0), lab.shelf(), true, 1), monitor);
	}
}
