// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatExtensionInfo;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.storage.base.FolderLayout;
import org.keepsake.storage.base.FolderListing;
import org.keepsake.storage.base.RateLimit;
import org.keepsake.storage.base.ReadAhead;
import org.keepsake.storage.base.ResumingInput;
import org.keepsake.storage.base.Retries;
import org.keepsake.storage.base.SharedConnections;
import org.keepsake.storage.base.StorageSettings;

/**
 * Blobs in a folder on an SFTP server, laid out as restic's own backend for it does ({@link FolderLayout}). Speaks
 * version 3 of the protocol, which every server knows, and OpenSSH's extensions where they are offered.
 *
 * <p>
 * A blob is written to a file of another name, named as restic names them, synchronised, and takes its name by the plain
 * rename of version 3, which does not replace; OpenSSH's server does that by a hard link, so that one of many writers
 * wins. A half-written file is never seen as a blob: its name is none.
 */
final class SftpStorage implements Storage {

	private static final int USUAL_CONNECTIONS = 4;
	private static final int MOST_CONNECTIONS = 32;
	/** Blobs in one folder; a server that goes on for ever is not heard out. */
	private static final int MOST_FILES = 10_000_000;
	private static final int FOLDER_MODE = 0700;
	private static final int FILE_MODE = 0600;

	private final SftpLocation location;
	private final Dialer dialer;
	private final SharedConnections<Connection> connections;
	private final Failures failures;
	private final Retries retries;
	private final RateLimit upload;
	private final RateLimit download;

	SftpStorage(SftpLocation location, StorageFactory.Context context) throws IOException {
		StorageSettings settings = new StorageSettings(context);
		this.location = location;
		this.failures = new Failures(location.text());
		this.retries = settings.retries();
		this.upload = settings.upload();
		this.download = settings.download();
		this.dialer = new Dialer(location, context);
		this.connections = new SharedConnections<>(dialer::dial,
				(int) settings.number("connections", USUAL_CONNECTIONS, 1, MOST_CONNECTIONS));
	}

	@Override
	public String location() {
		return location.text();
	}

	/** What is done over one connection. */
	@FunctionalInterface
	private interface Call<T> {
		/** @param number 0 for the first attempt */
		T run(SftpClient client, int number) throws IOException;
	}

	private <T> T call(String what, Call<T> call) throws IOException {
		try {
			return attempts(number -> {
				try (SharedConnections<Connection>.Lease lease = connections.lease()) {
					return call.run(lease.peer().client(), number);
				}
			});
		} catch (IOException e) {
			throw failures.explained(e, what);
		}
	}

	private <T> T attempts(Retries.Attempt<T> attempt) throws IOException {
		return patience().call(this::passes, number -> checked(() -> attempt.run(number)));
	}

	/** Somebody sits in front of the screen: a server that never answered is given up soon. */
	private Retries patience() {
		return connections.wasReached() ? retries : retries.briefly();
	}

	private boolean passes(IOException e) {
		return connections.wasReached() ? Failures.passes(e) : Failures.passesAtFirst(e);
	}

	/** The library throws unchecked what a closed connection or a garbled answer brings it to. */
	private <T> T checked(Fallible<T> call) throws IOException {
		try {
			return call.run();
		} catch (UncheckedIOException e) {
			throw e.getCause();
		} catch (BufferException e) {
			throw StorageProblems.FAILED.exceptionBecause(e, location.text(), Texts.GARBLED.text());
		} catch (RuntimeException e) {
			throw new IOException(e);
		}
	}

	@FunctionalInterface
	private interface Fallible<T> {
		T run() throws IOException;
	}

	private String path(String relative) {
		String root = location.path();
		return relative.isEmpty() ? root : root.endsWith("/") ? root + relative : root + '/' + relative;
	}

	@Override
	public void create() throws IOException {
		String what = "create folders";
		call(what, (client, number) -> {
			makeFolders(client, location.path());
			return true;
		});
		FolderLayout.make(new FolderLayout.Place() {
			@Override
			public Set<String> names(String folder) throws IOException {
				return call(what, (client, number) -> SftpStorage.names(client, path(folder)));
			}

			@Override
			public void make(String folder) throws IOException {
				call(what, (client, number) -> {
					makeFolder(client, path(folder));
					return true;
				});
			}
		});
	}

	private static Set<String> names(SftpClient client, String folder) throws IOException {
		Set<String> names = new HashSet<>();
		for (DirEntry entry : client.readDir(folder)) {
			names.add(entry.getFilename());
		}
		return names;
	}

	private static void makeFolders(SftpClient client, String path) throws IOException {
		if (stat(client, path).isPresent()) {
			return;
		}
		int slash = path.lastIndexOf('/');
		if (slash > 0) {
			makeFolders(client, path.substring(0, slash));
		}
		makeFolder(client, path);
		Attributes mode = new Attributes();
		mode.setPermissions(FOLDER_MODE);
		client.setStat(path, mode);
	}

	private static void makeFolder(SftpClient client, String path) throws IOException {
		try {
			client.mkdir(path);
		} catch (SftpException e) {
			if (stat(client, path).filter(Attributes::isDirectory).isPresent()) {
				return;
			}
			throw e;
		}
	}

	private static Optional<Attributes> stat(SftpClient client, String path) throws IOException {
		try {
			return Optional.of(client.stat(path));
		} catch (SftpException e) {
			if (Failures.isMissing(e)) {
				return Optional.empty();
			}
			throw e;
		}
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		String file = path(FolderLayout.file(name));
		String temporary = file + "-restic-temp-" + UUID.randomUUID();
		try {
			attempts(number -> {
				putOnce(name, file, temporary, content, number);
				return true;
			});
		} catch (IOException e) {
			removeQuietly(temporary);
			throw failures.explained(e, "write " + name);
		}
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		String file = path(FolderLayout.file(name));
		try (SharedConnections<Connection>.Lease lease = connections.lease()) {
			return checked(() -> {
				CloseableHandle handle = lease.peer().client().open(file, Set.of(OpenMode.Write, OpenMode.Truncate));
				try (handle) {
					new RemoteFile(lease.peer(), handle, () -> {
					}).write(content, upload);
				}
				return true;
			});
		} catch (IOException e) {
			throw failures.explained(e, "overwrite " + name);
		}
	}

	/** One attempt; the connection may have broken behind an earlier one's rename. */
	private void putOnce(String name, String file, String temporary, BlobSource content, int number)
			throws IOException {
		try (SharedConnections<Connection>.Lease lease = connections.lease()) {
			SftpClient client = lease.peer().client();
			if (number > 0 && isOurs(client, file, temporary, content)) {
				return;
			}
			if (stat(client, file).isPresent()) {
				throw new StorageException(StorageException.Reason.EXISTS, name);
			}
			try {
				upload(lease.peer(), temporary, content);
				client.rename(temporary, file);
			} catch (SftpException e) {
				if (Failures.passes(e)) {
					throw e;
				}
				if (stat(client, file).isPresent()) {
					throw Failures.told(StorageException.Reason.EXISTS, e, name);
				}
				throw isFull(client, e, content.sizeBytes()) ? Failures.full(e, "write " + name) : e;
			}
		}
	}

	/** Whether an earlier attempt took the name: its temporary file is gone, and the blob is as long as ours. */
	private static boolean isOurs(SftpClient client, String file, String temporary, BlobSource content)
			throws IOException {
		return stat(client, temporary).isEmpty()
				&& stat(client, file).filter(each -> each.getSize() == content.sizeBytes()).isPresent();
	}

	private void upload(Connection connection, String temporary, BlobSource content) throws IOException {
		CloseableHandle handle = create(connection.client(), temporary);
		RemoteFile remote = new RemoteFile(connection, handle, () -> {
		});
		try {
			Attributes mode = new Attributes();
			mode.setPermissions(FILE_MODE);
			connection.client().setStat(handle, mode);
			remote.write(content, upload);
			OpenSSHFsyncExtension sync = connection.client().getExtension(OpenSSHFsyncExtension.class);
			if (sync != null && sync.isSupported()) {
				sync.fsync(handle);
			}
		} catch (IOException | RuntimeException e) {
			remote.close(List.of());
			throw e;
		}
		remote.close();
	}

	private static CloseableHandle create(SftpClient client, String file) throws IOException {
		Set<OpenMode> modes = Set.of(OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
		try {
			return client.open(file, modes);
		} catch (SftpException e) {
			if (!Failures.isMissing(e)) {
				throw e;
			}
			makeFolder(client, FolderLayout.folder(file));
			return client.open(file, modes);
		}
	}

	/** Version 3 has no status for a full disk: a bare failure while there is no room left is one. */
	private boolean isFull(SftpClient client, SftpException e, long sizeBytes) throws IOException {
		return e.getStatus() == SftpConstants.SSH_FX_FAILURE
				&& room(client).filter(room -> room.freeBytes() < sizeBytes).isPresent();
	}

	private void removeQuietly(String file) {
		try (SharedConnections<Connection>.Lease lease = connections.lease()) {
			lease.peer().client().remove(file);
		} catch (IOException | RuntimeException e) {
			System.getLogger(SftpStorage.class.getName()).log(System.Logger.Level.DEBUG, "A temporary file stays", e);
		}
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		String file = path(FolderLayout.file(name));
		return download
				.slow(new ResumingInput((from, wanted) -> checked(() -> part(name, file, from, wanted)), offset, length,
						patience(), this::passes, e -> failures.explained(e, "read " + name)));
	}

	private InputStream part(String name, String file, long offset, long length) throws IOException {
		SharedConnections<Connection>.Lease lease = connections.lease();
		try {
			SftpClient client = lease.peer().client();
			CloseableHandle handle = client.open(file, Set.of(OpenMode.Read));
			long wanted = length >= 0 ? length : Math.max(0, client.stat(handle).getSize() - offset);
			return new ReadAhead<>(new RemoteFile(lease.peer(), handle, lease), offset, wanted, RemoteFile.BLOCK,
					RemoteFile.WINDOW);
		} catch (IOException | RuntimeException e) {
			lease.close();
			if (e instanceof SftpException missing && Failures.isMissing(missing)) {
				throw Failures.told(StorageException.Reason.NOT_FOUND, missing, name);
			}
			throw e;
		}
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		String file = path(FolderLayout.file(name));
		return call("look at " + name,
				(client, number) -> stat(client, file).filter(Attributes::isRegularFile).map(Attributes::getSize));
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		if (call("list " + kind, (client, number) -> stat(client, path(kind)).isEmpty())) {
			call("list " + kind, (client, number) -> client.stat(path("")));
			return;
		}
		FolderListing.visit(kind, folder -> call("list " + kind, (client, number) -> blobs(client, path(folder))),
				visitor);
	}

	private List<FolderListing.Entry> blobs(SftpClient client, String folder) throws IOException {
		List<FolderListing.Entry> found = new ArrayList<>();
		visitFiles(client, folder, (name, attributes) -> {
			if (FolderLayout.isBlob(name)) {
				found.add(new FolderListing.Entry(name, Math.max(0, attributes.getSize())));
			}
		});
		return found;
	}

	private void visitFiles(SftpClient client, String folder, BiConsumer<String, Attributes> visitor)
			throws IOException {
		try (CloseableHandle handle = client.openDir(folder)) {
			long entries = 0;
			for (List<DirEntry> some = client.readDir(handle); some != null; some = client.readDir(handle)) {
				for (DirEntry entry : some) {
					if (entry.getAttributes().isRegularFile()) {
						visitor.accept(entry.getFilename(), entry.getAttributes());
					}
				}
				entries += some.size();
				if (entries > MOST_FILES) {
					throw StorageProblems.FAILED.exception(location.text(), Texts.GARBLED.text());
				}
			}
		} catch (SftpException e) {
			if (!Failures.isMissing(e)) {
				throw e;
			}
		}
	}

	@Override
	public void tidy() throws IOException {
		FolderLayout.tidy(folder -> call("tidy up", (client, number) -> {
			List<String> found = new ArrayList<>();
			visitFiles(client, path(folder), (name, attributes) -> {
				FileTime written = attributes.getModifyTime();
				if (written != null && FolderLayout.isAbandoned(name, written.toInstant())) {
					found.add(path(folder.isEmpty() ? name : folder + '/' + name));
				}
			});
			return found;
		}), this::removeQuietly);
	}

	@Override
	public void delete(String name) throws IOException {
		String file = path(FolderLayout.file(name));
		call("delete " + name, (client, number) -> {
			try {
				client.remove(file);
			} catch (SftpException e) {
				if (Failures.isDenied(e)) {
					throw Failures.told(StorageException.Reason.FORBIDDEN, e, name);
				}
				if (!Failures.isMissing(e)) {
					throw e;
				}
			}
			return true;
		});
	}

	@Override
	public void removeEmptyFolders(String name) {
		try (SharedConnections<Connection>.Lease lease = connections.lease()) {
			for (String folder : FolderLayout.foldersOf(name)) {
				lease.peer().client().rmdir(path(folder));
			}
		} catch (IOException | RuntimeException e) {
			System.getLogger(SftpStorage.class.getName()).log(System.Logger.Level.DEBUG, "A folder stays", e);
		}
	}

	@Override
	public Optional<Capacity> capacity() throws IOException {
		return call("ask for the room left", (client, number) -> room(client));
	}

	private Optional<Capacity> room(SftpClient client) throws IOException {
		OpenSSHStatPathExtension extension = client.getExtension(OpenSSHStatPathExtension.class);
		if (extension == null || !extension.isSupported()) {
			return Optional.empty();
		}
		OpenSSHStatExtensionInfo info = extension.stat(path(""));
		return Optional.of(new Capacity(Math.max(0, info.f_bavail * info.f_frsize),
				Math.max(0, info.f_blocks * info.f_frsize)));
	}

	@Override
	public void close() {
		connections.close();
		dialer.close();
	}
}
