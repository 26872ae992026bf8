// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.Engine;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.Repository;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

/**
 * The whole way of a backup with two virtual iPhones: pair, encrypt, back up, change, back up again, verify, back up into
 * a repository, check it, restore, compare. Everything happens below one folder, with an engine of its own.
 */
public final class Journey {

	private static final int PAYLOAD_FILES = 400;
	private static final long PAYLOAD_BYTES = 60_000_000;
	private static final ContentChange CHANGE = new ContentChange(12, 6, 3, 2026, 3_000_000);
	private static final int PASSWORD_BYTES = 12;
	/** What each backup is called for a person, and for a program. */
	private static final Label FULL = new Label("Backed it up in full", "Full backup", "fullBackup");
	private static final Label NEXT = new Label("Backed up what had changed", "Next backup", "incrementalBackup");
	private static final Label REPOSITORY = new Label("Backed it up into an encrypted repository, too", "Repository",
			"repositoryBackup");

	private final Cli cli;
	private final Path folder;
	private final boolean fastKeys;
	private final List<String> report = new ArrayList<>();
	private final JsonObject members = new JsonObject();
	private final long began = System.nanoTime();

	/**
	 * A journey not begun.
	 *
	 * @param folder   empty, for all that is made
	 * @param fastKeys whether the virtual iPhones derive keys with few rounds, for tests
	 */
	public Journey(Cli cli, Path folder, boolean fastKeys) {
		this.cli = cli;
		this.folder = folder;
		this.fastKeys = fastKeys;
	}

	/**
	 * What came of it.
	 *
	 * @param report      for a person
	 * @param json        for a program
	 * @param differences of the restored device, a sentence for each entry; empty if all is as it should be
	 */
	public record Outcome(List<String> report, JsonObject json, List<String> differences) {
	}

	private record Label(String done, String heading, String member) {
	}

	/** Does it all; takes about a minute. */
	public Outcome run() throws IOException {
		cli.say(cli.errStyle().strong("An iPhone is backed up, encrypted, verified and restored")
				+ " (all simulated, nothing of yours is touched)");
		try (VirtualIPhones phones = step("Started a virtual iPhone and a blank one", this::start);
				Engine engine = cli.openEngine(environment(phones));
				Secret password = password()) {
			Udid original = new Udid(phones.udids().getFirst());
			Udid blank = new Udid(phones.udids().getLast());
			step("Paired: the iPhone trusts this computer", () -> cli.play(monitor -> {
				engine.devices().pair(original, monitor);
				return original;
			}));
			step("Turned encryption on, with a backup password", () -> cli.play(monitor -> {
				engine.changeBackupPassword(original, null, password, monitor);
				return original;
			}));
			String backups = folder.resolve("backups").toString();
			back(engine, original, backups, FULL);
			ContentChange.Done change = step("Used the iPhone: files came, changed and went",
					() -> CHANGE.apply(phones.files(original.value())));
			report("Changes", change.added().size() + " files added, " + change.altered().size() + " altered, "
					+ change.removed().size() + " removed");
			KeptBackup kept = back(engine, original, backups, NEXT).backup();
			verify(engine, kept, password);
			look(engine, kept, password);
			restore(engine, intoRepository(engine, original), blank, password);
			return compare(phones, original, blank);
		}
	}

	private VirtualIPhones start() throws IOException {
		VirtualOptions original = new VirtualOptions(folder.resolve("iphone"), null, "Demo iPhone", null, Profile.SMALL,
				PAYLOAD_FILES, PAYLOAD_BYTES, 1, true, Trust.AUTO, false, fastKeys);
		VirtualOptions blank = new VirtualOptions(folder.resolve("new-iphone"), null, "New iPhone", null, Profile.SMALL,
				0, 0, 2, true, Trust.AUTO, true, fastKeys);
		return VirtualIPhones.start(0, List.of(original, blank));
	}

	/** The engine finds the virtual iPhones only, and keeps its state in the folder. */
	private Map<String, String> environment(VirtualIPhones phones) {
		Map<String, String> environment = new HashMap<>(cli.environment());
		environment.keySet().removeIf(name -> name.startsWith("KEEPSAKE_"));
		environment.put("KEEPSAKE_HOME", folder.resolve("keepsake").toString());
		environment.put("USBMUXD_SOCKET_ADDRESS",
				phones.address().getAddress().getHostAddress() + ':' + phones.address().getPort());
		return environment;
	}

	private static Secret password() {
		byte[] random = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(random);
		return Secret.of(HexFormat.of().formatHex(random));
	}

	/** The same once more into a repository, of which every byte is read again. */
	private KeptBackup intoRepository(Engine engine, Udid device) throws IOException {
		String place = "restic:" + folder.resolve("repository");
		try (Secret password = password()) {
			engine.secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password, false);
		}
		engine.repositories().init(place, InitOptions.DEFAULT).close();
		KeptBackup kept = back(engine, device, place, REPOSITORY).backup();
		CheckReport check = step("Checked the repository: every byte read and proven", () -> cli.play(monitor -> {
			try (Repository repository = engine.repositories().open(place)) {
				return repository.check(CheckOptions.READ_DATA, monitor);
			}
		}));
		if (!check.isSound()) {
			throw CliProblems.REPOSITORY_DAMAGED.exception(place, Integer.valueOf(check.findings().size()),
					check.findings().getFirst().file(), Long.valueOf(check.touchedCount()));
		}
		report("Checked", Human.bytes(check.bytesRead()) + " in " + Human.number(check.packs())
				+ " packs of the repository: every byte is what was stored");
		members.put("repositoryBytesChecked", Long.valueOf(check.bytesRead()));
		return kept;
	}

	private BackupResult back(Engine engine, Udid device, String place, Label label) throws IOException {
		BackupRequest request = new BackupRequest(device, place, false, 1);
		BackupResult result = step(label.done(), () -> cli.play(monitor -> engine.backup(request, monitor)));
		report(label.heading(), Human.files(result.transfer().filesReceived()) + ", "
				+ Human.bytes(result.transfer().bytesReceived()) + " received in "
				+ Human.exactDuration(result.duration())
				+ (result.backup().snapshot().summary().encrypted() ? ", encrypted" : ", NOT ENCRYPTED"));
		members.put(label.member(),
				new JsonObject().put("snapshot", result.backup().snapshot().id().value())
						.put("filesReceived", Long.valueOf(result.transfer().filesReceived()))
						.put("bytesReceived", Long.valueOf(result.transfer().bytesReceived()))
						.put("seconds", Double.valueOf(result.duration().toMillis() / 1000.0))
						.put("full", Boolean.valueOf(result.full()))
						.put("encrypted", Boolean.valueOf(result.backup().snapshot().summary().encrypted())));
		return result;
	}

	private void verify(Engine engine, KeptBackup kept, Secret password) throws IOException {
		VerifyReport proof = step("Verified the backup: every file read and decrypted",
				() -> cli.play(monitor -> engine.verify(kept, VerifyLevel.CRYPTO, password, monitor)));
		if (!proof.damaged().isEmpty()) {
			VerifyReport.Damage first = proof.damaged().getFirst();
			throw CliProblems.DAMAGE_FOUND.exception(Integer.valueOf(proof.damaged().size()),
					first.domain() + '/' + first.path() + ": " + first.what());
		}
		report("Verified", Human.files(proof.filesChecked()) + ", " + Human.bytes(proof.bytesChecked())
				+ ": every one decrypts and has its size and, if recorded, its digest");
		members.put("filesVerified", Long.valueOf(proof.filesChecked()));
	}

	/** What is in it, counted. */
	private void look(Engine engine, KeptBackup kept, Secret password) throws IOException {
		List<String> counts = new ArrayList<>();
		JsonObject json = new JsonObject();
		step("Looked what is in it", () -> cli.play(monitor -> {
			try (OpenedBackup data = engine.openData(kept, password, monitor)) {
				for (DataSet dataSet : data.dataSets()) {
					Survey survey = data.survey(dataSet, monitor);
					if (survey.presence() == Survey.Presence.PRESENT && survey.count() > 0) {
						counts.add(dataSet.title() + ' ' + Human.number(survey.count()));
						json.put(dataSet.id(), Long.valueOf(survey.count()));
					}
				}
			}
			return kept;
		}));
		report("Inside", counts.isEmpty() ? "nothing that is known here" : String.join(", ", counts));
		members.put("records", json);
	}

	private void restore(Engine engine, KeptBackup kept, Udid blank, Secret password) throws IOException {
		RestoreRequest request = new RestoreRequest(kept, blank, password, true, false, false, true, true);
		RestoreResult result = step("Restored the repository's version onto the blank iPhone",
				() -> cli.play(monitor -> engine.restore(request, monitor)));
		report("Restored", Human.files(result.transfer().filesSent()) + ", "
				+ Human.bytes(result.transfer().bytesSent()) + " sent in " + Human.exactDuration(result.duration()));
		members.put("filesSent", Long.valueOf(result.transfer().filesSent()));
	}

	private Outcome compare(VirtualIPhones phones, Udid original, Udid blank) throws IOException {
		FileTree before = step("Read every file of the original", () -> read(phones, original));
		FileTree after = step("Read every file of the restored iPhone", () -> read(phones, blank));
		List<String> differences = before.differencesOf(after);
		Duration duration = Duration.ofNanos(System.nanoTime() - began);
		if (differences.isEmpty()) {
			report("Compared", "all " + Human.files(before.files()) + ", " + Human.bytes(before.bytes())
					+ ", are identical (SHA-256)");
		}
		report.addFirst("");
		report.addFirst(cli.outStyle().good("The restored iPhone is identical to the original.") + " It took "
				+ Human.duration(duration) + '.');
		report.addFirst("");
		report.add("");
		report.add("Now with yours: connect an iPhone or iPad with a cable, then run  keepsake devices");
		members.put("filesCompared", Long.valueOf(before.files())).put("bytesCompared", Long.valueOf(before.bytes()))
				.put("differences", differences).put("seconds", Double.valueOf(duration.toMillis() / 1000.0));
		return new Outcome(report, members, differences);
	}

	private FileTree read(VirtualIPhones phones, Udid device) throws IOException {
		return cli.play(monitor -> {
			monitor.report(new JobEvent.Phase("comparing", "Comparing"));
			return FileTree.read(phones.files(device.value()), monitor);
		});
	}

	private void report(String label, String text) {
		report.add(String.format("  %-13s%s", label, text));
	}

	/** Something that takes a moment. */
	@FunctionalInterface
	private interface Work<T> {
		T run() throws IOException;
	}

	private <T> T step(String done, Work<T> work) throws IOException {
		long start = System.nanoTime();
		T result = work.run();
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		if (cli.json()) {
			cli.print(JsonObject.event("step").put("text", done).put("seconds",
					Double.valueOf(duration.toMillis() / 1000.0)));
		} else {
			String mark = cli.errStyle().good(cli.terminal().unicode() ? "  ✓ " : "  ok ");
			cli.say(String.format("%s%-58s%s", mark, done, cli.errStyle().faint(Human.exactDuration(duration))));
		}
		return result;
	}
}
