// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/** What data sets see of a backup. See {@link org.keepsake.ios.backup.Backup#content}. */
final class Content implements BackupContent, Closeable {

	private static final String MANIFEST = "Manifest.plist";
	private static final Set<String> AS_THEY_ARE = Set.of("Info.plist", "Status.plist");
	private static final Set<String> KEYS = Set.of("BackupKeyBag", "ManifestKey");
	private static final long MAX_MANIFEST = 16 << 20;

	private final Reader reader;
	private final Databases databases;
	private final Shared shared = new Shared();

	Content(Reader reader) {
		this.reader = reader;
		databases = new Databases(reader);
	}

	@Override
	public BackupSummary summary() {
		return reader.metadata().summary(0, 0);
	}

	@Override
	public Optional<ContentFile> find(String domain, String path) throws IOException {
		BackupFile found = entry(domain, path, false);
		return found == null ? Optional.empty() : Optional.of(file(found));
	}

	/** The regular file of the name; null if there is none. */
	private @Nullable BackupFile entry(String domain, String path, boolean thorough) throws IOException {
		Index index = reader.index(JobMonitor.NONE);
		try {
			BackupFile file = index.find(domain, path, thorough);
			return file == null || file.kind() != Kind.FILE ? null : file;
		} catch (IndexException e) {
			throw Reader.damaged(index, e);
		}
	}

	private BackupFile entry(ContentFile file) throws IOException {
		BackupFile found = entry(file.domain(), file.path(), true);
		if (found == null) {
			throw BackupProblems.FILE_MISSING.exception(file.domain() + '/' + file.path());
		}
		return found;
	}

	private static ContentFile file(BackupFile file) {
		return new ContentFile(file.domain(), file.path(), file.sizeBytes(), file.modified());
	}

	@Override
	public void forEach(@Nullable String domain, @Nullable String path, FileVisitor visitor) throws IOException {
		reader.forEach(new FileFilter(domain, path), file -> file.kind() != Kind.FILE || visitor.visit(file(file)));
	}

	@Override
	public InputStream open(ContentFile file) throws IOException {
		return reader.content(entry(file));
	}

	@Override
	public SeekableByteChannel channel(ContentFile file) throws IOException {
		BackupFile entry = entry(file);
		return new PayloadChannel(entry, reader.content(entry));
	}

	@Override
	public ContentDatabase database(ContentFile file) throws IOException {
		return databases.open(entry(file), entry(file.domain(), file.path() + "-wal", false));
	}

	@Override
	public Optional<InputStream> description(String name) throws IOException {
		if (!name.equals(MANIFEST) && !AS_THEY_ARE.contains(name)) {
			return Optional.empty();
		}
		TreePath path = new TreePath(name);
		BackupTree tree = reader.tree();
		if (tree.stat(path).filter(TreeEntry::isFile).isEmpty()) {
			return Optional.empty();
		}
		InputStream in = Channels.newInputStream(tree.open(path));
		if (!name.equals(MANIFEST)) {
			return Optional.of(in);
		}
		try (in) {
			PropertyList list = PropertyList.read(in, MAX_MANIFEST, key -> !KEYS.contains(key));
			return Optional.of(new ByteArrayInputStream(list.toXml()));
		} catch (PlistException e) {
			throw BackupProblems.DAMAGED.exceptionBecause(e, name,
					Texts.text("plist.unreadable", String.valueOf(e.getMessage())));
		}
	}

	@Override
	public byte @Nullable [] unwrap(int protectionClass, byte[] wrapped) {
		ClassKeys keys = reader.keys();
		return keys == null ? null : keys.unwrap(protectionClass, wrapped);
	}

	@Override
	public <T> T shared(Class<T> type, Maker<T> maker) throws IOException {
		return shared.get(type, () -> maker.make(this));
	}

	@Override
	public void close() throws IOException {
		try {
			shared.close();
		} finally {
			databases.close();
		}
	}
}
