// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.ios.protocol.mux.MuxClient;
import org.keepsake.ios.protocol.mux.MuxException;

/**
 * Pair records in usbmuxd's keeping. Where the daemon cannot keep them, they lie in Keepsake's own folder; those that
 * the system's daemon keeps in its folder are read where they can be. Thread-safe.
 */
final class UsbPairRecords implements PairRecords {

	private static final System.Logger LOG = System.getLogger(UsbPairRecords.class.getName());
	private static final int LONGEST = 1 << 20;
	private static final String SYSTEM = "SystemConfiguration.plist";

	private final MuxClient mux;
	private final Path own;
	private final Path system;

	/**
	 * @param own    where records lie if the daemon does not keep them
	 * @param system the daemon's folder
	 */
	UsbPairRecords(MuxClient mux, Path own, Path system) {
		this.mux = mux;
		this.own = own;
		this.system = system;
	}

	/** The daemon's folder on a system. */
	static Path systemFolder(String osName, @Nullable String programData) {
		String os = osName.toLowerCase(Locale.ROOT);
		if (os.startsWith("windows")) {
			return Path.of(programData == null ? "C:\\ProgramData" : programData, "Apple", "Lockdown");
		}
		return Path.of(os.startsWith("mac") ? "/var/db/lockdown" : "/var/lib/lockdown");
	}

	@Override
	public String hostIdentifier() throws IOException {
		try {
			return mux.hostIdentifier();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "usbmuxd gives no host identifier", e);
		}
		for (Path folder : List.of(system, own)) {
			Optional<byte[]> file = file(folder.resolve(SYSTEM));
			Optional<String> known = file.isEmpty() ? Optional.empty() : MuxClient.hostIdentifier(file.get());
			if (known.isPresent()) {
				return known.get();
			}
		}
		String fresh = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
		write(own.resolve(SYSTEM), MuxClient.systemConfiguration(fresh));
		return fresh;
	}

	@Override
	public Optional<byte[]> read(Udid udid) throws IOException {
		IOException refused = null;
		try {
			Optional<byte[]> kept = mux.pairRecord(udid.value());
			if (kept.isPresent()) {
				return kept;
			}
		} catch (IOException e) {
			refused = e;
		}
		for (Path folder : List.of(own, system)) {
			Optional<byte[]> file = file(folder.resolve(udid.value() + ".plist"));
			if (file.isPresent()) {
				return file;
			}
		}
		if (refused != null && !(refused instanceof MuxException)) {
			throw refused;
		}
		return Optional.empty();
	}

	/** Empty too if it may not be read, as on macOS. */
	private static Optional<byte[]> file(Path path) {
		try {
			return Files.size(path) > LONGEST ? Optional.empty() : Optional.of(Files.readAllBytes(path));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A pair record may not be read", e);
			return Optional.empty();
		}
	}

	@Override
	public void save(AttachedDevice device, byte[] record) throws IOException {
		Long id = UsbTransport.id(device);
		try {
			mux.savePairRecord(device.udid().value(), id, record);
			if (mux.pairRecord(device.udid().value()).isPresent()) {
				Files.deleteIfExists(own.resolve(device.udid().value() + ".plist"));
				return;
			}
		} catch (MuxException e) {
			LOG.log(System.Logger.Level.INFO, "usbmuxd does not keep the pair record ({0}); it is kept in a file",
					e.number());
		}
		write(own.resolve(device.udid().value() + ".plist"), record);
	}

	/** In place of an older one, at once or not at all; for nobody else's eyes. */
	private static void write(Path path, byte[] content) throws IOException {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] folderMode = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
		FileAttribute<?>[] fileMode = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
		Path folder = path.getParent();
		if (folder == null) {
			throw new FileAlreadyExistsException(path.toString());
		}
		Files.createDirectories(folder, folderMode);
		Path fresh = Files.createTempFile(folder, "record", ".tmp", fileMode);
		try {
			Files.write(fresh, content, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
			Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(fresh);
		}
	}

	@Override
	public void delete(Udid udid) throws IOException {
		Files.deleteIfExists(own.resolve(udid.value() + ".plist"));
		mux.deletePairRecord(udid.value());
	}
}
