// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;
import org.keepsake.virtual.internal.phone.PlistFile;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * The computer's pair records and its own identifier, as {@code /var/lib/lockdown} of a real usbmuxd has them. They
 * belong to the computer, not to a device. Thread-safe.
 */
final class PairRecordFolder {

	static final int OK = 0;
	static final int NO_ENTRY = 2;
	static final int INVALID = 22;

	private static final String SYSTEM = "SystemConfiguration";

	private final Path folder;
	private final String buid;

	PairRecordFolder(Path folder) throws IOException {
		this.folder = Files.createDirectories(folder);
		Path system = folder.resolve(SYSTEM + ".plist");
		String kept = PlistFrames.text(PlistFile.read(system), "SystemBUID");
		buid = kept.isEmpty() ? UUID.randomUUID().toString().toUpperCase(Locale.ROOT) : kept;
		if (kept.isEmpty()) {
			PlistFile.write(system, Map.of("SystemBUID", buid));
		}
	}

	/** The computer's identifier. */
	String buid() {
		return buid;
	}

	private @Nullable Path file(String udid) {
		boolean usable = Udid.isValid(udid) && !udid.equalsIgnoreCase(SYSTEM);
		return usable ? folder.resolve(new Udid(udid).value() + ".plist") : null;
	}

	synchronized byte @Nullable [] read(String udid) throws IOException {
		Path file = file(udid);
		try {
			return file == null ? null : Files.readAllBytes(file);
		} catch (NoSuchFileException e) {
			return null;
		}
	}

	/** An error number of POSIX, 0 for success. */
	synchronized int save(String udid, byte[] record) throws IOException {
		Path file = file(udid);
		if (file == null || record.length == 0) {
			return INVALID;
		}
		PlistFile.replace(file, record);
		return OK;
	}

	/** An error number of POSIX, 0 for success. */
	synchronized int delete(String udid) throws IOException {
		Path file = file(udid);
		if (file == null) {
			return INVALID;
		}
		return Files.deleteIfExists(file) ? OK : NO_ENTRY;
	}
}
