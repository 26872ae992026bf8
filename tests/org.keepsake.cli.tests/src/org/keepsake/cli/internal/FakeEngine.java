// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Checklist;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Devices;
import org.keepsake.engine.EngineProblems;
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
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.ios.protocol.TransferResult;

/** An engine that answers as its fields say, checks passwords, and writes down what it was asked to do. */
public final class FakeEngine implements Engine {

	/** The device of most tests. */
	public static final Udid PHONE = new Udid("00008120-0001234567890ABC");
	/** The problem that tests let the engine end with. */
	public static final Problem LOCKED = new Problem("device.locked", "The iPhone is locked",
			"Its screen was not unlocked since it started.", "Unlock it and try again.", Retry.AFTER_REMEDY);

	/** The state folder. */
	public Path home = Path.of("");
	/** What was asked for. */
	public final List<String> asked = new ArrayList<>();
	/** The devices there are. */
	public final List<Udid> attached = new ArrayList<>(List.of(PHONE));
	/** The kept backups. */
	public final List<KeptBackup> kept = new ArrayList<>();
	/** The configured targets. */
	public final List<Targets.Entry> entries = new ArrayList<>();
	/** What can be set for each of them. */
	public final List<Setting> settings = List.of(
			new Setting("quota", Setting.Topic.STORING, new Setting.Form.Line(""), "Store no more than", "A limit."),
			new Setting("limit.upload", Setting.Topic.NETWORK, new Setting.Form.Line(""), "Upload no faster than", ""),
			new Setting("password", Setting.Topic.SERVER, new Setting.Form.Hidden(), "Password", ""));
	/** The remembered passwords. */
	public final Map<Udid, String> remembered = new HashMap<>();
	/** The files of every backup. */
	public final List<BackupFile> backupFiles = new ArrayList<>();
	/** What verification finds. */
	public final List<VerifyReport.Damage> damage = new ArrayList<>();
	/** What a proof finds. */
	public final List<Proof.Damage> flaws = new ArrayList<>();
	/** What was proven of every backup. */
	public final List<Verification> verifications = new ArrayList<>();
	/** The data sets of every backup. */
	public final List<DataSet> dataSets = new ArrayList<>();
	/** What two versions differ in. */
	public Comparison comparison = new Comparison(List.of(), List.of());
	/** What doctor finds. */
	public final List<Finding> findings = new ArrayList<>();
	/** The one password that opens backups and that the device has. */
	public String rightPassword = "correct horse";
	/** What every job fails with, if anything. */
	public @Nullable IOException failure;
	/** What forbids a restore, if anything. */
	public @Nullable Problem blocker;
	/** Runs inside every job. */
	public Consumer<JobMonitor> during = monitor -> {
	};
	/** The repositories and what opens them. */
	public final FakePlaces places = new FakePlaces();
	/** What opens at a target's name. */
	public @Nullable BackupTarget target;

	/** A kept backup of the phone. */
	public static KeptBackup backup(String id, boolean encrypted) {
		BackupSummary summary = new BackupSummary(PHONE, "Anna's iPhone", "iPhone15,2", new IosVersion("18.5"),
				Instant.parse("2026-03-04T05:06:07Z"), 1_500_000_000L, 1234, encrypted, true);
		return new KeptBackup("default", "/backups",
				new Snapshot(new SnapshotId(id), summary, "/backups/" + PHONE.value(), true));
	}

	/** What the phone says. */
	public static DeviceDetails details(boolean encryption) {
		return new DeviceDetails(PHONE, "Anna's iPhone", "iPhone15,2", "iPhone 14 Pro", new IosVersion("18.5"), "22F76",
				"F2LXK1234567", ConnectionType.USB, true, Boolean.FALSE, Boolean.TRUE, Boolean.valueOf(encryption),
				Boolean.FALSE, Boolean.FALSE, Boolean.FALSE, Long.valueOf(128_000_000_000L),
				Long.valueOf(45_600_000_000L), Integer.valueOf(83), Boolean.TRUE, null, null);
	}

	private void job(String what, JobMonitor monitor) throws IOException {
		asked.add(what);
		during.accept(monitor);
		monitor.throwIfCancelled();
		IOException due = failure;
		if (due != null) {
			throw due;
		}
	}

	private void check(@Nullable Secret password) throws IOException {
		if (password == null) {
			throw BackupProblems.PASSWORD_NEEDED.exception();
		}
		if (!password.sameAs(Secret.of(rightPassword))) {
			throw new ProblemException(wrongPassword(), null);
		}
	}

	/** The problem of a wrong password, with texts of its own. */
	public static Problem wrongPassword() {
		return new Problem(BackupProblems.WRONG_PASSWORD.code(), "The password is wrong", "", "Try another.",
				Retry.AFTER_REMEDY);
	}

	@Override
	public Path home() {
		return home;
	}

	@Override
	public Devices devices() {
		return new Devices() {
			@Override
			public List<Udid> list() throws IOException {
				IOException due = failure;
				if (due != null) {
					throw due;
				}
				return attached;
			}

			@Override
			public Udid choose(@Nullable Udid wanted) throws IOException {
				if (wanted == null ? attached.size() != 1 : !attached.contains(wanted)) {
					throw new ProblemException(new Problem("engine.no-device", "No iPhone or iPad is attached", "",
							"Connect one.", Retry.AFTER_REMEDY), null);
				}
				return wanted == null ? attached.getFirst() : wanted;
			}

			@Override
			public DeviceDetails describe(Udid device) throws IOException {
				if (!device.equals(PHONE)) {
					throw new ProblemException(LOCKED, null);
				}
				return details(true);
			}

			@Override
			public void pair(Udid device, JobMonitor monitor) throws IOException {
				job("pair " + device.value(), monitor);
			}

			@Override
			public void unpair(Udid device) throws IOException {
				job("unpair " + device.value(), JobMonitor.NONE);
			}

			@Override
			public Watch watch(Listener listener) {
				throw new UnsupportedOperationException();
			}
		};
	}

	@Override
	public Targets targets() {
		return new Targets() {
			@Override
			public List<Entry> list() {
				return entries;
			}

			@Override
			public Entry add(String name, String location, Map<String, String> settings, boolean makeDefault) {
				Entry entry = new Entry(name, location, makeDefault, settings);
				entries.add(entry);
				return entry;
			}

			@Override
			public List<Setting> settings(String nameOrLocation) {
				return FakeEngine.this.settings;
			}

			@Override
			public Entry configure(String name, Map<String, String> settings) throws IOException {
				for (Entry entry : entries) {
					if (entry.name().equals(name)) {
						for (String key : settings.keySet()) {
							if (FakeEngine.this.settings.stream().noneMatch(each -> each.key().equals(key))) {
								throw EngineProblems.SETTING_UNKNOWN.exception(key, "There are others.");
							}
						}
						Map<String, String> all = new HashMap<>(entry.settings());
						all.putAll(settings);
						all.values().removeIf(String::isEmpty);
						Entry changed = new Entry(name, entry.location(), entry.isDefault(), all);
						entries.set(entries.indexOf(entry), changed);
						return changed;
					}
				}
				throw new ProblemException(new Problem("engine.target-unknown", "There is no target " + name, "", "",
						Retry.AFTER_REMEDY), null);
			}

			@Override
			public void remove(String name) {
				entries.removeIf(entry -> entry.name().equals(name));
			}

			@Override
			public Entry defaultTarget() {
				return entries.getFirst();
			}

			@Override
			public BackupTarget open(String nameOrLocation) throws IOException {
				BackupTarget there = target;
				if (there == null) {
					throw new ProblemException(LOCKED, null);
				}
				return there;
			}
		};
	}

	@Override
	public PasswordStore passwords() {
		return new PasswordStore() {
			@Override
			public Optional<Secret> find(Udid device) {
				return Optional.ofNullable(remembered.get(device)).map(Secret::of);
			}

			@Override
			public void remember(Udid device, Secret password) {
				remembered.put(device, String.valueOf(password.revealCharacters()));
			}

			@Override
			public void forget(Udid device) {
				remembered.remove(device);
			}
		};
	}

	@Override
	public PlaceSecrets secrets() {
		return places;
	}

	@Override
	public Repositories repositories() {
		return places;
	}

	@Override
	public BackupResult backup(BackupRequest request, JobMonitor monitor) throws IOException {
		job("backup " + request.device().value() + " to " + request.target() + (request.full() ? " full" : "")
				+ " keep "
				+ request.keepEarlier(), monitor);
		TransferResult transfer = new TransferResult(12, 3_400_000, 0, 0, Boolean.valueOf(request.full()),
				List.of(new TransferResult.FileError("HomeDomain/x", "could not be read")));
		return new BackupResult(backup("0123456789abcdef", true), transfer, Duration.ofMillis(2500), request.full(),
				List.of("The device asked for its passcode."));
	}

	@Override
	public List<KeptBackup> snapshots(@Nullable String where, @Nullable Udid device, Consumer<Problem> troubles) {
		asked.add("snapshots " + where + ' ' + (device == null ? null : device.value()));
		return kept.stream().filter(one -> device == null || one.snapshot().summary().udid().equals(device)).toList();
	}

	@Override
	public @Nullable Instant lastBackup(Udid device) {
		return kept.isEmpty() ? null : kept.getFirst().snapshot().summary().finishedAt();
	}

	@Override
	public KeptBackup find(String reference, @Nullable String where, @Nullable Udid device) throws IOException {
		asked.add("find " + reference + " in " + where + " of " + (device == null ? null : device.value()));
		if (kept.isEmpty()) {
			throw new ProblemException(new Problem("engine.snapshot-not-found", "There is no backup " + reference, "",
					"List the backups.", Retry.AFTER_REMEDY), null);
		}
		return kept.getFirst();
	}

	@Override
	public void files(KeptBackup backup, FileFilter filter, @Nullable Secret password, Backup.FileVisitor visitor,
			JobMonitor monitor) throws IOException {
		job("files " + filter.domain() + ' ' + filter.path(), monitor);
		if (backup.snapshot().summary().encrypted()) {
			check(password);
		}
		for (BackupFile file : backupFiles) {
			if (!visitor.visit(file)) {
				return;
			}
		}
	}

	@Override
	public RestorePlan planRestore(RestoreRequest request, JobMonitor monitor) {
		Problem due = blocker;
		Secret password = request.password();
		if (request.backup().snapshot().summary().encrypted()
				&& (password == null || !password.sameAs(Secret.of(rightPassword)))) {
			due = wrongPassword();
		}
		List<Finding> found = due == null ? List.of(new Finding("fit", Finding.Severity.GOOD, "It fits.", null))
				: List.of(new Finding("x", Finding.Severity.BLOCKER, due.title(), due.remedy()));
		return new RestorePlan(details(true), due == null ? "The restore can begin." : "The restore cannot begin.",
				List.of("Everything on Anna's iPhone is replaced."), found, due);
	}

	@Override
	public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws IOException {
		job("restore " + request.backup().snapshot().id().brief() + " onto " + request.device().value()
				+ (request.systemFiles() ? " system" : "") + (request.keepSettings() ? " keep-settings" : "")
				+ (request.copyFirst() ? " copy" : "") + (request.removeOthers() ? " remove" : "")
				+ (request.reboot() ? " reboot" : ""), monitor);
		return new RestoreResult(new TransferResult(0, 0, 99, 5_000_000, null, List.of()), Duration.ofSeconds(61),
				List.of("It runs iOS 18.5."), List.of("Sign in with the Apple Account."), new Checklist(
						List.of(new Checklist.Item("notes", "Notes", 12)), List.of("Apps are loaded."),
						List.of("Cards.")));
	}

	@Override
	public void changeBackupPassword(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword,
			JobMonitor monitor) throws IOException {
		job("password " + shown(oldPassword) + " -> " + shown(newPassword), monitor);
		if (oldPassword != null) {
			check(oldPassword);
		}
	}

	private static String shown(@Nullable Secret secret) {
		return secret == null ? "none" : String.valueOf(secret.revealCharacters());
	}

	@Override
	public void erase(Udid device, JobMonitor monitor) throws IOException {
		job("erase " + device.value(), monitor);
	}

	@Override
	public VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		job("verify " + level + (password == null ? " without password" : ""), monitor);
		if (password != null || level == VerifyLevel.CRYPTO && backup.snapshot().summary().encrypted()) {
			check(password);
		}
		monitor.report(new JobEvent.Progress(1, 1_500_000, 1_500_000, 1234, 1234));
		return new VerifyReport(level, 1234, 1_500_000, level == VerifyLevel.CRYPTO ? 34 : 0, damage, List.of());
	}

	@Override
	public Proof prove(KeptBackup backup, ProofLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		job("prove " + level, monitor);
		if (backup.snapshot().summary().encrypted()) {
			check(password);
		}
		Survey survey = Survey.present(12, Instant.parse("2020-01-02T03:04:05Z"), null);
		return new Proof(level, 5, 4_000, List.of(new Proof.Counted("notes", "Notes", survey,
				level == ProofLevel.DRILL ? Long.valueOf(12) : null)), flaws, List.of(), Duration.ofSeconds(3));
	}

	@Override
	public Map<Verification.Subject, List<Verification>> verifications() {
		return kept.isEmpty() ? Map.of() : Map.of(Verification.Subject.of(kept.getFirst()), verifications);
	}

	@Override
	public Path report(OpenedBackup backup, ReportFormat format, Path folder, JobMonitor monitor) throws IOException {
		job("report " + format, monitor);
		return folder.resolve("report." + format.extension());
	}

	@Override
	public ExtractReport extract(KeptBackup backup, FileFilter filter, Path output, @Nullable Secret password,
			JobMonitor monitor) throws IOException {
		job("extract " + filter.domain() + ' ' + filter.path() + " to " + output, monitor);
		return new ExtractReport(3, 4_500, damage);
	}

	@Override
	public OpenedBackup openData(KeptBackup backup, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		job("open " + backup.snapshot().id().brief(), monitor);
		if (backup.snapshot().summary().encrypted()) {
			check(password);
		}
		return new FakeOpenedBackup(backup, dataSets);
	}

	@Override
	public long clearSearchIndexes() {
		asked.add("clear indexes");
		return 4096;
	}

	@Override
	public Comparison compare(OpenedBackup older, OpenedBackup newer, JobMonitor monitor) throws IOException {
		job("compare", monitor);
		return comparison;
	}

	@Override
	public void compareRecords(OpenedBackup older, OpenedBackup newer, DataSet dataSet,
			Comparison.RecordVisitor visitor, JobMonitor monitor) throws IOException {
		job("compare " + dataSet.id(), monitor);
		dataSet.read(older.content(), Selection.ALL, entry -> visitor.visit(Comparison.Change.REMOVED, entry),
				monitor);
	}

	@Override
	public ImportReport importFolder(Path folder, String place, JobMonitor monitor) throws IOException {
		job("import " + folder + " to " + place, monitor);
		return new ImportReport(kept, List.of(), List.of());
	}

	@Override
	public ExportedBackup export(KeptBackup backup, Path folder, JobMonitor monitor) throws IOException {
		job("export " + backup.snapshot().id().brief() + " to " + folder, monitor);
		return new ExportedBackup(folder.resolve(PHONE.value()), 1234, 1_500_000_000L);
	}

	@Override
	public void delete(KeptBackup backup, JobMonitor monitor) throws IOException {
		job("delete " + backup.snapshot().id().brief(), monitor);
	}

	@Override
	public List<Finding> doctor(@Nullable Udid device, JobMonitor monitor) throws IOException {
		job("doctor " + (device == null ? null : device.value()), monitor);
		return findings;
	}

	@Override
	public void close() {
		asked.add("close");
	}
}
