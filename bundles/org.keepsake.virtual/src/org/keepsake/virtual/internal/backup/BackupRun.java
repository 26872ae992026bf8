// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * One backup, in the order of a real device: survey, space, folders, status, payloads, manifest, moving, removing,
 * finished, verification. What the device must know to go on after an interruption is kept in its state folder.
 */
final class BackupRun {

	private static final long SPARE_BYTES = 128L << 20;
	private static final long PURGE_EXTRA = 2L << 30;
	private static final long PURGE_URGENCY = 4;
	private static final long BYTES_PER_ENTRY = 1024;

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;
	private final Faults faults;
	private final DeviceKeys keys;
	private final Path folder;
	private final Path database;
	private final Memory run;
	private @Nullable String outdated;

	BackupRun(Phone phone, HostLink link, String hostFolder, Faults faults, DeviceKeys keys) throws IOException {
		this.phone = phone;
		this.link = link;
		this.faults = faults;
		this.keys = keys;
		layout = Layout.of(hostFolder, phone.iosVersion());
		folder = Memory.folder(phone);
		database = folder.resolve("run.db");
		run = new Memory(phone, "run");
	}

	/** Does it all. @throws BackupFailure with the code that the host is to hear */
	void run(boolean forceFull) throws IOException {
		HostSurvey survey = new HostSurvey(phone, link, layout, keys);
		new Hostility(phone, link, layout, faults).strike();
		HostSurvey.Plan plan = forceFull ? new HostSurvey.Full(true) : survey.decide();
		if (plan instanceof HostSurvey.Committing committing) {
			// what was uploaded is committed first, and what has changed since then is a run of its own
			new BackupCommit(phone, link, layout, faults, committing.uuid(), committing.full()).resume(database);
			plan = survey.decide();
		}
		switch (plan) {
			case HostSurvey.Full full -> backUp(null, null, full.leftovers());
			case HostSurvey.Incremental incremental -> backUp(incremental.base(), null, false);
			case HostSurvey.Uploading uploading -> backUp(uploading.base(), uploading.uuid(), true);
			case HostSurvey.Committing _ ->
				throw new BackupFailure(BackupFailure.CORRUPT, "Backup can not be completed");
			case HostSurvey.Outdated _ -> {
				moveAway();
				backUp(null, null, false);
			}
		}
		if (outdated != null) {
			link.remove(List.of(outdated), 100.0);
		}
	}

	private void moveAway() throws IOException {
		String stamp = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
		String archive = layout.folder() + "-" + stamp;
		HostAnswer answer = link.move(Map.of(layout.folder(), archive), 0.0);
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Old backup can not be moved away");
		}
		outdated = archive;
	}

	private void backUp(@Nullable Path base, @Nullable String resumed, boolean leftovers) throws IOException {
		KeychainBackup.refresh(phone, keys);
		Path partialFile = folder.resolve("partial.db");
		boolean resume = resumed != null && Files.exists(database);
		if (resume) {
			Files.move(database, partialFile, StandardCopyOption.REPLACE_EXISTING);
		}
		String uuid = resumed != null ? resumed : UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
		boolean full = base == null;
		Map<String, Long> snapshot = resume ? listSnapshot() : Map.of();
		ManifestDb manifest = ManifestDb.create(database);
		try (manifest;
				ManifestDb baseDb = base == null ? null : ManifestDb.open(base);
				ManifestDb partial = resume ? ManifestDb.open(partialFile) : null;
				VirtualFiles.Snapshot files = files()) {
			PayloadSender sender = new PayloadSender(link, layout, keys, faults, manifest, baseDb, partial, snapshot);
			space(sender.measure(files));
			prepare(uuid, full);
			sender.send(files);
			manifest.index();
			complete(uuid, full, sender, manifest, baseDb, leftovers);
		}
	}

	/** All that belongs into the backup, as it is now. */
	private VirtualFiles.Snapshot files() throws IOException {
		VirtualFiles.Snapshot all = phone.files().snapshot();
		return keys.encrypted() ? all : new OnlyEncrypted(phone.iosVersion()).without(all);
	}

	private Map<String, Long> listSnapshot() throws IOException {
		Map<String, Long> sizes = new HashMap<>();
		for (String shard : layout.snapshotFolders()) {
			HostListing.of(link, shard).forEach((name, entry) -> {
				if (entry.regular()) {
					sizes.put(name, entry.size());
				}
			});
		}
		return sizes;
	}

	/** The host must have room for what will come, and some to spare. */
	private void space(PayloadSender.Amount amount) throws IOException {
		long free = link.freeSpace();
		long needed = amount.bytes() + amount.files() * BYTES_PER_ENTRY + SPARE_BYTES;
		if (faults.has("disk-full")) {
			needed = Math.max(0, free) + faults.number("disk-full", 1L << 40);
		}
		if (free <= needed && faults.has("purge")) {
			HostAnswer answer = link.ask("DLMessagePurgeDiskSpace", needed - free + PURGE_EXTRA, PURGE_URGENCY);
			phone.setSetting("observed.purge-answer", Long.toString(answer.code()));
			free = answer.ok() ? link.freeSpace() : free;
		}
		if (free <= needed) {
			throw new BackupFailure(BackupFailure.HOST_FULL, "Insufficient free disk space on drive to back up (need "
					+ needed + " bytes, have " + free + ")");
		}
	}

	private void prepare(String uuid, boolean full) throws IOException {
		for (String directory : layout.directories()) {
			HostAnswer answer = link.createDirectory(directory);
			if (!answer.ok() && answer.code() != HostAnswer.EXISTS) {
				throw answer.failure(BackupFailure.HOST_WRITE, "Error creating " + directory);
			}
		}
		Map<String, Object> memory = new LinkedHashMap<>();
		memory.put("UUID", uuid);
		memory.put("Folder", layout.folder());
		memory.put("KeyBag", Digests.hex(keys.bag().encoded()));
		memory.put("Phase", Metadata.UPLOADING);
		memory.put("Full", full);
		run.keep(memory);
		uploadStatus(link, layout, Metadata.status(uuid, Metadata.UPLOADING, full, layout.sharded()), 4.0);
	}

	static void uploadStatus(HostLink link, Layout layout, byte[] status, double progress) throws IOException {
		UploadStream stream = link.upload(status.length, progress);
		stream.name("/.b/6/Status.plist", layout.status());
		stream.content(new ByteArrayInputStream(status), 32 << 10);
		HostAnswer answer = stream.finish();
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Error writing Status.plist");
		}
	}

	private void complete(String uuid, boolean full, PayloadSender sender, ManifestDb manifest,
			@Nullable ManifestDb base,
			boolean leftovers) throws IOException {
		Map<String, Object> plist = Metadata.manifest(phone, keys, layout.sharded(), sender.domains());
		Path packed = ManifestFiles.pack(phone, keys, plist, database, folder.resolve("packed-manifest"));
		byte[] plistBytes = BinaryPlistWriter.write(plist);
		UploadStream stream = link.upload(plistBytes.length + Files.size(packed), 91.0);
		stream.name("/.b/6/Manifest.plist", layout.snapshot() + "/Manifest.plist");
		stream.content(new ByteArrayInputStream(plistBytes), 32 << 10);
		stream.name("/.b/6/" + layout.manifestName(), layout.snapshot() + "/" + layout.manifestName());
		try (InputStream in = Files.newInputStream(packed)) {
			stream.content(in, 128 << 10);
		}
		HostAnswer answer = stream.finish();
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Error writing the manifest");
		}
		Map<String, Object> memory = run.recall();
		memory.put("Phase", Metadata.MOVING);
		memory.put("ManifestPlist", Digests.hex(plistBytes));
		memory.put("Manifest", Digests.hex(packed));
		run.keep(memory);
		new BackupCommit(phone, link, layout, faults, uuid, full).commit(manifest, database, base, sender.inSnapshot(),
				leftovers);
	}
}
