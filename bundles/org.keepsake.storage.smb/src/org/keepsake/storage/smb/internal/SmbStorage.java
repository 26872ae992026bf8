// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.fileinformation.FileBasicInformation;
import com.hierynomus.msfscc.fileinformation.FileIdBothDirectoryInformation;
import com.hierynomus.msfscc.fileinformation.FileStandardInformation;
import com.hierynomus.msfscc.fileinformation.ShareInfo;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.share.Directory;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;

import org.eclipse.jdt.annotation.Nullable;
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
 * Blobs in a folder on an SMB share, laid out as restic does in a folder ({@link FolderLayout}), so that restic can use
 * the folder behind the share.
 *
 * <p>
 * A blob is written to a file of another name, flushed to the server's disk, and takes its name by a rename that does
 * not replace. A half-written file is never seen as a blob: its name is none.
 */
final class SmbStorage implements Storage {

	private static final int USUAL_CONNECTIONS = 2;
	private static final int MOST_CONNECTIONS = 16;
	/** Files in one folder; a server that goes on for ever is not heard out. */
	private static final int MOST_FILES = 10_000_000;
	private static final Set<SMB2ShareAccess> SHARED = SMB2ShareAccess.ALL;

	private final SmbLocation location;
	private final SharedConnections<Link> links;
	private final Failures failures;
	private final Retries retries;
	private final RateLimit upload;
	private final RateLimit download;

	SmbStorage(SmbLocation location, StorageFactory.Context context) throws IOException {
		StorageSettings settings = new StorageSettings(context);
		this.location = location;
		this.failures = new Failures(location.text());
		this.retries = settings.retries();
		this.upload = settings.upload();
		this.download = settings.download();
		this.links = new SharedConnections<>(new Dialer(location, context)::dial,
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
		T run(Link link, int number) throws IOException;
	}

	private <T> T call(String what, Call<T> call) throws IOException {
		try {
			return patience().call(this::passes, number -> {
				try (SharedConnections<Link>.Lease lease = links.lease()) {
					return on(lease.peer(), () -> call.run(lease.peer(), number));
				}
			});
		} catch (IOException e) {
			throw failures.explained(e, what);
		}
	}

	/** Somebody sits in front of the screen: a server that never answered is given up soon. */
	private Retries patience() {
		return links.wasReached() ? retries : retries.briefly();
	}

	private boolean passes(IOException e) {
		return links.wasReached() ? Failures.passes(e) : Failures.passesAtFirst(e);
	}

	@FunctionalInterface
	private interface Fallible<T> {
		T run() throws IOException;
	}

	/** The library throws unchecked; a connection over which nothing more can be done is ended. */
	private static <T> T on(Link link, Fallible<T> call) throws IOException {
		try {
			return call.run();
		} catch (IOException e) {
			throw ended(link, e);
		} catch (RuntimeException | StackOverflowError e) {
			throw ended(link,
					e instanceof RuntimeException unchecked ? Dialer.unwrapped(unchecked) : new IOException(e));
		}
	}

	private static IOException ended(Link link, IOException e) {
		if (Failures.breaks(e)) {
			link.close();
		}
		return e;
	}

	private String path(String relative) {
		String below = relative.replace('/', '\\');
		return location.path().isEmpty() ? below
				: below.isEmpty() ? location.path() : location.path() + '\\' + below;
	}

	@Override
	public void create() throws IOException {
		String what = "create folders";
		call(what, (link, number) -> {
			makeFolders(link, location.path());
			return true;
		});
		FolderLayout.make(new FolderLayout.Place() {
			@Override
			public Set<String> names(String folder) throws IOException {
				return call(what, (link, number) -> SmbStorage.names(link, path(folder)));
			}

			@Override
			public void make(String folder) throws IOException {
				call(what, (link, number) -> {
					makeFolder(link, path(folder));
					return true;
				});
			}
		});
	}

	private static Set<String> names(Link link, String folder) throws IOException {
		Set<String> names = new HashSet<>();
		visit(link, folder, entry -> names.add(entry.getFileName()));
		return names;
	}

	private void makeFolders(Link link, String path) throws IOException {
		if (path.isEmpty() || link.share().folderExists(path)) {
			return;
		}
		makeFolders(link, path.substring(0, Math.max(0, path.lastIndexOf('\\'))));
		makeFolder(link, path);
	}

	private void makeFolder(Link link, String path) throws IOException {
		try {
			link.share().mkdir(path);
		} catch (RuntimeException e) {
			IOException told = Dialer.unwrapped(e);
			if (!Failures.isTaken(told)) {
				throw told;
			}
		}
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		String file = path(FolderLayout.file(name));
		List<String> leftovers = new ArrayList<>();
		try {
			call("write " + name, (link, number) -> {
				putOnce(link, name, file, content, leftovers);
				return true;
			});
		} finally {
			leftovers.forEach(this::removeQuietly);
		}
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		return call("overwrite " + name, (link, number) -> {
			try (File open = link.share().openFile(path(FolderLayout.file(name)), EnumSet.of(AccessMask.GENERIC_WRITE),
					null, SHARED, SMB2CreateDisposition.FILE_OVERWRITE, EnumSet.noneOf(SMB2CreateOptions.class))) {
				new RemoteFile(link, open, () -> {
				}).write(content, upload);
				return true;
			}
		});
	}

	/**
	 * One attempt.
	 *
	 * @param leftovers temporary files that may be there; one that is gone took its name before the connection broke
	 */
	private void putOnce(Link link, String name, String file, BlobSource content, List<String> leftovers)
			throws IOException {
		Optional<Long> there = length(link, file);
		if (there.isPresent()) {
			String last = leftovers.isEmpty() ? file : leftovers.getLast();
			if (there.get() == content.sizeBytes() && length(link, last).isEmpty()) {
				leftovers.removeLast();
				return;
			}
			throw new StorageException(StorageException.Reason.EXISTS, name);
		}
		String temporary = file + "-tmp-" + UUID.randomUUID();
		leftovers.add(temporary);
		try (File open = create(link, temporary)) {
			new RemoteFile(link, open, () -> {
			}).write(content, upload);
			open.flush();
			open.rename(file, false);
			leftovers.remove(temporary);
		} catch (RuntimeException e) {
			IOException told = Dialer.unwrapped(e);
			throw Failures.isTaken(told) ? Failures.told(StorageException.Reason.EXISTS, told, name) : told;
		}
	}

	private File create(Link link, String file) throws IOException {
		try {
			return create(link.share(), file);
		} catch (RuntimeException e) {
			IOException told = Dialer.unwrapped(e);
			if (!Failures.isMissing(told)) {
				throw told;
			}
			makeFolder(link, file.substring(0, file.lastIndexOf('\\')));
			return create(link.share(), file);
		}
	}

	private static File create(DiskShare share, String file) {
		return share.openFile(file, EnumSet.of(AccessMask.GENERIC_WRITE, AccessMask.DELETE),
				EnumSet.of(FileAttributes.FILE_ATTRIBUTE_NORMAL), SHARED, SMB2CreateDisposition.FILE_CREATE,
				EnumSet.noneOf(SMB2CreateOptions.class));
	}

	private void removeQuietly(String file) {
		try (SharedConnections<Link>.Lease lease = links.lease()) {
			lease.peer().share().rm(file);
		} catch (IOException | RuntimeException e) {
			System.getLogger(SmbStorage.class.getName()).log(System.Logger.Level.DEBUG, "A temporary file stays", e);
		}
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		String file = path(FolderLayout.file(name));
		return download.slow(new ResumingInput((from, wanted) -> part(name, file, from, wanted), offset, length,
				patience(), this::passes, e -> failures.explained(e, "read " + name)));
	}

	private InputStream part(String name, String file, long offset, long length) throws IOException {
		SharedConnections<Link>.Lease lease = links.lease();
		try {
			Link link = lease.peer();
			return on(link, () -> {
				File open = link.share().openFile(file, EnumSet.of(AccessMask.GENERIC_READ), null, SHARED,
						SMB2CreateDisposition.FILE_OPEN, null);
				long wanted = length >= 0 ? length
						: Math.max(0, open.getFileInformation(FileStandardInformation.class).getEndOfFile() - offset);
				return new Breaking(link, new ReadAhead<>(new RemoteFile(link, open, lease), offset, wanted,
						Math.min(RemoteFile.BLOCK, link.largestRead()), RemoteFile.WINDOW));
			});
		} catch (IOException e) {
			lease.close();
			throw Failures.isMissing(e) ? Failures.told(StorageException.Reason.NOT_FOUND, e, name) : e;
		}
	}

	/** Ends a connection that fails while a file is read. */
	private static final class Breaking extends FilterInputStream {

		private final Link link;

		Breaking(Link link, InputStream in) {
			super(in);
			this.link = link;
		}

		@Override
		public int read() throws IOException {
			return on(link, in::read);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return on(link, () -> in.read(bytes, offset, length));
		}
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		String file = path(FolderLayout.file(name));
		return call("look at " + name, (link, number) -> length(link, file));
	}

	/** Empty if there is no such file. */
	private static Optional<Long> length(Link link, String file) throws IOException {
		try (File open = link.share().openFile(file, EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES), null, SHARED,
				SMB2CreateDisposition.FILE_OPEN, null)) {
			return Optional.of(open.getFileInformation(FileStandardInformation.class).getEndOfFile());
		} catch (RuntimeException e) {
			IOException told = Dialer.unwrapped(e);
			if (Failures.isMissing(told)) {
				return Optional.empty();
			}
			throw told;
		}
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		boolean there = call("list " + kind, (link, number) -> link.share().folderExists(path(kind)));
		if (!there) {
			if (!location.path().isEmpty()
					&& !call("list " + kind, (link, number) -> link.share().folderExists(location.path()))) {
				throw StorageProblems.NO_SUCH_PLACE.exception(location.text());
			}
			return;
		}
		FolderListing.visit(kind, folder -> call("list " + kind, (link, number) -> blobs(link, path(folder))), visitor);
	}

	private static List<FolderListing.Entry> blobs(Link link, String folder) throws IOException {
		List<FolderListing.Entry> found = new ArrayList<>();
		try {
			visit(link, folder, entry -> {
				boolean isFile = (entry.getFileAttributes() & FileAttributes.FILE_ATTRIBUTE_DIRECTORY.getValue()) == 0;
				if (isFile && FolderLayout.isBlob(entry.getFileName())) {
					found.add(new FolderListing.Entry(entry.getFileName(), Math.max(0, entry.getEndOfFile())));
				}
			});
		} catch (IOException e) {
			if (!Failures.isMissing(e)) {
				throw e;
			}
		}
		return found;
	}

	@Override
	public void tidy() throws IOException {
		FolderLayout.tidy(folder -> call("tidy up", (link, number) -> abandoned(link, folder)), this::removeQuietly);
	}

	private List<String> abandoned(Link link, String folder) throws IOException {
		List<String> found = new ArrayList<>();
		try {
			visit(link, path(folder), entry -> {
				String name = entry.getFileName();
				if (FolderLayout.isAbandoned(name, entry.getLastWriteTime().toInstant())) {
					found.add(path(folder.isEmpty() ? name : folder + '/' + name));
				}
			});
		} catch (IOException e) {
			if (!Failures.isMissing(e)) {
				throw e;
			}
		}
		return found;
	}

	@FunctionalInterface
	private interface EntryVisitor {
		void visit(FileIdBothDirectoryInformation entry);
	}

	private static void visit(Link link, String folder, EntryVisitor visitor) throws IOException {
		try (Directory open = link.share().openDirectory(folder,
				EnumSet.of(AccessMask.FILE_LIST_DIRECTORY, AccessMask.FILE_READ_ATTRIBUTES), null, SHARED,
				SMB2CreateDisposition.FILE_OPEN, null)) {
			Iterator<FileIdBothDirectoryInformation> entries = open.iterator();
			for (int i = 0; entries.hasNext(); i++) {
				if (i == MOST_FILES) {
					throw new IOException("The folder has no end");
				}
				visitor.visit(entries.next());
			}
		} catch (RuntimeException e) {
			throw Dialer.unwrapped(e);
		}
	}

	@Override
	public void delete(String name) throws IOException {
		String file = path(FolderLayout.file(name));
		call("delete " + name, (link, number) -> {
			IOException refused = removed(link, file);
			if (refused != null && Failures.isReadOnly(refused)) {
				makeWritable(link, file);
				refused = removed(link, file);
			}
			if (refused != null && !Failures.isMissing(refused)) {
				throw Failures.isDenied(refused) || Failures.isReadOnly(refused)
						? Failures.told(StorageException.Reason.FORBIDDEN, refused, name)
						: refused;
			}
			return true;
		});
	}

	/** @return why not; null if it is done */
	private static @Nullable IOException removed(Link link, String file) {
		try {
			link.share().rm(file);
			return null;
		} catch (RuntimeException e) {
			return Dialer.unwrapped(e);
		}
	}

	/** restic marks its files as read-only where it can, and such a file cannot be deleted on a share. */
	private static void makeWritable(Link link, String file) throws IOException {
		try {
			link.share().setFileInformation(file,
					new FileBasicInformation(FileBasicInformation.DONT_SET, FileBasicInformation.DONT_SET,
							FileBasicInformation.DONT_SET, FileBasicInformation.DONT_SET,
							FileAttributes.FILE_ATTRIBUTE_NORMAL.getValue()));
		} catch (RuntimeException e) {
			throw Dialer.unwrapped(e);
		}
	}

	@Override
	public void removeEmptyFolders(String name) {
		try (SharedConnections<Link>.Lease lease = links.lease()) {
			for (String folder : FolderLayout.foldersOf(name)) {
				lease.peer().share().rmdir(path(folder), false);
			}
		} catch (IOException | RuntimeException e) {
			System.getLogger(SmbStorage.class.getName()).log(System.Logger.Level.DEBUG, "A folder stays", e);
		}
	}

	@Override
	public Optional<Capacity> capacity() throws IOException {
		return call("ask for the room left", (link, number) -> {
			if (!location.path().isEmpty() && !link.share().folderExists(location.path())) {
				throw StorageProblems.NO_SUCH_PLACE.exception(location.text());
			}
			ShareInfo info = link.share().getShareInformation();
			return Optional.of(new Capacity(Math.max(0, info.getCallerFreeSpace()), Math.max(0, info.getTotalSpace())));
		});
	}

	@Override
	public void close() {
		links.close();
	}
}
