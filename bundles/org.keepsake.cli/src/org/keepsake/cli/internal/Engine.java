// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Devices;
import org.keepsake.engine.ExportedBackup;
import org.keepsake.engine.Finding;
import org.keepsake.engine.ImportReport;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.PasswordStore;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.engine.Repositories;
import org.keepsake.engine.RestorePlan;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.engine.Targets;
import org.keepsake.engine.Verification;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;

/**
 * What the command line asks of {@link org.keepsake.engine.Keepsake}, and no more: the promises are written there. An
 * interface so that each command can be tested with an engine that only answers.
 */
public interface Engine extends Closeable {

	/** Where state lives. */
	Path home();

	/** The devices that come and go. */
	Devices devices();

	/** The configured targets. */
	Targets targets();

	/** Backup passwords kept on this computer. */
	PasswordStore passwords();

	/** What places of backups are opened with. */
	PlaceSecrets secrets();

	/** The repositories behind targets. */
	Repositories repositories();

	/** Backs a device up. */
	BackupResult backup(BackupRequest request, JobMonitor monitor) throws IOException;

	/** Kept backups, newest first. @param troubles hears of targets that cannot be looked at */
	List<KeptBackup> snapshots(@Nullable String target, @Nullable Udid device, Consumer<Problem> troubles)
			throws IOException;

	/** When the device was last backed up; null if never. */
	@Nullable
	Instant lastBackup(Udid device) throws IOException;

	/** Finds what a person names. */
	KeptBackup find(String reference, @Nullable String target, @Nullable Udid device) throws IOException;

	/** Visits the files of a kept backup, opened with the password where it has one. */
	void files(KeptBackup backup, FileFilter filter, @Nullable Secret password, Backup.FileVisitor visitor,
			JobMonitor monitor) throws IOException;

	/** What a restore would do. */
	RestorePlan planRestore(RestoreRequest request, JobMonitor monitor) throws IOException;

	/** Restores. */
	RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws IOException;

	/** Sets, removes or changes the backup password of a device. */
	void changeBackupPassword(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword,
			JobMonitor monitor) throws IOException;

	/** Erases a device. */
	void erase(Udid device, JobMonitor monitor) throws IOException;

	/** Verifies a kept backup. */
	VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException;

	/** Proves what is in a kept backup, or rehearses its restore. */
	Proof prove(KeptBackup backup, ProofLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException;

	/** The last verification of each version at each level, in the order of time. */
	Map<Verification.Subject, List<Verification>> verifications();

	/** Writes the report on a backup into a folder. @return its file */
	Path report(OpenedBackup backup, ReportFormat format, Path folder, JobMonitor monitor) throws IOException;

	/** Extracts files of a kept backup. */
	ExtractReport extract(KeptBackup backup, FileFilter filter, Path output, @Nullable Secret password,
			JobMonitor monitor) throws IOException;

	/** Opens a kept backup for what is in it; the caller closes it. @param password null for one in clear */
	OpenedBackup openData(KeptBackup backup, @Nullable Secret password, JobMonitor monitor) throws IOException;

	/** Deletes all search indexes. @return how many bytes they took */
	long clearSearchIndexes() throws IOException;

	/** What two versions differ in. */
	Comparison compare(OpenedBackup older, OpenedBackup newer, JobMonitor monitor) throws IOException;

	/** Visits the records in which two versions differ. */
	void compareRecords(OpenedBackup older, OpenedBackup newer, DataSet dataSet, Comparison.RecordVisitor visitor,
			JobMonitor monitor) throws IOException;

	/** Takes over backups in Apple's layout into a repository. @param place name or location of the target */
	ImportReport importFolder(Path folder, String place, JobMonitor monitor) throws IOException;

	/** Writes a kept backup into a folder in Apple's layout. */
	ExportedBackup export(KeptBackup backup, Path folder, JobMonitor monitor) throws IOException;

	/** Deletes a kept backup. */
	void delete(KeptBackup backup, JobMonitor monitor) throws IOException;

	/** Looks for everything that commonly goes wrong. */
	List<Finding> doctor(@Nullable Udid device, JobMonitor monitor) throws IOException;

	/** Opens an engine. */
	@FunctionalInterface
	interface Opener {
		/** With the state folder and the connections that the environment names. */
		Engine open(Map<String, String> environment) throws IOException;
	}
}
