// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;

/**
 * The engine: everything a face of Keepsake can ask for. Thread-safe; calls block, so the window makes them from
 * virtual threads. Jobs on one device, and on one target's device folder, exclude each other.
 */
public final class Keepsake implements Closeable {

	/** For tests and embedders: with the given parts. @param home state folder ({@code KEEPSAKE_HOME}) */
	public Keepsake(Path home, Map<String, String> environment, List<Transport> transports,
			List<TargetFactory> targets) {
		throw new UnsupportedOperationException("seam");
	}

	/** With the transports and targets that bundles contribute, and the home that the environment names. */
	public static Keepsake open(Map<String, String> environment) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Where state lives. */
	public Path home() {
		throw new UnsupportedOperationException("seam");
	}

	/** The devices that come and go. */
	public Devices devices() {
		throw new UnsupportedOperationException("seam");
	}

	/** The configured targets. */
	public Targets targets() {
		throw new UnsupportedOperationException("seam");
	}

	/** Backup passwords kept on this computer. */
	public PasswordStore passwords() {
		throw new UnsupportedOperationException("seam");
	}

	/** Checks whether a backup would succeed, without beginning one. */
	public Preflight preflight(BackupRequest request, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Backs a device up. Preflight findings that forbid it become its problem. */
	public BackupResult backup(BackupRequest request, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Kept backups, newest first. @param target name or location; null for all configured ones */
	public List<KeptBackup> snapshots(@Nullable String target, @Nullable Udid device) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/**
	 * Finds what a person names: an id, a unique prefix, {@code latest}, or the path of a backup folder.
	 * Problems: none such, several such.
	 */
	public KeptBackup find(String reference, @Nullable String target, @Nullable Udid device) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Opens a kept backup for reading; the caller unlocks and closes it. */
	public Backup open(KeptBackup backup) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** What a restore would do, checked: password, room, iOS version, Find My. Touches nothing. */
	public RestorePlan planRestore(RestoreRequest request, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Restores, after the same checks. The person has confirmed what {@link #planRestore} warned of. */
	public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Sets (no old one), removes (no new one) or changes the backup password of a device. */
	public void changeBackupPassword(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword,
			JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Erases a device: all content and settings, for good. The person has confirmed it. */
	public void erase(Udid device, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Verifies a kept backup. @param password needed if it is encrypted and the level is {@code CRYPTO} */
	public VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Extracts files of a kept backup, decrypted. */
	public ExtractReport extract(KeptBackup backup, FileFilter filter, Path output, @Nullable Secret password,
			JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Deletes a kept backup. */
	public void delete(KeptBackup backup, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Looks for everything that commonly goes wrong, on this computer and on the device if one is given. */
	public List<Finding> doctor(@Nullable Udid device, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException("seam");
	}
}
