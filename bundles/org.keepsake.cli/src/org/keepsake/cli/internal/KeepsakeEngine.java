// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.keepsake.engine.Keepsake;
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

/** The real engine. */
public final class KeepsakeEngine implements Engine {

	private final Keepsake keepsake;

	/** Passes every question on to the engine, and closes it. */
	public KeepsakeEngine(Keepsake keepsake) {
		this.keepsake = keepsake;
	}

	@Override
	public Path home() {
		return keepsake.home();
	}

	@Override
	public Devices devices() {
		return keepsake.devices();
	}

	@Override
	public Targets targets() {
		return keepsake.targets();
	}

	@Override
	public PasswordStore passwords() {
		return keepsake.passwords();
	}

	@Override
	public PlaceSecrets secrets() {
		return keepsake.secrets();
	}

	@Override
	public Repositories repositories() {
		return keepsake.repositories();
	}

	@Override
	public BackupResult backup(BackupRequest request, JobMonitor monitor) throws IOException {
		return keepsake.backup(request, monitor);
	}

	@Override
	public List<KeptBackup> snapshots(@Nullable String target, @Nullable Udid device, Consumer<Problem> troubles)
			throws IOException {
		return keepsake.snapshots(target, device, troubles);
	}

	@Override
	public @Nullable Instant lastBackup(Udid device) throws IOException {
		Optional<Instant> last = keepsake.lastBackup(device);
		return last.isPresent() ? last.get() : null;
	}

	@Override
	public KeptBackup find(String reference, @Nullable String target, @Nullable Udid device) throws IOException {
		return keepsake.find(reference, target, device);
	}

	@Override
	public void files(KeptBackup kept, FileFilter filter, @Nullable Secret password, Backup.FileVisitor visitor,
			JobMonitor monitor) throws IOException {
		try (Backup backup = keepsake.open(kept, password, monitor)) {
			backup.forEach(filter, visitor);
		}
	}

	@Override
	public RestorePlan planRestore(RestoreRequest request, JobMonitor monitor) throws IOException {
		return keepsake.planRestore(request, monitor);
	}

	@Override
	public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws IOException {
		return keepsake.restore(request, monitor);
	}

	@Override
	public void changeBackupPassword(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword,
			JobMonitor monitor) throws IOException {
		keepsake.changeBackupPassword(device, oldPassword, newPassword, monitor);
	}

	@Override
	public void erase(Udid device, JobMonitor monitor) throws IOException {
		keepsake.erase(device, monitor);
	}

	@Override
	public VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		return keepsake.verify(backup, level, password, monitor);
	}

	@Override
	public Proof prove(KeptBackup backup, ProofLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		return keepsake.prove(backup, level, password, monitor);
	}

	@Override
	public Map<Verification.Subject, List<Verification>> verifications() {
		return keepsake.verifications();
	}

	@Override
	public Path report(OpenedBackup backup, ReportFormat format, Path folder, JobMonitor monitor) throws IOException {
		return keepsake.report(backup, format, folder, monitor);
	}

	@Override
	public ExtractReport extract(KeptBackup backup, FileFilter filter, Path output, @Nullable Secret password,
			JobMonitor monitor) throws IOException {
		return keepsake.extract(backup, filter, output, password, monitor);
	}

	@Override
	public OpenedBackup openData(KeptBackup backup, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		return keepsake.openData(backup, password, monitor);
	}

	@Override
	public long clearSearchIndexes() throws IOException {
		return keepsake.clearSearchIndexes();
	}

	@Override
	public Comparison compare(OpenedBackup older, OpenedBackup newer, JobMonitor monitor) throws IOException {
		return keepsake.compare(older, newer, monitor);
	}

	@Override
	public void compareRecords(OpenedBackup older, OpenedBackup newer, DataSet dataSet,
			Comparison.RecordVisitor visitor, JobMonitor monitor) throws IOException {
		keepsake.compareRecords(older, newer, dataSet, visitor, monitor);
	}

	@Override
	public ImportReport importFolder(Path folder, String place, JobMonitor monitor) throws IOException {
		return keepsake.importFolder(folder, place, monitor);
	}

	@Override
	public ExportedBackup export(KeptBackup backup, Path folder, JobMonitor monitor) throws IOException {
		return keepsake.export(backup, folder, monitor);
	}

	@Override
	public void delete(KeptBackup backup, JobMonitor monitor) throws IOException {
		keepsake.delete(backup, monitor);
	}

	@Override
	public List<Finding> doctor(@Nullable Udid device, JobMonitor monitor) throws IOException {
		return keepsake.doctor(device, monitor);
	}

	@Override
	public void close() {
		keepsake.close();
	}
}
