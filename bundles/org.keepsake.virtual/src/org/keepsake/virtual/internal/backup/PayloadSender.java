// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.fault.Faults;

/**
 * Compares the device's files with what the host has, sends what is new, and writes the new manifest. One thread, one
 * run.
 */
final class PayloadSender {

	/** Domains whose entries carry a digest of the payload. */
	private static final Set<String> DIGESTED = Set.of("KeychainDomain", "ManagedPreferencesDomain", "ProtectedDomain",
			"RootDomain", "SystemPreferencesDomain", "WirelessDomain");
	private static final int BATCH_FILES = 1000;
	private static final long BATCH_BYTES = 64L << 20;
	private static final int BATCHES_PER_COMMIT = 50;
	private static final int FRAME = 128 << 10;
	private static final long FEW = 3;

	/** What a run has to send. */
	record Amount(long files, long bytes) {
	}

	private record Pending(String fileId, VirtualFile file, VirtualFiles.Content content) {
	}

	/** An entry whose payload is on its way. */
	private record Sent(String fileId, VirtualFile file, MbFile entry) {
	}

	private final HostLink link;
	private final Layout layout;
	private final boolean encrypted;
	private final FileKeys keys;
	private final Faults faults;
	private final ManifestDb manifest;
	private final @Nullable ManifestDb base;
	private final @Nullable ManifestDb partial;
	/** What lies in the host's snapshot folder from a run that was interrupted: sizes by file id. */
	private final Map<String, Long> snapshot;

	private final List<Pending> batch = new ArrayList<>();
	private final List<Sent> sent = new ArrayList<>();
	private final EncryptingStream encryption = new EncryptingStream();
	private final MessageDigest digest = Crypto.sha1();
	private final List<String> inSnapshot = new ArrayList<>();
	private final TreeSet<String> domains = new TreeSet<>();
	private Amount amount = new Amount(0, 0);
	private long batchBytes;
	private long batches;
	private long sentFiles;
	private long sentBytes;
	private long errors;

	PayloadSender(HostLink link, Layout layout, DeviceKeys deviceKeys, Faults faults, ManifestDb manifest,
			@Nullable ManifestDb base, @Nullable ManifestDb partial, Map<String, Long> snapshot) {
		this.link = link;
		this.layout = layout;
		encrypted = deviceKeys.encrypted();
		keys = new FileKeys(deviceKeys.classKeys());
		this.faults = faults;
		this.manifest = manifest;
		this.base = base;
		this.partial = partial;
		this.snapshot = new HashMap<>(snapshot);
	}

	/** Payloads that are in the host's snapshot folder and wait to be moved. */
	List<String> inSnapshot() {
		return inSnapshot;
	}

	/** All domains that have entries. */
	TreeSet<String> domains() {
		return domains;
	}

	/** How much {@link #send} will send. */
	Amount measure(VirtualFiles.Snapshot files) throws IOException {
		long[] sum = new long[2];
		files.forEach((file, content) -> {
			if (file.kind() == Kind.FILE && known(manifest.fileId(file.domain(), file.path()), file) == null) {
				sum[0]++;
				sum[1] += encrypted ? Crypto.padded(file.sizeBytes()) : file.sizeBytes();
			}
		});
		amount = new Amount(sum[0], sum[1]);
		return amount;
	}

	/** The entry under which the host has the file already, or null. */
	private @Nullable MbFile known(String fileId, VirtualFile file) throws IOException {
		MbFile sent = uploaded(fileId, file);
		if (sent != null) {
			return sent;
		}
		MbFile old = base == null ? null : base.find(fileId);
		return old != null && old.sameAs(file) ? old : null;
	}

	private @Nullable MbFile uploaded(String fileId, VirtualFile file) throws IOException {
		ManifestDb earlier = partial;
		Long size = earlier == null ? null : snapshot.get(fileId);
		if (earlier == null || size == null) {
			return null;
		}
		MbFile entry = earlier.find(fileId);
		return entry != null && entry.sameAs(file) && entry.storedSize() == size ? entry : null;
	}

	/**
	 * Sends what is new and writes all entries.
	 *
	 * @throws BackupFailure 104 if the host, or the device's own disk, fails
	 */
	void send(VirtualFiles.Snapshot files) throws IOException {
		files.forEach(this::visit);
		flush();
		if (faults.text("file-error", "").equals("all") && errors > 0) {
			throw new BackupFailure(BackupFailure.HOST_WRITE, "Multiple errors uploading files");
		}
	}

	private void visit(VirtualFile file, VirtualFiles.Content content) throws IOException {
		domains.add(file.domain());
		String fileId = manifest.fileId(file.domain(), file.path());
		if (file.kind() != Kind.FILE) {
			put(fileId, file, MbFile.of(file, null, null));
			return;
		}
		MbFile known = known(fileId, file);
		if (known == null) {
			batch.add(new Pending(fileId, file, content));
			batchBytes += encrypted ? Crypto.padded(file.sizeBytes()) : file.sizeBytes();
			if (batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
				flush();
			}
			return;
		}
		if (snapshot.containsKey(fileId) && uploaded(fileId, file) != null) {
			inSnapshot.add(fileId);
		}
		put(fileId, file, MbFile.of(file, known.encryptionKey(), known.digest()));
	}

	private void put(String fileId, VirtualFile file, MbFile entry) throws IOException {
		manifest.put(new ManifestDb.Row(fileId, file.domain(), file.path(), MbFile.flags(file.kind()), entry.encode()));
	}

	/** Sends a batch; its entries count only once the host has said that it has them. */
	private void flush() throws IOException {
		if (batch.isEmpty()) {
			return;
		}
		UploadStream stream = link.upload(batchBytes, progress());
		for (Pending one : batch) {
			send(stream, one);
		}
		HostAnswer answer = stream.finish();
		if (!answer.ok()) {
			throw answer.failure(BackupFailure.HOST_WRITE, "Error writing to the drive");
		}
		for (Sent one : sent) {
			put(one.fileId(), one.file(), one.entry());
			inSnapshot.add(one.fileId());
		}
		sent.clear();
		batch.clear();
		batchBytes = 0;
		if (++batches % BATCHES_PER_COMMIT == 0) {
			manifest.commit();
		}
	}

	private double progress() {
		return amount.bytes() == 0 ? 50.0 : Math.clamp(5.0 + 80.0 * sentBytes / amount.bytes(), 1.0, 90.0);
	}

	private void send(UploadStream stream, Pending one) throws IOException {
		VirtualFile file = one.file();
		stream.name(deviceName(file), layout.snapshotPayload(one.fileId()));
		if (fails()) {
			error(stream, one);
			return;
		}
		byte[] key = encrypted && file.sizeBytes() > 0 ? Crypto.random(Crypto.KEY_BYTES) : null;
		boolean digested = DIGESTED.contains(file.domain());
		try (InputStream plain = one.content().open()) {
			InputStream stored = key == null ? plain : encryption.start(plain, key);
			if (digested) {
				digest.reset();
				stored = new DigestInputStream(stored, digest);
			}
			content(stream, stored);
		}
		byte[] sealed = key == null ? null : keys.seal(file.protectionClass(), key);
		sent.add(new Sent(one.fileId(), file, MbFile.of(file, sealed, digested ? digest.digest() : null)));
		sentFiles++;
		sentBytes += file.sizeBytes();
	}

	/** Sends a content in frames whose sizes differ from file to file. */
	private void content(UploadStream stream, InputStream stored) throws IOException {
		switch ((int) (sentFiles % 32)) {
			case 1 -> {
				stream.frame(stored, 1);
				stream.content(stored, FRAME);
			}
			case 2 -> stream.content(stored, UploadStream.MAX_FRAME);
			case 3 -> stream.content(stored, 32 << 10);
			case 4 -> {
				stream.frame(stored, 4095);
				stream.frame(stored, 17);
				stream.content(stored, FRAME);
			}
			default -> stream.content(stored, FRAME);
		}
	}

	private boolean fails() {
		if (!faults.has("file-error")) {
			return false;
		}
		return faults.text("file-error", "").equals("all") || errors < faults.number("file-error", FEW);
	}

	/** The device can not read the file: sometimes it notices only after some of it. */
	private void error(UploadStream stream, Pending one) throws IOException {
		if (errors++ % 2 == 1) {
			try (InputStream content = one.content().open()) {
				stream.frame(content, 1000);
			}
		}
		stream.unreadable("Error opening file \"" + deviceName(one.file()) + "\": Operation not permitted (1)");
	}

	/** Where the file is on the device; the host may show it and must not use it. */
	private static String deviceName(VirtualFile file) {
		String root = switch (file.domain()) {
			case "RootDomain" -> "/.ba/root/";
			case "WirelessDomain" -> "/.ba/wireless/";
			case "SystemPreferencesDomain" -> "/.ba/preferences/";
			case "KeychainDomain" -> "/.b/6/Keychains/";
			default ->
				file.domain().startsWith("App") ? "/.b/6/mobile/Containers/" + file.domain() + "/" : "/.ba/mobile/";
		};
		return root + file.path();
	}
}
