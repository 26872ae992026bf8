// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.target.Snapshot;

/** How kept backups are listed and found, over several targets. */
class FindTest {

	@TempDir
	Path home;
	private FakeTarget second;
	private Bench bench;
	private Snapshot older;
	private Snapshot newer;
	private Snapshot other;

	@BeforeEach
	void setUp() throws Exception {
		second = new FakeTarget("mem:second");
		bench = new Bench(home, Map.of(), Bench.PROMPT, second);
		bench.keepsake.targets().add("usb-disk", "mem:second", false);
		older = bench.target.keep(Bench.UDID, Instant.parse("2026-11-01T00:00:00Z"), true, "a", "1");
		newer = second.keep(Bench.UDID, Instant.parse("2026-11-02T00:00:00Z"), true, "a", "2");
		other = bench.target.keep(Bench.OTHER, Instant.parse("2026-11-03T00:00:00Z"), true, "a", "3");
	}

	@Test
	void listsAllTargetsNewestFirst() throws Exception {
		List<KeptBackup> all = bench.keepsake.snapshots(null, null);
		assertEquals(List.of(other, newer, older), all.stream().map(KeptBackup::snapshot).toList());
		assertEquals(List.of("default", "usb-disk", "default"), all.stream().map(KeptBackup::target).toList());
	}

	@Test
	void listsOneTargetOrOneDevice() throws Exception {
		assertEquals(List.of(newer),
				bench.keepsake.snapshots("usb-disk", null).stream().map(KeptBackup::snapshot).toList());
		assertEquals(List.of(newer, older), bench.keepsake.snapshots(null, new Udid(Bench.UDID.toLowerCase())).stream()
				.map(KeptBackup::snapshot).toList());
	}

	@Test
	void aBrokenTargetDoesNotHideTheOthers() throws Exception {
		second.failure = new IOException("not mounted");
		List<Problem> troubles = new ArrayList<>();
		assertEquals(2, bench.keepsake.snapshots(null, null, troubles::add).size());
		assertEquals("engine.target-failed", troubles.getFirst().code());
		Bench.problemOf("engine.target-failed", () -> bench.keepsake.snapshots("usb-disk", null));
	}

	@Test
	void findsByIdAndByUniquePrefix() throws Exception {
		assertEquals(newer, bench.keepsake.find(newer.id().value(), null, null).snapshot());
		String prefix = other.id().value().substring(0, 4);
		assertEquals(other, bench.keepsake.find(prefix.toUpperCase(), null, null).snapshot());
		Bench.problemOf("engine.snapshot-not-found",
				() -> bench.keepsake.find(other.id().value().substring(0, 3), null, null));
		Bench.problemOf("engine.snapshot-not-found", () -> bench.keepsake.find("ffffffff", null, null));
	}

	@Test
	void anAmbiguousPrefixListsTheCandidates() throws Exception {
		// Both are the first of their target, so their ids begin alike.
		String shared = older.id().value().substring(0, 8);
		assertTrue(newer.id().value().startsWith(shared));
		Problem problem = Bench.problemOf("engine.snapshot-ambiguous",
				() -> bench.keepsake.find(shared, null, null));
		assertTrue(problem.cause().contains("usb-disk") && problem.cause().contains("default"), problem.cause());
		assertEquals(newer, bench.keepsake.find(shared, "usb-disk", null).snapshot());
	}

	@Test
	void latestIsTheNewestCompleteOneOfTheDevice() throws Exception {
		second.keep(Bench.UDID, Instant.parse("2026-11-09T00:00:00Z"), false, "a", "2");
		assertEquals(newer, bench.keepsake.find("latest", null, new Udid(Bench.UDID)).snapshot());
		assertEquals(newer, bench.keepsake.find("latest", "usb-disk", null).snapshot());
		Bench.problemOf("engine.snapshot-ambiguous", () -> bench.keepsake.find("latest", null, null));
		Bench.problemOf("engine.no-backups", () -> bench.keepsake.find("latest", null, new Udid("abc")));
	}

	@Test
	void findsAFolderInsideAndOutsideTheConfiguredTargets() throws Exception {
		Path shelf = Files.createDirectories(home.resolve("elsewhere"));
		FakeTarget folder = new FakeTarget(shelf.toString());
		try (Bench with = new Bench(home.resolve("state"), Map.of(), Bench.PROMPT, folder)) {
			Snapshot kept = folder.keep(Bench.UDID, Instant.EPOCH, true, "a", "1");
			Path itself = Files.createDirectories(Path.of(kept.path()));
			assertEquals(kept, with.keepsake.find(itself.toString(), null, null).snapshot());
			assertEquals(kept, with.keepsake.find(shelf.toString(), null, null).snapshot());
			folder.keep(Bench.OTHER, Instant.EPOCH, true, "a", "1");
			Bench.problemOf("engine.snapshot-ambiguous", () -> with.keepsake.find(shelf.toString(), null, null));
			assertEquals(kept, with.keepsake.find(shelf.toString(), null, new Udid(Bench.UDID)).snapshot());
			Bench.problemOf("engine.snapshot-not-found",
					() -> with.keepsake.find(home.resolve("state").toString(), null, null));
		}
	}

	@Test
	void deletedVersionsAreGone() throws Exception {
		bench.keepsake.delete(bench.keepsake.find(newer.id().value(), null, null), JobMonitor.NONE);
		assertEquals(Optional.empty(), second.versions.stream().findFirst());
	}
}
