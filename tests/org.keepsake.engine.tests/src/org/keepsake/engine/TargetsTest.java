// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.Targets.Entry;

/** Configured places for backups. */
class TargetsTest {

	@TempDir
	Path home;
	private FakeTarget second;
	private Targets targets;

	@BeforeEach
	void setUp() {
		second = new FakeTarget("mem:second");
		targets = new Bench(home, Map.of(), Bench.PROMPT, second).keepsake.targets();
	}

	@Test
	void withoutConfigurationThereIsTheSystemsOwnPlace() throws Exception {
		assertEquals(List.of(new Entry("default", "mem:shelf", true)), targets.list());
		assertEquals("mem:shelf", targets.defaultTarget().location());
	}

	@Test
	void addedTargetsSurviveARestartAndCanBecomeTheDefault() throws Exception {
		targets.add("Küche", "mem:second", false);
		targets.add("disk", "mem:third", true);
		Targets again = new Bench(home, Map.of(), Bench.PROMPT, second).keepsake.targets();
		assertEquals(List.of(new Entry("default", "mem:shelf", false), new Entry("Küche", "mem:second", false),
				new Entry("disk", "mem:third", true)), again.list());
		assertEquals("disk", again.defaultTarget().name());
		assertSame(second, again.open("Küche"));
	}

	@Test
	void anyOfThemCanBecomeTheDefaultLater() throws Exception {
		targets.add("disk", "mem:third", false);
		targets.makeDefault("disk");
		assertEquals("disk", targets.defaultTarget().name());
		targets.makeDefault("default");
		assertEquals("default", targets.defaultTarget().name());
		assertEquals(2, targets.list().size());
		assertTrue(assertThrows(ProblemException.class, () -> targets.makeDefault("disc"))
				.is(EngineProblems.TARGET_UNKNOWN));
	}

	@Test
	void removingTheDefaultFallsBackToTheSystemsOwn() throws Exception {
		targets.add("disk", "mem:third", true);
		targets.remove("disk");
		assertEquals("default", targets.defaultTarget().name());
	}

	@Test
	void refusesTakenAndUnfitNamesAndUnknownPlaces() throws Exception {
		targets.add("disk", "mem:second", false);
		Bench.problemOf("engine.target-name-taken", () -> targets.add("Disk", "mem:x", false));
		Bench.problemOf("engine.target-name-taken", () -> targets.add("default", "mem:x", false));
		Bench.problemOf("engine.target-unknown", () -> targets.add("nas", "smb://host/share", false));
		Bench.problemOf("engine.target-unknown", () -> targets.remove("nothing"));
		Bench.problemOf("engine.target-built-in", () -> targets.remove("default"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a/b", "..", "-x", "a b", "x\n" })
	void refusesTheName(String name) {
		Bench.problemOf("engine.target-name-refused", () -> targets.add(name, "mem:x", false));
	}

	@Test
	void aMistypedNameIsNoNewFolder() throws Exception {
		targets.add("disk", "mem:second", false);
		Problem problem = Bench.problemOf("engine.target-unknown", () -> targets.open("dikc"));
		assertTrue(problem.cause().contains("disk"), problem.cause());
	}

	@Test
	void aFolderIsATargetWithoutConfiguration() throws Exception {
		assertEquals(home.resolve("x").toString(), targets.open(home + "/y/../x").location());
	}

	@Test
	void aFolderIsKeptAbsoluteAndTheTildeIsTheOwnersHome() throws Exception {
		Targets own = new Bench(home, Map.of("HOME", "/home/anna"), Bench.PROMPT).keepsake.targets();
		assertEquals("/home/anna/Backups", own.add("mine", "~/Backups", false).location());
		assertTrue(Path.of(own.add("here", "relative/folder", false).location()).isAbsolute());
	}
}
