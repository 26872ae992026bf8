// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;
import org.keepsake.ios.backup.internal.crypto.DerivedKey;
import org.keepsake.ios.backup.internal.crypto.KeyBag;
import org.keepsake.ios.backup.internal.crypto.KeyBagException;

/** What stands behind {@link Backup}: the tree, its metadata, and once they are needed the keys and the index. */
public final class Reader implements Closeable {

	private static final int MAX_DEPTH = 4;

	private final BackupTree tree;
	private final Metadata metadata;
	private final Payloads payloads;
	private final Object lock = new Object();
	private volatile @Nullable ClassKeys keys;
	private @Nullable Index index;
	private @Nullable Content content;

	private Reader(BackupTree tree, Metadata metadata) {
		this.tree = tree;
		this.metadata = metadata;
		payloads = new Payloads(tree, !metadata.hasDatabase());
	}

	/** See {@link Backup#open}. */
	public static Reader open(BackupTree tree) throws IOException {
		try {
			Metadata metadata = Metadata.read(tree);
			if (!metadata.isBackup()) {
				throw BackupProblems.NOT_A_BACKUP.exception(tree.name());
			}
			return new Reader(tree, metadata);
		} catch (IOException | RuntimeException e) {
			tree.close();
			throw e;
		}
	}

	/** What the property lists say. */
	public Metadata metadata() {
		return metadata;
	}

	/** See {@link Backup#measure}. */
	public BackupSummary measure(JobMonitor monitor) throws IOException {
		long[] sum = new long[2];
		measure(TreePath.ROOT, 0, sum, monitor);
		return metadata.summary(sum[0], sum[1]);
	}

	private void measure(TreePath folder, int depth, long[] sum, JobMonitor monitor) throws IOException {
		monitor.throwIfCancelled();
		for (TreeEntry entry : tree.list(folder)) {
			if (entry.isFile()) {
				sum[0] += entry.sizeBytes();
				sum[1]++;
			} else if (entry.isDirectory() && depth < MAX_DEPTH && TreePath.isAllowed(entry.name())) {
				measure(folder.resolve(entry.name()), depth + 1, sum, monitor);
			}
		}
	}

	/** See {@link Backup#isUnlocked}. */
	public boolean isUnlocked() {
		return !metadata.isEncrypted() || keys != null;
	}

	/** See {@link Backup#unlock}. */
	public void unlock(Secret password, JobMonitor monitor) throws IOException {
		if (isUnlocked()) {
			return;
		}
		ClassKeys opened = openKeyBag(password, monitor);
		if (opened == null) {
			throw BackupProblems.WRONG_PASSWORD.exception();
		}
		keep(opened);
	}

	private void keep(ClassKeys opened) {
		synchronized (lock) {
			if (keys == null) {
				keys = opened;
			} else {
				opened.close();
			}
		}
	}

	/** See {@link Backup#unlockByKey}. */
	public boolean unlockByKey(Secret key) throws IOException {
		if (isUnlocked()) {
			return true;
		}
		try (DerivedKey derived = DerivedKey.of(key)) {
			ClassKeys opened = derived == null ? null : metadata.keyBag().open(derived);
			if (opened != null) {
				keep(opened);
			}
			return opened != null;
		} catch (KeyBagException e) {
			throw unusable(e);
		}
	}

	/** See {@link Backup#exportKey}. */
	public Optional<Secret> exportKey() {
		ClassKeys opened = keys;
		Secret key = opened == null ? null : opened.derivedKey();
		return key == null ? Optional.empty() : Optional.of(key);
	}

	/** See {@link Backup#isPassword}. */
	public boolean isPassword(Secret password, JobMonitor monitor) throws IOException {
		if (!metadata.isEncrypted()) {
			return true;
		}
		try (ClassKeys opened = openKeyBag(password, monitor)) {
			return opened != null;
		}
	}

	private @Nullable ClassKeys openKeyBag(Secret password, JobMonitor monitor) throws IOException {
		monitor.report(new JobEvent.Phase("unlocking", Texts.text("phase.unlocking")));
		try {
			KeyBag bag = metadata.keyBag();
			WarmUp.begin();
			return bag.open(password, monitor);
		} catch (KeyBagException e) {
			throw unusable(e);
		}
	}

	private static ProblemException unusable(KeyBagException e) {
		return e.unknownVersion() > 0
				? BackupProblems.UNKNOWN_KEY_BAG.exceptionBecause(e,
						String.valueOf(e.unknownVersion()), String.valueOf(KeyBag.NEWEST_VERSION))
				: BackupProblems.DAMAGED.exceptionBecause(e, "Manifest.plist",
						Texts.text("keybag.unusable", String.valueOf(e.getMessage())));
	}

	/** The index, opened by whoever needs it first. */
	Index index(JobMonitor monitor) throws IOException {
		synchronized (lock) {
			Index opened = index;
			if (opened == null) {
				opened = Indexes.open(tree, metadata, keys, monitor);
				index = opened;
			}
			return opened;
		}
	}

	/** See {@link Backup#forEach}. */
	public void forEach(FileFilter filter, Backup.FileVisitor visitor) throws IOException {
		long after = Long.MIN_VALUE;
		try (IndexStream stream = stream(filter)) {
			if (stream != null) {
				if (stream.visit(filter, visitor)) {
					return;
				}
				after = stream.last();
			}
		}
		Index opened = index(JobMonitor.NONE);
		try {
			if (after > Long.MIN_VALUE && opened instanceof DatabaseIndex database) {
				database.forEach(filter, false, after, entry -> visitor.visit(entry.file()));
			} else {
				opened.forEach(filter, false, entry -> visitor.visit(entry.file()));
			}
		} catch (IndexException e) {
			throw damaged(opened, e);
		}
	}

	/* While nobody needed the index in clear, and its own indexes would not help. */
	private @Nullable IndexStream stream(FileFilter filter) throws IOException {
		ClassKeys opened = keys;
		synchronized (lock) {
			if (index != null || opened == null || isLiteral(filter.domain()) || isLiteral(filter.path())) {
				return null;
			}
		}
		return Indexes.stream(tree, metadata, opened);
	}

	private static boolean isLiteral(@Nullable String glob) {
		return glob != null && new Glob(glob).literal() != null;
	}

	static ProblemException damaged(Index index, IndexException e) {
		return new ProblemException(
				BackupProblems.DAMAGED.problem(index.fileName(), String.valueOf(e.getMessage())), e);
	}

	/** See {@link Backup#read}. */
	public InputStream read(BackupFile file) throws IOException {
		if (file.kind() != BackupFile.Kind.FILE) {
			throw new IllegalArgumentException("Only regular files have content");
		}
		return content(file);
	}

	/** See {@link Backup#deriveKey}. */
	public byte @Nullable [] deriveKey(String purpose) throws IOException {
		if (!metadata.isEncrypted()) {
			return null;
		}
		ClassKeys opened = keys;
		if (opened == null) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		return opened.derive(purpose);
	}

	/** See {@link Backup#verify}. */
	public VerifyReport verify(VerifyLevel level, JobMonitor monitor) throws IOException {
		if (level == VerifyLevel.CRYPTO && !isUnlocked()) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		return new Verifier(this, level, monitor).verify();
	}

	/** See {@link Backup#extract}. */
	public ExtractReport extract(FileFilter filter, Path folder, JobMonitor monitor) throws IOException {
		if (!isUnlocked()) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		return new Extractor(this, filter, folder, SafeNames.ofThisSystem(), monitor).extract();
	}

	/** The content of one file. @param file a regular file */
	PayloadStream content(BackupFile file) throws IOException {
		ClassKeys opened = keys;
		if (metadata.isEncrypted() && opened == null && file.content().wrappedKey() != null) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		return PayloadStream.open(payloads, file, opened, null);
	}

	/** Where a file's content lies in clear on this computer; empty if it does not. */
	Optional<Path> localFile(BackupFile file) {
		boolean inClear = !metadata.isEncrypted() || file.content().wrappedKey() == null;
		return inClear && FileIds.isValid(file.fileId()) ? payloads.local(file.fileId()) : Optional.empty();
	}

	/** See {@link Backup#content}. */
	public BackupContent content() throws IOException {
		if (!isUnlocked()) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		synchronized (lock) {
			Content made = content;
			if (made == null) {
				made = new Content(this);
				content = made;
			}
			return made;
		}
	}

	BackupTree tree() {
		return tree;
	}

	Payloads payloads() {
		return payloads;
	}

	@Nullable
	ClassKeys keys() {
		return keys;
	}

	@Override
	public void close() throws IOException {
		synchronized (lock) {
			Content made = content;
			content = null;
			ClassKeys opened = keys;
			keys = null;
			if (opened != null) {
				opened.close();
			}
			Index closing = index;
			try (tree; closing; made) {
				index = null;
			}
		}
	}
}
