// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;
import org.keepsake.ios.backup.VerifyReport;

/**
 * What was done with each device: {@code history.jsonl} in the state folder, a JSON object a line,
 * appended. A line that
 * cannot be read is passed over, and a journal that cannot be written fails no job. Thread-safe.
 */
public final class Journal {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.journal");
	private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{16,64}");
	private static final int LINES_KEPT = 2_000;
	private static final int LINES_BEFORE_TRIM = 4_000;

	private final Home home;
	private final Clock clock;

	/** Reads nothing yet. */
	public Journal(Home home, Clock clock) {
		this.home = home;
		this.clock = clock;
	}

	/** Remembers a backup. */
	public void backedUp(KeptBackup backup, boolean full) {
		backedUp(backup, full, null);
	}

	/** Remembers a backup. @param usedBytes how much the device held; null for unknown */
	public void backedUp(KeptBackup backup, boolean full, @Nullable Long usedBytes) {
		Map<String, String> members = entry("backup", backup);
		members.put("full", String.valueOf(full));
		if (usedBytes != null) {
			members.put("used", usedBytes.toString());
		}
		append(members);
	}

	/** How much the device held when the version was made of it, if that was on this computer. */
	public OptionalLong usedBytes(SnapshotId snapshot) {
		return last("backup", "snapshot", snapshot.value()).filter(members -> members.containsKey("used"))
				.map(members -> OptionalLong.of(number(members.getOrDefault("used", "0"))))
				.orElse(OptionalLong.empty());
	}

	/** Remembers a verification. */
	public void verified(KeptBackup backup, VerifyReport report) {
		verified(backup, ProofLevel.of(report.level()), report.damaged().size());
	}

	/** Remembers a proof. */
	public void verified(KeptBackup backup, ProofLevel level, long damaged) {
		Map<String, String> members = entry("verification", backup);
		members.put("level", level.name());
		members.put("damaged", String.valueOf(damaged));
		append(members);
	}

	/** Remembers a restore. */
	public void restored(KeptBackup backup, Udid onto) {
		Map<String, String> members = entry("restore", backup);
		members.put("onto", onto.value());
		append(members);
	}

	/** Remembers that the known password opened this version. */
	public void rehearsed(KeptBackup backup) {
		append(entry("rehearsal", backup));
	}

	/** Whether the known password opened this version since the journal began. */
	public boolean wasRehearsed(SnapshotId snapshot) {
		return last("rehearsal", "snapshot", snapshot.value()).isPresent();
	}

	/** When this computer last backed the device up. */
	public Optional<Instant> lastBackup(Udid device) {
		return last("backup", "device", device.value()).flatMap(Journal::when);
	}

	/** The last verification of the version where it is kept. */
	public Optional<Verification> lastVerification(KeptBackup backup) {
		List<Verification> all = verifications(backup);
		return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
	}

	/** The last verification of the version where it is kept at each level, in the order of time. */
	public List<Verification> verifications(KeptBackup backup) {
		return verifications().getOrDefault(Verification.Subject.of(backup), List.of());
	}

	/** The last verifications at each level of all versions at all places, in the order of time. */
	public Map<Verification.Subject, List<Verification>> verifications() {
		Map<Verification.Subject, List<Verification>> all = new HashMap<>();
		for (Map<String, String> members : read()) {
			String snapshot = members.getOrDefault("snapshot", "");
			if ("verification".equals(members.get("event")) && ID.matcher(snapshot).matches()) {
				verification(members).ifPresent(one -> {
					List<Verification> known = all.computeIfAbsent(
							new Verification.Subject(members.getOrDefault("target", ""), new SnapshotId(snapshot)),
							subject -> new ArrayList<>());
					known.removeIf(earlier -> earlier.level() == one.level());
					known.add(one);
				});
			}
		}
		return all;
	}

	private static Optional<Verification> verification(Map<String, String> members) {
		return when(members).map(instant -> new Verification(instant, level(members.getOrDefault("level", "")),
				number(members.getOrDefault("damaged", "0"))));
	}

	private static ProofLevel level(String name) {
		for (ProofLevel level : ProofLevel.values()) {
			if (level.name().equals(name)) {
				return level;
			}
		}
		return ProofLevel.STRUCTURE;
	}

	private Map<String, String> entry(String event, KeptBackup backup) {
		Map<String, String> members = new LinkedHashMap<>();
		members.put("event", event);
		members.put("at", clock.instant().toString());
		members.put("device", backup.snapshot().summary().udid().value());
		members.put("snapshot", backup.snapshot().id().value());
		members.put("target", backup.location());
		return members;
	}

	private Optional<Map<String, String>> last(String event, String name, String value) {
		Optional<Map<String, String>> found = Optional.empty();
		for (Map<String, String> members : read()) {
			if (event.equals(members.get("event")) && value.equalsIgnoreCase(members.getOrDefault(name, ""))) {
				found = Optional.of(members);
			}
		}
		return found;
	}

	private List<Map<String, String>> read() {
		List<Map<String, String>> entries = new ArrayList<>();
		for (String line : lines(LINES_BEFORE_TRIM)) {
			FlatJson.read(line).ifPresent(entries::add);
		}
		return entries;
	}

	/** The last lines, at most so many. */
	private List<String> lines(int most) {
		Path file = file();
		if (!Files.isRegularFile(file)) {
			return List.of();
		}
		ArrayDeque<String> lines = new ArrayDeque<>();
		try (BufferedReader reader = Files.newBufferedReader(file)) {
			String line;
			while ((line = reader.readLine()) != null) {
				lines.add(line);
				if (lines.size() > most) {
					lines.removeFirst();
				}
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "The journal cannot be read", e);
		}
		return List.copyOf(lines);
	}

	private void append(Map<String, String> members) {
		try {
			home.exclusively(() -> {
				List<String> lines = lines(LINES_BEFORE_TRIM);
				if (lines.size() >= LINES_BEFORE_TRIM) {
					String kept = String.join("\n", lines.subList(lines.size() - LINES_KEPT, lines.size())) + '\n';
					home.replace(file(), kept.getBytes(java.nio.charset.StandardCharsets.UTF_8));
				}
				home.append(file(), FlatJson.write(members));
				return members;
			});
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "The journal cannot be written", e);
		}
	}

	private Path file() {
		return home.resolve("history.jsonl");
	}

	private static Optional<Instant> when(Map<String, String> members) {
		try {
			return Optional.of(Instant.parse(members.getOrDefault("at", "")));
		} catch (DateTimeException e) {
			return Optional.empty();
		}
	}

	private static long number(String text) {
		try {
			return Long.parseLong(text);
		} catch (NumberFormatException e) {
			return 0;
		}
	}
}
