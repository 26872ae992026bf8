// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.virtual.fault.Faults;

@NonNullByDefault({})
class VirtualIPhonesTest {

	@TempDir
	Path folder;

	private static VirtualOptions options(Path state, String udid, String name, String ios, long seed) {
		VirtualOptions small = VirtualOptions.in(state);
		return new VirtualOptions(state, udid, name, ios, small.profile(), 0, 0, seed, false, small.trust(), true,
				true);
	}

	private static String udid(VirtualOptions options) throws IOException {
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options))) {
			return phones.udids().getFirst();
		}
	}

	private static void assertProblem(ProblemType type, org.junit.jupiter.api.function.Executable executable) {
		ProblemException thrown = assertThrows(ProblemException.class, executable);
		assertTrue(thrown.is(type), thrown.problem().code());
		assertFalse(thrown.problem().remedy().isEmpty());
	}

	@Test
	void theSameSeedMakesTheSameDevice() throws IOException {
		String first = udid(options(folder.resolve("a"), null, null, null, 5));
		assertEquals(first, udid(options(folder.resolve("b"), null, null, null, 5)));
		assertNotEquals(first, udid(options(folder.resolve("c"), null, null, null, 6)));
	}

	@ParameterizedTest
	@CsvSource({ "26.1,[0-9A-F]{8}-[0-9A-F]{16}", "14.8.1,[0-9A-F]{8}-[0-9A-F]{16}", "12.5.7,[0-9a-f]{40}",
			"9.3.5,[0-9a-f]{40}" })
	void theSystemDecidesTheFormOfTheIdentifier(String ios, String form) throws IOException {
		assertTrue(udid(options(folder, null, null, ios, 1)).matches(form));
	}

	@Test
	void theStateFolderRulesExceptForWhatIsGiven() throws IOException {
		String first = udid(options(folder, null, "Mine", "17.7.2", 1));
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options(folder, null, null, null, 99)))) {
			assertEquals(first, phones.udids().getFirst());
			assertEquals("Mine", phones.name(first));
			assertEquals("17.7.2", phones.iosVersion(first));
		}
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options(folder, "ABC", "Yours", "18.5", 99)))) {
			assertEquals(List.of("ABC"), phones.udids());
			assertEquals("Yours", phones.name("ABC"));
			assertEquals("18.5", phones.iosVersion("ABC"));
		}
	}

	@Test
	void oneProcessRunsADevice() throws IOException {
		VirtualOptions options = options(folder, null, null, null, 1);
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options))) {
			assertEquals(1, phones.udids().size());
			assertProblem(VirtualProblems.STATE_IN_USE, () -> VirtualIPhones.start(0, List.of(options)).close());
			assertProblem(VirtualProblems.STATE_IN_USE, () -> VirtualIPhones.reset(folder));
			int port = phones.address().getPort();
			assertProblem(VirtualProblems.PORT_IN_USE, () -> VirtualIPhones.start(port,
					List.of(options(folder.resolve("other"), null, null, null, 2))).close());
		}
	}

	@Test
	void twoDevicesNeedTwoIdentifiers() {
		List<VirtualOptions> same = List.of(options(folder.resolve("a"), null, null, null, 1),
				options(folder.resolve("b"), null, null, null, 1));
		assertProblem(VirtualProblems.SAME_DEVICE, () -> VirtualIPhones.start(0, same).close());
	}

	@Test
	void filesAreSeenAndChangedFromOutsideWhileTheDeviceRuns() throws IOException {
		VirtualOptions options = options(folder, null, null, null, 1);
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options));
				VirtualFiles outside = VirtualIPhones.openFiles(folder)) {
			VirtualFiles inside = phones.files(phones.udids().getFirst());
			assertEquals(paths(inside), paths(outside));
			Instant now = Instant.parse("2026-01-01T00:00:00Z");
			outside.write(new VirtualFile("HomeDomain", "new.txt", VirtualFile.Kind.FILE, 0644, 501, 501, 0, now, now,
					now, 0, 3, null, null), new ByteArrayInputStream(new byte[] { 1, 2, 3 }));
			VirtualFile seen = inside.find("HomeDomain", "new.txt");
			assertEquals(3, seen == null ? -1 : seen.sizeBytes());
		}
	}

	private static List<String> paths(VirtualFiles files) throws IOException {
		List<String> paths = new ArrayList<>();
		files.forEach(file -> paths.add(file.domain() + "-" + file.path()));
		return paths;
	}

	@Test
	void resetForgetsTheDeviceAndNothingElse() throws IOException {
		String first = udid(options(folder, null, null, null, 1));
		VirtualIPhones.writeFaults(folder, Faults.parse("locked,stall=3"));
		Files.writeString(folder.resolve("mine.txt"), "mine");
		VirtualIPhones.reset(folder);
		try (Stream<Path> left = Files.list(folder)) {
			assertEquals(List.of("mine.txt", "running"),
					left.map(path -> path.getFileName().toString()).sorted().toList());
		}
		assertNotEquals(first, udid(options(folder, null, null, null, 2)));
	}

	@Test
	void aFolderWithoutADeviceIsAProblem() {
		assertProblem(VirtualProblems.NO_DEVICE, () -> VirtualIPhones.reset(folder));
		assertProblem(VirtualProblems.NO_DEVICE, () -> VirtualIPhones.openFiles(folder).close());
		assertProblem(VirtualProblems.NO_DEVICE, () -> VirtualIPhones.writeFaults(folder, Faults.NONE));
	}

	@Test
	void faultsAreWrittenInTheFormThatIsRead() {
		Faults faults = Faults.parse(" stall=bytes:5 ,locked,");
		assertEquals("locked,stall=bytes:5", faults.toString());
		assertEquals(faults, Faults.parse(faults.toString()));
	}
}
