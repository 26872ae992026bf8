// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.ProblemText;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.CheckReport.Touched;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotRecord;

/** How damage to a repository is told: its files, and those of the devices whose backups it touches. */
final class DamageOutput {

	private static final int MOST_SHOWN = 20;
	private static final String DAMAGED = RepositoryProblems.DAMAGED.code();
	/** In so many versions of a device names are looked for. */
	private static final int MOST_READ = 10;
	/** A file of a backup: its name is the SHA-1 of its domain and path. */
	private static final Pattern FILE = Pattern.compile("(?:.*/)?(?:[0-9a-f]{2}/)?([0-9a-f]{40})");

	private final Cli cli;
	private final DeviceVersions versions;
	/** Domain and path by device and file id. */
	private final Map<String, String> names = new HashMap<>();
	private final Set<Udid> locked = new HashSet<>();

	DamageOutput(Cli cli, DeviceVersions versions) {
		this.cli = cli;
		this.versions = versions;
	}

	/**
	 * Learns what the touched files are called on their devices, as far as backups open without asking.
	 *
	 * @param readable the versions that can be read now; of a repaired repository others than those that were damaged
	 */
	void learnNames(List<Touched> touched, DeviceVersions readable, PasswordOptions password) throws IOException {
		Map<Udid, Set<String>> wanted = new LinkedHashMap<>();
		Map<Udid, Set<KeptBackup>> where = new LinkedHashMap<>();
		for (Touched one : touched) {
			String id = fileId(one);
			Udid device = versions.device(one.snapshot());
			if (id != null && device != null) {
				wanted.computeIfAbsent(device, any -> new HashSet<>()).add(id);
				readable.in(one.snapshot())
						.ifPresent(kept -> where.computeIfAbsent(device, any -> new LinkedHashSet<>()).add(kept));
			}
		}
		for (Map.Entry<Udid, Set<String>> each : wanted.entrySet()) {
			Set<KeptBackup> candidates = where.computeIfAbsent(each.getKey(), any -> new LinkedHashSet<>());
			candidates.addAll(readable.of(each.getKey()));
			for (KeptBackup kept : candidates.stream().limit(MOST_READ).toList()) {
				if (!each.getValue().isEmpty() && !locked.contains(each.getKey())) {
					read(kept, each.getValue(), password);
				}
			}
		}
	}

	private void read(KeptBackup kept, Set<String> wanted, PasswordOptions options) throws IOException {
		Udid device = kept.snapshot().summary().udid();
		try (Secret password = kept.snapshot().summary().encrypted() ? new Passwords(cli).atHand(device, options)
				: null) {
			if (kept.snapshot().summary().encrypted() && password == null) {
				locked.add(device);
				return;
			}
			cli.query(monitor -> {
				cli.engine().files(kept, FileFilter.ALL, password, file -> note(device, file, wanted), monitor);
				return kept;
			});
		} catch (ProblemException e) {
			// Its index is damaged, too, or the password is another one: then another version may tell.
			if (Passwords.isWrongPassword(e)) {
				locked.add(device);
			}
		}
	}

	private boolean note(Udid device, BackupFile file, Set<String> wanted) {
		if (wanted.remove(file.fileId())) {
			names.put(key(device, file.fileId()), file.domain() + '/' + file.path());
		}
		return !wanted.isEmpty();
	}

	private static String key(Udid device, String fileId) {
		return device.value() + ' ' + fileId;
	}

	private static @Nullable String fileId(Touched one) {
		Matcher file = FILE.matcher(one.path());
		return file.matches() ? file.group(1) : null;
	}

	private @Nullable String name(Touched one) {
		String id = fileId(one);
		Udid device = versions.device(one.snapshot());
		return id == null || device == null ? null : names.get(key(device, id));
	}

	/** Tells a person, on standard error. */
	void say(CheckReport report) {
		report.findings().stream().limit(MOST_SHOWN)
				.forEach(finding -> lines("  ", finding.file() + (finding.problem().code().equals(DAMAGED)
						? " is damaged"
						: ": " + finding.problem().title())));
		more(report.findings().size());
		Map<SnapshotRecord, List<Touched>> bySnapshot = new LinkedHashMap<>();
		report.touched().forEach(
				one -> bySnapshot.computeIfAbsent(one.snapshot(), any -> new ArrayList<>()).add(one));
		if (!bySnapshot.isEmpty()) {
			cli.say("What cannot be restored whole:");
		}
		bySnapshot.forEach((snapshot, files) -> {
			cli.say("  " + versions.label(snapshot) + ", " + Human.date(snapshot.time(), cli.zone()) + " ("
					+ snapshot.brief() + ")");
			files.stream().limit(MOST_SHOWN).forEach(one -> lines("    ", sentence(one)));
			more(files.size());
		});
		if (report.touchedCount() > report.touched().size()) {
			cli.say("  and " + Human.number(report.touchedCount() - report.touched().size()) + " files more");
		}
		if (!locked.isEmpty()) {
			cli.say("To see what these files are called on the device, give the backup password: --password-file FILE");
		}
	}

	private void more(int count) {
		if (count > MOST_SHOWN) {
			cli.say("    and " + Human.number(count - MOST_SHOWN) + " more; --json tells all.");
		}
	}

	private void lines(String indent, String text) {
		ProblemText.wrap(Human.printable(text), 100 - indent.length()).forEach(line -> cli.say(indent + line));
	}

	private String sentence(Touched one) {
		String name = name(one);
		return one.path().isEmpty() ? "all of it" : name == null ? one.path() : name + "  (" + one.path() + ')';
	}

	/** What is wrong, for a program. */
	JsonObject json(CheckReport report) {
		return new JsonObject().put("snapshots", Integer.valueOf(report.snapshots()))
				.put("packs", Integer.valueOf(report.packs())).put("blobs", Integer.valueOf(report.blobs()))
				.put("packsRead", Integer.valueOf(report.packsRead()))
				.put("bytesRead", Long.valueOf(report.bytesRead()))
				.put("findings",
						report.findings().stream()
								.map(one -> new JsonObject().put("file", one.file()).put("problem",
										ProblemText.json(one.problem())))
								.toList())
				.put("hints", report.hints()).put("touched", report.touched().stream().map(this::json).toList())
				.put("touchedCount", Long.valueOf(report.touchedCount()));
	}

	/** A touched file for a program. */
	JsonObject json(Touched one) {
		Udid device = versions.device(one.snapshot());
		return new JsonObject().put("snapshot", one.snapshot().id().toString())
				.put("udid", device == null ? null : device.value()).put("path", one.path()).put("onDevice", name(one));
	}
}
