// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.opentest4j.TestAbortedException;

/** The virtual iPhone against the tools of libimobiledevice, which were written for real ones. */
@NonNullByDefault({})
class LibimobiledeviceTest {

	private static final int PATIENCE_SECONDS = 60;

	@TempDir
	Path folder;

	private VirtualIPhones phones;
	private String udid;

	@BeforeEach
	void start() throws IOException {
		start("26.1");
	}

	private void start(String ios) throws IOException {
		VirtualOptions small = VirtualOptions.in(folder);
		phones = VirtualIPhones.start(0, List.of(new VirtualOptions(folder.resolve(ios), null, "Jürgen’s iPhone", ios,
				small.profile(), 0, 0, 1, false, small.trust(), true, true)));
		udid = phones.udids().getFirst();
	}

	@AfterEach
	void stop() {
		phones.close();
	}

	private record Outcome(int status, String text) {
	}

	private Outcome run(String... command) throws IOException, InterruptedException {
		if (Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of)
				.noneMatch(directory -> Files.isExecutable(directory.resolve(command[0])))) {
			System.out.println("Not tried: " + command[0] + " is not installed (package libimobiledevice-utils)");
			throw new TestAbortedException(command[0] + " is not installed");
		}
		Path output = Files.createTempFile(folder, "output", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().put("USBMUXD_SOCKET_ADDRESS", "127.0.0.1:" + phones.address().getPort());
		builder.environment().put("LC_ALL", "C.UTF-8");
		Process process = builder.start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			process.destroyForcibly().waitFor();
			throw new AssertionError(String.join(" ", command) + " hangs: " + Files.readString(output));
		}
		return new Outcome(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
	}

	private void pair() throws IOException, InterruptedException {
		phones.faults(udid, Faults.parse("pairing-pending=0"));
		Outcome paired = run("idevicepair", "-u", udid, "pair");
		assertEquals("SUCCESS: Paired with device " + udid, paired.text());
		phones.faults(udid, Faults.NONE);
	}

	@Test
	void listsTheDeviceAndItsName() throws IOException, InterruptedException {
		assertEquals(udid, run("idevice_id", "-l").text());
		phones.faults(udid, Faults.parse("undashed-serial"));
		assertEquals(udid, run("idevice_id", "-l").text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "26.1", "17.7.2", "12.5.7" })
	void pairsValidatesAndUnpairs(String ios) throws IOException, InterruptedException {
		stop();
		start(ios);
		assertTrue(run("idevicepair", "-u", udid, "pair").text().contains("accept the trust dialog"));
		assertEquals("SUCCESS: Paired with device " + udid, run("idevicepair", "-u", udid, "pair").text());
		assertEquals("SUCCESS: Validated pairing with device " + udid,
				run("idevicepair", "-u", udid, "validate").text());
		assertEquals("SUCCESS: Unpaired with device " + udid, run("idevicepair", "-u", udid, "unpair").text());
		assertTrue(run("idevicepair", "-u", udid, "validate").text().startsWith("ERROR"));
	}

	@Test
	void readsValuesWithAndWithoutASession() throws IOException, InterruptedException {
		assertTrue(run("ideviceinfo", "-s", "-u", udid).text().contains("ProductType: iPhone15,2"));
		pair();
		String all = run("ideviceinfo", "-u", udid).text();
		assertTrue(all.contains("DeviceName: Jürgen’s iPhone") && all.contains("PhoneNumber: +49"), all);
		assertEquals("26.1", run("ideviceinfo", "-u", udid, "-k", "ProductVersion").text());
		assertTrue(run("ideviceinfo", "-u", udid, "-q", "com.apple.disk_usage").text().contains("TotalDataCapacity: "));
		assertEquals("", run("ideviceinfo", "-u", udid, "-q", "com.apple.mobile.backup", "-k", "WillEncrypt").text());
	}

	@Test
	void changesTheName() throws IOException, InterruptedException {
		pair();
		assertEquals(0, run("idevicename", "-u", udid, "Neuer Name 名").status());
		assertEquals("Neuer Name 名", run("idevicename", "-u", udid).text());
		assertEquals("Neuer Name 名", phones.name(udid));
	}

	@ParameterizedTest
	@ValueSource(strings = { "forget-host", "tls-refuse" })
	void seesThatTheDeviceForgotTheComputer(String fault) throws IOException, InterruptedException {
		pair();
		phones.faults(udid, Faults.parse(fault));
		Outcome outcome = run("ideviceinfo", "-u", udid, "-k", "PhoneNumber");
		assertTrue(outcome.status() != 0, outcome.text());
	}
}
