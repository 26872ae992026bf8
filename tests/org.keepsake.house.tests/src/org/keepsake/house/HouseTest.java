// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Our house is in order. */
class HouseTest {

	private static final Path ROOT = root();

	@Test
	void keepsItsRules() throws IOException {
		List<Room> rooms = Room.in(ROOT.resolve("bundles"));
		assertTrue(rooms.size() >= 10, "the bundles were not found: " + rooms);
		assertNone(HouseRules.violations(ROOT.resolve("bundles")));
	}

	@Test
	void everyBundleButTheContractTestsIsInAFeature() throws IOException {
		StringBuilder features = new StringBuilder();
		for (Path feature : Room.files(ROOT.resolve("features"), "feature.xml")) {
			features.append(Files.readString(feature));
		}
		List<String> missing = Room.in(ROOT.resolve("bundles")).stream().map(Room::name)
				.filter(name -> !name.equals("org.keepsake.testing"))
				.filter(name -> !features.toString().contains("id=\"" + name + "\"")).toList();
		assertNone(missing);
	}

	@Test
	void testsAreFragmentsOfTheBundleTheyTest() throws IOException {
		List<String> found = new ArrayList<>();
		List<String> bundles = Room.in(ROOT.resolve("bundles")).stream().map(Room::name).toList();
		for (Room tests : Room.in(ROOT.resolve("tests"))) {
			String tested = tests.name().replaceFirst("\\.tests$", "");
			if (bundles.contains(tested) && !tests.clauses("Fragment-Host").containsKey(tested)) {
				found.add(tests.name() + " is not a fragment of " + tested);
			}
			if (!tests.symbolicName().equals(tests.name())) {
				found.add(tests.name() + " calls itself " + tests.symbolicName());
			}
		}
		assertNone(found);
	}

	@Test
	void everyExporterAndDataSetKeepsItsContract() throws IOException {
		List<String> found = new ArrayList<>();
		for (String type : List.of("Exporter", "DataSet")) {
			found.addAll(Contracts.untested(ROOT.resolve("bundles"), ROOT.resolve("tests"), type));
		}
		assertNone(found);
	}

	@Test
	void testsImportWhatTheyUse() throws IOException {
		List<String> found = new ArrayList<>();
		List<Room> bundles = Room.in(ROOT.resolve("bundles"));
		for (Room tests : Room.in(ROOT.resolve("tests"))) {
			Room host = bundles.stream().filter(bundle -> tests.clauses("Fragment-Host").containsKey(bundle.name()))
					.findFirst().orElse(tests);
			found.addAll(Imports.violations(tests, host));
		}
		assertNone(found);
	}

	@Test
	void testSourcesHaveTheLicenceAndNoStarImports() throws IOException {
		List<String> found = new ArrayList<>();
		for (Room tests : Room.in(ROOT.resolve("tests"))) {
			for (Path source : tests.sources()) {
				found.addAll(Manifests.source(tests, source));
			}
		}
		assertNone(found);
	}

	private static void assertNone(List<String> found) {
		assertEquals("", String.join("\n", found));
	}

	/** Where the sources are: told by the build, else the nearest folder above that has bundles. */
	private static Path root() {
		String told = System.getProperty("keepsake.root");
		Path folder = Path.of(told == null ? "" : told).toAbsolutePath();
		while (folder != null && !Files.isDirectory(folder.resolve("bundles/org.keepsake.core"))) {
			folder = folder.getParent();
		}
		assertFalse(folder == null, "the sources were not found from " + told);
		return folder;
	}
}
