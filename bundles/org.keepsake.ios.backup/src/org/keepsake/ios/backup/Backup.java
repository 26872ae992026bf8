// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;

/**
 * One backup, of any program and any iOS, opened for reading. What does not need the password is there at once;
 * {@link #unlock} opens the rest of an encrypted one. Files may be read by many threads at once.
 */
public final class Backup implements Closeable {

	private Backup() {
	}

	/** Reads the property lists and finds the index. Problems: {@link BackupProblems#NOT_A_BACKUP}, {@code DAMAGED}. */
	public static Backup open(BackupTree tree) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** What it says of itself. Size and number of files are 0 here: they cost a walk, see {@link #measure}. */
	public BackupSummary summary() {
		throw new UnsupportedOperationException("seam");
	}

	/** The summary with size and number of files counted by a walk over the folder. */
	public BackupSummary measure(JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** The state its {@code Status.plist} records: {@code finished}, {@code uploading}, … or empty. */
	public String snapshotState() {
		throw new UnsupportedOperationException("seam");
	}

	/** Whether a password protects it. */
	public boolean isEncrypted() {
		throw new UnsupportedOperationException("seam");
	}

	/** Whether files can be read now: it is not encrypted, or was unlocked. */
	public boolean isUnlocked() {
		throw new UnsupportedOperationException("seam");
	}

	/** Opens the key bag; takes seconds of one core. Problem: {@link BackupProblems#WRONG_PASSWORD}. */
	public void unlock(Secret password, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Visits the files in the index's order, streaming; memory does not grow with their number. */
	public void forEach(FileFilter filter, FileVisitor visitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** A file's content, decrypted on the fly. Fails at its end if size or digest do not agree. */
	public InputStream read(BackupFile file) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Proves the backup up to the level. Damage is in the report, not an exception. */
	public VerifyReport verify(VerifyLevel level, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Writes the chosen files, decrypted, below the folder as {@code <domain>/<path>}; never outside it. */
	public ExtractReport extract(FileFilter filter, Path folder, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	@Override
	public void close() throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Receives files one by one. */
	@FunctionalInterface
	public interface FileVisitor {
		/** @return false to end the visit */
		boolean visit(BackupFile file) throws IOException;
	}
}
