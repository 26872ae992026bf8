// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.keepsake.engine.EngineProblems;

/**
 * The folder in which Keepsake keeps its own state: nobody else may read it, every file is replaced whole. Changes are
 * made under a lock that other processes honour. Thread-safe.
 */
public final class Home {

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
	/** A file lock is held by the whole process, so threads of it exclude each other by this. */
	private static final Object IN_PROCESS = new Object();

	private final Path folder;

	/** @param folder the folder; made when something is first written */
	public Home(Path folder) {
		this.folder = folder.toAbsolutePath().normalize();
	}

	/**
	 * Where state lives: {@code KEEPSAKE_HOME}, or the platform's usual place.
	 *
	 * @param systemName as {@code os.name} spells it
	 * @param userHome   the person's own folder
	 */
	public static Path locate(Map<String, String> environment, String systemName, Path userHome) {
		String wanted = environment.get("KEEPSAKE_HOME");
		if (wanted != null && !wanted.isBlank()) {
			return Path.of(wanted);
		}
		String system = systemName.toLowerCase(Locale.ROOT);
		if (system.startsWith("windows")) {
			String roaming = environment.get("APPDATA");
			return (roaming == null || roaming.isBlank() ? userHome.resolve("AppData").resolve("Roaming")
					: Path.of(roaming)).resolve("Keepsake");
		}
		if (system.startsWith("mac")) {
			return userHome.resolve("Library").resolve("Application Support").resolve("Keepsake");
		}
		String data = environment.get("XDG_DATA_HOME");
		// The XDG specification tells to ignore a relative path.
		boolean usable = data != null && data.startsWith("/");
		return (usable ? Path.of(data) : userHome.resolve(".local").resolve("share")).resolve("keepsake");
	}

	/** The folder, absolute; may not exist yet. */
	public Path folder() {
		return folder;
	}

	/** A file or folder below it. */
	public Path resolve(String name) {
		return folder.resolve(name);
	}

	/** Makes the folder, or one below it, if it is missing; private to its owner. */
	public Path make(Path directory) throws IOException {
		try {
			if (!Files.isDirectory(directory)) {
				Files.createDirectories(directory, ownerOnly("rwx------"));
			}
			return directory;
		} catch (IOException e) {
			throw unusable(e);
		}
	}

	/** Replaces a file at once or not at all, durably, private to its owner. */
	public void replace(Path file, byte[] content) throws IOException {
		Path parent = make(folder.resolve(file).getParent());
		Path fresh = null;
		try {
			fresh = Files.createTempFile(parent, "." + file.getFileName(), ".new", ownerOnly("rw-------"));
			try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
				java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
				channel.force(true);
			}
			moveOver(fresh, file);
		} catch (IOException e) {
			if (fresh != null) {
				Files.deleteIfExists(fresh);
			}
			throw unusable(e);
		}
	}

	/** Adds a line to a file, whole. */
	public void append(Path file, String line) throws IOException {
		make(folder.resolve(file).getParent());
		try {
			if (!Files.exists(file)) {
				try {
					Files.createFile(file, ownerOnly("rw-------"));
				} catch (java.nio.file.FileAlreadyExistsException e) {
					// Another process was quicker.
				}
			}
			try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
				out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
			}
		} catch (IOException e) {
			throw unusable(e);
		}
	}

	/** Runs a change of several steps, such as read and replace, while no other process makes one. */
	public <T> T exclusively(Change<T> change) throws IOException {
		synchronized (IN_PROCESS) {
			make(folder);
			try (FileChannel channel = openLock(); FileLock _ = lock(channel)) {
				return change.make();
			}
		}
	}

	private FileLock lock(FileChannel channel) throws IOException {
		try {
			return channel.lock();
		} catch (IOException e) {
			throw unusable(e);
		}
	}

	private FileChannel openLock() throws IOException {
		Set<StandardOpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
		try {
			return FileChannel.open(folder.resolve(".lock"), options, ownerOnly("rw-------"));
		} catch (IOException e) {
			throw unusable(e);
		}
	}

	private static void moveOver(Path fresh, Path file) throws IOException {
		try {
			Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (AtomicMoveNotSupportedException e) {
			Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static FileAttribute<?>[] ownerOnly(String permissions) {
		return POSIX ? new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private IOException unusable(IOException e) {
		return EngineProblems.HOME_UNUSABLE.exceptionBecause(e, folder.toString(), Failures.sentence(e));
	}

	/** A change made under the lock. */
	@FunctionalInterface
	public interface Change<T> {
		/** Makes the change. */
		T make() throws IOException;
	}
}
