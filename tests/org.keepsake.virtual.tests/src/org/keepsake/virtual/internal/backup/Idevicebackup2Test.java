// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.testing.Programs;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;

/** {@code idevicebackup2}, which was written for real devices, backs virtual ones up and restores them. */
@NonNullByDefault({})
class Idevicebackup2Test {

	@TempDir
	Path folder;

	@BeforeAll
	static void needsTheTools() {
		for (String tool : List.of("idevicebackup2", "idevicepair")) {
			Programs.require(tool, "libimobiledevice-utils");
		}
	}

	private VirtualOptions options(String name, boolean blank) {
		return new VirtualOptions(folder.resolve(name), null, name, null, VirtualOptions.Profile.SMALL, blank ? 0 : 100,
				blank ? 0 : 2_000_000, blank ? 2 : 1, false, VirtualOptions.Trust.AUTO, blank, true);
	}

	private String run(VirtualIPhones phones, int status, String... command) throws Exception {
		Path log = Files.createTempFile(folder, "tool", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().put("USBMUXD_SOCKET_ADDRESS", "127.0.0.1:" + phones.address().getPort());
		Process process = builder.start();
		if (!process.waitFor(3, TimeUnit.MINUTES)) {
			process.destroyForcibly().waitFor();
			fail(List.of(command) + " hangs: " + tail(log));
		}
		String text = tail(log);
		if (status == 0) {
			assertEquals(0, process.exitValue(), () -> List.of(command) + ": " + text);
		} else {
			assertNotEquals(0, process.exitValue(), () -> List.of(command) + ": " + text);
		}
		return text;
	}

	private static String tail(Path log) throws IOException {
		String text = Files.readString(log, StandardCharsets.ISO_8859_1);
		return text.substring(Math.max(0, text.length() - 2000));
	}

	private static String[] tool(String udid, String... arguments) {
		List<String> command = new ArrayList<>(List.of("idevicebackup2", "-u", udid));
		command.addAll(List.of(arguments));
		return command.toArray(String[]::new);
	}

	/** Pairs; the first try meets the trust dialog, which somebody answers. */
	private void pair(VirtualIPhones phones, String udid) throws Exception {
		ProcessBuilder builder = new ProcessBuilder("idevicepair", "-u", udid, "pair").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		builder.environment().put("USBMUXD_SOCKET_ADDRESS", "127.0.0.1:" + phones.address().getPort());
		for (int attempt = 0; attempt < 50; attempt++) {
			if (builder.start().waitFor() == 0) {
				return;
			}
		}
		fail("the phone can not be paired");
	}

	@Test
	void wholeJourney() throws Exception {
		String backups = Files.createDirectories(folder.resolve("backups")).toString();
		try (VirtualIPhones phones = VirtualIPhones.start(0, List.of(options("one", false), options("two", true)))) {
			String one = phones.udids().get(0);
			String two = phones.udids().get(1);
			pair(phones, one);
			pair(phones, two);
			assertTrue(run(phones, 0, tool(one, "backup", "--full", backups)).contains("Backup Successful"));
			assertFalse(hasHealth(Path.of(backups, one)));
			Instant now = Instant.parse("2025-03-04T05:06:07Z");
			phones.files(one)
					.write(new VirtualFile("HomeDomain", "Library/neu \u00fc.txt", Kind.FILE, 0600, 501, 501, 0, now,
							now, now, 0, 3, null, null), new ByteArrayInputStream(new byte[5000]));
			assertTrue(run(phones, 0, tool(one, "backup", backups)).contains("Received 7 files from device"));
			run(phones, 0, tool(one, "encryption", "on", "first", backups));
			run(phones, 0, tool(one, "backup", backups));
			assertTrue(hasHealth(Path.of(backups, one)));
			run(phones, 0, tool(one, "changepw", "first", "second", backups));
			run(phones, 1, tool(one, "changepw", "first", "third", backups));
			run(phones, 0, tool(one, "backup", backups));
			assertTrue(run(phones, 1, tool(one, "info", backups)).contains("205"));
			assertTrue(run(phones, 1, tool(one, "list", backups)).contains("205"));
			run(phones, 1, tool(two, "-s", one, "restore", "--system", "--settings", "--password", "first", backups));
			run(phones, 0, tool(two, "-s", one, "restore", "--system", "--settings", "--remove", "--password", "second",
					backups));
			assertEquals(shared(TestPhone.tree(phones.files(one))), shared(TestPhone.tree(phones.files(two))));
			run(phones, 1, tool(one, "encryption", "off", "first", backups));
			run(phones, 0, tool(one, "encryption", "off", "second", backups));
			assertTrue(run(phones, 0, tool(one, "backup", backups)).contains("Backup Successful"));
			assertFalse(hasHealth(Path.of(backups, one)));
		}
	}

	private static boolean hasHealth(Path backup) throws Exception {
		String name = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1")
				.digest("HealthDomain-Health/healthdb_secure.sqlite".getBytes(StandardCharsets.UTF_8)));
		return Files.exists(backup.resolve(name.substring(0, 2)).resolve(name));
	}

	/** All but roots of domains, which a blank phone may have more of. */
	private static Map<String, String> shared(Map<String, String> tree) {
		Map<String, String> entries = new TreeMap<>(tree);
		entries.keySet().removeIf(name -> name.endsWith("-"));
		return entries;
	}
}
