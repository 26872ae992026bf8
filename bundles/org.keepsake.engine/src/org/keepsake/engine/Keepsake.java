// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;
import org.keepsake.engine.internal.Contributions;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.JobLocks;
import org.keepsake.engine.internal.Journal;
import org.keepsake.engine.internal.KeyFilePasswords;
import org.keepsake.engine.internal.KnownPasswords;
import org.keepsake.engine.internal.SealedSecrets;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.Timing;
import org.keepsake.engine.internal.backup.BackupJob;
import org.keepsake.engine.internal.backup.PasswordChange;
import org.keepsake.engine.internal.backup.PreflightCheck;
import org.keepsake.engine.internal.check.Doctor;
import org.keepsake.engine.internal.data.Comparer;
import org.keepsake.engine.internal.data.Known;
import org.keepsake.engine.internal.data.Opener;
import org.keepsake.engine.internal.data.Unlocking;
import org.keepsake.engine.internal.device.AttachedDevices;
import org.keepsake.engine.internal.device.ClientPhone;
import org.keepsake.engine.internal.device.Phone;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.device.Sessions;
import org.keepsake.engine.internal.keep.BackupInspector;
import org.keepsake.engine.internal.keep.ConfiguredTargets;
import org.keepsake.engine.internal.keep.Finder;
import org.keepsake.engine.internal.keep.FolderTransfer;
import org.keepsake.engine.internal.keep.Inspector;
import org.keepsake.engine.internal.keep.KnownRepositories;
import org.keepsake.engine.internal.keep.KnownSecrets;
import org.keepsake.engine.internal.keep.Places;
import org.keepsake.engine.internal.keep.Rehearsal;
import org.keepsake.engine.internal.keep.Shelf;
import org.keepsake.engine.internal.keep.Storeroom;
import org.keepsake.engine.internal.proof.Drill;
import org.keepsake.engine.internal.proof.Prover;
import org.keepsake.engine.internal.report.Absences;
import org.keepsake.engine.internal.report.ReportWriter;
import org.keepsake.engine.internal.restore.Aftermath;
import org.keepsake.engine.internal.restore.RestoreJob;
import org.keepsake.engine.internal.restore.RestorePlanner;
import org.keepsake.engine.internal.search.SearchIndexes;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.ExtractReport;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;

/**
 * The engine: everything a face of Keepsake can ask for. Thread-safe; calls block, so the window makes them from
 * virtual threads. Jobs on one device, and on one target's device folder, exclude each other.
 *
 * <p>
 * Whatever fails is a {@link org.keepsake.core.ProblemException}, or a {@link org.keepsake.core.CancelledException} if
 * the job's monitor was cancelled; cancelling is possible at any moment and leaves every kept backup as it was.
 */
public final class Keepsake implements Closeable {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine");

	private final Home home;
	private final List<Transport> transports;
	private final AttachedDevices devices;
	private final ConfiguredTargets targets;
	private final KeyFilePasswords passwords;
	private final KnownSecrets secrets;
	private final KnownRepositories repositories;
	private final Journal journal;
	private final JobLocks locks = new JobLocks();
	private final Shelf shelf;
	private final Finder finder;
	private final PreflightCheck preflight;
	private final Inspector inspector;
	private final Rehearsal rehearsal;
	private final Timing timing;
	private final Clock clock;
	private final Extensions extensions;
	private final Map<String, String> environment;
	private final Phone.Maker phones;
	private final Known known;
	private final SearchIndexes indexes;
	private final Opener opener;
	private final Prover prover;
	private final Storeroom storeroom;

	/** For tests and embedders: with the given parts. @param home state folder ({@code KEEPSAKE_HOME}) */
	public Keepsake(Path home, Map<String, String> environment, List<Transport> transports,
			List<TargetFactory> targets) {
		this(home, environment, transports, targets, Extensions.NONE);
	}

	/** For tests and embedders: with the given parts. @param home state folder ({@code KEEPSAKE_HOME}) */
	public Keepsake(Path home, Map<String, String> environment, List<Transport> transports,
			List<TargetFactory> targets, Extensions extensions) {
		this(home, environment, transports, targets,
				new Seams(ClientPhone::new, new BackupInspector(), Timing.of(environment), Clock.systemUTC(),
						extensions));
	}

	/** What tests replace. */
	record Seams(Phone.Maker phones, Inspector inspector, Timing timing, Clock clock, Extensions extensions) {

		Seams(Phone.Maker phones, Inspector inspector, Timing timing, Clock clock) {
			this(phones, inspector, timing, clock, Extensions.NONE);
		}
	}

	/** For tests of the engine itself. */
	Keepsake(Path home, Map<String, String> environment, List<Transport> transports, List<TargetFactory> targets,
			Seams seams) {
		this.home = new Home(home);
		this.transports = List.copyOf(transports);
		this.timing = seams.timing();
		this.clock = seams.clock();
		this.inspector = seams.inspector();
		this.extensions = seams.extensions();
		this.environment = Map.copyOf(environment);
		this.phones = seams.phones();
		this.known = new Known(extensions.dataSets(), extensions.exporters(), extensions.previewers());
		this.indexes = new SearchIndexes(this.home);
		this.devices = new AttachedDevices(transports, seams.phones(), locks);
		String userHome = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
		SealedSecrets sealed = new SealedSecrets(this.home);
		this.passwords = new KeyFilePasswords(sealed);
		this.secrets = new KnownSecrets(environment, sealed, this::locate);
		Places places = new Places(this.home, environment, extensions.storages(), secrets);
		this.targets = new ConfiguredTargets(this.home, targets, Path.of(userHome), places);
		this.repositories = new KnownRepositories(this.targets, places);
		this.journal = new Journal(this.home, clock);
		this.shelf = new Shelf(this.targets);
		this.finder = new Finder(shelf);
		this.rehearsal = new Rehearsal(inspector);
		this.opener = new Opener(this.targets, new Unlocking(passwords), known, indexes);
		this.prover = new Prover(opener, shelf, journal, this::drill);
		this.storeroom = new Storeroom(this.targets, indexes);
		this.preflight = new PreflightCheck(new KnownPasswords(Map.copyOf(environment), passwords), rehearsal, journal,
				clock);
	}

	/** With the transports and targets that bundles contribute, and the home that the environment names. */
	public static Keepsake open(Map<String, String> environment) throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> {
			Path person = Path.of(System.getProperty("user.home", ""));
			Path home = Home.locate(environment, System.getProperty("os.name", ""), person).toAbsolutePath();
			SearchIndexes.sweep(new Home(home));
			Contributions contributions = Contributions.ofPlatform();
			TransportFactory.Context context = new TransportFactory.Context(home, Map.copyOf(environment));
			Extensions extensions = new Extensions(contributions.dataSets(), contributions.exporters(),
					contributions.drills(), contributions.storages(), contributions.previewers(),
					contributions::transports);
			return new Keepsake(home, environment, contributions.transports(context), contributions.targets(),
					extensions);
		});
	}

	/** Where state lives: absolute; made when something is first kept there. */
	public Path home() {
		return home.folder();
	}

	/** The devices that come and go. */
	public Devices devices() {
		return devices;
	}

	/** The configured targets. */
	public Targets targets() {
		return targets;
	}

	/** Backup passwords kept on this computer. */
	public PasswordStore passwords() {
		return passwords;
	}

	/** The secrets that places of backups are opened with. */
	public PlaceSecrets secrets() {
		return secrets;
	}

	/** The repositories behind targets. */
	public Repositories repositories() {
		return repositories;
	}

	private String locate(String place) {
		try {
			return targets.resolve(place).location();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Checks whether a backup would succeed, without beginning one. Pairs with nothing and changes nothing. */
	public Preflight preflight(BackupRequest request, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			Phone phone = devices.phone(devices.choose(request.device()));
			try (BackupTarget target = targets.open(targetOf(request))) {
				return preflight.check(phone.describe(), target, request.full(), true, monitor).preflight();
			}
		});
	}

	/**
	 * Backs a device up. Preflight findings that forbid it become its problem. A device that is attached by cable and
	 * not paired is paired first. A broken connection is waited for and the run resumed, some times; what was received
	 * before a cancel or a failure serves the next backup.
	 */
	public BackupResult backup(BackupRequest request, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			Udid device = devices.choose(request.device());
			try (JobLocks.Lock _ = locks.acquire(device); BackupTarget target = targets.open(targetOf(request))) {
				BackupJob.Parts parts = new BackupJob.Parts(devices, preflight, inspector, journal, timing, clock);
				String name = targets.nameOf(target.location());
				return new BackupJob(parts, request, device, target, name, monitor).run();
			}
		});
	}

	/**
	 * Kept backups, newest first. A target that cannot be looked at is passed over, unless it is the only one.
	 *
	 * @param target name or location; null for all configured ones
	 */
	public List<KeptBackup> snapshots(@Nullable String target, @Nullable Udid device) throws IOException {
		return snapshots(target, device,
				problem -> LOG.log(System.Logger.Level.WARNING, "A target is passed over: {0}", problem));
	}

	/**
	 * Kept backups, newest first, telling of targets that were passed over because they cannot be looked at.
	 *
	 * @param target   name or location; null for all configured ones
	 * @param troubles hears each such target's problem, during the call
	 */
	public List<KeptBackup> snapshots(@Nullable String target, @Nullable Udid device, Consumer<Problem> troubles)
			throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> shelf.list(target, device, troubles));
	}

	/**
	 * Finds what a person names: an id, a prefix of one of at least four characters, {@code latest}, or the path of a
	 * backup's folder, also outside the configured targets, or of a folder that keeps backups of one device.
	 * Problems: none such, several such.
	 */
	public KeptBackup find(String reference, @Nullable String target, @Nullable Udid device) throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> finder.find(reference, target, device));
	}

	/** Opens a kept backup for reading; the caller unlocks and closes it. */
	public Backup open(KeptBackup backup) throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> opener.open(backup));
	}

	/** The same, opened with its password if it is encrypted and one is given. @param password stays the caller's */
	public Backup open(KeptBackup backup, @Nullable Secret password, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor,
				() -> password == null ? opener.open(backup) : opener.open(backup, password, monitor));
	}

	/** The data sets that this Keepsake knows, ordered by name. */
	public List<DataSet> dataSets() {
		return known.dataSets();
	}

	/**
	 * Opens a kept backup for what is in it; the caller closes it.
	 *
	 * @param password needed if it is encrypted; stays the caller's
	 */
	public OpenedBackup openData(KeptBackup backup, @Nullable Secret password, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> opener.data(backup, password, monitor));
	}

	/** What two versions differ in: files by domain, records by data set. The caller closes both. */
	public Comparison compare(OpenedBackup older, OpenedBackup newer, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> new Comparer(older, newer, monitor).compare());
	}

	/** Visits the records of a data set in which two versions differ. The caller closes both. */
	public void compareRecords(OpenedBackup older, OpenedBackup newer, DataSet dataSet,
			Comparison.RecordVisitor visitor, JobMonitor monitor) throws IOException {
		Failures.guard(monitor, () -> {
			new Comparer(older, newer, monitor).records(dataSet, visitor);
			return dataSet;
		});
	}

	/** Deletes the search indexes of all backups; the next search makes one anew. @return how many bytes they took */
	public long clearSearchIndexes() throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> Long.valueOf(indexes.clear())).longValue();
	}

	/** When the device was last backed up from this computer, or by what is found in the default target. */
	public Optional<Instant> lastBackup(Udid device) throws IOException {
		return Failures.guard(JobMonitor.NONE, () -> {
			Optional<Instant> remembered = journal.lastBackup(device);
			return remembered.isPresent() ? remembered : storeroom.newest(device);
		});
	}

	/** The last verification of the backup on this computer. */
	public Optional<Verification> lastVerification(KeptBackup backup) {
		return journal.lastVerification(backup);
	}

	/** What a restore would do, checked: password, room, iOS version, Find My. Touches nothing. */
	public RestorePlan planRestore(RestoreRequest request, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			Phone phone = devices.phone(devices.choose(request.device()));
			try (BackupTree tree = opener.tree(request.backup())) {
				return new RestorePlanner(inspector, rehearsal).plan(phone.describe(), request, tree, monitor).plan();
			}
		});
	}

	/**
	 * Restores, after the same checks. The person has confirmed what {@link #planRestore} warned of. Never tries again
	 * by itself. After the device's answer it waits for its restart, for minutes; a cancel then only ends the waiting.
	 */
	public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			Udid device = devices.choose(request.device());
			try (JobLocks.Lock _ = locks.acquire(device); BackupTree tree = opener.tree(request.backup())) {
				RestoreJob.Parts parts = new RestoreJob.Parts(devices, new RestorePlanner(inspector, rehearsal),
						new Aftermath(devices, timing), journal, home.make(home.resolve("scratch")), clock);
				return new RestoreJob(parts, request, device, tree, monitor).run().with(checklist(request, monitor));
			}
		});
	}

	/**
	 * Sets (no old one), removes (no new one) or changes the backup password of a device. A remembered password is
	 * replaced by the new one; one that is removed stays remembered, because older backups still need it.
	 */
	public void changeBackupPassword(Udid device, @Nullable Secret oldPassword, @Nullable Secret newPassword,
			JobMonitor monitor) throws IOException {
		Failures.guard(monitor, () -> {
			Udid chosen = devices.choose(device);
			try (JobLocks.Lock _ = locks.acquire(chosen)) {
				new PasswordChange(devices, targets, rehearsal, passwords).run(chosen, oldPassword, newPassword,
						monitor);
			}
			return chosen;
		});
	}

	/** Erases a device: all content and settings, for good. The person has confirmed it. */
	public void erase(Udid device, JobMonitor monitor) throws IOException {
		Failures.guard(monitor, () -> {
			Udid chosen = devices.choose(device);
			try (JobLocks.Lock _ = locks.acquire(chosen)) {
				PhoneSession session = new Sessions(devices).open(chosen, monitor);
				try {
					monitor.report(new JobEvent.Phase("erasing", Texts.of("phase.erasing")));
					session.erase(monitor);
				} finally {
					Sessions.closeQuietly(session);
				}
			}
			return chosen;
		});
	}

	/**
	 * Verifies a kept backup, and remembers the outcome.
	 *
	 * @param password needed if it is encrypted and the level is {@code CRYPTO}
	 */
	public VerifyReport verify(KeptBackup backup, VerifyLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		return Failures.guard(monitor, () -> prover.verify(backup, level, password, monitor));
	}

	/**
	 * Proves what is in a kept backup, or rehearses its restore, and remembers the outcome. Damage is in the result.
	 *
	 * @param level    {@link ProofLevel#CONTENT} or {@link ProofLevel#DRILL}; for the others see {@link #verify}
	 * @param password needed if it is encrypted; stays the caller's
	 */
	public Proof prove(KeptBackup backup, ProofLevel level, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		if (level != ProofLevel.CONTENT && level != ProofLevel.DRILL) {
			throw new IllegalArgumentException(level + " is proven by verify");
		}
		return Failures.guard(monitor, () -> prover.prove(backup, level, password, monitor));
	}

	/** What should be on the device; nothing if it cannot be told, since the restore has succeeded already. */
	private Checklist checklist(RestoreRequest request, JobMonitor monitor) {
		try (OpenedBackup data = openData(request.backup(), request.password(), monitor)) {
			monitor.report(new JobEvent.Phase("counting", Texts.of("phase.counting")));
			return Absences.checklist(data, monitor);
		} catch (IOException | RuntimeException e) {
			LOG.log(System.Logger.Level.WARNING, "What was restored cannot be counted", e);
			return Checklist.NONE;
		}
	}

	/**
	 * Writes the report on a backup that a person keeps: the device, what is inside, how it was proven, what is missing
	 * and why.
	 *
	 * @param folder made if it does not exist
	 * @return the report's file
	 */
	public Path report(OpenedBackup backup, ReportFormat format, Path folder, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor,
				() -> new ReportWriter(backup, verifications(backup.backup()), clock.instant()).write(format, folder,
						monitor));
	}

	private Drill.Parts drill() throws IOException {
		return new Drill.Parts(extensions, environment, phones, new RestorePlanner(inspector, rehearsal), timing, clock,
				home.make(home.resolve("scratch")));
	}

	/** The last verification of each version at each level, on this computer, in the order of time. */
	public Map<Verification.Subject, List<Verification>> verifications() {
		return journal.verifications();
	}

	/** The last verification of the backup at each level, on this computer, in the order of time. */
	public List<Verification> verifications(KeptBackup backup) {
		return journal.verifications(backup);
	}

	/** Extracts files of a kept backup, decrypted. */
	public ExtractReport extract(KeptBackup backup, FileFilter filter, Path output, @Nullable Secret password,
			JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> {
			try (Backup opened = opener.open(backup, password, monitor)) {
				return opened.extract(filter, output, monitor);
			}
		});
	}

	/**
	 * Takes over backups in Apple's layout into a repository, oldest first: as versions of the times at which they were
	 * made. Those that were taken over before are left out. The folder is not changed.
	 *
	 * @param folder one backup's own, or one that holds backups of any number of devices and versions
	 * @param place  name or location of the target
	 */
	public ImportReport importFolder(Path folder, String place, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> new FolderTransfer(targets).in(folder, place, monitor));
	}

	/**
	 * Writes a kept backup in Apple's layout: whole, or not at all. Its files stay encrypted if the device encrypted them.
	 *
	 * @param folder gets a folder named as the device is; made if it does not exist
	 */
	public ExportedBackup export(KeptBackup backup, Path folder, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> new FolderTransfer(targets).out(backup, folder, monitor));
	}

	/**
	 * How a target's room is used: its versions, and what deleting each would free. May read lists of all files.
	 *
	 * @param target name or location; null for the default one
	 */
	public StorageReport storage(@Nullable String target, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> storeroom.report(target, monitor));
	}

	/** Bytes that deleting these versions of one target together would free; empty where the target cannot tell. */
	public OptionalLong freedBy(List<KeptBackup> versions, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor, () -> storeroom.freedBy(versions, monitor));
	}

	/** Deletes a kept backup. */
	public void delete(KeptBackup backup, JobMonitor monitor) throws IOException {
		Failures.guard(monitor, () -> {
			storeroom.delete(backup, monitor);
			return backup;
		});
	}

	/** Looks for everything that commonly goes wrong, on this computer and on the device if one is given. */
	public List<Finding> doctor(@Nullable Udid device, JobMonitor monitor) throws IOException {
		return Failures.guard(monitor,
				() -> new Doctor(home, devices, targets, preflight, clock).look(device, monitor));
	}

	private String targetOf(BackupRequest request) throws IOException {
		String named = request.target();
		return named == null ? targets.defaultTarget().name() : named;
	}

	/** Ends all watches and connections. */
	@Override
	public void close() {
		for (Transport transport : transports) {
			try {
				transport.close();
			} catch (IOException e) {
				LOG.log(System.Logger.Level.DEBUG, "Closing a transport", e);
			}
		}
	}
}
