// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.target.BackupTree;
import org.keepsake.ios.backup.internal.Reader;

/**
 * One backup, of any program and any iOS from 4 on, opened for reading; it is never changed. What does not need the
 * password is there at once; {@link #unlock} opens the rest of an encrypted one. Thread-safe: files may be read by many
 * threads at once.
 *
 * <p>
 * A tree that is {@link LocalFiles} as well spares the copy of an index that is not encrypted. An encrypted index is
 * decrypted, when it is first needed, to a temporary file that only this user may read and that {@link #close} deletes.
 */
public final class Backup implements Closeable {

	private final Reader reader;

	private Backup(Reader reader) {
		this.reader = reader;
	}

	/**
	 * Reads the property lists, and nothing else: cheap. Lists that are damaged or missing do not prevent it, so that a
	 * damaged backup can be listed and verified; {@link #verify} names them. From then on the tree belongs to the backup
	 * and is closed with it, also if opening fails.
	 *
	 * @throws ProblemException {@link BackupProblems#NOT_A_BACKUP}
	 * @throws IOException      if the tree fails
	 */
	public static Backup open(BackupTree tree) throws IOException {
		return new Backup(Reader.open(tree));
	}

	/** What it says of itself. Size and number of files are 0 here: they cost a walk, see {@link #measure}. */
	public BackupSummary summary() {
		return reader.metadata().summary(0, 0);
	}

	/** The summary with the size and number of all its files, counted by a walk over the folder. */
	public BackupSummary measure(JobMonitor monitor) throws IOException {
		return reader.measure(monitor);
	}

	/** The state its {@code Status.plist} records: {@code finished}, {@code uploading}, … or empty. */
	public String snapshotState() {
		return reader.metadata().snapshotState();
	}

	/** Whether a password protects it. */
	public boolean isEncrypted() {
		return reader.metadata().isEncrypted();
	}

	/** Whether files can be read now: it is not encrypted, or was unlocked. */
	public boolean isUnlocked() {
		return reader.isUnlocked();
	}

	/**
	 * Opens the key bag; takes some three seconds of one core. Without effect if files can be read already.
	 *
	 * @param password stays the caller's
	 * @throws ProblemException {@link BackupProblems#WRONG_PASSWORD}, {@link BackupProblems#UNKNOWN_KEY_BAG}, or
	 *                          {@link BackupProblems#DAMAGED} if there is no key bag that can be opened
	 */
	public void unlock(Secret password, JobMonitor monitor) throws IOException {
		reader.unlock(password, monitor);
	}

	/**
	 * A key that {@link #unlockByKey} takes in place of the password, of a backup that was unlocked. It opens every
	 * backup of the device until its password is changed, so it is kept as a password is: in a secure storage, and never
	 * on disk in clear. The password does not follow from it.
	 *
	 * @return text in ASCII, which the caller closes; empty for a backup that is locked or not encrypted
	 */
	public Optional<Secret> exportKey() {
		return reader.exportKey();
	}

	/**
	 * Opens the key bag with a key that {@link #exportKey} gave, maybe of another version of the backup; takes no time.
	 *
	 * @param key stays the caller's; any other text opens nothing
	 * @return whether files can be read now; false if the key is of another device or an earlier password
	 * @throws ProblemException {@link BackupProblems#UNKNOWN_KEY_BAG}, or {@link BackupProblems#DAMAGED} if there is no
	 *                          key bag that can be opened
	 */
	public boolean unlockByKey(Secret key) throws IOException {
		return reader.unlockByKey(key);
	}

	/**
	 * Whether the password opens the key bag, without opening the backup: as costly as {@link #unlock}, but neither the
	 * index nor a key is kept. True for a backup that is not encrypted.
	 *
	 * @param password stays the caller's
	 * @throws ProblemException {@link BackupProblems#UNKNOWN_KEY_BAG}, or {@link BackupProblems#DAMAGED} if there is no
	 *                          key bag that can be opened
	 */
	public boolean isPassword(Secret password, JobMonitor monitor) throws IOException {
		return reader.isPassword(password, monitor);
	}

	/**
	 * A key that only who can unlock this backup has, to encrypt what is kept of it elsewhere: derived from the keys of
	 * its key bag, the same each time it is unlocked.
	 *
	 * @param purpose what for: another purpose, another key
	 * @return 32 bytes, which the caller wipes; null if the backup is not encrypted
	 * @throws ProblemException {@link BackupProblems#PASSWORD_NEEDED} if it is not unlocked
	 */
	public byte @Nullable [] deriveKey(String purpose) throws IOException {
		return reader.deriveKey(purpose);
	}

	/**
	 * Visits the files in the index's order, streaming; memory does not grow with their number. The first visit of an
	 * encrypted backup decrypts the index before.
	 *
	 * @throws ProblemException {@link BackupProblems#PASSWORD_NEEDED}, {@link BackupProblems#INCOMPLETE},
	 *                          {@link BackupProblems#DAMAGED} once the readable part of a damaged index was visited, or
	 *                          {@link BackupProblems#NO_SPACE} if the index cannot be decrypted for want of room
	 */
	public void forEach(FileFilter filter, FileVisitor visitor) throws IOException {
		reader.forEach(filter, visitor);
	}

	/**
	 * A file's content, decrypted on the fly. Damage is told before the last bytes are handed out. Skipping is cheap:
	 * one seek, whatever the distance; after it the digest is not compared.
	 *
	 * @param file a regular file, of this backup
	 * @throws ProblemException {@link BackupProblems#PASSWORD_NEEDED}, {@link BackupProblems#FILE_MISSING},
	 *                          {@link BackupProblems#KEY_MISSING} or, also from the stream,
	 *                          {@link BackupProblems#FILE_DAMAGED}
	 */
	public InputStream read(BackupFile file) throws IOException {
		return reader.read(file);
	}

	/**
	 * Its files as data sets see them: random access, databases with their write-ahead logs, the keys of the keychain.
	 * What it makes is closed and deleted with the backup. The same at every call. A damaged index throws
	 * {@link BackupProblems#DAMAGED} where it cannot be said whether there is a file of the name.
	 *
	 * @throws ProblemException {@link BackupProblems#PASSWORD_NEEDED}
	 */
	public BackupContent content() throws IOException {
		return reader.content();
	}

	/**
	 * Proves the backup up to the level, on all cores. Damage is in the report, not an exception. Without the password
	 * of an encrypted backup, {@link VerifyLevel#STRUCTURE} proves what it can and says in its remarks what it could not.
	 *
	 * @throws ProblemException {@link BackupProblems#PASSWORD_NEEDED} for {@link VerifyLevel#CRYPTO} of a locked backup
	 */
	public VerifyReport verify(VerifyLevel level, JobMonitor monitor) throws IOException {
		return reader.verify(level, monitor);
	}

	/**
	 * Writes the chosen files, decrypted, below the folder as {@code <domain>/<path>}; never outside it, and never
	 * through a link. Files that are there are replaced; each appears under its name only once it is whole. Names that
	 * the system cannot hold are altered, those that would lead outside are refused; links are made only where they stay
	 * inside. Files that are damaged, and an index that is, are in the report; everything else is written.
	 *
	 * @param folder made if it does not exist
	 * @throws ProblemException as {@link #forEach}; {@link BackupProblems#NO_SPACE} before the first byte if the files
	 *                          will not fit, or as soon as the disk is full; {@link BackupProblems#NOT_WRITABLE}
	 */
	public ExtractReport extract(FileFilter filter, Path folder, JobMonitor monitor) throws IOException {
		return reader.extract(filter, folder, monitor);
	}

	/** Wipes the keys, deletes the decrypted index and closes the tree. */
	@Override
	public void close() throws IOException {
		reader.close();
	}

	/** Receives files one by one. */
	@FunctionalInterface
	public interface FileVisitor {
		/** @return false to end the visit */
		boolean visit(BackupFile file) throws IOException;
	}
}
