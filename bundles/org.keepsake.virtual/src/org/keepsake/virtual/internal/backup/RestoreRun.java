// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * One restore: read and check the backup, fetch its payloads, and replace the phone's files at once when all are there
 * and right. A restore that fails leaves the phone as it was.
 */
final class RestoreRun {

	/** Setting that is {@code true} from a restore to the next start of the phone. */
	static final String AWAITING_REBOOT = "restore.awaiting-reboot";

	private static final String APPLICATIONS = "/iTunesRestore/RestoreApplications.plist";
	private static final long SPARE_BYTES = 128L << 20;
	private static final int BATCH_FILES = 100;
	private static final long BATCH_BYTES = 32L << 20;
	private static final String FILE_ID = "[0-9a-f]{40}";

	private record Wanted(String fileId, String domain, MbFile entry) {
	}

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;
	private final Faults faults;
	private final RestoreRequest request;
	private final boolean demandsEncryption;
	private final DecryptingStream decryption = new DecryptingStream();
	private final List<Wanted> batch = new ArrayList<>();
	private @Nullable FileKeys keys;
	private long batchBytes;
	private long totalBytes;
	private long doneBytes;

	RestoreRun(Phone phone, HostLink link, String hostFolder, Faults faults, RestoreRequest request,
			boolean demandsEncryption) {
		this.phone = phone;
		this.link = link;
		this.faults = faults;
		this.request = request;
		this.demandsEncryption = demandsEncryption;
		layout = Layout.of(hostFolder, phone.iosVersion());
	}

	/** Does it all. @throws BackupFailure with the code that the host is to hear */
	void run() throws IOException {
		new Hostility(phone, link, layout, faults).strike();
		status();
		Map<String, Object> plist = manifestPlist();
		boolean database = Versions.atLeast(text(plist, "Version"), "10.0");
		Layout source = new Layout(layout.folder(), database);
		Path raw = Memory.folder(phone).resolve("host-manifest");
		if (!link.fetch(source.manifest(), raw)) {
			throw new BackupFailure(BackupFailure.CORRUPT, source.manifestName() + " is missing");
		}
		info();
		DeviceKeys adopted = unlock(plist);
		FileKeys opened = new FileKeys(adopted.classKeys());
		keys = opened;
		Path file = ManifestFiles.unpack(phone, plist, opened, raw, Memory.folder(phone).resolve("restore.db"));
		try (ManifestDb manifest = ManifestDb.open(file)) {
			check(manifest);
			copy();
			phone.setSetting("observed.restore-applications", Boolean.toString(phone.media(APPLICATIONS) != null));
			phone.files().batch(files -> replace(files, manifest, source));
		}
		adopted.keep(phone);
		if (adopted.encrypted()) {
			KeychainBackup.adopt(phone, adopted);
		}
		phone.setSetting(AWAITING_REBOOT, "true");
	}

	private void status() throws IOException {
		byte[] bytes = link.fetch(layout.status(), HostSurvey.MAX_PLIST);
		if (bytes == null || bytes.length == 0) {
			throw new BackupFailure(BackupFailure.NO_BACKUP, "Backup does not exist");
		}
		Map<String, Object> status = readable(bytes, "Status.plist");
		if (!Versions.atLeast(text(status, "Version"), "2.4") || Versions.atLeast(text(status, "Version"), "4.0")) {
			throw new BackupFailure(BackupFailure.VERSION, "Unsupported status version " + text(status, "Version"));
		}
		if (!Metadata.FINISHED.equals(status.get("SnapshotState"))) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Backup is not finished: " + text(status, "SnapshotState"));
		}
	}

	private static Map<String, Object> readable(byte[] bytes, String name) throws BackupFailure {
		try {
			return Plists.readMap(bytes);
		} catch (PlistException e) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Invalid " + name + ": underlying error 11");
		}
	}

	private static String text(Map<String, Object> plist, String key) {
		return plist.get(key) instanceof String text ? text : "0";
	}

	private Map<String, Object> manifestPlist() throws IOException {
		byte[] bytes = link.fetch(layout.manifestPlist(), HostSurvey.MAX_PLIST);
		if (bytes == null || bytes.length == 0) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Manifest.plist is missing or empty: underlying error 11");
		}
		Map<String, Object> plist = readable(bytes, "Manifest.plist");
		String version = text(plist, "Version");
		String domains = text(plist, "SystemDomainsVersion");
		if (!Versions.atLeast(version, "9.0") || Versions.atLeast(version, "11.0")
				|| Versions.compare(domains, Metadata.systemDomainsVersion(phone.iosVersion())) > 0) {
			throw new BackupFailure(BackupFailure.VERSION, "Unsupported manifest version " + version + ", " + domains);
		}
		if (plist.get("Lockdown") instanceof Map<?, ?> lockdown && lockdown.containsKey("ProductVersion")
				&& !(lockdown.get("ProductVersion") instanceof String)) {
			throw new BackupFailure(BackupFailure.CORRUPT, "lockdown value not an NSString");
		}
		return plist;
	}

	/** A missing property list is only noted, as a real device does. */
	private void info() throws IOException {
		byte[] bytes = link.fetch(layout.info(), HostSurvey.MAX_PLIST);
		if (bytes == null || bytes.length == 0) {
			link.odd("no Info.plist at a restore");
			return;
		}
		String version = text(readable(bytes, "Info.plist"), "Product Version");
		if (Versions.compare(version, phone.iosVersion()) > 0) {
			throw new BackupFailure(BackupFailure.VERSION,
					"Backup is of iOS " + version + ", device has " + phone.iosVersion());
		}
	}

	/** The keys of the backup, which become the device's own. */
	private DeviceKeys unlock(Map<String, Object> plist) throws IOException {
		if (!(plist.get("BackupKeyBag") instanceof byte[] encoded)) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Backup has no keybag");
		}
		KeyBag bag = KeyBag.parse(encoded);
		if (!Boolean.TRUE.equals(plist.get("IsEncrypted"))) {
			if (demandsEncryption) {
				throw new BackupFailure(BackupFailure.GENERIC,
						"Error setting WillEncrypt in lockdown: underlying error 22");
			}
			DeviceKeys own = DeviceKeys.of(phone);
			return own.encrypted() || !own.bag().sameAs(bag) ? DeviceKeys.newUnencrypted(phone) : own;
		}
		String password = request.password();
		if (password == null || faults.has("wrong-password")) {
			throw new BackupFailure(BackupFailure.PASSWORD, "Invalid password");
		}
		return new DeviceKeys(true, bag, bag.unlock(password));
	}

	/** Whether the entries are sound and fit; nothing is fetched before. */
	private void check(ManifestDb manifest) throws IOException {
		long[] sum = new long[1];
		manifest.forEach("1", "rowid", row -> {
			if (!row.fileId().matches(FILE_ID) || !row.fileId().equals(manifest.fileId(row.domain(), row.path()))) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Entry " + row.fileId() + " is not of its name");
			}
			if (row.domain().isEmpty() || row.domain().contains("/") || row.path().startsWith("/")) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Invalid domain or path of " + row.fileId());
			}
			MbFile entry = entry(row);
			if (row.path().isEmpty() && entry.kind() == Kind.LINK) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Root of " + row.domain() + " is a link");
			}
			if (entry.kind() == Kind.FILE && request.restores(row.domain())) {
				sum[0] = Math.addExact(sum[0], entry.size());
			}
		});
		totalBytes = sum[0];
		if (totalBytes > phone.freeBytes() + phone.files().totalBytes()) {
			throw new BackupFailure(BackupFailure.DEVICE_FULL, "Insufficient free space on device to restore");
		}
	}

	private static MbFile entry(ManifestDb.Row row) throws BackupFailure {
		try {
			MbFile entry = MbFile.decode(row.file());
			Kind kind = entry.kind();
			if (kind == null || MbFile.flags(kind) != row.flags() || entry.size() < 0) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Entry " + row.fileId() + " is of no kind");
			}
			return entry;
		} catch (PlistException e) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Entry " + row.fileId() + ": " + e.getMessage());
		}
	}

	/** The safety copy on the host, where there is room for it. */
	private void copy() throws IOException {
		if (request.dontCopy() || link.freeSpace() <= totalBytes + SPARE_BYTES) {
			return;
		}
		String stamp = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
		HostAnswer answer = link.ask("DLMessageCopyItem", layout.folder(), layout.folder() + "-" + stamp);
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Error copying the backup");
		}
	}

	private void replace(VirtualFiles files, ManifestDb manifest, Layout source) throws IOException {
		if (request.removeOthers()) {
			removeOthers(files, manifest);
		}
		manifest.forEach("1", "domain, relativePath", row -> {
			if (!request.restores(row.domain())
					|| request.keeps(row.domain(), row.path()) && files.find(row.domain(), row.path()) != null) {
				return;
			}
			MbFile entry = entry(row);
			if (entry.kind() != Kind.FILE) {
				files.put(file(row.domain(), entry));
				return;
			}
			batch.add(new Wanted(row.fileId(), row.domain(), entry));
			batchBytes += entry.size();
			if (batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
				fetch(files, source);
			}
		});
		fetch(files, source);
	}

	private void removeOthers(VirtualFiles files, ManifestDb manifest) throws IOException {
		Set<String> keep = new HashSet<>();
		manifest.forEach("1", "rowid", row -> keep.add(row.fileId()));
		List<VirtualFile> gone = new ArrayList<>();
		files.forEach(file -> {
			if (request.restores(file.domain()) && !request.keeps(file.domain(), file.path())
					&& !keep.contains(manifest.fileId(file.domain(), file.path()))) {
				gone.add(file);
			}
		});
		for (VirtualFile file : gone) {
			// the root of a domain stays even if the backup has none; a directory goes with all that is below it
			if (!file.path().isEmpty()) {
				files.remove(file.domain(), file.path());
			}
		}
	}

	private static VirtualFile file(String domain, MbFile entry) throws BackupFailure {
		Kind kind = entry.kind();
		if (kind == null) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Entry of no kind");
		}
		return new VirtualFile(domain, entry.path(), kind, entry.mode() & 0xFFF, entry.uid(), entry.gid(),
				entry.inode(),
				Instant.ofEpochSecond(entry.modified()), Instant.ofEpochSecond(entry.changed()),
				Instant.ofEpochSecond(entry.born()), entry.size(), entry.protectionClass(), entry.target(),
				entry.attributes());
	}

	/** Fetches a batch; what the host sends must be what was asked for, in that order. */
	private void fetch(VirtualFiles files, Layout source) throws IOException {
		if (batch.isEmpty()) {
			return;
		}
		Map<String, Wanted> wanted = new LinkedHashMap<>();
		for (Wanted one : batch) {
			wanted.put(source.payload(one.fileId()), one);
		}
		double progress = totalBytes == 0 ? 50.0 : Math.clamp(100.0 * doneBytes / totalBytes, 1.0, 99.0);
		HostLink.Download download = link.download(List.copyOf(wanted.keySet()), progress);
		BackupFailure failure = null;
		for (String path = download.next(); path != null; path = download.next()) {
			Wanted one = wanted.remove(path);
			if (one == null) {
				failure = new BackupFailure(BackupFailure.HOST_READ, "The host sent a file that nobody asked for");
			} else if (failure == null) {
				failure = receive(files, one, download);
			}
		}
		HostAnswer answer = download.answer();
		if (failure == null && !wanted.isEmpty()) {
			failure = new BackupFailure(BackupFailure.CORRUPT,
					"Payload is missing: " + wanted.keySet().iterator().next());
		}
		if (failure == null && !answer.ok()) {
			failure = answer.failure(BackupFailure.HOST_READ, "Error reading from the drive");
		}
		if (failure != null) {
			throw failure;
		}
		doneBytes += batchBytes;
		batch.clear();
		batchBytes = 0;
	}

	/** Takes one payload; says what is wrong with it, and leaves the stream at the next file. */
	private @Nullable BackupFailure receive(VirtualFiles files, Wanted one, HostLink.Download download)
			throws IOException {
		MbFile entry = one.entry();
		Payload payload = new Payload(download.content());
		InputStream plain = payload;
		byte[] sealed = entry.encryptionKey();
		FileKeys opened = keys;
		if (sealed != null && opened != null) {
			byte[] key = opened.open(sealed);
			if (key == null) {
				return new BackupFailure(BackupFailure.CORRUPT, "Key of " + one.fileId() + " does not unwrap");
			}
			plain = decryption.start(payload, key, one.fileId());
		}
		VirtualFile written;
		try {
			written = files.write(file(one.domain(), entry), plain);
		} catch (BackupFailure e) {
			return e;
		}
		byte[] digest = entry.digest();
		if (download.failed()) {
			return new BackupFailure(BackupFailure.CORRUPT, "Payload " + one.fileId() + ": " + download.failure());
		}
		if (written.sizeBytes() != entry.size()) {
			return new BackupFailure(BackupFailure.CORRUPT, "Payload " + one.fileId() + " has " + written.sizeBytes()
					+ " bytes instead of " + entry.size());
		}
		if (digest != null && !payload.hasDigest(digest)) {
			return new BackupFailure(BackupFailure.CORRUPT, "Digest mismatch of " + one.fileId());
		}
		return null;
	}
}
