// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.disk.FullDisk;

/**
 * Blobs in a folder, laid out as restic's local backend does: {@code config}, {@code keys/}, {@code locks/},
 * {@code snapshots/}, {@code index/}, and {@code data/ab/ab12…} in 256 folders. Source: restic/restic doc/design.rst,
 * "Repository Layout".
 *
 * <p>
 * A blob is written to a file of another name, synchronised, and then takes its name by a hard link, which never
 * replaces; where there are no links, by a rename after a look. A half-written file is never seen as a blob: its name
 * is none.
 */
final class FolderStorage implements Storage {

	private static final Pattern NAME = Pattern.compile("config|(?:keys|locks|snapshots|index|data)/[0-9a-f]{64}");
	private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
	private static final List<String> FLAT = List.of("keys", "locks", "snapshots", "index");
	private static final Set<PosixFilePermission> READ_ONLY = Set.of(PosixFilePermission.OWNER_READ);

	private static final String TEMPORARY = "tmp-";
	/** What was begun longer ago is of a process that died. */
	private static final Duration ABANDONED = Duration.ofDays(1);

	private final String location;
	private final Path root;
	private final Set<Path> tidied = ConcurrentHashMap.newKeySet();

	FolderStorage(String location, Path root) {
		this.location = location;
		this.root = root;
	}

	@Override
	public boolean isNear() {
		return true;
	}

	@Override
	public String location() {
		return location;
	}

	@Override
	public void create() throws IOException {
		try {
			Files.createDirectories(root);
			for (String kind : FLAT) {
				Files.createDirectories(root.resolve(kind));
			}
			for (int i = 0; i < 256; i++) {
				Files.createDirectories(root.resolve("data").resolve(String.format(Locale.ROOT, "%02x", i)));
			}
		} catch (IOException | ReadOnlyFileSystemException e) {
			throw explained(e, "create folders");
		}
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		Path file = file(name);
		if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			throw new StorageException(StorageException.Reason.EXISTS, name);
		}
		Path folder = folderOf(file);
		Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
		if (tidied.add(folder)) {
			tidy(folder);
		}
		try {
			try {
				write(temporary, content);
			} catch (NoSuchFileException e) {
				Files.createDirectories(folder);
				write(temporary, content);
			}
			takeName(temporary, file);
			synchronise(folder);
		} catch (FileAlreadyExistsException e) {
			throw exists(name, e);
		} catch (IOException | ReadOnlyFileSystemException e) {
			throw explained(e, "write " + name);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** Deletes what processes have left that died while they wrote. */
	private static void tidy(Path folder) {
		FileTime since = FileTime.from(Instant.now().minus(ABANDONED));
		try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY + '*')) {
			for (Path file : left) {
				if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(since) < 0) {
					Files.deleteIfExists(file);
				}
			}
		} catch (IOException | DirectoryIteratorException e) {
			System.getLogger(FolderStorage.class.getName()).log(System.Logger.Level.DEBUG, "Left where it is", e);
		}
	}

	@Override
	public void tidy() {
		tidy(root);
		FLAT.forEach(kind -> tidy(root.resolve(kind)));
		for (int i = 0; i < 256; i++) {
			tidy(root.resolve("data").resolve(String.format(Locale.ROOT, "%02x", i)));
		}
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		Path file = file(name);
		Path temporary = folderOf(file).resolve(TEMPORARY + UUID.randomUUID());
		try {
			write(temporary, content);
			Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
			return true;
		} catch (IOException | ReadOnlyFileSystemException e) {
			throw explained(e, "overwrite " + name);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static StorageException exists(String name, Throwable cause) {
		StorageException exists = new StorageException(StorageException.Reason.EXISTS, name);
		exists.initCause(cause);
		return exists;
	}

	private static void write(Path file, BlobSource content) throws IOException {
		BlobWriter.write(file, content);
		protect(file);
	}

	/** As restic does: nobody changes a blob by accident. */
	private static void protect(Path file) {
		try {
			Files.setPosixFilePermissions(file, READ_ONLY);
		} catch (IOException | UnsupportedOperationException e) {
			// A share or a file system without permissions: the blob is as good.
			System.getLogger(FolderStorage.class.getName()).log(System.Logger.Level.TRACE, "Left writable", e);
		}
	}

	private static void takeName(Path temporary, Path file) throws IOException {
		try {
			Files.createLink(file, temporary);
		} catch (FileAlreadyExistsException e) {
			throw e;
		} catch (UnsupportedOperationException | FileSystemException e) {
			if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
				throw new FileAlreadyExistsException(file.toString());
			}
			try {
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
			} catch (AtomicMoveNotSupportedException again) {
				Files.move(temporary, file);
			}
		}
	}

	/** Makes the name durable; systems that cannot open a folder do so by themselves. */
	private static void synchronise(Path folder) throws InterruptedIOException {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (ClosedByInterruptException e) {
			throw interrupted(e);
		} catch (IOException e) {
			System.getLogger(FolderStorage.class.getName()).log(System.Logger.Level.TRACE, "Folder not synchronised",
					e);
		}
	}

	private static InterruptedIOException interrupted(Throwable cause) {
		InterruptedIOException end = new InterruptedIOException("Interrupted");
		end.initCause(cause);
		return end;
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		Path file = file(name);
		try {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
			try {
				channel.position(offset);
				return new PartOfFile(channel, length, name);
			} catch (IOException | RuntimeException e) {
				channel.close();
				throw e;
			}
		} catch (NoSuchFileException e) {
			throw notFound(name, e);
		} catch (IOException e) {
			throw explained(e, "read " + name);
		}
	}

	private static StorageException notFound(String name, Throwable cause) {
		StorageException missing = new StorageException(StorageException.Reason.NOT_FOUND, name);
		missing.initCause(cause);
		return missing;
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		Path file = file(name);
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException e) {
			throw explained(e, "look at " + name);
		}
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		Path folder = root.resolve(kind);
		if (!kind.equals("data")) {
			visit(kind, folder, visitor);
			return;
		}
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
			for (Path each : folders) {
				if (DIGITS.matcher(nameOf(each)).matches() ? !tell(kind, each, visitor) : !visit(kind, each, visitor)) {
					return;
				}
			}
		} catch (NoSuchFileException e) {
			requireRoot(e);
		}
	}

	private boolean visit(String kind, Path folder, Visitor visitor) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				if (DIGITS.matcher(nameOf(file)).matches() && !tell(kind, file, visitor)) {
					return false;
				}
			}
		} catch (NoSuchFileException e) {
			requireRoot(e);
		} catch (NotDirectoryException e) {
			return true;
		} catch (AccessDeniedException e) {
			throw explained(e, "list " + kind);
		}
		return true;
	}

	private static boolean tell(String kind, Path file, Visitor visitor) throws IOException {
		BasicFileAttributes attributes;
		try {
			attributes = Files.readAttributes(file, BasicFileAttributes.class);
		} catch (NoSuchFileException e) {
			return true; // deleted meanwhile
		}
		return !attributes.isRegularFile() || visitor.visit(kind + '/' + nameOf(file), attributes.size());
	}

	/** An empty repository has no folder for some kinds; a share that is not mounted has none at all. */
	private void requireRoot(NoSuchFileException cause) throws IOException {
		if (!Files.isDirectory(root)) {
			throw StorageProblems.NO_SUCH_PLACE.exceptionBecause(cause, location);
		}
	}

	@Override
	public void delete(String name) throws IOException {
		Path file = file(name);
		try {
			Files.deleteIfExists(file);
		} catch (AccessDeniedException e) {
			StorageException forbidden = new StorageException(StorageException.Reason.FORBIDDEN, name);
			forbidden.initCause(e);
			throw forbidden;
		} catch (IOException | ReadOnlyFileSystemException e) {
			throw explained(e, "delete " + name);
		}
	}

	@Override
	public void removeEmptyFolders(String name) throws IOException {
		try {
			for (Path folder = folderOf(file(name)); !folder.equals(root); folder = folderOf(folder)) {
				Files.deleteIfExists(folder);
			}
		} catch (FileSystemException e) {
			System.getLogger(FolderStorage.class.getName()).log(System.Logger.Level.DEBUG, "A folder stays", e);
		}
	}

	@Override
	public Optional<Capacity> capacity() throws IOException {
		try {
			FileStore store = Files.getFileStore(root);
			return Optional.of(new Capacity(store.getUsableSpace(), store.getTotalSpace()));
		} catch (NoSuchFileException e) {
			throw StorageProblems.NO_SUCH_PLACE.exceptionBecause(e, location);
		}
	}

	@Override
	public void close() {
		// Nothing is held.
	}

	private Path file(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("Not the name of a blob");
		}
		String digits = name.substring(name.indexOf('/') + 1);
		return name.startsWith("data/") ? root.resolve("data").resolve(digits.substring(0, 2)).resolve(digits)
				: root.resolve(name);
	}

	private Path folderOf(Path file) {
		Path parent = file.getParent();
		return parent == null ? root : parent;
	}

	private static String nameOf(Path path) {
		Path name = path.getFileName();
		return name == null ? "" : name.toString();
	}

	private IOException explained(Exception e, String what) {
		return switch (e) {
			case StorageException told -> told;
			case ClosedByInterruptException end -> interrupted(end);
			case InterruptedIOException end -> end;
			case AccessDeniedException denied -> StorageProblems.FORBIDDEN.exceptionBecause(denied, location, what);
			case ReadOnlyFileSystemException denied ->
				StorageProblems.FORBIDDEN.exceptionBecause(denied, location, what);
			case FileSystemException denied when "Operation not permitted".equals(denied.getReason()) ->
				StorageProblems.FORBIDDEN.exceptionBecause(denied, location, what);
			case IOException failed when isFull(failed) -> full(failed, what);
			default -> StorageProblems.FAILED.exceptionBecause(e, location, String.valueOf(e.getMessage()));
		};
	}

	private static StorageException full(IOException cause, String what) {
		StorageException full = new StorageException(StorageException.Reason.NO_SPACE, what);
		full.initCause(cause);
		return full;
	}

	/** A file that is too large for its file system lacks room there too. */
	private static boolean isFull(IOException e) {
		return FullDisk.isToldBy(e)
				|| String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("file too large");
	}
}
