// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import org.keepsake.virtual.internal.phone.Phone;

/** Turns the manifest that a host keeps into the one that the device works with, and back. */
final class ManifestFiles {

	/** Since when the manifest is encrypted too. */
	private static final String ENCRYPTED_SINCE = "10.2";
	private static final String CLASS_3_SINCE = "14.0";

	private ManifestFiles() {
	}

	/**
	 * Makes the device's form of a host's manifest.
	 *
	 * @throws BackupFailure 205 if the host's is none
	 */
	static Path unpack(Phone phone, Map<String, Object> plist, FileKeys keys, Path raw, Path into) throws IOException {
		Files.deleteIfExists(into.resolveSibling(into.getFileName() + "-journal"));
		boolean database = Versions.atLeast(plist.get("Version") instanceof String version ? version : "0", "10.0");
		if (!database) {
			try (ManifestDb manifest = ManifestDb.create(into)) {
				Mbdb.read(raw, manifest);
			}
			return into;
		}
		if (plist.get("ManifestKey") instanceof byte[] sealed) {
			byte[] key = keys.open(sealed);
			if (key == null) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Manifest key does not unwrap");
			}
			try (InputStream encrypted = Files.newInputStream(raw); DecryptingStream in = new DecryptingStream()) {
				in.start(encrypted, key, "Manifest.db");
				Files.copy(in, into, StandardCopyOption.REPLACE_EXISTING);
			}
		} else {
			Files.copy(raw, into, StandardCopyOption.REPLACE_EXISTING);
		}
		ManifestDb.open(into).close();
		return into;
	}

	/** Makes the host's form of the device's manifest in a file, and puts its key into the property list. */
	static Path pack(Phone phone, DeviceKeys keys, Map<String, Object> plist, Path manifest, Path into)
			throws IOException {
		if (!Versions.atLeast(phone.iosVersion(), "10.0")) {
			try (ManifestDb rows = ManifestDb.open(manifest)) {
				Mbdb.write(rows, into);
			}
			return into;
		}
		if (!keys.encrypted() || !Versions.atLeast(phone.iosVersion(), ENCRYPTED_SINCE)) {
			return manifest;
		}
		byte[] key = Crypto.random(Crypto.KEY_BYTES);
		int protectionClass = Versions.atLeast(phone.iosVersion(), CLASS_3_SINCE) ? 3 : 4;
		plist.put("ManifestKey", new FileKeys(keys.classKeys()).seal(protectionClass, key));
		try (InputStream plain = Files.newInputStream(manifest);
				EncryptingStream in = new EncryptingStream();
				OutputStream out = Files.newOutputStream(into)) {
			in.start(plain, key);
			in.transferTo(out);
		}
		return into;
	}
}
