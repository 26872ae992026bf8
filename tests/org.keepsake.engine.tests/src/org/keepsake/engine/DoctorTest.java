// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Udid;
import org.keepsake.engine.Finding.Severity;

/** What the doctor finds. */
class DoctorTest {

	@TempDir
	Path folder;
	private Path home;
	private Bench bench;

	@BeforeEach
	void setUp() {
		home = folder.resolve("home");
		bench = new Bench(home);
	}

	private Finding finding(String id, Udid device) throws Exception {
		var findings = bench.keepsake.doctor(device, bench.monitor);
		return findings.stream().filter(finding -> finding.id().equals(id)).findFirst()
				.orElseThrow(() -> new AssertionError(id + " in " + findings));
	}

	@Test
	void aSoundComputerHasNothingToWarnOf() throws Exception {
		var findings = bench.keepsake.doctor(null, bench.monitor);
		assertTrue(findings.stream().allMatch(finding -> finding.severity() == Severity.GOOD), findings::toString);
		assertTrue(findings.stream().anyMatch(finding -> finding.what().contains("Hard links work")));
	}

	@Test
	void aTransportIsCalledAsPeopleCallIt() throws Exception {
		assertEquals("Keepsake can look for devices on USB.", finding("transport.usb", null).what());
	}

	@Test
	void aTransportInTroubleIsToldWithItsRemedy() throws Exception {
		bench.usb.trouble("usb.no-service");
		Finding finding = finding("transport.usb", null);
		assertEquals(Severity.WARNING, finding.severity());
		assertEquals("Start it", finding.remedy());
	}

	@Test
	void noDeviceIsAdviceForThisSystem() throws Exception {
		bench.usb.detach(Bench.UDID);
		assertEquals(Severity.ADVICE, finding("devices", null).severity());
	}

	@Test
	void anUnpairedDeviceIsTold() throws Exception {
		bench.phone.paired = false;
		assertEquals(Severity.ADVICE, finding("device", null).severity());
	}

	@Test
	void eachTargetIsChecked() throws Exception {
		FakeTarget broken = new FakeTarget("mem:broken");
		broken.failure = new IOException("gone");
		bench = new Bench(home, Map.of(), Bench.PROMPT, broken);
		bench.keepsake.targets().add("nas", "mem:broken", false);
		assertEquals(Severity.WARNING, finding("target.nas", null).severity());
		assertEquals(Severity.GOOD, finding("target.default", null).severity());
	}

	@Test
	void aHomeThatOthersMayReadIsWarnedOf() throws Exception {
		assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
		Files.createDirectories(home);
		Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
		assertEquals(Severity.WARNING, finding("home", null).severity());
	}

	@Test
	void aHomeThatIsAFileIsABlocker() throws Exception {
		Files.writeString(home, "in the way");
		assertEquals(Severity.BLOCKER, finding("home", null).severity());
	}

	@Test
	void withADeviceThePreflightIsAmongTheFindings() throws Exception {
		assertEquals(Severity.WARNING, finding("encryption", bench.phone.udid).severity());
		Bench.problemOf("engine.not-attached", () -> {
			try {
				bench.keepsake.devices().choose(new Udid(Bench.OTHER));
			} finally {
				assertEquals(Severity.BLOCKER, finding("device", new Udid(Bench.OTHER)).severity());
			}
		});
	}
}
